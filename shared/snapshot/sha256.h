// SHA-256 by libsodium.
#pragma once
#include <string>
#include <string_view>

namespace chuncheng {

/// 64 lower-case hex digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace chuncheng
