// Texts in memory as runs of characters, with the places where each character stands. Every kind of query (Han, pinyin, initials, near sounds,
// slips) becomes a pattern: a run of sets of characters.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/snapshot/language.h"

namespace chuncheng {

/// Where a text stands in its row, the weightiest first.
enum class Field : std::uint8_t { kName, kType, kDistrict, kNeed, kAddress, kOperator, kNeeds, kText, kNote };

/// A distinct character of the index; 0 = none of them.
using Sign = std::uint16_t;

struct SignSet {
  std::vector<Sign> list;
  std::vector<std::uint64_t> bits;
  bool Has(Sign sign) const { return ((bits[sign >> 6U] >> (sign & 63U)) & 1U) != 0; }
};

/// One set a character; null = any character.
using Pattern = std::vector<const SignSet*>;

/// Do the signs from here on fit? There must be as many as the pattern is long, the text's end (0) among them or not.
inline bool Fits(const Pattern& pattern, const Sign* signs) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    // A text ends with 0, which is in no set and is not "any" character either.
    if (pattern[i] == nullptr ? signs[i] == 0 : !pattern[i]->Has(signs[i])) return false;
  }
  return true;
}

class Index {
 public:
  static constexpr std::uint32_t kNoGroup = static_cast<std::uint32_t>(-1);
  /// A text and the rows that have it.
  struct Text {
    std::uint32_t begin = 0, end = 0;           ///< signs
    std::uint32_t first_row = 0, last_row = 0;  ///< in rows()
    std::uint32_t group = kNoGroup;             ///< stands for the rows of a group instead
    Field field = Field::kName;
  };
  /// Adds a text of one row; the same text of the same field again only adds the row. Rows ascend.
  void Add(const Language& language, Field field, std::string_view text, std::uint32_t row);
  /// Rows that share texts (all of a type, say). Returns its number.
  std::uint32_t AddGroup(std::vector<std::uint32_t> rows);
  /// Adds a text that stands for all rows of a group. Returns its number; after Finish it is the same.
  std::uint32_t AddFor(const Language& language, Field field, std::string_view text, std::uint32_t group);
  /// After the last text. Linear in the signs.
  void Finish(const Language& language);

  const Text& text(std::uint32_t number) const { return texts_[number]; }
  /// Of a text without a group.
  std::span<const std::uint32_t> rows(const Text& text) const { return std::span(rows_).subspan(text.first_row, text.last_row - text.first_row); }
  const std::vector<std::vector<std::uint32_t>>& groups() const { return groups_; }
  std::span<const Sign> signs(const Text& text) const { return std::span(signs_).subspan(text.begin, text.end - text.begin); }

  /// 0 when no text has it.
  Sign SignOf(char32_t code) const;
  std::vector<Sign> SignsOf(const std::vector<Token>& tokens) const;
  /// Signs read with the syllable (a position in Language::syllables()).
  std::span<const Sign> ReadAs(std::size_t syllable) const { return by_syllable_[syllable]; }
  /// Signs with a reading that begins with the letter, the letter itself among them.
  std::span<const Sign> BeginWith(char letter) const;
  SignSet Set(std::span<const Sign> signs) const;

  /// Calls `found` with the text and the number of its first sign for each place of the pattern, in no order. Nothing when all of the pattern is
  /// "any". Cost: the number of places of the pattern's rarest set.
  template <class Found>
  void Find(const Pattern& pattern, const Found& found) const {
    const std::size_t rarest = Rarest(pattern);
    if (rarest == pattern.size()) return;
    for (const Sign sign : pattern[rarest]->list) {
      for (std::uint32_t i = starts_[sign]; i < starts_[sign + 1U]; ++i) {
        const std::uint32_t at = places_[i];
        const Text& one = texts_[owner_[at]];
        if (at < one.begin + rarest || at - rarest + pattern.size() > one.end) continue;
        const auto begin = static_cast<std::uint32_t>(at - rarest);
        if (Fits(pattern, signs_.data() + begin)) found(one, begin - one.begin);
      }
    }
  }

 private:
  /// The place in the pattern of the set with the fewest places; the pattern's size when there is none or it has no place.
  std::size_t Rarest(const Pattern& pattern) const;
  std::uint32_t Append(const Language& language, Field field, std::string_view text);
  Sign Enter(char32_t code);

  std::vector<Text> texts_;
  std::vector<Sign> signs_;            // of all texts, a 0 after each
  std::vector<std::uint32_t> owner_;   // position → text
  std::vector<std::uint32_t> starts_;  // sign → its first place in places_; one more at the end
  std::vector<std::uint32_t> places_;  // positions, by sign
  std::vector<std::uint32_t> rows_;
  std::vector<std::vector<std::uint32_t>> groups_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;  // text and row, until Finish
  std::vector<char32_t> codes_{0};                              // sign → character
  std::unordered_map<char32_t, Sign> sign_of_;
  std::unordered_map<std::string, std::uint32_t> known_;
  std::vector<std::vector<Sign>> by_syllable_;
  std::vector<std::vector<Sign>> by_letter_;
};

/// The first place of the pattern in `signs`, or npos.
std::size_t FindIn(const Pattern& pattern, std::span<const Sign> signs);
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

}  // namespace chuncheng
