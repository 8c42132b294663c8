// One expression against plain data: types are inferred from the data's values (`chuncheng rule`, the conformance suite).
#pragma once
#include "shared/base/json.h"

namespace chuncheng {

/// {"rule":…,"data":…,"trace":true?} → {"value":…} and, when asked, "trace":[{"at":pointer,"value":…}] in evaluation order; or the first
/// error when the dialect rejects the rule. Nested data is reached by dotted names ("pie.filling", "1.0"); integers, true/false and strings have a
/// type, null and fractions have none, so a rule that reads them is rejected.
Result<json::value> EvaluateRule(const json::value& request, std::string_view file);

}  // namespace chuncheng
