// The C ABI of both modules (docs/interfaces.md section 7): JSON in, JSON out, errors as values.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/result.h"

namespace chuncheng {

/// Each module gives these two; abi.cpp exports the functions around them.
Result<bool> Load(std::string_view bytes);
Result<boost::json::value> Call(const boost::json::value& request);

}  // namespace chuncheng
