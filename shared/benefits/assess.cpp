#include "shared/benefits/assess.h"

#include <algorithm>
#include <limits>

#include "shared/benefits/cuts.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {

namespace {

bool Contains(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

void AddUnique(std::vector<int>& list, int value) {
  if (!Contains(list, value)) list.push_back(value);
}

State Merge(State a, State b) { return a == b ? a : State::Open; }

std::vector<Interval> Split(Interval range, std::vector<std::int64_t> points) {
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

constexpr std::int64_t kEachValue = 64;  // entangled facts up to this many values are tried one by one

}  // namespace

Answers NoAnswers(const Schema& schema) {
  Answers out;
  for (const Fact& fact : schema.facts) out.push_back(fact.range);
  return out;
}

Interval Grown(const Fact& fact, Interval answer, Day answered_on, Day on) {
  if (!fact.grows || !answer.Known() || on <= answered_on) return answer;
  return Interval::Of(std::min(answer.lo + MonthsBetween(answered_on, on), fact.range.hi));
}

Assessor::Assessor(const Pack& pack, Day as_of, std::optional<Day> answered_on)
    : pack_(pack), as_of_(as_of), answered_on_(answered_on.value_or(as_of)) {
  params_.reserve(pack.schema.slots.size());
  for (const ParamSlot& slot : pack.schema.slots) params_.push_back(pack.schema.SlotValue(slot, as_of));
}

void Assessor::Derive(std::vector<Interval>& env) const {
  const auto& facts = pack_.schema.facts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (!facts[i].derive) continue;
    Interval value = Evaluate(*facts[i].derive, env, params_);
    // While the answer behind it is open, a derived fact still lies in its declared range.
    const Interval within{std::max(value.lo, facts[i].range.lo), std::min(value.hi, facts[i].range.hi)};
    if (!value.Known() && value.Published() && within.Published()) value = within;
    env[i] = value;
  }
}

std::vector<Interval> Assessor::Environment(const Answers& answers) const {
  std::vector<Interval> env = answers;
  env[kAsOf] = Interval::Of(as_of_);
  for (int fact : pack_.schema.growing) {
    Interval& answer = env[static_cast<std::size_t>(fact)];
    answer = Grown(pack_.schema.facts[static_cast<std::size_t>(fact)], answer, answered_on_, as_of_);
  }
  Derive(env);
  return env;
}

// The unknown facts that hang together, tried class by class.
class Enumeration {
 public:
  Enumeration(const Assessor& assessor, const std::vector<const Cuts*>& cuts, std::vector<int> unknown, const std::vector<Interval>& env)
      : assessor_(assessor), unknown_(std::move(unknown)), env_(env) {
    std::size_t cases = 1;
    for (int fact : unknown_) {
      classes_.push_back(Classes(cuts, fact));
      cases *= classes_.back().size();
      if (cases > Assessor::kMostCases) break;
    }
    if (cases > Assessor::kMostCases) {
      classes_.clear();
      for (int fact : unknown_) classes_.push_back({env_[static_cast<std::size_t>(fact)]});
      cases = 1;
    }
    cases_ = cases;
  }

  std::size_t cases() const { return cases_; }
  const std::vector<int>& unknown() const { return unknown_; }

  // The environment of case `index`; classes_[0] varies fastest.
  const std::vector<Interval>& Case(std::size_t index) {
    work_ = env_;
    for (std::size_t k = 0; k < unknown_.size(); ++k) {
      work_[static_cast<std::size_t>(unknown_[k])] = classes_[k][index % classes_[k].size()];
      index /= classes_[k].size();
    }
    assessor_.Derive(work_);
    return work_;
  }

  // Does `outcome` differ between two cases that differ in fact k only?
  template <class Outcome>
  bool Matters(std::size_t k, const std::vector<Outcome>& outcome) const {
    std::size_t stride = 1;
    for (std::size_t i = 0; i < k; ++i) stride *= classes_[i].size();
    const std::size_t count = classes_[k].size();
    for (std::size_t i = 0; i < outcome.size(); ++i) {
      const std::size_t digit = i / stride % count;
      if (digit != 0 && !(outcome[i] == outcome[i - digit * stride])) return true;
    }
    return false;
  }

 private:
  std::vector<Interval> Classes(const std::vector<const Cuts*>& cuts, int fact) const {
    const auto& facts = assessor_.pack_.schema.facts;
    const Interval range = env_[static_cast<std::size_t>(fact)];
    std::vector<std::int64_t> points;
    bool entangled = false;
    for (const Cuts* one : cuts) {
      for (int other : one->entangled) entangled = entangled || Contains(facts[static_cast<std::size_t>(other)].bases, fact);
      for (const Cut& cut : one->points) {
        if (cut.fact == kAsOf) continue;
        std::int64_t value = cut.value;
        if (cut.slot >= 0) {
          const Interval param = assessor_.params_[static_cast<std::size_t>(cut.slot)];
          if (!param.Published()) continue;
          value += param.lo;
        }
        if (cut.fact == fact) {
          points.push_back(value);
        } else if (const Fact& derived = facts[static_cast<std::size_t>(cut.fact)]; derived.derive && Contains(derived.bases, fact)) {
          if (derived.bases.size() > 1) {
            entangled = true;
          } else if (const auto point = Cross(derived, fact, range, value)) {
            points.push_back(*point);
          }
        }
      }
    }
    if (entangled && range.hi - range.lo < kEachValue) {
      for (std::int64_t value = range.lo + 1; value <= range.hi; ++value) points.push_back(value);
    }
    // Two-valued facts are always told apart: they stand in rules without a comparison.
    if (range.hi - range.lo == 1) points.push_back(range.hi);
    return Split(range, std::move(points));
  }

  // Where a derived fact, monotone in its base, passes `value`.
  std::optional<std::int64_t> Cross(const Fact& derived, int base, Interval range, std::int64_t value) const {
    std::vector<Interval> env = env_;
    auto at = [&](std::int64_t x) {
      env[static_cast<std::size_t>(base)] = Interval::Of(x);
      return Evaluate(*derived.derive, env, assessor_.params_).lo;
    };
    const bool rising = at(range.lo) <= at(range.hi);
    return FirstWhere(range.lo, range.hi, [&](std::int64_t x) { return rising ? at(x) >= value : at(x) < value; });
  }

  const Assessor& assessor_;
  std::vector<int> unknown_;
  const std::vector<Interval>& env_;
  std::vector<std::vector<Interval>> classes_;
  std::vector<Interval> work_;
  std::size_t cases_ = 1;
};

namespace {

// What one case comes to; cases that fail the criteria are alike whatever their amount.
struct Outcome {
  State state = State::Yes;
  bool published = false;
  bool unpublished = false;
  Interval range;
  friend bool operator==(const Outcome& a, const Outcome& b) {
    if (a.state != b.state) return false;
    if (a.state == State::No) return true;
    return a.published == b.published && a.unpublished == b.unpublished && (!a.published || a.range == b.range);
  }
};

// Groups criteria (by index; -1 = the amount) that share unknown facts.
struct Group {
  std::vector<int> members;
  std::vector<int> unknown;
};

std::vector<int> UnknownBases(const std::vector<int>& bases, const std::vector<Interval>& env) {
  std::vector<int> out;
  for (int base : bases) {
    if (!env[static_cast<std::size_t>(base)].Known()) out.push_back(base);
  }
  return out;
}

void AddToGroups(std::vector<Group>& groups, int member, const std::vector<int>& unknown) {
  Group merged{{}, {}};
  for (auto it = groups.begin(); it != groups.end();) {
    const bool shared = std::any_of(unknown.begin(), unknown.end(), [&](int fact) { return Contains(it->unknown, fact); });
    if (!shared) {
      ++it;
      continue;
    }
    merged.members.insert(merged.members.end(), it->members.begin(), it->members.end());
    merged.unknown.insert(merged.unknown.end(), it->unknown.begin(), it->unknown.end());
    it = groups.erase(it);
  }
  merged.members.push_back(member);
  for (int fact : unknown) AddUnique(merged.unknown, fact);
  groups.push_back(std::move(merged));
}

constexpr int kAmount = -1;

std::vector<int> AmountBases(const Benefit& benefit) {
  std::vector<int> out;
  for (const Row& row : benefit.rows) {
    for (int base : row.when.bases) AddUnique(out, base);
    for (int base : row.pay.bases) AddUnique(out, base);
  }
  return out;
}

}  // namespace

State Assessor::AssessCriterion(const Criterion& criterion, const Answers& answers) const {
  const auto env = Environment(answers);
  Enumeration cases(*this, {&criterion.when.cuts}, UnknownBases(criterion.when.bases, env), env);
  std::optional<State> state;
  for (std::size_t i = 0; i < cases.cases(); ++i) {
    const State one = StateOf(Evaluate(criterion.when.program, cases.Case(i), params_));
    state = state ? Merge(*state, one) : one;
  }
  return state.value_or(State::Open);
}

bool Assessor::CanRemedy(const Criterion& criterion, const Answers& answers) const {
  return std::any_of(criterion.remedies.begin(), criterion.remedies.end(), [&](const Remedy& remedy) {
    Answers changed = answers;
    for (const auto& [fact, value] : remedy.set) changed[static_cast<std::size_t>(fact)] = Interval::Of(value);
    return AssessCriterion(criterion, changed) != State::No;
  });
}

Assessment Assessor::Assess(const Benefit& benefit, const Answers& answers) const {
  Assessment out;
  const auto env = Environment(answers);
  out.in_force = as_of_ >= benefit.in_force.lo && as_of_ <= benefit.in_force.hi ? State::Yes : State::No;
  out.criteria.assign(benefit.criteria.size(), State::Open);

  std::vector<Group> groups;
  for (std::size_t i = 0; i < benefit.criteria.size(); ++i) {
    AddToGroups(groups, static_cast<int>(i), UnknownBases(benefit.criteria[i].when.bases, env));
  }
  const bool table = benefit.form == AmountForm::Table && !benefit.rows.empty();
  if (table) AddToGroups(groups, kAmount, UnknownBases(AmountBases(benefit), env));

  const auto cuts = AllCuts(benefit);
  State verdict = out.in_force;
  std::vector<int> ask;
  for (const Group& group : groups) {
    const bool has_amount = Contains(group.members, kAmount);
    Enumeration cases(*this, cuts, group.unknown, env);
    std::vector<Outcome> outcomes(cases.cases());
    std::vector<std::optional<State>> states(benefit.criteria.size());
    State together = State::No;
    for (std::size_t i = 0; i < cases.cases(); ++i) {
      const auto& at = cases.Case(i);
      Outcome& outcome = outcomes[i];
      for (int member : group.members) {
        if (member == kAmount) continue;
        const auto index = static_cast<std::size_t>(member);
        const State one = StateOf(Evaluate(benefit.criteria[index].when.program, at, params_));
        states[index] = states[index] ? Merge(*states[index], one) : one;
        outcome.state = std::min(outcome.state, one);
        if (one == State::Open) {
          for (int fact : UnknownBases(benefit.criteria[index].when.bases, env)) AddUnique(ask, fact);
        }
      }
      together = i == 0 ? outcome.state : Merge(together, outcome.state);
      if (!has_amount || outcome.state == State::No) continue;
      for (std::size_t r = 0; r < benefit.rows.size(); ++r) {
        const Row& row = benefit.rows[r];
        if (StateOf(Evaluate(row.when.program, at, params_)) == State::No) continue;
        AddUnique(out.amount.rows, static_cast<int>(r));
        const Interval pay = Evaluate(row.pay.program, at, params_);
        if (!pay.Published()) {
          outcome.unpublished = true;
        } else {
          outcome.range = outcome.published ? Interval{std::min(outcome.range.lo, pay.lo), std::max(outcome.range.hi, pay.hi)} : pay;
          outcome.published = true;
          if (!pay.Known()) {
            for (int fact : UnknownBases(row.pay.bases, env)) AddUnique(ask, fact);
          }
        }
      }
      out.amount.unpublished = out.amount.unpublished || outcome.unpublished;
      if (outcome.published) {
        Interval& range = out.amount.range;
        range = out.amount.published ? Interval{std::min(range.lo, outcome.range.lo), std::max(range.hi, outcome.range.hi)} : outcome.range;
        out.amount.published = true;
      }
    }
    for (std::size_t c = 0; c < states.size(); ++c) {
      if (states[c]) out.criteria[c] = *states[c];
    }
    verdict = std::min(verdict, together);
    for (std::size_t k = 0; k < group.unknown.size(); ++k) {
      if (cases.Matters(k, outcomes)) AddUnique(ask, group.unknown[k]);
    }
  }
  out.verdict = verdict;
  if (verdict == State::No) {
    out.amount = {};
    return out;
  }
  std::sort(out.amount.rows.begin(), out.amount.rows.end());
  for (int base : benefit.bases) {
    if (Contains(ask, base)) out.ask.push_back(base);
  }
  return out;
}

std::vector<int> Assessor::RowsFor(const Benefit& benefit, std::span<const Interval> inputs, bool& excluded) const {
  auto env = Environment(NoAnswers(pack_.schema));
  for (std::size_t i = 0; i < benefit.inputs.size(); ++i) env[static_cast<std::size_t>(benefit.inputs[i])] = inputs[i];
  excluded = std::any_of(benefit.criteria.begin(), benefit.criteria.end(),
                         [&](const Criterion& c) { return StateOf(Evaluate(c.when.program, env, params_)) == State::No; });
  std::vector<int> rows;
  for (std::size_t r = 0; r < benefit.rows.size(); ++r) {
    if (StateOf(Evaluate(benefit.rows[r].when.program, env, params_)) != State::No) rows.push_back(static_cast<int>(r));
  }
  return rows;
}

std::vector<Interval> Assessor::ClassesOf(const Benefit& benefit, int fact) const {
  std::vector<std::int64_t> points;
  for (const Cuts* cuts : AllCuts(benefit)) {
    for (const Cut& cut : cuts->points) {
      if (cut.fact != fact) continue;
      const Interval param = cut.slot >= 0 ? params_[static_cast<std::size_t>(cut.slot)] : Interval::Of(0);
      if (param.Published()) points.push_back(cut.value + param.lo);
    }
  }
  const Interval range = pack_.schema.facts[static_cast<std::size_t>(fact)].range;
  if (range.hi - range.lo == 1) points.push_back(range.hi);
  return Split(range, std::move(points));
}

}  // namespace chuncheng
