// Walks the calendar in stretches of days on which an assessment is proven not to change.
#pragma once
#include <map>
#include <tuple>

#include "shared/benefits/assess.h"

namespace chuncheng {

/// One benefit with one person's answers. Nothing is sampled: a stretch is passed over only when it is proven that no comparison of the benefit,
/// whatever the open answers turn out to be, changes within it. What cannot be proven is cut down to single days, so that the days at which stretches
/// begin always include every day on which Assessor(pack, day, answered_on) answers differently than the day before.
///
/// The proof runs the rules once with `as_of` as an interval of days: a part that then has one value has it on every one of the days. For an open
/// answer behind a moving fact (a birth date behind an age) a comparison with a constant flips at one point of the answer's range, which moves with
/// the day; between two days nothing changes while those points keep their order among themselves and against the range.
///
/// Cost: about 2·log2(stretch) runs of the benefit's moving rules a change; where a proof fails day by day, one assessment a day.
class Sweep {
 public:
  Sweep(const Pack& pack, const Benefit& benefit, const Answers& answers, Day answered_on);

  /// The last day up to `end` until which the assessment is proven to be that of `day`.
  Day LastAlike(Day day, Day end);

  /// Every fact value on these days, as an interval over them; derived facts the benefit reads included, not held to their ranges.
  const std::vector<Interval>& ValuesOn(Interval days);
  /// Values of the params the benefit reads on a day, by slot; the others are not published here.
  const std::vector<Interval>& ParamsOn(Day day);

  /// Does the calendar move this fact with these answers?
  bool Moves(int fact) const;
  /// Facts with an open answer behind a moving fact.
  bool Swept(int fact) const;

 private:
  enum class Proof : std::uint8_t { Fixed, ByClass, ByBounds, None };
  struct Point {
    int fact;
    std::int64_t value;
    int slot;
    std::int64_t lag = 0;               // where it lay last, from the day looked at: the next search begins there
    std::optional<std::int64_t> fixed;  // where it lies whatever the day

    auto Key() const { return std::tie(fact, value, slot); }
  };
  struct Bracket {
    std::int64_t lo;
    std::int64_t hi;
  };

  bool Alike(Day first, Day last);
  Proof ProofOf(const Program& program) const;
  Proof ProofOfVar(int fact, bool& leaf) const;
  bool SingleBase(const Fact& fact, int base) const;
  std::optional<std::vector<Bracket>> Order(int base, Interval days);
  std::optional<Bracket> Crossing(Point& point, int base, Interval days);
  bool SamePay(int base, const std::vector<Bracket>& order, Interval days, const std::vector<const Row*>& rows);
  void Fill(Interval days);
  bool Active(const Rule& rule) const;

  const Pack& pack_;
  const Benefit& benefit_;
  const Answers& answers_;
  Day answered_on_;
  bool refused_ = false;                      // by a criterion that the calendar does not touch
  std::vector<int> derived_;                  // derived facts the benefit needs, ascending
  std::vector<int> slots_;                    // params it reads
  std::vector<Day> breaks_;                   // days on which a param it reads or in_force changes
  std::map<int, std::vector<Point>> points_;  // by open answer behind a moving fact
  std::vector<const Criterion*> criteria_;    // those that the calendar can touch
  std::vector<Interval> env_;
  std::vector<Interval> params_;
  mutable std::vector<Interval> trace_;
};

}  // namespace chuncheng
