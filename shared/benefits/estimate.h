// What an institution may expect over some years (docs/interfaces.md section 8, `estimate`): the evaluator's answers, counted and laid out by year.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// km-estimate/1 → km-estimation/1. The benefits considered are those of the institution and of its workers, and what it is paid for people it looks
/// after; public duties are not. Each is assessed as by EvaluateProfile, on every stretch of days of the years on which its answer stays.
/// A sum that does not fit 64 bits is an error located at the count that makes it so.
Result<json::value> EstimateOf(const Pack& pack, const json::value& request, std::string_view file);

}  // namespace chuncheng
