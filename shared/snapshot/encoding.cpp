#include "shared/snapshot/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "shared/snapshot/csv.h"

namespace chuncheng {
namespace {

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

std::int64_t LineOf(std::string_view bytes, std::size_t at) {
  return 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

// Chinese in UTF-8 is three bytes a character. Where most of what is not ASCII has that form, it is UTF-8 with a flaw: read as GB18030 it
// would convert, to other characters.
bool MostlyUtf8(std::string_view bytes, std::size_t& flaw) {
  std::size_t formed = 0;
  std::size_t other = 0;
  flaw = bytes.size();
  for (std::size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
    } else if ((static_cast<unsigned char>(bytes[i]) & 0xF0U) == 0xE0 && IsUtf8(bytes.substr(i, 3)) && i + 3 <= bytes.size()) {
      formed += 3;
      i += 3;
    } else {
      flaw = std::min(flaw, i);
      ++other;
      ++i;
    }
  }
  return formed > other;
}

}  // namespace

Result<std::string> ToUtf8(std::string_view bytes, const std::string& file) {
  if (IsUtf8(bytes) && bytes.find('\0') == std::string_view::npos) return std::string(bytes);
  auto bad = [&](std::size_t at) { return Error{ErrorCode::TextEncoding, file, "", LineOf(bytes, at), {}}; };
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return bad(0);
  if (const auto nul = bytes.find('\0'); nul != std::string_view::npos) return bad(nul);
  std::size_t flaw = 0;
  if (MostlyUtf8(bytes, flaw) || bytes.starts_with("\xEF\xBB\xBF")) return bad(flaw);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, Close> converter(ucnv_open("gb18030", &status));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status) != 0) return Error{ErrorCode::Internal, "ICU", "", 0, {}};
  std::u16string units(bytes.size(), u'\0');  // never more units than bytes
  const char* source = bytes.data();
  char16_t* target = units.data();
  ucnv_toUnicode(converter.get(), &target, target + units.size(), &source, source + bytes.size(), nullptr, 1, &status);
  if (U_FAILURE(status) != 0) return bad(static_cast<std::size_t>(source - bytes.data()) - 1);
  std::string out;
  icu::UnicodeString(units.data(), static_cast<int32_t>(target - units.data())).toUTF8String(out);
  return out;
}

}  // namespace chuncheng
