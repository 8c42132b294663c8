#include "shared/benefits/generate.h"

#include <algorithm>
#include <limits>

#include "shared/benefits/cuts.h"
#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

constexpr std::size_t kMostPoints = 400;

// Every program of a pack, also those of its derived facts.
template <class F>
void EachProgram(const Pack& pack, F visit) {
  for (const Fact& fact : pack.schema.facts) {
    if (fact.derive) visit(*fact.derive, CollectCuts(*fact.derive));
  }
  for (const Benefit& benefit : pack.benefits) {
    for (const Criterion& criterion : benefit.criteria) visit(criterion.when.program, criterion.when.cuts);
    for (const Row& row : benefit.rows) {
      visit(row.when.program, row.when.cuts);
      visit(row.pay.program, row.pay.cuts);
    }
  }
}

// Where in `fact`'s range something that rests on it passes `value`. What rests on it need not be monotone: a wrong guess is only a value that
// hits no boundary.
template <class F>
void Cross(Interval range, std::int64_t value, F at, std::vector<std::int64_t>& points) {
  const bool rising = at(range.lo) <= at(range.hi);
  auto reached = [&](std::int64_t x) { return rising ? at(x) >= value : at(x) < value; };
  if (!reached(range.hi) || reached(range.lo)) return;
  points.push_back(*FirstWhere(range.lo, range.hi, reached));
}

class PointFinder {
 public:
  PointFinder(const Pack& pack, Day day) : pack_(pack), day_(day) {
    for (const Fact& fact : pack.schema.facts) env_.push_back(fact.range);
    env_[kAsOf] = Interval::Of(day);
    for (const ParamSlot& slot : pack.schema.slots) params_.push_back(pack.schema.SlotValue(slot, day));
    points_.resize(env_.size());
  }

  std::vector<std::vector<std::int64_t>> Run() {
    EachProgram(pack_, [&](const Program&, const Cuts& cuts) {
      for (const Cut& cut : cuts.points) One(cut);
      for (const Program& limit : cuts.date_limits) Through(limit, day_);
    });
    for (const Fact& fact : pack_.schema.facts) {
      if (fact.derive && fact.type.kind == Kind::Bool) Through(*fact.derive, 1);
    }
    return std::move(points_);
  }

 private:
  void One(const Cut& cut) {
    std::int64_t value = cut.value;
    if (cut.slot >= 0) {
      const Interval param = params_[static_cast<std::size_t>(cut.slot)];
      if (!param.Published()) return;
      value += param.lo;
    }
    const Fact& fact = pack_.schema.facts[static_cast<std::size_t>(cut.fact)];
    if (cut.fact == kAsOf) return;
    if (fact.derive) {
      Through(*fact.derive, value);
    } else {
      points_[static_cast<std::size_t>(cut.fact)].push_back(value);
    }
  }

  // Base facts below a program, one at a time, the others at the middle of their range.
  void Through(const Program& program, std::int64_t value) {
    std::vector<int> bases;
    for (int read : program.facts) {
      for (int base : pack_.schema.facts[static_cast<std::size_t>(read)].bases) {
        if (std::find(bases.begin(), bases.end(), base) == bases.end()) bases.push_back(base);
      }
    }
    std::vector<Interval> env = env_;
    for (int base : bases) {
      Interval& one = env[static_cast<std::size_t>(base)];
      one = Interval::Of(one.lo + (one.hi - one.lo) / 2);
    }
    for (int base : bases) {
      const auto at = static_cast<std::size_t>(base);
      const Interval middle = env[at];
      auto result = [&](std::int64_t x) {
        env[at] = Interval::Of(x);
        for (int read : program.facts) {
          const Fact& fact = pack_.schema.facts[static_cast<std::size_t>(read)];
          if (fact.derive) env[static_cast<std::size_t>(read)] = Evaluate(*fact.derive, env, params_);
        }
        return Evaluate(program, env, params_).lo;
      };
      Cross(env_[at], value, result, points_[at]);
      env[at] = middle;
    }
  }

  const Pack& pack_;
  Day day_;
  std::vector<Interval> env_;
  std::vector<Interval> params_;
  std::vector<std::vector<std::int64_t>> points_;
};

}  // namespace

Generator::Generator(std::span<const Pack* const> packs, GenerateOptions options)
    : packs_(packs.begin(), packs.end()), options_(options), random_(options.seed) {
  for (const Pack* pack : packs_) {
    const auto& facts = pack->schema.facts;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (static_cast<int>(i) == kAsOf || facts[i].derive) continue;
      if (std::any_of(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == facts[i].name; })) continue;
      fields_.push_back({facts[i].name, facts[i].subject, pack, static_cast<int>(i)});
    }
    auto add = [&](Interval days) {
      for (Day day : {days.lo - 1, days.lo}) days_.push_back(day);
      if (days.hi == std::numeric_limits<std::int64_t>::max()) return;
      for (Day day : {days.hi, days.hi + 1}) days_.push_back(day);
    };
    for (const Benefit& benefit : pack->benefits) add(benefit.in_force);
    for (const ParamSlot& slot : pack->schema.slots) {
      for (const Period& period : pack->schema.params[static_cast<std::size_t>(slot.param)].periods) add(period.days);
    }
    // Rules that look at the date itself.
    EachProgram(*pack, [&](const Program&, const Cuts& cuts) {
      for (const Cut& cut : cuts.points) {
        if (cut.fact == kAsOf && cut.slot < 0) add({cut.value, std::numeric_limits<std::int64_t>::max()});
      }
    });
  }
  std::sort(days_.begin(), days_.end());
  days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
}

std::uint64_t Generator::Below(std::uint64_t count) { return random_() % count; }

bool Generator::Chance(int percent) { return Below(100) < static_cast<std::uint64_t>(percent); }

std::int64_t Generator::Between(Interval range) {
  return range.lo + static_cast<std::int64_t>(Below(static_cast<std::uint64_t>(range.hi - range.lo) + 1));
}

const std::vector<Generator::Points>& Generator::PointsOn(Day day) {
  const auto [found, fresh] = points_.try_emplace(day);
  if (!fresh) return found->second;
  std::vector<Points>& points = found->second;
  points.resize(fields_.size());
  for (const Pack* pack : packs_) {
    const auto by_fact = PointFinder(*pack, day).Run();
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      const Fact& fact = fields_[f].pack->schema.facts[static_cast<std::size_t>(fields_[f].fact)];
      const auto here = pack->schema.fact_index.find(fields_[f].name);
      if (here == pack->schema.fact_index.end() || pack->schema.facts[static_cast<std::size_t>(here->second)].type.kind != fact.type.kind) continue;
      for (std::int64_t point : by_fact[static_cast<std::size_t>(here->second)]) points[f].push_back(point);
    }
  }
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    const Interval range = fields_[f].pack->schema.facts[static_cast<std::size_t>(fields_[f].fact)].range;
    Points& one = points[f];
    std::erase_if(one, [&](std::int64_t point) { return point < range.lo || point > range.hi; });
    std::sort(one.begin(), one.end());
    one.erase(std::unique(one.begin(), one.end()), one.end());
    if (one.size() > kMostPoints) one.resize(kMostPoints);
  }
  return points;
}

std::int64_t Generator::Value(const Field& field, const Points& points) {
  const Fact& fact = field.pack->schema.facts[static_cast<std::size_t>(field.fact)];
  const Interval range = fact.range;
  if (fact.type.kind == Kind::Bool || fact.type.kind == Kind::Enum) return Between(range);
  if (!points.empty() && Chance(options_.boundaries)) {
    const std::int64_t point = points[Below(points.size())] + static_cast<std::int64_t>(Below(3)) - 1;
    return std::clamp(point, range.lo, range.hi);
  }
  const std::uint64_t kind = Below(20);
  if (kind == 0) return range.lo;
  if (kind == 1) return range.hi;
  // Mostly around the values that matter: not every elder is born between 1900 and last year.
  Interval near = range;
  if (!points.empty() && kind < 16) {
    const std::int64_t margin = std::max<std::int64_t>((points.back() - points.front()) / 3, 10);
    near = {std::max(range.lo, points.front() - margin), std::min(range.hi, points.back() + margin)};
  }
  const std::int64_t value = Between(near);
  if (fact.type.kind == Kind::Date && kind == 2) {
    const Civil civil = ToCivil(value);
    return std::clamp(ToDay({civil.year / 4 * 4, 2, 28}) + 1, range.lo, range.hi);  // mostly a 29 February
  }
  return value;
}

json::object Generator::Facts(Subject subject, const std::vector<Points>& points, bool complete) {
  json::object out;
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    const Field& field = fields_[f];
    if (field.subject != subject) continue;
    const std::int64_t value = Value(field, points[f]);
    if (!complete && Chance(options_.gaps)) continue;
    out[field.name] = WriteValue(value, field.pack->schema.facts[static_cast<std::size_t>(field.fact)].type, field.pack->schema);
  }
  return out;
}

json::value Generator::Next() {
  const Interval years = packs_.front()->schema.facts[kAsOf].range;
  const bool other = Chance(options_.other_days) && !days_.empty();
  const Day day = other ? std::clamp(days_[Below(days_.size())], years.lo, years.hi) : options_.as_of;
  const auto& points = PointsOn(day);
  const bool complete = !Chance(50);
  json::array subjects;
  auto add = [&](Subject kind, const std::string& id) {
    json::object one;
    one["id"] = id;
    one["kind"] = kSubjects[static_cast<std::size_t>(kind)];
    one["facts"] = Facts(kind, points, complete);
    subjects.push_back(std::move(one));
  };
  add(Subject::Household, "h");
  const std::uint64_t elders = Below(4);
  const std::uint64_t children = Below(4);
  for (std::uint64_t i = 1; i <= elders; ++i) add(Subject::Elder, "e" + std::to_string(i));
  for (std::uint64_t i = 1; i <= children; ++i) add(Subject::Child, "c" + std::to_string(i));
  if (Chance(25)) add(Subject::Worker, "w1");
  if (Chance(25)) add(Subject::Institution, "i");
  json::object out;
  out["format"] = "km-profile/1";
  out["as_of"] = FormatDay(day);
  out["subjects"] = std::move(subjects);
  return out;
}

json::value ProfileFor(const Pack& pack, const json::value& profile) {
  json::value out = profile;
  for (auto& subject : out.at("subjects").get_array()) {
    json::object kept;
    for (const auto& [name, value] : subject.at("facts").get_object()) {
      const auto found = pack.schema.fact_index.find(std::string_view(name.data(), name.size()));
      if (found == pack.schema.fact_index.end() || found->second == kAsOf) continue;
      const Fact& fact = pack.schema.facts[static_cast<std::size_t>(found->second)];
      if (fact.derive || std::string_view(subject.at("kind").get_string()) != kSubjects[static_cast<std::size_t>(fact.subject)]) continue;
      if (ReadValue(value, fact.type, pack.schema, &fact.range)) kept[name] = value;
    }
    subject.at("facts") = std::move(kept);
  }
  return out;
}

}  // namespace chuncheng
