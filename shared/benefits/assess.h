// One benefit for one person: verdict, amount, and what is still needed.
#pragma once
#include <memory>
#include <optional>
#include <span>

#include "shared/benefits/pack.h"

namespace chuncheng {

/// "yes", "no", "open".
constexpr std::string_view StateName(State state) { return state == State::Yes ? "yes" : state == State::No ? "no" : "open"; }

/// Answers by fact index: Interval::Of(v) when known, the fact's range when not, or the part of it in which the answer lies. Derived facts and as_of
/// are ignored here.
using Answers = std::vector<Interval>;

/// All facts unknown.
Answers NoAnswers(const Schema& schema);

/// The answer of `answered_on` on the day `on`: a known growing fact is raised by the completed months between, within its range.
Interval Grown(const Fact& fact, Interval answer, Day answered_on, Day on);

struct AmountRange {
  bool published = false;    ///< some reachable row has a published amount: `range` holds
  bool unpublished = false;  ///< some reachable row has none
  Interval range;            ///< fen, or days
  std::vector<int> rows;     ///< reachable rows, ascending
};

struct Assessment {
  State verdict = State::Open;
  State in_force = State::Yes;
  std::vector<State> criteria;
  AmountRange amount;    ///< of a table; empty when the verdict is no
  std::vector<int> ask;  ///< base facts that can still change the verdict or the amount, in the benefit's order
};

/// Evaluates on one day. Exact as long as the unknown facts that hang together have at most `kMostCases` combinations of value classes; above
/// that the answer is a sound bound (never a wrong yes or no, amounts may be wider).
/// Cost: product of the value classes of the unknown facts that share a criterion, summed over such groups; each part of a rule is evaluated only
/// over the unknown facts that it reads itself. Holds its working memory, so that a call allocates nothing but its result: one thread at a time.
class Assessor {
 public:
  static constexpr std::size_t kMostCases = 20000;

  /// The pack must outlive it. `answered_on`: the day the answers are of, from which growing facts grow; nothing = `as_of`.
  /// Cost: the number of param slots.
  Assessor(const Pack& pack, Day as_of, std::optional<Day> answered_on = std::nullopt);
  ~Assessor();
  Assessor(Assessor&&) noexcept;

  Day as_of() const { return as_of_; }
  /// `benefit` must be one of the pack's.
  Assessment Assess(const Benefit& benefit, const Answers& answers) const;
  /// The same into `out`, whose memory is used again.
  void Assess(const Benefit& benefit, const Answers& answers, Assessment& out) const;
  /// One criterion alone, for the checker.
  State AssessCriterion(const Criterion& criterion, const Answers& answers) const;
  /// Would the criterion no longer fail after one of its remedies?
  bool CanRemedy(const Criterion& criterion, const Answers& answers) const;
  /// Values of `fact`, one the benefit reads, that `answers` leave possible, ascending, grouped as an assessment groups them; for weighing what an
  /// answer would settle.
  std::vector<Interval> ClassesOf(const Benefit& benefit, int fact, const Answers& answers) const;
  std::span<const Interval> params() const;
  /// How one of the benefit's base facts splits on this day, over its whole range.
  const Split& SplitOf(const Benefit& benefit, std::size_t base) const;

 private:
  class Work;

  const Pack& pack_;
  Day as_of_;
  std::unique_ptr<Work> work_;
};

}  // namespace chuncheng
