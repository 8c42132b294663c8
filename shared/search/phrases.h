// How a piece of what somebody typed can be meant, as patterns of the index.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/search/index.h"

namespace chuncheng {

/// How a pattern reads what was typed, the surest first.
enum class Way : std::uint8_t { kHan, kNumber, kPinyin, kBegun, kInitials, kApart, kNearSound, kTypo };

struct Phrase {
  Pattern pattern;
  Way way = Way::kHan;
};

/// A run of one script: letters (with digits after them), or Han characters and digits.
struct Piece {
  std::vector<Token> tokens;
  bool letters = false;
};

/// Guesses get bolder from tier to tier; the next one is only for a piece that nothing has at the tiers before.
/// 0: as written, numbers written otherwise, full pinyin with the last syllable perhaps only begun, initials
/// 1: same sound; syllables and initials mixed
/// 2: near sounds (n/l, zh/z, ch/c, sh/s, ing/in, eng/en, f/h)
/// 3: one letter or character wrong, missing or too many
constexpr int kTiers = 4;

class Phrases {
 public:
  /// `folded`: FoldedSound of each syllable of the language. All three must outlive this object.
  Phrases(const Language& language, const std::vector<std::string>& folded, const Index& index)
      : language_(language), folded_(folded), index_(index) {}

  /// The readings that the tier adds, best first. The patterns live as long as this object.
  std::vector<Phrase> Of(const Piece& piece, int tier);

  /// Are the piece's letters one syllable that the index has, or perhaps (`begun`) the beginning of one?
  bool IsSyllable(const Piece& piece, bool begun);

 private:
  const SignSet* Set(const std::vector<Sign>& signs);
  const SignSet* Written(char32_t code);
  const SignSet* Syllable(std::string_view syllable);  ///< null pointer never: an unknown syllable is an empty set
  const SignSet* Begun(std::string_view letters);
  const SignSet* Longer(std::string_view letters);  ///< begun so and not yet whole
  const SignSet* Near(const std::string& folded, bool begun);
  const SignSet* Slip(std::string_view letters);
  Pattern AsWritten(const std::vector<Token>& tokens);

  void Letters(const Piece& piece, int tier, std::vector<Phrase>& out);
  void Mixed(std::string_view letters, std::vector<Phrase>& out);
  void NearLetters(std::string_view letters, std::vector<Phrase>& out);
  void WrongLetter(std::string_view letters, std::vector<Phrase>& out);
  void Han(const Piece& piece, int tier, std::vector<Phrase>& out);
  void Numbers(const std::u32string& text, std::vector<Phrase>& out);
  void WrongCharacter(const Pattern& written, std::vector<Phrase>& out);

  const Language& language_;
  const std::vector<std::string>& folded_;
  const Index& index_;
  std::deque<SignSet> sets_;
  std::map<std::string, const SignSet*, std::less<>> made_;
};

/// A syllable with everything that near sounds share folded together: "zhang" and "zang" are both "zang", "hui" and "fei" both "fei".
std::string FoldedSound(std::string_view syllable);
/// Is `a` one letter away from `b` (other, missing, added, or two neighbours exchanged), or the same?
bool OneSlipApart(std::string_view a, std::string_view b);

}  // namespace chuncheng
