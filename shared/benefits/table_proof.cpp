#include "shared/benefits/table_proof.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>

#include "shared/benefits/cuts.h"
#include "shared/benefits/plan.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

constexpr Day kFourYears = 1461;
constexpr std::int64_t kEachValue = 64;  // facts compared with one another are tried value by value up to this many
constexpr std::size_t kMostCornerFacts = 10;

void AddUnique(std::vector<int>& list, int value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

// The programs that decide whether a case is let through and which rows it meets, and those of the derived facts below them.
template <class F>
void EachCondition(const Benefit& benefit, F visit) {
  for (const Criterion& criterion : benefit.criteria) visit(criterion.when);
  for (const Row& row : benefit.rows) visit(row.when);
}

void AddDerived(const Schema& schema, int fact, std::vector<int>& out) {
  const Fact& one = schema.facts[static_cast<std::size_t>(fact)];
  if (!one.derive) return;
  for (int read : one.derive->facts) AddDerived(schema, read, out);
  AddUnique(out, fact);
}

std::string Describe(const Schema& schema, int fact, Interval values) {
  const Fact& f = schema.facts[static_cast<std::size_t>(fact)];
  auto text = [&](std::int64_t v) {
    const json::value value = WriteValue(v, f.type, schema);
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
  };
  std::string out = f.name + "=" + text(values.lo);
  if (values.Known()) return out;
  if (f.type.kind != Kind::Enum && f.type.kind != Kind::Bool) return out + ".." + text(values.hi);
  for (std::int64_t v = values.lo + 1; v <= values.hi; ++v) out += "/" + text(v);
  return out;
}

}  // namespace

std::vector<Day> SegmentStarts(const Pack& pack, const Benefit& benefit) {
  const Schema& schema = pack.schema;
  std::vector<Day> days = {benefit.in_force.lo};
  auto add = [&](Day day) {
    if (day > benefit.in_force.lo && day <= benefit.in_force.hi && day <= schema.facts[kAsOf].range.hi) days.push_back(day);
  };
  auto params_of = [&](const Program& program) {
    for (const Instr& instr : program.code) {
      if (instr.op != Op::Param) continue;
      const ParamSlot& slot = schema.slots[static_cast<std::size_t>(instr.imm)];
      for (const Period& period : schema.params[static_cast<std::size_t>(slot.param)].periods) {
        add(period.days.lo);
        if (period.days.hi < std::numeric_limits<std::int64_t>::max()) add(period.days.hi + 1);
      }
    }
  };
  auto dates_of = [&](const Cuts& cuts) {
    for (const Cut& cut : cuts.points) {
      if (cut.fact == kAsOf && cut.slot < 0) add(cut.value);
    }
    for (const Program& limit : cuts.date_limits) {
      if (!limit.facts.empty()) continue;
      std::vector<Interval> params;
      for (const ParamSlot& slot : schema.slots) params.push_back(schema.SlotValue(slot, benefit.in_force.lo));
      const Interval day = Evaluate(limit, {}, params);
      add(day.lo);
      add(day.lo + 1);
    }
  };
  std::vector<int> derived;
  auto rule = [&](const Rule& one) {
    params_of(one.program);
    dates_of(one.cuts);
    for (int fact : one.program.facts) AddDerived(schema, fact, derived);
  };
  EachCondition(benefit, rule);
  for (const Row& row : benefit.rows) rule(row.pay);
  for (int fact : derived) {
    const Program& program = *schema.facts[static_cast<std::size_t>(fact)].derive;
    params_of(program);
    dates_of(CollectCuts(program));
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

TableProof::TableProof(const Pack& pack, const Benefit& benefit) : pack_(pack), benefit_(benefit) {
  const Schema& schema = pack.schema;
  direct_ = benefit.inputs;
  EachCondition(benefit, [&](const Rule& rule) {
    cuts_.push_back(&rule.cuts);
    for (int fact : rule.program.facts) {
      if (fact != kAsOf) AddUnique(direct_, fact);
    }
  });
  for (int fact : direct_) {
    const Fact& one = schema.facts[static_cast<std::size_t>(fact)];
    AddDerived(schema, fact, derived_);
    for (int base : one.bases) AddUnique(bases_, base);
  }
}

bool TableProof::Done() const { return steps_ > kMostSteps || found_; }

// Evaluates what is known so far; false when a criterion is certainly not met or a derived fact left its declared range.
bool TableProof::Measure() {
  const Schema& schema = pack_.schema;
  if (based_) {
    for (int index : derived_) {
      const Fact& fact = schema.facts[static_cast<std::size_t>(index)];
      const Interval value = Evaluate(*fact.derive, env_, params_);
      const Interval within{std::max(value.lo, fact.range.lo), std::min(value.hi, fact.range.hi)};
      if (value.Published() && !within.Published()) return false;
      env_[static_cast<std::size_t>(index)] = within;
    }
  }
  criteria_ = State::Yes;
  for (const Criterion& criterion : benefit_.criteria) {
    criteria_ = std::min(criteria_, StateOf(Evaluate(criterion.when.program, env_, params_)));
    if (criteria_ == State::No) return false;
  }
  for (std::size_t r = 0; r < rows_.size(); ++r) rows_[r] = StateOf(Evaluate(benefit_.rows[r].when.program, env_, params_));
  return true;
}

std::string TableProof::Where() const {
  std::string where;
  for (int input : benefit_.inputs) {
    where += (where.empty() ? "" : ", ") + Describe(pack_.schema, input, env_[static_cast<std::size_t>(input)]);
  }
  return where.empty() ? "all" : where;
}

// What the present assignment shows, when it shows something for certain.
void TableProof::Judge() {
  if (criteria_ != State::Yes) return;
  if (target_ >= 0) {
    found_ = rows_[static_cast<std::size_t>(target_)] == State::Yes;
    return;
  }
  if (target_ == -1) {
    found_ = true;
    return;
  }
  std::vector<int> yes;
  bool open = false;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (rows_[r] == State::Yes) yes.push_back(static_cast<int>(r));
    open = open || rows_[r] == State::Open;
  }
  const bool gap = yes.empty() && !open;
  if (!gap && yes.size() < 2) return;
  const Problem problem{gap ? -1 : yes[0], gap ? -1 : yes[1], Where(), env_[kAsOf].lo};
  const bool known =
      std::any_of(problems_.begin(), problems_.end(), [&](const Problem& p) { return p.first == problem.first && p.second == problem.second; });
  if (!known) problems_.push_back(problem);
}

// A last class of facts that are compared with one another: its corners stand for it.
void TableProof::Corners() {
  std::vector<std::size_t> open;
  for (const Variable& variable : variables_) {
    const auto at = static_cast<std::size_t>(variable.fact);
    if (!env_[at].Known() && open.size() < kMostCornerFacts) open.push_back(at);
  }
  if (!env_[kAsOf].Known()) open.push_back(kAsOf);
  const std::vector<Interval> before = env_;
  for (std::size_t corner = 0; corner < (std::size_t{1} << open.size()) && !Done(); ++corner) {
    ++steps_;
    for (std::size_t k = 0; k < open.size(); ++k) {
      env_[open[k]] = Interval::Of((corner >> k & 1U) == 0 ? before[open[k]].lo : before[open[k]].hi);
    }
    if (Measure()) Judge();
  }
  env_ = before;
}

void TableProof::Search(std::size_t next) {
  if (Done()) return;
  ++steps_;
  if (!Measure()) return;
  if (target_ >= 0 && rows_[static_cast<std::size_t>(target_)] == State::No) return;
  const auto possible = std::count_if(rows_.begin(), rows_.end(), [](State s) { return s != State::No; });
  const auto certain = std::count(rows_.begin(), rows_.end(), State::Yes);
  if (target_ == -2 && possible == 1 && certain == 1) return;
  const bool settled = criteria_ == State::Yes && (possible == certain || (target_ == -1));
  if (settled) return Judge();
  if (next == variables_.size()) return Corners();
  const auto at = static_cast<std::size_t>(variables_[next].fact);
  const Interval before = env_[at];
  for (const Interval& one : variables_[next].classes) {
    env_[at] = one;
    Search(next + 1);
  }
  env_[at] = before;
}

std::vector<Interval> TableProof::Classes(int fact) const {
  const auto& facts = pack_.schema.facts;
  const Interval range = facts[static_cast<std::size_t>(fact)].range;
  std::vector<std::int64_t> points;
  bool entangled = false;
  for (const Cuts* cuts : cuts_) {
    for (int other : cuts->entangled) {
      const auto& below = facts[static_cast<std::size_t>(other)].bases;
      entangled = entangled || other == fact || (based_ && std::find(below.begin(), below.end(), fact) != below.end());
    }
    for (const Cut& cut : cuts->points) {
      std::int64_t value = cut.value;
      if (cut.slot >= 0) {
        const Interval param = params_[static_cast<std::size_t>(cut.slot)];
        if (!param.Published()) continue;
        value += param.lo;
      }
      const Fact& other = facts[static_cast<std::size_t>(cut.fact)];
      if (cut.fact == fact) {
        points.push_back(value);
      } else if (based_ && other.derive && std::find(other.bases.begin(), other.bases.end(), fact) != other.bases.end()) {
        if (other.bases.size() > 1) {
          entangled = true;
          continue;
        }
        std::vector<Interval> env = env_;
        auto at = [&](std::int64_t x) {
          env[static_cast<std::size_t>(fact)] = Interval::Of(x);
          for (int index : derived_) {  // in the order of their dependence
            env[static_cast<std::size_t>(index)] = Evaluate(*facts[static_cast<std::size_t>(index)].derive, env, params_);
            if (index == cut.fact) break;
          }
          return env[static_cast<std::size_t>(cut.fact)].lo;
        };
        const bool rising = at(range.lo) <= at(range.hi);
        const auto point = FirstWhere(range.lo, range.hi, [&](std::int64_t x) { return rising ? at(x) >= value : at(x) < value; });
        if (point) points.push_back(*point);
      }
    }
  }
  if (range.hi - range.lo == 1 || (entangled && range.hi - range.lo < kEachValue)) {
    for (std::int64_t value = range.lo + 1; value <= range.hi; ++value) points.push_back(value);
  }
  return Pieces(range, std::move(points));
}

void TableProof::Free(Interval days) {
  based_ = false;
  env_.clear();
  for (const Fact& fact : pack_.schema.facts) env_.push_back(fact.range);
  env_[kAsOf] = days;
  params_.clear();
  for (const ParamSlot& slot : pack_.schema.slots) params_.push_back(pack_.schema.SlotValue(slot, days.lo));
  variables_.clear();
  for (int fact : direct_) variables_.push_back({fact, Classes(fact)});
  rows_.assign(benefit_.rows.size(), State::Open);
  Search(0);
}

void TableProof::Based(Day day) {
  based_ = true;
  env_.clear();
  for (const Fact& fact : pack_.schema.facts) env_.push_back(fact.range);
  env_[kAsOf] = Interval::Of(day);
  params_.clear();
  for (const ParamSlot& slot : pack_.schema.slots) params_.push_back(pack_.schema.SlotValue(slot, day));
  variables_.clear();
  for (int fact : bases_) variables_.push_back({fact, Classes(fact)});
  rows_.assign(benefit_.rows.size(), State::Open);
  Search(0);
}

// Until `visit` says stop.
template <class F>
bool TableProof::EachSegment(F visit) {
  const std::vector<Day> starts = SegmentStarts(pack_, benefit_);
  const Day last = std::min(benefit_.in_force.hi, pack_.schema.facts[kAsOf].range.hi);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (visit(Interval{starts[i], i + 1 < starts.size() ? starts[i + 1] - 1 : std::max(starts[i], last)})) return true;
  }
  return false;
}

template <class F>
bool TableProof::EachDay(F visit) {
  return EachSegment([&](Interval days) {
    for (Day day = days.lo; day <= std::min(days.hi, days.lo + kFourYears); ++day) {
      if (visit(day)) return true;
    }
    for (Day day = days.lo + kFourYears + 365; day < days.hi; day += 365) {
      if (visit(day)) return true;
    }
    return visit(days.hi);
  });
}

void TableProof::CheckTable(const std::string& file, Diagnostics& out) {
  target_ = -2;
  found_ = false;
  problems_.clear();
  bool wide = false;
  std::vector<Interval> doubtful;
  EachSegment([&](Interval days) {
    steps_ = 0;
    const std::size_t before = problems_.size();
    Free(days);
    wide = wide || steps_ > kMostSteps;
    if (problems_.size() != before && !derived_.empty()) {
      problems_.resize(before);
      doubtful.push_back(days);
    }
    return wide;
  });
  if (!wide && !doubtful.empty()) {
    // A gap or overlap that no real combination of derived facts meets is none.
    EachDay([&](Day day) {
      if (std::none_of(doubtful.begin(), doubtful.end(), [&](Interval days) { return day >= days.lo && day <= days.hi; })) return false;
      steps_ = 0;
      Based(day);
      wide = steps_ > kMostSteps;
      return wide || !problems_.empty();
    });
  }
  if (wide) out.push_back({ErrorCode::TableTooWide, file, "/amount/rows", 0, {}});
  for (const Problem& problem : problems_) {
    if (problem.first < 0) {
      out.push_back({ErrorCode::TableGap, file, "/amount/rows", 0, {{"where", problem.where}, {"date", FormatDay(problem.day)}}});
    } else {
      const Row& first = benefit_.rows[static_cast<std::size_t>(problem.first)];
      const Row& second = benefit_.rows[static_cast<std::size_t>(problem.second)];
      out.push_back({ErrorCode::TableOverlap,
                     file,
                     second.pointer,
                     0,
                     {{"first", first.id}, {"second", second.id}, {"where", problem.where}, {"date", FormatDay(problem.day)}}});
    }
  }
}

bool TableProof::Reachable(int row) {
  target_ = row;
  bool given_up = false;
  auto look = [&] {
    given_up = given_up || steps_ > kMostSteps;
    return found_ || given_up;
  };
  auto fresh = [&] {
    steps_ = 0;
    found_ = false;
  };
  const bool free = EachSegment([&](Interval days) {
    fresh();
    Free(days);
    return look();
  });
  if (!free || derived_.empty() || given_up) return free;
  return EachDay([&](Day day) {
    fresh();
    Based(day);
    return look();
  });
}

}  // namespace chuncheng
