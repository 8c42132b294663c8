// Which rows have what was typed, and how well.
#pragma once
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "shared/search/understand.h"

namespace chuncheng {

/// Lower is better: the way first, then the field, then how exactly; sums of costs keep that order.
using Cost = std::uint32_t;
constexpr Cost kNotThere = std::numeric_limits<Cost>::max();
Cost CostOf(Way way, Field field, std::size_t begin, std::size_t length, std::size_t whole);
Way WayOf(Cost cost);

/// A term with the phrases that had a place somewhere, best first: what a row is marked with.
struct TermMatch {
  std::vector<Phrase> phrases;
  bool literal = false;
};

struct RunMatch {
  std::vector<Cost> rows;        ///< by row; kNotThere = it lacks a term
  std::vector<TermMatch> parts;  ///< the terms
  TermMatch joined;              ///< the whole run as one phrase
  bool any = false;
  /// Rows pass this chip without its word: no data says otherwise. Its kind; the rows with the word in `said`.
  struct Open {
    std::size_t chip = 0;
    std::vector<Cost> said;
  };
  std::vector<Open> open;
};

class Matching {
 public:
  /// `wanted`: by row, whether finding it counts. A tier that only finds other rows has found nothing. All must outlive this object.
  Matching(const Index& index, Phrases& phrases, const std::vector<std::uint8_t>& wanted, const std::vector<Chip>& chips)
      : index_(index), phrases_(phrases), wanted_(wanted), rows_(wanted.size()), chips_(chips) {}

  /// At the lowest tier at which any row has all terms, or the run as a whole.
  RunMatch Match(const Run& run);
  /// All runs as one phrase, as typed or by full pinyin or initials: what stands together is better than what stands apart.
  RunMatch Together(const std::vector<Run>& runs);

 private:
  struct Scores {
    std::vector<Cost> rows;
    bool any = false;
  };
  void Score(const std::vector<Phrase>& phrases, TermMatch& part, Scores& scores) const;
  std::vector<Phrase> Joined(std::span<const Term* const> terms, int tier);
  bool Apart(const Term& term, Scores& scores, std::vector<TermMatch>& parts);

  const Index& index_;
  Phrases& phrases_;
  const std::vector<std::uint8_t>& wanted_;
  std::size_t rows_;
  const std::vector<Chip>& chips_;
};

}  // namespace chuncheng
