// White space that spreadsheets and input methods leave at the ends of a text.
#pragma once
#include <array>
#include <string_view>

namespace chuncheng {

/// Without spaces, tabs, line ends, no-break and full-width spaces at both ends.
constexpr std::string_view Trimmed(std::string_view text) {
  constexpr std::array<std::string_view, 6> kSpaces = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80"};  // the last two: U+00A0, U+3000
  for (bool more = true; more;) {
    more = false;
    for (std::string_view space : kSpaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        more = true;
      } else if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        more = true;
      }
    }
  }
  return text;
}

}  // namespace chuncheng
