// What the assessment of a benefit needs to know about its rules, worked out once when the pack is read.
#pragma once
#include <span>
#include <vector>

#include "shared/rules/schema.h"

namespace chuncheng {

struct Benefit;

/// `fact` meets a constant: below `value` and from `value` on, a comparison answers differently. With `slot` >= 0 the constant is a param
/// and `value` is added to it.
struct Cut {
  int fact = 0;
  std::int64_t value = 0;
  int slot = -1;
  friend bool operator==(const Cut&, const Cut&) = default;
};

using BaseSet = std::uint64_t;          ///< bit i: the base fact Plan::bases[i]
constexpr std::size_t kMostBases = 64;  ///< base facts one benefit may read; the reader refuses more

/// One operand of a condition's outermost `and` or an amount's outermost `+` (the whole rule when it has none).
struct Part {
  std::size_t begin = 0;  ///< its instructions in the rule's program: [begin, end)
  std::size_t end = 0;
  BaseSet bases = 0;
  std::vector<int> derived;  ///< derived facts it reads, in the order to derive them
  int single = -1;           ///< the one base it rests on, -1 = none or several
  std::size_t column = 0;    ///< of a single: its place in Split::values
};

struct PlannedRule {
  std::vector<Part> parts;
  BaseSet bases = 0;
  std::vector<int> derived;
};

/// The values of a fact in classes that no rule of the benefit tells apart, and what the parts that rest on this fact alone come to in each.
struct Split {
  std::vector<Interval> classes;        ///< ascending, without gaps
  std::vector<std::uint32_t> kind;      ///< by class; two classes are of one kind when every part treats them alike
  std::vector<std::uint32_t> distinct;  ///< the first class of each kind
  std::vector<Interval> values;         ///< [part.column * classes.size() + class]
};

enum class RuleKind : std::uint8_t { Criterion, When, Pay };

struct PlannedBase {
  struct Place {
    RuleKind kind = RuleKind::Criterion;
    std::size_t rule = 0;
    std::size_t part = 0;
  };
  int fact = 0;
  std::vector<Cut> cuts;     ///< of this fact and of facts derived from it alone
  std::vector<Place> parts;  ///< by column
  bool each_value = false;   ///< compared with another fact: a short range is tried value by value
  bool alone = true;         ///< no part reads it together with another fact
  bool dated = false;        ///< the split depends on the day (age, a param); then `number` is its place among all such of the pack
  std::size_t number = 0;
  Split split;  ///< of the whole range, when not dated
};

struct Plan {
  std::vector<PlannedRule> criteria;
  std::vector<PlannedRule> when;  ///< by row
  std::vector<PlannedRule> pay;
  std::vector<PlannedBase> bases;  ///< as Benefit::bases
  std::vector<int> derived;        ///< all derived facts read, in the order to derive them
  BaseSet amount = 0;              ///< bases of all rows
};

/// `numbers`: how many dated bases the pack has so far; counted on.
Plan MakePlan(const Schema& schema, const Benefit& benefit, std::size_t& numbers);

/// Works out derived facts from the base facts in `env` (as_of included).
void Derive(const Schema& schema, std::span<const int> derived, std::vector<Interval>& env, std::span<const Interval> params);

/// The split of one base over `range` on the day that stands in env[kAsOf]; changes that base and what is derived from it in `env`.
/// Cost: instructions of the parts that rest on this base × classes.
Split MakeSplit(const Schema& schema, const Benefit& benefit, const PlannedBase& base, Interval range, std::vector<Interval>& env,
                std::span<const Interval> params);

/// [range.lo, range.hi] cut at `points`, where a new piece begins.
std::vector<Interval> Pieces(Interval range, std::vector<std::int64_t> points);

}  // namespace chuncheng
