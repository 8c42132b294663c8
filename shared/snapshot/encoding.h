// Text files as spreadsheets save them. Native only: GB18030 takes ICU's converters.
#pragma once
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace chuncheng {

/// UTF-8 (as it is) or GB18030 (converted). Error: TextEncoding with the line of the first byte that is neither; UTF-16 and damaged UTF-8 are not
/// taken for GB18030.
Result<std::string> ToUtf8(std::string_view bytes, const std::string& file);

}  // namespace chuncheng
