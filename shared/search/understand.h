// What somebody typed, taken apart: words that stand for a filter, and the pieces that are looked for in texts.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/search/phrases.h"

namespace chuncheng {

/// A word of the vocabulary: of a district, type or need (`code` says which), or one that filters by itself.
struct Word {
  std::string kind, code, text;
  bool first = false;  ///< the word to show for its code
  std::vector<Token> tokens;
};

/// A word of the query understood as a filter.
struct Chip {
  std::string_view kind;           ///< district, type, need, near, beds, owner or price
  std::string value;               ///< "" = none
  std::string text;                ///< as typed
  std::size_t begin = 0, end = 0;  ///< code points of the query
};

/// What one piece asks: its text, or what the chip stands for.
struct Term {
  Piece piece;
  std::optional<std::size_t> chip;  ///< in Understood::chips
  bool literal = false;             ///< was a word, but the query wants its text only
};

/// Terms that were typed without a gap.
using Run = std::vector<Term>;

struct Understood {
  std::vector<Chip> chips;
  std::vector<Run> runs;
};

/// `literal`: texts of chips that are not to be understood. Cost: words × characters of the query.
Understood Understand(std::string_view query, const std::vector<std::string>& literal, const std::vector<Word>& words, const Language& language,
                      const Index& index, Phrases& phrases);

}  // namespace chuncheng
