// What a person could do about a refusal (docs/interfaces.md section 8, `steps`).
#pragma once
#include "shared/benefits/profile.h"

namespace chuncheng {

/// Remedies (criterion, its remedy) of one benefit, ascending.
using RemedySet = std::vector<std::pair<std::size_t, std::size_t>>;

struct Step {
  RemedySet remedies;
  Assessment after;  ///< open or yes
};

/// All sets of cited remedies after which the benefit is no longer refused and of which no smaller part already does that, fewest first. Two
/// remedies that set one fact to different values are never in one set. Empty when the benefit is not refused, or nothing helps.
/// Cost: one assessment for each set tried; a set grows only by remedies that touch what its first unmet criterion reads.
std::vector<Step> StepsFor(const Assessor& assessor, const Benefit& benefit, const Answers& answers);

/// profile → km-steps/1.
Result<json::value> WhatWouldChange(const Pack& pack, const json::value& profile, std::string_view file);

}  // namespace chuncheng
