// A household's profile in, its results out (docs/interfaces.md section 2).
#pragma once
#include "shared/benefits/profile.h"

namespace chuncheng {

/// One entry of `results`. `standing` is one of the profile's on the assessor's day.
json::object WriteStanding(const Pack& pack, const Profile& profile, const Assessor& assessor, const Standing& standing);

/// Every benefit of the pack for every person it concerns. Deterministic: the same pack and profile give the same bytes when serialised.
Result<json::value> EvaluateProfile(const Pack& pack, const json::value& profile, std::string_view file);

}  // namespace chuncheng
