#include "shared/benefits/sweep.h"

#include <algorithm>
#include <limits>

#include "shared/benefits/cuts.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

template <class F>
void EachRule(const Benefit& benefit, F visit) {
  for (const Criterion& criterion : benefit.criteria) visit(criterion.when);
  for (const Row& row : benefit.rows) {
    visit(row.when);
    visit(row.pay);
  }
}

// Smallest value of [lo, hi] from which on `reached` holds, hi + 1 when none; looked for from `near` on, outwards.
template <class F>
std::int64_t FirstNear(std::int64_t lo, std::int64_t hi, std::int64_t near, F reached) {
  near = std::clamp(near, lo, hi);
  std::int64_t step = 1;
  if (reached(near)) {
    std::int64_t high = near;
    for (; high > lo; step *= 2) {
      const std::int64_t next = std::max(lo, high - step);
      if (!reached(next)) return FirstWhere(next, high, reached).value_or(high);
      high = next;
    }
    return lo;
  }
  for (std::int64_t low = near; low < hi; step *= 2) {
    const std::int64_t next = std::min(hi, low + step);
    if (reached(next)) return FirstWhere(low, next, reached).value_or(next);
    low = next;
  }
  return hi + 1;
}

bool Contains(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

}  // namespace

Sweep::Sweep(const Pack& pack, const Benefit& benefit, const Answers& answers, Day answered_on)
    : pack_(pack),
      benefit_(benefit),
      answers_(answers),
      answered_on_(answered_on),
      env_(answers),
      params_(pack.schema.slots.size(), Interval::Unpublished()) {
  const Schema& schema = pack.schema;
  std::vector<bool> needed(schema.facts.size());
  std::vector<bool> slots(schema.slots.size());
  std::size_t longest = 0;
  EachRule(benefit, [&](const Rule& rule) {
    longest = std::max(longest, rule.program.code.size());
    for (int fact : rule.program.facts) needed[static_cast<std::size_t>(fact)] = true;
    for (const Instr& instr : rule.program.code) {
      if (instr.op == Op::Param) slots[static_cast<std::size_t>(instr.imm)] = true;
    }
  });
  trace_.resize(longest);
  for (std::size_t i = schema.facts.size(); i-- > 0;) {
    const Fact& fact = schema.facts[i];
    if (!needed[i] || !fact.derive) continue;
    derived_.push_back(static_cast<int>(i));
    for (int read : fact.derive->facts) needed[static_cast<std::size_t>(read)] = true;
  }
  std::reverse(derived_.begin(), derived_.end());
  for (std::size_t i = 0; i < schema.facts.size(); ++i) {
    const Fact& fact = schema.facts[i];
    if (!needed[i] || !fact.derive || !fact.moves) continue;
    for (int base : fact.bases) {
      if (!answers[static_cast<std::size_t>(base)].Known()) points_[base];
    }
  }
  breaks_ = {benefit.in_force.lo, benefit.in_force.hi};
  if (benefit.in_force.hi < std::numeric_limits<Day>::max()) ++breaks_.back();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!slots[i]) continue;
    slots_.push_back(static_cast<int>(i));
    for (const Period& period : schema.params[static_cast<std::size_t>(schema.slots[i].param)].periods) {
      breaks_.push_back(period.days.lo);
      if (period.days.hi < std::numeric_limits<Day>::max()) breaks_.push_back(period.days.hi + 1);
    }
  }
  std::sort(breaks_.begin(), breaks_.end());
  for (const Criterion& criterion : benefit.criteria) {
    if (Active(criterion.when)) criteria_.push_back(&criterion);
  }
  // What fails whatever the day: the rules without a param and without anything that moves.
  Fill(Interval::Of(answered_on));
  for (const Criterion& criterion : benefit.criteria) {
    const auto& code = criterion.when.program.code;
    const bool param = std::any_of(code.begin(), code.end(), [](const Instr& instr) { return instr.op == Op::Param; });
    const auto& facts = criterion.when.program.facts;
    if (param || std::any_of(facts.begin(), facts.end(), [&](int fact) { return Moves(fact); })) continue;
    refused_ = refused_ || Evaluate(criterion.when.program, env_, params_).No();
  }
  if (points_.empty()) return;
  for (auto& entry : points_) {
    const int base = entry.first;
    auto& points = entry.second;
    auto add = [&](const Point& point) {
      const Fact& fact = schema.facts[static_cast<std::size_t>(point.fact)];
      if (point.fact == base || SingleBase(fact, base)) points.push_back(point);
    };
    for (const Cuts* cuts : AllCuts(benefit)) {
      for (const Cut& cut : cuts->points) add({cut.fact, cut.value, cut.slot, 0, std::nullopt});
    }
    for (int fact : derived_) {
      if (schema.facts[static_cast<std::size_t>(fact)].type.kind == Kind::Bool) add({fact, 1, -1, 0, std::nullopt});
    }
    std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.Key() < b.Key(); });
    points.erase(std::unique(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.Key() == b.Key(); }), points.end());
  }
}

bool Sweep::Moves(int fact) const {
  const Fact& one = pack_.schema.facts[static_cast<std::size_t>(fact)];
  return one.moves && !(one.grows && !answers_[static_cast<std::size_t>(fact)].Known());
}

bool Sweep::Swept(int fact) const {
  const auto& bases = pack_.schema.facts[static_cast<std::size_t>(fact)].bases;
  return std::any_of(bases.begin(), bases.end(), [&](int base) { return points_.contains(base); });
}

bool Sweep::Active(const Rule& rule) const {
  return std::any_of(rule.program.facts.begin(), rule.program.facts.end(), [&](int fact) { return Moves(fact) || Swept(fact); });
}

// Derived from this answer and the day alone.
bool Sweep::SingleBase(const Fact& fact, int base) const {
  return fact.derive && std::all_of(fact.derive->facts.begin(), fact.derive->facts.end(), [&](int read) { return read == kAsOf || read == base; }) &&
         Contains(fact.derive->facts, base);
}

void Sweep::Fill(Interval days) {
  const Schema& schema = pack_.schema;
  env_[kAsOf] = days;
  for (int growing : schema.growing) {
    const auto at = static_cast<std::size_t>(growing);
    const Fact& fact = schema.facts[at];
    env_[at] = {Grown(fact, answers_[at], answered_on_, days.lo).lo, Grown(fact, answers_[at], answered_on_, days.hi).hi};
  }
  for (int fact : derived_) {
    env_[static_cast<std::size_t>(fact)] = Evaluate(*schema.facts[static_cast<std::size_t>(fact)].derive, env_, {});
  }
}

const std::vector<Interval>& Sweep::ValuesOn(Interval days) {
  Fill(days);
  return env_;
}

const std::vector<Interval>& Sweep::ParamsOn(Day day) {
  for (int slot : slots_) {
    const auto at = static_cast<std::size_t>(slot);
    params_[at] = Schema::SlotValue(pack_.schema.slots[at], day);
  }
  return params_;
}

Day Sweep::LastAlike(Day day, Day end) {
  if (refused_) return end;
  const auto next = std::upper_bound(breaks_.begin(), breaks_.end(), day);
  if (next != breaks_.end()) end = std::min(end, *next - 1);
  if (day < benefit_.in_force.lo || day > benefit_.in_force.hi) return end;
  ParamsOn(day);
  if (Alike(day, end)) return end;
  // `good` days further on it is still alike, `bad` days further on no longer proven.
  Day good = 0;
  Day bad = 1;
  while (bad < end - day && Alike(day, day + bad)) {
    good = bad;
    bad *= 2;
  }
  bad = std::min(bad, end - day);
  while (bad - good > 1) {
    const Day middle = good + (bad - good) / 2;
    (Alike(day, day + middle) ? good : bad) = middle;
  }
  return day + good;
}

// Params and in_force do not change within the days.
bool Sweep::Alike(Day first, Day last) {
  if (first == last) return true;
  const Interval days{first, last};
  Fill(days);
  bool proven = true;
  for (const Criterion* criterion : criteria_) {
    if (Evaluate(criterion->when.program, env_, params_, trace_.data()).No()) return true;
    proven = proven && ProofOf(criterion->when.program) <= Proof::ByClass;
  }
  std::vector<const Row*> by_bounds;
  for (const Row& row : benefit_.rows) {
    if (!proven) return false;
    if (Evaluate(row.when.program, env_, params_, trace_.data()).No()) continue;
    proven = !Active(row.when) || ProofOf(row.when.program) <= Proof::ByClass;
    if (!proven || !Active(row.pay)) continue;
    Evaluate(row.pay.program, env_, params_, trace_.data());
    const Proof pay = ProofOf(row.pay.program);
    proven = pay != Proof::None;
    if (pay == Proof::ByBounds) by_bounds.push_back(&row);
  }
  if (!proven) return false;
  return std::all_of(points_.begin(), points_.end(), [&](const auto& entry) {
    const auto order = Order(entry.first, days);
    return order && (by_bounds.empty() || SamePay(entry.first, *order, days, by_bounds));
  });
}

// How the last evaluated program is known to be the same on all days: by its value; for each class of the open answers; by the bounds of the classes
// (so not if those move); or not at all.
Sweep::Proof Sweep::ProofOf(const Program& program) const {
  struct Part {
    Proof proof;
    bool leaf;   // a fact that crosses constants at points of an open answer
    bool plain;  // a constant or param
  };
  std::array<Part, kStack> stack;
  std::size_t top = 0;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const Instr& instr = program.code[i];
    Part out{Proof::Fixed, false, false};
    if (instr.op == Op::Const || instr.op == Op::Param) {
      out.plain = true;
    } else if (instr.op == Op::Var) {
      out.proof = ProofOfVar(static_cast<int>(instr.imm), out.leaf);
    } else {
      top -= instr.argc;
      const bool comparison = instr.op >= Op::Eq && instr.op <= Op::Ge;
      for (std::size_t k = 0; k < instr.argc; ++k) {
        const Part& arg = stack[top + k];
        // A leaf beside nothing but constants flips at its points.
        const bool left = k == 0 || stack[top + k - 1].plain;
        const bool right = k + 1 == instr.argc || stack[top + k + 1].plain;
        const bool at_points = arg.leaf && (instr.op == Op::In || (comparison && left && right));
        out.proof = std::max(out.proof, at_points ? Proof::ByClass : arg.proof);
      }
    }
    if (trace_[i].Known()) out.proof = Proof::Fixed;
    stack[top++] = out;
  }
  return stack[0].proof;
}

Sweep::Proof Sweep::ProofOfVar(int fact, bool& leaf) const {
  const Fact& one = pack_.schema.facts[static_cast<std::size_t>(fact)];
  if (!Swept(fact)) return Moves(fact) ? Proof::None : Proof::Fixed;
  if (one.derive && !(one.bases.size() == 1 && SingleBase(one, one.bases.front()))) return Proof::None;
  leaf = true;
  if (one.type.kind == Kind::Bool) return Proof::ByClass;
  return Moves(fact) ? Proof::None : Proof::ByBounds;
}

// Where `point`'s fact passes its value, on any of the days: the smallest value of the open answer from which on it may have, and from which on it
// has for certain; one past the range when never. Nothing when the direction cannot be told.
std::optional<Sweep::Bracket> Sweep::Crossing(Point& point, int base, Interval days) {
  std::int64_t value = point.value;
  const Interval range = answers_[static_cast<std::size_t>(base)];
  if (point.slot >= 0) {
    const Interval param = params_[static_cast<std::size_t>(point.slot)];
    if (!param.Published()) return Bracket{range.lo, range.lo};
    value += param.lo;
  }
  if (point.fact == base) {
    const std::int64_t at = std::clamp(value, range.lo, range.hi + 1);
    return Bracket{at, at};
  }
  if (point.fixed) return Bracket{*point.fixed, *point.fixed};
  const Fact& fact = pack_.schema.facts[static_cast<std::size_t>(point.fact)];
  env_[kAsOf] = days;
  auto at = [&](std::int64_t x) {
    env_[static_cast<std::size_t>(base)] = Interval::Of(x);
    return Evaluate(*fact.derive, env_, {});
  };
  auto first = [&](Day day, auto reached) { return FirstNear(range.lo, range.hi, day + point.lag, reached); };
  // Always published: a derived fact reads no params.
  const Interval low = at(range.lo);
  const Interval high = at(range.hi);
  std::optional<Bracket> out;
  if (low.lo <= high.lo && low.hi <= high.hi && !(low == high && !low.Known())) {
    out =
        Bracket{first(days.lo, [&](std::int64_t x) { return at(x).hi >= value; }), first(days.hi, [&](std::int64_t x) { return at(x).lo >= value; })};
  } else if (low.lo >= high.lo && low.hi >= high.hi && !(low == high)) {
    out = Bracket{first(days.lo, [&](std::int64_t x) { return at(x).lo < value; }), first(days.hi, [&](std::int64_t x) { return at(x).hi < value; })};
  }
  env_[static_cast<std::size_t>(base)] = range;
  if (out) point.lag = out->lo - days.lo;
  if (out && !fact.moves && point.slot < 0) point.fixed = out->lo;
  return out;
}

// The crossings within the range when their order is the same on all days, with both ends of the range; else nothing.
std::optional<std::vector<Sweep::Bracket>> Sweep::Order(int base, Interval days) {
  const Interval range = answers_[static_cast<std::size_t>(base)];
  std::vector<Bracket> out = {{range.lo, range.lo}, {range.hi + 1, range.hi + 1}};
  for (Point& point : points_[base]) {
    const auto one = Crossing(point, base, days);
    if (!one) return std::nullopt;
    const auto place = std::lower_bound(out.begin(), out.end(), *one, [](const Bracket& a, const Bracket& b) { return a.hi < b.lo; });
    if (place == out.end() || place->lo > one->hi) {
      out.insert(place, *one);
    } else if (one->lo != one->hi || place->lo != one->lo || place->hi != one->hi) {
      return std::nullopt;
    }
  }
  return out;
}

// Do these rows pay the same on all days although the classes of the open answer move? They do when what they read of it is the same over all
// that a class ever holds and over what it always holds.
bool Sweep::SamePay(int base, const std::vector<Bracket>& order, Interval days, const std::vector<const Row*>& rows) {
  const Schema& schema = pack_.schema;
  const auto at = static_cast<std::size_t>(base);
  const Interval range = answers_[at];
  // The benefit's answers are restored through env_[base] alone: derived facts are filled anew with each class.
  auto check = [&](const Bracket& from, const Bracket& to) {
    const Interval always{from.hi, to.lo - 1};
    const Interval ever{from.lo, to.hi - 1};
    if (!always.Published()) return false;
    if (always == ever) return true;
    env_[at] = always;
    Fill(Interval::Of(days.lo));
    const bool refused = std::any_of(benefit_.criteria.begin(), benefit_.criteria.end(),
                                     [&](const Criterion& criterion) { return Evaluate(criterion.when.program, env_, params_).No(); });
    if (refused) return true;
    return std::all_of(rows.begin(), rows.end(), [&](const Row* row) {
      env_[at] = always;
      Fill(Interval::Of(days.lo));
      if (Evaluate(row->when.program, env_, params_).No()) return true;
      return std::all_of(row->pay.program.facts.begin(), row->pay.program.facts.end(), [&](int fact) {
        const Fact& one = schema.facts[static_cast<std::size_t>(fact)];
        if (Moves(fact) || !Contains(one.bases, base)) return true;
        if (fact == base) return false;
        env_[at] = always;
        const Interval inner = Evaluate(*one.derive, env_, {});
        env_[at] = ever;
        return inner == Evaluate(*one.derive, env_, {});
      });
    });
  };
  bool same = true;
  for (std::size_t i = 0; same && i + 1 < order.size(); ++i) same = check(order[i], order[i + 1]);
  env_[at] = range;
  return same;
}

}  // namespace chuncheng
