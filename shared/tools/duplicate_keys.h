// The parser keeps the last of two equal keys; in a pack the first would vanish without a word.
#pragma once
#include <string_view>

#include "shared/base/error.h"

namespace chuncheng {

/// Reports JsonDuplicateKey for every key that stands twice in one object. `text` must be JSON: what is not is left to ParseJson.
void FindDuplicateKeys(std::string_view text, std::string_view file, Diagnostics& out);

}  // namespace chuncheng
