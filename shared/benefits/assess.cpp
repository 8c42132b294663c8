#include "shared/benefits/assess.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "shared/benefits/cuts.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {

namespace {

State Merge(State a, State b) { return a == b ? a : State::Open; }

Interval Both(Interval a, Interval b) { return {std::min(a.lo, b.lo), std::min(a.hi, b.hi)}; }

// No overflow: the reader has proved the sum for the facts' whole ranges.
Interval Sum(Interval a, Interval b) { return a.Published() && b.Published() ? Interval{a.lo + b.lo, a.hi + b.hi} : Interval::Unpublished(); }

Interval Hull(Interval a, Interval b) { return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)}; }

bool Has(BaseSet set, std::size_t base) { return (set >> base & 1) != 0; }

// Calls f with the position of each bit, ascending.
template <class F>
void Each(std::uint64_t set, F f) {
  for (; set != 0; set &= set - 1) f(static_cast<std::size_t>(std::countr_zero(set)));
}

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
  void Add(Interval pay) {
    if (!pay.Published()) {
      unpublished = true;
    } else {
      range = published ? Hull(range, pay) : pay;
      published = true;
    }
  }
};

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

// One benefit with one person's answers. An unknown base fact is an axis: the classes of its split that lie in its answer's range. What rests on
// unknown facts is put into tables over just the axes it reads; the cases of a group of criteria (and the amount) that share axes then only look up.
class Assessor::Work {
 public:
  Work(const Pack& pack, Day as_of, Day answered_on)
      : schema_(pack.schema), as_of_(as_of), answered_on_(answered_on), env_(pack.schema.facts.size()), dated_(pack.dated_bases) {
    params_.reserve(schema_.slots.size());
    for (const ParamSlot& slot : schema_.slots) params_.push_back(Schema::SlotValue(slot, as_of));
    env_[kAsOf] = Interval::Of(as_of_);
  }

  std::span<const Interval> params() const { return params_; }

  const Split& SplitOf(const Benefit& benefit, const PlannedBase& base) {
    if (!base.dated) return base.split;
    auto& split = dated_[base.number];
    if (!split) {
      split_env_.resize(env_.size());
      split_env_[kAsOf] = Interval::Of(as_of_);
      split = std::make_unique<Split>(MakeSplit(schema_, benefit, base, FactOf(base).range, split_env_, params_));
    }
    return *split;
  }

  State OneOf(const Benefit& benefit, std::size_t index, const Answers& answers) {
    const PlannedRule& rule = benefit.plan.criteria[index];
    Load(benefit, answers, rule.bases, rule.derived);
    return OneCriterion(index).state;
  }

  void Assess(const Benefit& benefit, const Answers& answers, Assessment& out) {
    const Plan& plan = benefit.plan;
    Load(benefit, answers, ~BaseSet{0}, plan.derived);
    out.in_force = as_of_ >= benefit.in_force.lo && as_of_ <= benefit.in_force.hi ? State::Yes : State::No;
    out.criteria.clear();
    out.amount.rows.clear();
    out.amount = {false, false, {}, std::move(out.amount.rows)};
    out.ask.clear();
    ask_ = 0;
    criteria_.clear();
    out.verdict = out.in_force;
    for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
      criteria_.push_back(OneCriterion(c));
      out.criteria.push_back(criteria_.back().state);
      out.verdict = std::min(out.verdict, criteria_.back().state);
    }
    if (out.verdict == State::No) return;
    Groups(out);
    if (out.verdict == State::No) {
      out.amount.rows.clear();
      out.amount = {false, false, {}, std::move(out.amount.rows)};
      return;
    }
    Each(ask_, [&](std::size_t b) { out.ask.push_back(plan.bases[b].fact); });
  }

 private:
  struct Axis {
    const Split* split = nullptr;
    Interval range;         // the answer
    std::size_t first = 0;  // its classes: picks_[first … first + count)
    std::size_t count = 0;
    std::size_t digit = 0;  // the class of the present case
  };

  // Values over the axes of `open`, the lowest of them varying fastest.
  struct Table {
    BaseSet open = 0;
    std::size_t at = 0;  // in pool_
  };

  struct Checked {
    State state = State::Yes;
    BaseSet open = 0;     // axes it reads
    bool tabled = false;  // else `state` holds whatever the case
    Table table;
  };

  const Fact& FactOf(const PlannedBase& base) const { return schema_.facts[static_cast<std::size_t>(base.fact)]; }
  Interval& At(const PlannedBase& base) { return env_[static_cast<std::size_t>(base.fact)]; }

  void Load(const Benefit& benefit, const Answers& answers, BaseSet wanted, const std::vector<int>& derived) {
    benefit_ = &benefit;
    plan_ = &benefit.plan;
    unknown_ = 0;
    picks_.clear();
    pool_.clear();
    own_.clear();
    for (std::size_t b = 0; b < plan_->bases.size(); ++b) {
      const PlannedBase& base = plan_->bases[b];
      const Interval answer = Grown(FactOf(base), answers[static_cast<std::size_t>(base.fact)], answered_on_, as_of_);
      At(base) = answer;
      if (answer.Known() || !Has(wanted, b)) continue;
      unknown_ |= BaseSet{1} << b;
      Open(base, answer, axes_[b]);
    }
    Derive(schema_, derived, env_, params_);
  }

  void Open(const PlannedBase& base, Interval answer, Axis& axis) {
    axis.range = answer;
    axis.digit = 0;
    axis.first = picks_.size();
    if (answer == FactOf(base).range) {
      axis.split = &SplitOf(*benefit_, base);
      picks_.insert(picks_.end(), axis.split->distinct.begin(), axis.split->distinct.end());
    } else if (NeedsOwnSplit(base, answer)) {
      split_env_.resize(env_.size());
      split_env_[kAsOf] = Interval::Of(as_of_);
      own_.push_back(std::make_unique<Split>(MakeSplit(schema_, *benefit_, base, answer, split_env_, params_)));
      axis.split = own_.back().get();
      picks_.insert(picks_.end(), axis.split->distinct.begin(), axis.split->distinct.end());
    } else {
      // One class of each kind that the answer touches.
      axis.split = &SplitOf(*benefit_, base);
      for (std::size_t c = 0; c < axis.split->classes.size(); ++c) {
        const Interval one = axis.split->classes[c];
        if (one.hi < answer.lo || one.lo > answer.hi) continue;
        const auto kind = axis.split->kind[c];
        const bool seen = std::any_of(picks_.begin() + static_cast<std::ptrdiff_t>(axis.first), picks_.end(),
                                      [&](std::uint32_t other) { return axis.split->kind[other] == kind; });
        if (!seen) picks_.push_back(static_cast<std::uint32_t>(c));
      }
    }
    axis.count = picks_.size() - axis.first;
  }

  // Is the split of the whole range no use for part of it? So when a narrow range is tried value by value though the whole one is not, and when
  // something still varies within a class of which the answer covers a part.
  bool NeedsOwnSplit(const PlannedBase& base, Interval answer) {
    if (base.each_value) return true;
    const Split& split = SplitOf(*benefit_, base);
    const std::size_t count = split.classes.size();
    for (std::size_t c = 0; c < count; ++c) {
      const Interval one = split.classes[c];
      const bool partly = one.lo <= answer.hi && one.hi >= answer.lo && (one.lo < answer.lo || one.hi > answer.hi);
      for (std::size_t p = 0; partly && p < base.parts.size(); ++p) {
        if (!split.values[p * count + c].Known()) return true;
      }
    }
    return false;
  }

  // The number of cases over some axes; of more than kMostCases, some number above it.
  std::size_t Cases(BaseSet open) const {
    std::size_t cases = 1;
    Each(open, [&](std::size_t b) { cases = cases > kMostCases ? cases : cases * axes_[b].count; });
    return cases;
  }

  // To the next case over some axes; false, and back at the first one, after the last.
  bool Next(BaseSet open) {
    for (; open != 0; open &= open - 1) {
      Axis& axis = axes_[static_cast<std::size_t>(std::countr_zero(open))];
      if (++axis.digit < axis.count) return true;
      axis.digit = 0;
    }
    return false;
  }

  std::size_t Index(BaseSet open) const {
    std::size_t index = 0;
    std::size_t stride = 1;
    Each(open, [&](std::size_t b) {
      index += axes_[b].digit * stride;
      stride *= axes_[b].count;
    });
    return index;
  }

  Interval Look(const Table& table) const { return pool_[table.at + Index(table.open)]; }

  // A part that rests on one fact alone, in the present case.
  Interval Single(const Part& part) const {
    const Axis& axis = axes_[static_cast<std::size_t>(part.single)];
    return axis.split->values[part.column * axis.split->classes.size() + picks_[axis.first + axis.digit]];
  }

  Interval Value(const Program& program, const Part& part) const { return Evaluate(program, part.begin, part.end, env_, params_); }

  // A part that rests on several facts, over the unknown ones of them.
  Table Tabulate(const Program& program, const Part& part) {
    const Table table{part.bases & unknown_, pool_.size()};
    do {
      Each(table.open, [&](std::size_t b) { At(plan_->bases[b]) = Class(b); });
      Derive(schema_, part.derived, env_, params_);
      pool_.push_back(Value(program, part));
    } while (Next(table.open));
    Each(table.open, [&](std::size_t b) { At(plan_->bases[b]) = axes_[b].range; });
    Derive(schema_, part.derived, env_, params_);
    return table;
  }

  Checked OneCriterion(std::size_t index) {
    const PlannedRule& rule = plan_->criteria[index];
    const Program& program = benefit_->criteria[index].when.program;
    Checked out;
    out.open = rule.bases & unknown_;
    Interval fixed = Interval::Of(1);
    for (const Part& part : rule.parts) {
      if ((part.bases & unknown_) != 0) continue;
      fixed = Both(fixed, Value(program, part));
      if (fixed.No()) break;
    }
    out.state = StateOf(fixed);
    if (out.open == 0 || out.state == State::No) return out;
    if (Cases(out.open) > kMostCases) {
      out.state = StateOf(Evaluate(program, env_, params_));
      return out;
    }
    tables_.clear();
    for (const Part& part : rule.parts) {
      if ((part.bases & unknown_) != 0 && part.single < 0) tables_.push_back(Tabulate(program, part));
    }
    out.tabled = true;
    out.table = {out.open, pool_.size()};
    do {
      Interval value = fixed;
      std::size_t next = 0;
      for (const Part& part : rule.parts) {
        if ((part.bases & unknown_) == 0) continue;
        value = Both(value, part.single >= 0 ? Single(part) : Look(tables_[next++]));
      }
      pool_.push_back(value);
      out.state = pool_.size() - 1 == out.table.at ? StateOf(value) : Merge(out.state, StateOf(value));
    } while (Next(out.open));
    return out;
  }

  // Criteria, and the amount, that share an axis are taken together.
  void Groups(Assessment& out) {
    const bool table = !benefit_->rows.empty();
    const BaseSet amount = plan_->amount & unknown_;
    BaseSet left = amount;
    for (const Checked& one : criteria_) left |= one.open;
    while (left != 0) {
      BaseSet group = left & (~left + 1);
      for (BaseSet before = 0; before != group;) {
        before = group;
        if ((amount & group) != 0) group |= amount;
        for (const Checked& one : criteria_) {
          if ((one.open & group) != 0) group |= one.open;
        }
      }
      left &= ~group;
      OneGroup(group, table && (amount & group) != 0, out);
    }
    if (table && amount == 0) OneGroup(0, true, out);
  }

  void OneGroup(BaseSet group, bool has_amount, Assessment& out) {
    members_.clear();
    State least = State::Yes;
    for (const Checked& one : criteria_) {
      if ((one.open & group) == 0) continue;
      members_.push_back(&one);
      least = std::min(least, one.state);
    }
    if (least == State::Yes && !has_amount) return;
    const bool wide = Cases(group) > kMostCases;
    for (const Checked* one : members_) {
      if (one->state == State::Open) ask_ |= wide ? one->open : Undecided(*one);
    }
    if (wide) return Wide(has_amount, least, out);
    if (has_amount) Rows(group);
    outcomes_.clear();
    State together = State::No;
    do {
      Outcome outcome;
      for (const Checked* one : members_) outcome.state = std::min(outcome.state, one->tabled ? StateOf(Look(one->table)) : one->state);
      together = outcomes_.empty() ? outcome.state : Merge(together, outcome.state);
      if (has_amount && outcome.state != State::No) Pay(group, outcome, out.amount);
      outcomes_.push_back(outcome);
    } while (Next(group));
    out.verdict = std::min(out.verdict, together);
    std::size_t stride = 1;
    Each(group, [&](std::size_t b) {
      if (Matters(stride, axes_[b].count)) ask_ |= BaseSet{1} << b;
      stride *= axes_[b].count;
    });
    if (has_amount) Keep(out.amount);
  }

  // The axes within whose classes the criterion still varies. Where it is open for every single value too, it hangs on an amount that is not
  // published, and no answer helps.
  BaseSet Undecided(const Checked& one) {
    if (!one.tabled) return one.open;
    const auto index = static_cast<std::size_t>(&one - criteria_.data());
    BaseSet out = 0;
    std::size_t at = one.table.at;
    do {
      if (StateOf(pool_[at++]) != State::Open) continue;
      const BaseSet wide = WideClasses(one.open);
      if ((wide & ~out) != 0 && !OpenAtOnePoint(index, one.open)) out |= wide;
    } while (Next(one.open));
    return out;
  }

  Interval Class(std::size_t b) const {
    const Axis& axis = axes_[b];
    const Interval one = axis.split->classes[picks_[axis.first + axis.digit]];
    return {std::max(one.lo, axis.range.lo), std::min(one.hi, axis.range.hi)};
  }

  // Of `open`, the axes whose class in the present case has several values.
  BaseSet WideClasses(BaseSet open) const {
    BaseSet out = 0;
    Each(open, [&](std::size_t b) { out |= Class(b).Known() ? BaseSet{0} : BaseSet{1} << b; });
    return out;
  }

  bool OpenAtOnePoint(std::size_t criterion, BaseSet open) {
    const PlannedRule& rule = plan_->criteria[criterion];
    Each(open, [&](std::size_t b) { At(plan_->bases[b]) = Interval::Of(Class(b).lo); });
    Derive(schema_, rule.derived, env_, params_);
    const State state = StateOf(Evaluate(benefit_->criteria[criterion].when.program, env_, params_));
    Each(open, [&](std::size_t b) { At(plan_->bases[b]) = axes_[b].range; });
    Derive(schema_, rule.derived, env_, params_);
    return state == State::Open;
  }

  // Does the outcome differ between two cases that differ on one axis only?
  bool Matters(std::size_t stride, std::size_t count) const {
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      const std::size_t digit = i / stride % count;
      if (digit != 0 && !(outcomes_[i] == outcomes_[i - digit * stride])) return true;
    }
    return false;
  }

  // Too many cases: one bound over the whole ranges.
  void Wide(bool has_amount, State least, Assessment& out) {
    out.verdict = std::min(out.verdict, least);
    if (!has_amount) return;
    Derive(schema_, plan_->derived, env_, params_);
    for (std::size_t r = 0; r < benefit_->rows.size(); ++r) {
      const Row& row = benefit_->rows[r];
      if (StateOf(Evaluate(row.when.program, env_, params_)) == State::No) continue;
      const Interval pay = Evaluate(row.pay.program, env_, params_);
      out.amount.rows.push_back(static_cast<int>(r));
      Outcome one;
      one.Add(pay);
      Add(one, out.amount);
      if (pay.Published() && !pay.Known()) ask_ |= plan_->pay[r].bases & unknown_;
    }
  }

  static void Add(const Outcome& one, AmountRange& amount) {
    amount.unpublished = amount.unpublished || one.unpublished;
    if (!one.published) return;
    amount.range = amount.published ? Hull(amount.range, one.range) : one.range;
    amount.published = true;
  }

  // Sets up the look-ups of the amount: which rows each class of an axis leaves possible, and what does not depend on the case.
  void Rows(BaseSet group) {
    const std::size_t count = benefit_->rows.size();
    words_ = (count + 63) / 64;
    masks_.assign(words_, ~std::uint64_t{0});
    if (count % 64 != 0) masks_.back() >>= 64 - count % 64;
    reached_.assign(words_, 0);
    Each(group & plan_->amount, [&](std::size_t b) {
      mask_at_[b] = masks_.size();
      masks_.resize(masks_.size() + words_ * axes_[b].count, ~std::uint64_t{0});
    });
    tables_.clear();
    row_tables_.clear();
    pays_.assign(count, {});
    for (std::size_t r = 0; r < count; ++r) {
      const std::uint64_t bit = std::uint64_t{1} << r % 64;
      for (const Part& part : plan_->when[r].parts) {
        if ((part.bases & unknown_) == 0) {
          if (Value(benefit_->rows[r].when.program, part).No()) masks_[r / 64] &= ~bit;
        } else if (part.single < 0) {
          row_tables_.emplace_back(r, Tabulate(benefit_->rows[r].when.program, part));
        } else {
          const auto b = static_cast<std::size_t>(part.single);
          const Axis& axis = axes_[b];
          const Interval* values = axis.split->values.data() + part.column * axis.split->classes.size();
          for (std::size_t d = 0; d < axis.count; ++d) {
            if (values[picks_[axis.first + d]].No()) masks_[mask_at_[b] + d * words_ + r / 64] &= ~bit;
          }
        }
      }
    }
  }

  struct RowPay {
    bool ready = false;
    Interval fixed;         // the parts that do not depend on the case
    std::size_t first = 0;  // its tables among tables_, in the order of the parts that need one
  };

  void Pay(BaseSet group, Outcome& outcome, AmountRange& amount) {
    const BaseSet axes = group & plan_->amount;
    for (std::size_t w = 0; w < words_; ++w) {
      std::uint64_t rows = masks_[w];
      Each(axes, [&](std::size_t b) { rows &= masks_[mask_at_[b] + axes_[b].digit * words_ + w]; });
      for (const auto& [r, table] : row_tables_) {
        if (r / 64 == w && Look(table).No()) rows &= ~(std::uint64_t{1} << r % 64);
      }
      reached_[w] |= rows;
      Each(rows, [&](std::size_t bit) { outcome.Add(PayOf(w * 64 + bit)); });
    }
    Add(outcome, amount);
  }

  Interval PayOf(std::size_t r) {
    const PlannedRule& rule = plan_->pay[r];
    const Program& program = benefit_->rows[r].pay.program;
    RowPay& pay = pays_[r];
    if (!pay.ready) {
      pay.ready = true;
      pay.fixed = Interval::Of(0);
      pay.first = tables_.size();
      // The tables are made in the middle of the cases: keep the present one.
      std::array<std::size_t, kMostBases> digits{};
      Each(rule.bases & unknown_, [&](std::size_t b) { digits[b] = std::exchange(axes_[b].digit, 0); });
      for (const Part& part : rule.parts) {
        if ((part.bases & unknown_) == 0) {
          pay.fixed = Sum(pay.fixed, Value(program, part));
        } else if (part.single < 0) {
          tables_.push_back(Tabulate(program, part));
        }
      }
      Each(rule.bases & unknown_, [&](std::size_t b) { axes_[b].digit = digits[b]; });
    }
    Interval value = pay.fixed;
    if ((rule.bases & unknown_) == 0) return value;
    std::size_t next = pay.first;
    for (const Part& part : rule.parts) {
      if ((part.bases & unknown_) == 0) continue;
      value = Sum(value, part.single >= 0 ? Single(part) : Look(tables_[next++]));
    }
    if (value.Published() && !value.Known()) ask_ |= WideClasses(rule.bases & unknown_);
    return value;
  }

  void Keep(AmountRange& amount) {
    for (std::size_t w = 0; w < words_; ++w) {
      Each(reached_[w], [&](std::size_t bit) { amount.rows.push_back(static_cast<int>(w * 64 + bit)); });
    }
  }

  const Schema& schema_;
  Day as_of_;
  Day answered_on_;
  std::vector<Interval> params_;
  std::vector<Interval> env_;  // by fact; only what the present benefit reads is up to date
  std::vector<Interval> split_env_;
  std::vector<std::unique_ptr<Split>> dated_;  // by PlannedBase::number, made when first needed
  std::vector<std::unique_ptr<Split>> own_;

  const Benefit* benefit_ = nullptr;
  const Plan* plan_ = nullptr;
  BaseSet unknown_ = 0;
  BaseSet ask_ = 0;
  std::array<Axis, kMostBases> axes_;
  std::vector<std::uint32_t> picks_;
  std::vector<Interval> pool_;
  std::vector<Table> tables_;
  std::vector<Checked> criteria_;
  std::vector<const Checked*> members_;
  std::vector<Outcome> outcomes_;

  std::size_t words_ = 0;             // of 64 rows
  std::vector<std::uint64_t> masks_;  // rows possible: whatever the case, then by axis and class
  std::array<std::size_t, kMostBases> mask_at_{};
  std::vector<std::uint64_t> reached_;
  std::vector<std::pair<std::size_t, Table>> row_tables_;
  std::vector<RowPay> pays_;
};

Assessor::Assessor(const Pack& pack, Day as_of, std::optional<Day> answered_on)
    : pack_(pack), as_of_(as_of), work_(std::make_unique<Work>(pack, as_of, answered_on.value_or(as_of))) {}

Assessor::~Assessor() = default;
Assessor::Assessor(Assessor&&) noexcept = default;

std::span<const Interval> Assessor::params() const { return work_->params(); }

const Split& Assessor::SplitOf(const Benefit& benefit, std::size_t base) const { return work_->SplitOf(benefit, benefit.plan.bases[base]); }

Assessment Assessor::Assess(const Benefit& benefit, const Answers& answers) const {
  Assessment out;
  Assess(benefit, answers, out);
  return out;
}

void Assessor::Assess(const Benefit& benefit, const Answers& answers, Assessment& out) const { work_->Assess(benefit, answers, out); }

State Assessor::AssessCriterion(const Criterion& criterion, const Answers& answers) const {
  return work_->OneOf(pack_.benefits[criterion.benefit], criterion.index, answers);
}

bool Assessor::CanRemedy(const Criterion& criterion, const Answers& answers) const {
  return std::any_of(criterion.remedies.begin(), criterion.remedies.end(), [&](const Remedy& remedy) {
    Answers changed = answers;
    for (const auto& [fact, value] : remedy.set) changed[static_cast<std::size_t>(fact)] = Interval::Of(value);
    return AssessCriterion(criterion, changed) != State::No;
  });
}

std::vector<Interval> Assessor::ClassesOf(const Benefit& benefit, int fact, const Answers& answers) const {
  const auto base = std::find(benefit.bases.begin(), benefit.bases.end(), fact) - benefit.bases.begin();
  const Interval range = answers[static_cast<std::size_t>(fact)];
  std::vector<Interval> out;
  for (Interval one : SplitOf(benefit, static_cast<std::size_t>(base)).classes) {
    if (one.hi >= range.lo && one.lo <= range.hi) out.push_back({std::max(one.lo, range.lo), std::min(one.hi, range.hi)});
  }
  return out;
}

}  // namespace chuncheng
