// Queries as people type them, made from the names of facilities by rule, and which names are right answers.
#pragma once
#include <string>
#include <vector>

#include "shared/snapshot/facility.h"
#include "shared/snapshot/language.h"

namespace chuncheng {

struct AskedQuery {
  std::string kind;  ///< one of kQueryKinds
  std::string text;
  std::vector<std::uint8_t> right;  ///< by facility: is its name a right answer?
};

struct QueryKind {
  std::string_view name;
  bool error = false;  ///< somebody made a mistake; the others are correct, only typed in another way
};
/// han1: one character of a name. han: 2 to 6 characters next to each other. terms: two such pieces, the later one first.
/// pinyin, spaced, toned, upper, wide: a piece in pinyin; with spaces; with tone numbers or marks; in capitals; in full-width letters.
/// begun: a piece in pinyin, its last syllable cut. initials: first letters of 3 to 6 characters. mixed: a piece, first Han, then pinyin.
/// polyphone: a piece in pinyin with a reading other than the first. traditional: at least one character in its traditional form.
/// number: 第二 as 第2, and 第二…医院 as 二院.
/// homophone: one of 3 to 5 characters is another one that sounds the same. character: one of 3 to 6 characters is any other.
/// letter, missing: 3 to 5 characters in pinyin, one letter other or left out.
/// near: one syllable of a piece in pinyin with n/l, zh/z, ch/c, sh/s, ing/in, eng/en or f/h mixed up.
/// A mistake that makes a correct piece of another name is drawn again: nobody could know.
///
/// Right is every name that the text is a correct way to type: it has the piece (or, typed by sound, one that sounds so; by initials, one with
/// these initials; in any of these by letters, one whose letters begin so; both pieces of `terms`). After a mistake: every name with a piece as far
/// from the text as the one it was made from, by the same kind of mistake: the same sounds (homophone, near), one other character (character), one
/// other or missing letter (letter, missing).
constexpr QueryKind kQueryKinds[] = {{"han1"},        {"han"},    {"terms"},           {"pinyin"},       {"spaced"},        {"toned"},
                                     {"upper"},       {"wide"},   {"begun"},           {"initials"},     {"mixed"},         {"polyphone"},
                                     {"traditional"}, {"number"}, {"homophone", true}, {"letter", true}, {"missing", true}, {"character", true},
                                     {"near", true}};

/// `each` queries a kind, the same for the same names, language and seed.
std::vector<AskedQuery> MakeQueries(const std::vector<Facility>& facilities, const Language& language, std::size_t each, std::uint32_t seed);

}  // namespace chuncheng
