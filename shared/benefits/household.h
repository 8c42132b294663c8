// A household's profile in, its results out (docs/interfaces.md section 2).
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// Every benefit of the pack for every person it concerns. Deterministic: the same pack and profile give the same bytes when serialised.
Result<json::value> EvaluateProfile(const Pack& pack, const json::value& profile, std::string_view file);

}  // namespace chuncheng
