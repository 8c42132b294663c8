// What a new policy changes for a saved profile, and which clause did it.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// km-diff/1 (docs/interfaces.md section 8): the same profile on its `as_of` under both packs; every benefit and person whose verdict, amount, from
/// or until differs. A fact or benefit that only one pack has is left out for the other and listed in `ignored`; one that neither has is an error.
/// Cost: two evaluations of the profile.
Result<json::value> DiffPacks(const Pack& before, const Pack& after, const json::value& profile, std::string_view file,
                              std::string_view pointer = "");

/// {"profile":…,"old":policy}: DiffPacks from the published policy `old` to `pack`.
Result<json::value> DiffOf(const Pack& pack, const json::value& request, std::string_view file);

}  // namespace chuncheng
