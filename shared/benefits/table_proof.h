// Proofs over all completions of the answers and all days on which a benefit is in force.
#pragma once
#include "shared/benefits/pack.h"

namespace chuncheng {

/// Days on which something a benefit's rules read begins or has just ended, within `in_force`, ascending; the first is in_force.lo.
/// Between two neighbours every param and every comparison of the date with a constant stays the same.
std::vector<Day> SegmentStarts(const Pack& pack, const Benefit& benefit);

/// A benefit's table and criteria, by search: a partial assignment of value classes is given up as soon as a criterion is certainly not met or
/// exactly one row certainly holds. First derived facts are taken as free within their declared range, once for each segment of days: what
/// that proves holds on every day. What it does not prove is tried again with the derived facts reckoned from the facts below them, on every
/// day of the first four years of a segment (then all ages and months between have met all positions in the calendar), its last day and one
/// day of each later year. Cost: search steps, at most kMostSteps a proof.
class TableProof {
 public:
  static constexpr std::size_t kMostSteps = 300000;

  TableProof(const Pack& pack, const Benefit& benefit);

  /// Reports TableGap (the first), TableOverlap (one for each pair of rows) and TableTooWide.
  void CheckTable(const std::string& file, Diagnostics& out);
  /// Does some completion on some day meet all criteria, and this row (-1: no row asked for)? Yes when the search is given up.
  bool Reachable(int row);

 private:
  struct Variable {
    int fact = 0;
    std::vector<Interval> classes;
  };
  struct Problem {
    int first = -1;  ///< -1: a gap
    int second = -1;
    std::string where;
    Day day = 0;
  };

  void Free(Interval days);
  void Based(Day day);
  void Search(std::size_t next);
  void Judge();
  void Corners();
  bool Measure();
  std::string Where() const;
  std::vector<Interval> Classes(int fact) const;
  template <class F>
  bool EachSegment(F visit);
  template <class F>
  bool EachDay(F visit);
  bool Done() const;

  const Pack& pack_;
  const Benefit& benefit_;
  std::vector<int> direct_;  ///< facts that criteria and rows read, the table's inputs first
  std::vector<int> bases_;   ///< base facts below them
  std::vector<const Cuts*> cuts_;
  std::vector<int> derived_;  ///< derived facts among direct_ and below, each after those it reads
  std::vector<Interval> params_;
  std::vector<Interval> env_;
  std::vector<Variable> variables_;
  std::vector<State> rows_;
  State criteria_ = State::Open;
  bool based_ = false;
  int target_ = -2;  ///< -2: look for gaps and overlaps
  std::size_t steps_ = 0;
  bool found_ = false;  ///< the target, or a problem in a proof that only asks whether there is one
  std::vector<Problem> problems_;
};

}  // namespace chuncheng
