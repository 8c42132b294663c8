// A verdict taken apart: criteria, the rules behind them, the answers they read, and the clauses.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// {"profile":…,"benefit":"id","subject":"id"} → km-explanation/1 (docs/interfaces.md section 8). An error when the benefit does not concern that
/// person. Holds no sentence: hosts render operators as `explain.op.*`, facts by their question or label.
Result<json::value> ExplanationOf(const Pack& pack, const json::value& request, std::string_view file);

}  // namespace chuncheng
