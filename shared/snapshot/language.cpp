#include "shared/snapshot/language.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <functional>
#include <utility>

namespace chuncheng {
namespace {

// After folding: everything of ASCII but letters and digits, the punctuation blocks, and spaces.
bool IsSeparator(char32_t code) {
  if (code < 0x80) return !((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9'));
  return code < 0xC0 || code == 0xD7 || code == 0xF7 || (code >= 0x2000 && code < 0x2C00) || (code >= 0x3000 && code < 0x3040) ||
         (code >= 0xFE00 && code < 0xFE70) || code >= 0xE0000 || (code >= 0xD800 && code < 0xF900);
}

constexpr char32_t kFirstHan = 0x4E00;
constexpr char32_t kLastHan = 0x9FFF;

// Pinyin as schoolbooks write it; ü is typed v.
char32_t WithoutTone(char32_t code) {
  static constexpr std::pair<std::u32string_view, char32_t> kVowels[] = {{U"āáǎàĀÁǍÀ", 'a'}, {U"ēéěèĒÉĚÈ", 'e'}, {U"īíǐìĪÍǏÌ", 'i'},
                                                                         {U"ōóǒòŌÓǑÒ", 'o'}, {U"ūúǔùŪÚǓÙ", 'u'}, {U"üǖǘǚǜÜǕǗǙǛ", 'v'},
                                                                         {U"ńňǹŃŇǸ", 'n'},   {U"ḿḾ", 'm'}};
  if (code < 0xC0 || code > 0x1E3F) return code;
  for (const auto& [marked, plain] : kVowels) {
    if (marked.find(code) != std::u32string_view::npos) return plain;
  }
  return code;
}

std::string Syllable(const json::string& text) { return {text.begin(), text.end()}; }

Error Bad() { return Error{ErrorCode::DatabaseBad, "", "", 0, {}}; }

}  // namespace

std::u32string DecodeUtf8(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) code = code << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    out += code;
    i += length;
  }
  return out;
}

void AppendUtf8(std::string& out, char32_t code) {
  auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

Language::Language(const std::map<std::string, std::u32string>& readings, std::map<char32_t, char32_t> simplified)
    : simplified_(std::move(simplified)), simple_(kLastHan - kFirstHan + 1) {
  for (const auto& [from, to] : simplified_) {
    if (from >= kFirstHan && from <= kLastHan && to <= 0xFFFF) simple_[from - kFirstHan] = static_cast<char16_t>(to);
  }
  std::map<char32_t, std::vector<std::size_t>> read;
  for (const auto& [syllable, characters] : readings) {
    for (char32_t code : characters) read[code].push_back(syllables_.size());
    syllables_.push_back(syllable);
  }
  read_.assign(read.begin(), read.end());
}

Result<Language> Language::Decode(std::string_view bytes) {
  boost::system::error_code error;
  const auto value = json::parse(json::string_view(bytes.data(), bytes.size()), error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* readings = object == nullptr ? nullptr : object->if_contains("readings");
  const auto* simplified = object == nullptr ? nullptr : object->if_contains("simplified");
  if (readings == nullptr || !readings->is_object() || simplified == nullptr || !simplified->is_string()) return Bad();
  std::map<std::string, std::u32string> read;
  for (const auto& [syllable, characters] : readings->get_object()) {
    if (!characters.is_string() || syllable.empty()) return Bad();
    read[std::string(syllable)] = DecodeUtf8(Syllable(characters.get_string()));
  }
  const auto pairs = DecodeUtf8(Syllable(simplified->get_string()));
  std::map<char32_t, char32_t> simple;
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) simple[pairs[i]] = pairs[i + 1];
  return Language(read, std::move(simple));
}

std::string Language::Encode() const {
  std::vector<std::string> characters(syllables_.size());
  for (const auto& [code, indexes] : read_) {
    for (std::size_t index : indexes) AppendUtf8(characters[index], code);
  }
  json::object readings;
  for (std::size_t i = 0; i < syllables_.size(); ++i) readings[syllables_[i]] = characters[i];
  std::string pairs;
  for (const auto& [from, to] : simplified_) {
    AppendUtf8(pairs, from);
    AppendUtf8(pairs, to);
  }
  return Canonical(json::object{{"readings", std::move(readings)}, {"simplified", pairs}});
}

std::vector<Token> Language::Tokens(std::string_view text) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::vector<Token> out;
  bool gap = false;
  const auto codes = DecodeUtf8(text);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const char32_t lower = codes[i] >= 'A' && codes[i] <= 'Z' ? codes[i] - 'A' + 'a' : WithoutTone(codes[i]);
    if (lower >= kFirstHan && lower <= kLastHan) {  // folding leaves these as they are
      const char16_t simple = simple_.empty() ? u'\0' : simple_[lower - kFirstHan];
      out.push_back({simple == 0 ? lower : simple, i, std::exchange(gap, false)});
      continue;
    }
    icu::UnicodeString folded(static_cast<UChar32>(lower));
    if (fold != nullptr && lower >= 0x80) folded = fold->normalize(folded, status);
    for (int32_t k = 0; k < folded.length(); k = folded.moveIndex32(k, 1)) {
      auto code = static_cast<char32_t>(folded.char32At(k));
      if (const auto simple = simplified_.find(code); simple != simplified_.end()) code = simple->second;
      if (IsSeparator(code)) {
        gap = true;
      } else {
        out.push_back({code, i, std::exchange(gap, false)});
      }
    }
  }
  return out;
}

std::span<const std::size_t> Language::ReadingsOf(char32_t code) const {
  const auto found = std::lower_bound(read_.begin(), read_.end(), code, [](const auto& entry, char32_t c) { return entry.first < c; });
  if (found == read_.end() || found->first != code) return {};
  return found->second;
}

std::vector<std::string> Language::Readings(char32_t code) const {
  if (IsAsciiToken(code)) return {std::string(1, static_cast<char>(code))};
  std::vector<std::string> out;
  for (std::size_t index : ReadingsOf(code)) out.push_back(syllables_[index]);
  return out;
}

std::vector<std::vector<std::string>> Language::Syllables(std::string_view letters, std::size_t most) const {
  constexpr std::size_t kLongest = 6;  // zhuang
  std::vector<std::vector<std::string>> out;
  std::vector<std::string> path;
  std::vector<char> dead(letters.size() + 1, 0);  // from here no cut reaches the end
  const std::function<bool(std::size_t)> cut = [&](std::size_t from) {
    if (dead[from] != 0) return false;
    const std::size_t before = out.size();
    const std::string_view rest = letters.substr(from);
    const auto begins = std::lower_bound(syllables_.begin(), syllables_.end(), rest);
    if (begins != syllables_.end() && begins->starts_with(rest) && out.size() < most) {
      path.emplace_back(rest);
      out.push_back(path);
      path.pop_back();
    }
    for (std::size_t length = std::min(kLongest, rest.size() - 1); length > 0 && out.size() < most; --length) {
      const std::string_view head = rest.substr(0, length);
      if (!std::binary_search(syllables_.begin(), syllables_.end(), head)) continue;
      path.emplace_back(head);
      cut(from + length);
      path.pop_back();
    }
    if (out.size() == before && out.size() < most) dead[from] = 1;
    return out.size() > before;
  };
  if (!letters.empty()) cut(0);
  return out;
}

}  // namespace chuncheng
