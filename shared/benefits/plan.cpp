#include "shared/benefits/plan.h"

#include <algorithm>

#include "shared/benefits/cuts.h"
#include "shared/benefits/pack.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

constexpr std::int64_t kEachValue = 64;  // entangled facts up to this many values are tried one by one

bool Contains(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

const Fact& FactAt(const Schema& schema, int index) { return schema.facts[static_cast<std::size_t>(index)]; }

const Rule& RuleOf(const Benefit& benefit, RuleKind kind, std::size_t index) {
  return kind == RuleKind::Criterion ? benefit.criteria[index].when : kind == RuleKind::When ? benefit.rows[index].when : benefit.rows[index].pay;
}

// The derived facts below `facts`, in the order to derive them: a derived fact stands after those it reads.
std::vector<int> DerivedBelow(const Schema& schema, const std::vector<int>& facts) {
  std::vector<int> out;
  std::vector<int> open = facts;
  while (!open.empty()) {
    const int fact = open.back();
    open.pop_back();
    const auto& derive = FactAt(schema, fact).derive;
    if (!derive || Contains(out, fact)) continue;
    out.push_back(fact);
    open.insert(open.end(), derive->facts.begin(), derive->facts.end());
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool ReadsDay(const Program& program) { return Contains(program.facts, kAsOf); }

bool DerivedReadsDay(const Schema& schema, const std::vector<int>& derived) {
  return std::any_of(derived.begin(), derived.end(), [&](int fact) { return ReadsDay(*FactAt(schema, fact).derive); });
}

class Planner {
 public:
  Planner(const Schema& schema, const Benefit& benefit) : schema_(schema), benefit_(benefit) {}

  Plan Run(std::size_t& numbers) {
    for (int fact : benefit_.bases) {
      plan_.bases.emplace_back();
      plan_.bases.back().fact = fact;
    }
    for (std::size_t c = 0; c < benefit_.criteria.size(); ++c) plan_.criteria.push_back(One(RuleKind::Criterion, c, Op::And));
    for (std::size_t r = 0; r < benefit_.rows.size(); ++r) {
      plan_.when.push_back(One(RuleKind::When, r, Op::And));
      plan_.pay.push_back(One(RuleKind::Pay, r, Op::Add));
      plan_.amount |= plan_.when.back().bases | plan_.pay.back().bases;
    }
    std::sort(plan_.derived.begin(), plan_.derived.end());
    // A derived fact that compares (a yes-or-no, an `if`) changes where its own comparisons do.
    for (int fact : plan_.derived) AddCuts(CollectCuts(*FactAt(schema_, fact).derive));
    std::vector<Interval> env(schema_.facts.size());
    for (PlannedBase& base : plan_.bases) {
      if (base.dated) {
        base.number = numbers++;
      } else {
        base.split = MakeSplit(schema_, benefit_, plan_, base, env);
      }
    }
    return std::move(plan_);
  }

 private:
  // A split that does not depend on the day reads no param either.
  static Split MakeSplit(const Schema& schema, const Benefit& benefit, const Plan& plan, const PlannedBase& base, std::vector<Interval>& env);

  PlannedRule One(RuleKind kind, std::size_t index, Op outermost) {
    const Rule& rule = RuleOf(benefit_, kind, index);
    PlannedRule out;
    for (const auto& [begin, end] : Operands(rule.program, outermost)) {
      Part part;
      part.begin = begin;
      part.end = end;
      bool param = false;
      std::vector<int> facts;
      for (std::size_t i = begin; i < end; ++i) {
        const Instr& instr = rule.program.code[i];
        param = param || instr.op == Op::Param;
        if (instr.op == Op::Var) facts.push_back(static_cast<int>(instr.imm));
      }
      part.derived = DerivedBelow(schema_, facts);
      const bool dated = param || Contains(facts, kAsOf) || DerivedReadsDay(schema_, part.derived);
      for (int fact : facts) {
        for (int base : FactAt(schema_, fact).bases) part.bases |= BaseSet{1} << Position(base);
      }
      Register(kind, index, out.parts.size(), part, dated);
      out.bases |= part.bases;
      for (int fact : part.derived) {
        if (!Contains(out.derived, fact)) out.derived.push_back(fact);
        if (!Contains(plan_.derived, fact)) plan_.derived.push_back(fact);
      }
      out.parts.push_back(std::move(part));
    }
    std::sort(out.derived.begin(), out.derived.end());
    AddCuts(rule.cuts);
    return out;
  }

  // The instruction spans of the operands of the outermost operator, looked through when an operand is that operator again.
  static std::vector<std::pair<std::size_t, std::size_t>> Operands(const Program& program, Op outermost) {
    std::vector<std::size_t> begin_of(program.code.size());
    std::vector<std::size_t> stack;
    for (std::size_t i = 0; i < program.code.size(); ++i) {
      const std::size_t argc = program.code[i].argc;
      begin_of[i] = argc == 0 ? i : begin_of[stack[stack.size() - argc]];
      stack.resize(stack.size() - argc);
      stack.push_back(i);
    }
    std::vector<std::pair<std::size_t, std::size_t>> out;
    std::vector<std::size_t> open = {program.code.size() - 1};  // last instruction of a span
    while (!open.empty()) {
      const std::size_t last = open.back();
      open.pop_back();
      if (program.code[last].op != outermost) {
        out.emplace_back(begin_of[last], last + 1);
        continue;
      }
      for (std::size_t next = last; next > begin_of[last];) {
        open.push_back(next - 1);
        next = begin_of[next - 1];
      }
    }
    return out;
  }

  std::size_t Position(int base) const {
    return static_cast<std::size_t>(std::find(benefit_.bases.begin(), benefit_.bases.end(), base) - benefit_.bases.begin());
  }

  void Register(RuleKind kind, std::size_t index, std::size_t number, Part& part, bool dated) {
    const bool single = part.bases != 0 && (part.bases & (part.bases - 1)) == 0;
    for (std::size_t b = 0; b < plan_.bases.size(); ++b) {
      if ((part.bases >> b & 1) == 0) continue;
      PlannedBase& base = plan_.bases[b];
      if (!single) {
        base.alone = false;
        continue;
      }
      part.single = static_cast<int>(b);
      part.column = base.parts.size();
      base.parts.push_back({kind, index, number});
      base.dated = base.dated || dated;
    }
  }

  void AddCuts(const Cuts& cuts) {
    for (PlannedBase& base : plan_.bases) {
      for (int fact : cuts.entangled) base.each_value = base.each_value || Contains(FactAt(schema_, fact).bases, base.fact);
      for (const Cut& cut : cuts.points) {
        if (cut.fact == kAsOf) continue;
        const Fact& fact = FactAt(schema_, cut.fact);
        if (!Contains(fact.bases, base.fact)) continue;
        // A derived fact may go up and down: where its base has few values, each is tried.
        const Interval range = FactAt(schema_, base.fact).range;
        if (fact.bases.size() > 1 || (fact.derive && range.hi - range.lo < kEachValue)) {
          base.each_value = true;
          base.dated = base.dated || DerivedReadsDay(schema_, DerivedBelow(schema_, {cut.fact}));
          continue;
        }
        base.dated = base.dated || cut.slot >= 0 || DerivedReadsDay(schema_, DerivedBelow(schema_, {cut.fact}));
        if (std::find(base.cuts.begin(), base.cuts.end(), cut) == base.cuts.end()) base.cuts.push_back(cut);
      }
    }
  }

  const Schema& schema_;
  const Benefit& benefit_;
  Plan plan_;
};

Split SplitBy(const Schema& schema, const Benefit& benefit, const Plan& plan, const PlannedBase& base, Interval range, std::vector<Interval>& env,
              std::span<const Interval> params) {
  const auto at = static_cast<std::size_t>(base.fact);
  std::vector<std::int64_t> points;
  for (const Cut& cut : base.cuts) {
    std::int64_t value = cut.value;
    if (cut.slot >= 0) {
      const Interval param = params[static_cast<std::size_t>(cut.slot)];
      if (!param.Published()) continue;
      value += param.lo;
    }
    if (cut.fact == base.fact) {
      points.push_back(value);
      continue;
    }
    // Where a derived fact, monotone in its base, passes the value.
    const std::vector<int> chain = DerivedBelow(schema, {cut.fact});
    auto derived = [&](std::int64_t x) {
      env[at] = Interval::Of(x);
      for (int fact : chain) env[static_cast<std::size_t>(fact)] = Evaluate(*FactAt(schema, fact).derive, env, params);
      return env[static_cast<std::size_t>(cut.fact)].lo;
    };
    const bool rising = derived(range.lo) <= derived(range.hi);
    const auto point = FirstWhere(range.lo, range.hi, [&](std::int64_t x) { return rising ? derived(x) >= value : derived(x) < value; });
    if (point) points.push_back(*point);
  }
  if (base.each_value && range.hi - range.lo < kEachValue) {
    for (std::int64_t value = range.lo + 1; value <= range.hi; ++value) points.push_back(value);
  }
  // Two-valued facts are always told apart: they stand in rules without a comparison.
  if (range.hi - range.lo == 1) points.push_back(range.hi);

  Split out;
  out.classes = Pieces(range, std::move(points));
  const std::size_t count = out.classes.size();
  out.values.resize(base.parts.size() * count);
  for (std::size_t c = 0; c < count; ++c) {
    for (std::size_t p = 0; p < base.parts.size(); ++p) {
      const PlannedBase::Place& place = base.parts[p];
      const auto& rules = place.kind == RuleKind::Criterion ? plan.criteria : place.kind == RuleKind::When ? plan.when : plan.pay;
      const Part& part = rules[place.rule].parts[place.part];
      env[at] = out.classes[c];
      Derive(schema, part.derived, env, params);
      out.values[p * count + c] = Evaluate(RuleOf(benefit, place.kind, place.rule).program, part.begin, part.end, env, params);
    }
    std::size_t kind = 0;
    auto alike = [&](std::uint32_t other) {
      for (std::size_t p = 0; p < base.parts.size(); ++p) {
        if (out.values[p * count + c] != out.values[p * count + other]) return false;
      }
      return base.alone;
    };
    while (kind < out.distinct.size() && !alike(out.distinct[kind])) ++kind;
    if (kind == out.distinct.size()) out.distinct.push_back(static_cast<std::uint32_t>(c));
    out.kind.push_back(static_cast<std::uint32_t>(kind));
  }
  return out;
}

Split Planner::MakeSplit(const Schema& schema, const Benefit& benefit, const Plan& plan, const PlannedBase& base, std::vector<Interval>& env) {
  return SplitBy(schema, benefit, plan, base, FactAt(schema, base.fact).range, env, {});
}

}  // namespace

std::vector<Interval> Pieces(Interval range, std::vector<std::int64_t> points) {
  std::sort(points.begin(), points.end());
  std::vector<Interval> out;
  std::int64_t from = range.lo;
  for (std::int64_t point : points) {
    if (point <= from || point > range.hi) continue;
    out.push_back({from, point - 1});
    from = point;
  }
  out.push_back({from, range.hi});
  return out;
}

void Derive(const Schema& schema, std::span<const int> derived, std::vector<Interval>& env, std::span<const Interval> params) {
  for (int index : derived) {
    const Fact& fact = FactAt(schema, index);
    Interval value = Evaluate(*fact.derive, env, params);
    // While the answer behind it is open, a derived fact still lies in its declared range.
    if (!value.Known()) {
      const Interval within{std::max(value.lo, fact.range.lo), std::min(value.hi, fact.range.hi)};
      if (value.Published() && within.Published()) value = within;
    }
    env[static_cast<std::size_t>(index)] = value;
  }
}

Split MakeSplit(const Schema& schema, const Benefit& benefit, const PlannedBase& base, Interval range, std::vector<Interval>& env,
                std::span<const Interval> params) {
  return SplitBy(schema, benefit, benefit.plan, base, range, env, params);
}

Plan MakePlan(const Schema& schema, const Benefit& benefit, std::size_t& numbers) { return Planner(schema, benefit).Run(numbers); }

}  // namespace chuncheng
