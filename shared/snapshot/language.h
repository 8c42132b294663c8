// What the phone needs to know of the language: folded characters, simplified forms, readings. Made by the builder with ICU's full data.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/json.h"

namespace chuncheng {

/// One searchable character: a Han character, letter or digit after NFKC_Casefold and in its simplified form.
struct Token {
  char32_t code = 0;
  std::size_t source = 0;  ///< index of the code point it comes from
  bool after_gap = false;  ///< something that is no token (space, punctuation) stands before it
};

std::u32string DecodeUtf8(std::string_view text);  ///< of well-formed UTF-8
void AppendUtf8(std::string& out, char32_t code);
inline bool IsAsciiToken(char32_t code) { return code < 0x80; }

class Language {
 public:
  Language() = default;
  /// `readings`: syllable without tone (ü as v) → the characters read so. `simplified`: traditional → simplified character.
  Language(const std::map<std::string, std::u32string>& readings, std::map<char32_t, char32_t> simplified);
  /// What Encode wrote. Error: DatabaseBad.
  static Result<Language> Decode(std::string_view bytes);
  std::string Encode() const;

  /// Vowels with tone marks (ǎ) are the letters without them.
  std::vector<Token> Tokens(std::string_view text) const;
  /// All syllables, ascending; what ReadingsOf numbers.
  const std::vector<std::string>& syllables() const { return syllables_; }
  /// Positions in syllables() of a Han character's readings.
  std::span<const std::size_t> ReadingsOf(char32_t code) const;
  /// Readings of a Han character, none when it has none known; an ASCII letter or digit reads as itself.
  std::vector<std::string> Readings(char32_t code) const;
  /// Ways to cut lower-case letters into whole syllables, where the last may be the beginning of one; at most `most`, longest first syllable first.
  std::vector<std::vector<std::string>> Syllables(std::string_view letters, std::size_t most) const;

 private:
  std::vector<std::string> syllables_;                               // ascending
  std::vector<std::pair<char32_t, std::vector<std::size_t>>> read_;  // ascending by character
  std::map<char32_t, char32_t> simplified_;
  std::vector<char16_t> simple_;  // the same for U+4E00 to U+9FFF, by position: every character of every text is looked up
};

}  // namespace chuncheng
