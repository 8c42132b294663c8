#include "shared/benefits/combine.h"

#include <algorithm>
#include <numeric>

namespace chuncheng {
namespace {

constexpr std::array<std::string_view, 7> kEvery = {"per-month", "per-year", "once", "per-bed-month", "per-bed", "per-place", "per-household"};
constexpr std::int64_t kNoLimit = 100'000'000'000'000'000;  // above every amount, and a sum of some of it still fits

bool Contains(const std::vector<int>& list, int value) { return std::find(list.begin(), list.end(), value) != list.end(); }

Worth Plus(const Worth& a, const Worth& b) { return {a.lo + b.lo, a.hi + b.hi, a.more || b.more}; }
Worth Hull(const Worth& a, const Worth& b) { return {std::min(a.lo, b.lo), std::max(a.hi, b.hi), a.more || b.more}; }
Worth Higher(const Worth& a, const Worth& b) { return {std::max(a.lo, b.lo), std::max(a.hi, b.hi), a.more || b.more}; }
Worth Less(const Worth& from, const Worth& d) {
  return {d.more ? 0 : std::max<std::int64_t>(0, from.lo - d.hi), std::max<std::int64_t>(0, from.hi - d.lo), from.more};
}

bool ForFamily(const Benefit& benefit) {
  return benefit.subject != Subject::Institution && benefit.to != Payee::Facility && benefit.to != Payee::Public;
}

// What the assessment says the benefit brings, on its own.
Sum Gross(const Benefit& benefit, int index, const Assessment& assessment) {
  Sum out;
  const bool certain = assessment.verdict == State::Yes;
  if (assessment.verdict == State::No) return out;
  if (benefit.form == AmountForm::InKind) {
    out[{benefit.kind, Every::Once, index}] = {0, 1, false};  // nothing else has this unit: that there may be something is all that counts
    return out;
  }
  const AmountRange& amount = assessment.amount;
  const Every own = EveryOf(benefit.per);
  if (!amount.published) {
    out[{benefit.kind, own, -1}] = {0, 0, true};
    return out;
  }
  for (int row : amount.rows) {
    const std::string& per = benefit.rows[static_cast<std::size_t>(row)].per;
    out[{benefit.kind, per.empty() ? own : EveryOf(per), -1}] = {0, amount.range.hi, amount.unpublished};
  }
  if (out.size() == 1 && certain && !amount.unpublished) out.begin()->second.lo = amount.range.lo;
  return out;
}

}  // namespace

Every EveryOf(std::string_view per) {
  if (per == "person-month" || per == "month") return Every::Month;
  if (per == "person-year" || per == "year") return Every::Year;
  if (per == "bed-month") return Every::BedMonth;
  if (per == "bed") return Every::Bed;
  if (per == "place") return Every::Place;
  return per == "household" ? Every::Household : Every::Once;
}

Combination::Combination(const Pack& pack, const Profile& profile, const Assessor& assessor, const std::vector<Standing>& standings)
    : pack_(pack), profile_(profile), assessor_(assessor), standings_(standings) {
  const std::size_t n = standings.size();
  excludes_.assign(n, std::vector<bool>(n, false));
  groups_of_.resize(n);
  reductions_.resize(n);
  below_.resize(n);
  Link();
  // Parts that hang together.
  std::vector<std::size_t> part(n);
  std::iota(part.begin(), part.end(), std::size_t{0});
  auto join = [&](std::size_t a, std::size_t b) {
    const std::size_t from = std::max(part[a], part[b]);
    const std::size_t to = std::min(part[a], part[b]);
    std::replace(part.begin(), part.end(), from, to);
  };
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      if (excludes_[a][b]) join(a, b);
    }
    for (std::size_t b : below_[a]) join(a, b);
  }
  for (std::size_t first = 0; first < n; ++first) {
    if (part[first] != first) continue;
    std::vector<std::size_t> together;
    for (std::size_t s = first; s < n; ++s) {
      if (part[s] == first && standings[s].assessment.verdict != State::No) together.push_back(s);
    }
    Choose(together);
  }
  for (const auto& [key, worth] : once_) {
    Worth& sum = family_.sum[key.second];
    sum = Plus(sum, worth);
  }
}

// Does what one person has reach the other? A person's own benefits, and the household's with everybody's.
bool Combination::Reaches(std::size_t a, std::size_t b) const {
  const std::size_t p = standings_[a].person;
  const std::size_t q = standings_[b].person;
  return p == q || Singleton(profile_.people[p].kind) || Singleton(profile_.people[q].kind);
}

void Combination::Link() {
  auto had = [&](std::size_t s, const std::vector<int>& members) {
    return standings_[s].assessment.verdict != State::No && Contains(members, static_cast<int>(standings_[s].benefit));
  };
  for (std::size_t g = 0; g < pack_.stacking.size(); ++g) {
    const StackingGroup& group = pack_.stacking[g];
    for (std::size_t a = 0; a < standings_.size(); ++a) {
      if (group.kind == StackingKind::AtMostOne && had(a, group.members)) {
        for (std::size_t b = 0; b < standings_.size(); ++b) {
          if (!had(b, group.members) || standings_[a].benefit == standings_[b].benefit || !Reaches(a, b)) continue;
          excludes_[a][b] = true;
          if (!Contains(groups_of_[a], static_cast<int>(g))) groups_of_[a].push_back(static_cast<int>(g));
        }
      } else if (group.from == static_cast<int>(standings_[a].benefit) && standings_[a].assessment.verdict != State::No) {
        Reduction reduction{static_cast<int>(g), {}};
        for (std::size_t b = 0; b < standings_.size(); ++b) {
          if (had(b, group.minus) && Reaches(a, b)) reduction.minus.push_back(b);
        }
        if (!reduction.minus.empty()) reductions_[a].push_back(std::move(reduction));
      }
    }
  }
  // Deductions never run in a circle (checked when the pack is read), so this ends.
  for (std::size_t a = 0; a < standings_.size(); ++a) {
    std::vector<std::size_t> open = {a};
    while (!open.empty()) {
      const std::size_t s = open.back();
      open.pop_back();
      for (const Reduction& reduction : reductions_[s]) {
        for (std::size_t b : reduction.minus) {
          if (std::find(below_[a].begin(), below_[a].end(), b) != below_[a].end()) continue;
          below_[a].push_back(b);
          open.push_back(b);
        }
      }
    }
    std::sort(below_[a].begin(), below_[a].end());
  }
}

// Money received from `minus` in one unit of time. A row that is paid at other times may stand for anything.
Worth Combination::Received(const std::vector<std::size_t>& minus, Every every, const std::vector<bool>& taken) const {
  Worth out;
  for (std::size_t s : minus) {
    if (!taken[s]) continue;
    for (const auto& [unit, worth] : Net(s, taken)) out = unit.every == every ? Plus(out, worth) : Worth{out.lo, out.hi, true};
  }
  return out;
}

Sum Combination::Net(std::size_t standing, const std::vector<bool>& taken) const {
  const Standing& own = standings_[standing];
  const Benefit& benefit = pack_.benefits[own.benefit];
  const auto index = static_cast<int>(own.benefit);
  const auto& reductions = reductions_[standing];
  if (reductions.empty()) return Gross(benefit, index, own.assessment);
  const Every every = EveryOf(benefit.per);
  // First the costs the amount is reckoned on, then the amount itself.
  Answers answers = profile_.AnswersOf(pack_.schema, own.person);
  bool changed = false;
  for (const Reduction& reduction : reductions) {
    const StackingGroup& group = pack_.stacking[static_cast<std::size_t>(reduction.group)];
    if (group.kind != StackingKind::DeductCost) continue;
    const Worth d = Received(reduction.minus, every, taken);
    Interval& cost = answers[static_cast<std::size_t>(group.cost)];
    const std::int64_t least = pack_.schema.facts[static_cast<std::size_t>(group.cost)].range.lo;
    cost = {d.more ? least : std::max(least, cost.lo - d.hi), std::max(least, cost.hi - d.lo)};
    changed = true;
  }
  Sum out = Gross(benefit, index, changed ? assessor_.Assess(benefit, answers) : own.assessment);
  if (out.empty()) out = {{{benefit.kind, every, -1}, {}}};
  for (const Reduction& reduction : reductions) {
    if (pack_.stacking[static_cast<std::size_t>(reduction.group)].kind != StackingKind::Deduct || out.size() != 1) continue;
    Worth& worth = out.begin()->second;
    worth = Less(worth, Received(reduction.minus, out.begin()->first.every, taken));
  }
  return out;
}

// Sets without two that exclude each other, to which nothing can be added (Bron and Kerbosch).
void Combination::Maximal(std::vector<std::size_t> taken, std::vector<std::size_t> open, std::vector<std::size_t> shut,
                          std::vector<std::vector<std::size_t>>& out) const {
  if (open.empty()) {
    if (shut.empty()) {
      std::sort(taken.begin(), taken.end());
      out.push_back(std::move(taken));
    }
    return;
  }
  // Every such set has the first open one or one of those it excludes.
  const std::size_t pivot = open.front();
  std::vector<std::size_t> branches;
  for (std::size_t s : open) {
    if (s == pivot || excludes_[pivot][s]) branches.push_back(s);
  }
  for (std::size_t s : branches) {
    std::vector<std::size_t> rest;
    std::vector<std::size_t> refused;
    std::copy_if(open.begin(), open.end(), std::back_inserter(rest), [&](std::size_t o) { return o != s && !excludes_[s][o]; });
    std::copy_if(shut.begin(), shut.end(), std::back_inserter(refused), [&](std::size_t o) { return !excludes_[s][o]; });
    std::vector<std::size_t> with = taken;
    with.push_back(s);
    Maximal(std::move(with), std::move(rest), std::move(refused), out);
    open.erase(std::find(open.begin(), open.end(), s));
    shut.push_back(s);
  }
}

// What `a` brings more than `b`, for each unit between the least and the most. What both have alike cancels, known or not.
Sum Combination::Difference(const std::vector<std::size_t>& part, const std::vector<bool>& a, const std::vector<bool>& b) const {
  Sum out;
  for (std::size_t s : part) {
    const bool alike = a[s] == b[s] && std::all_of(below_[s].begin(), below_[s].end(), [&](std::size_t d) { return a[d] == b[d]; });
    if (alike) continue;
    const Sum with = a[s] ? Net(s, a) : Sum{};
    const Sum without = b[s] ? Net(s, b) : Sum{};
    for (const auto& [unit, worth] : with) out[unit] = Plus(out[unit], {worth.lo, worth.more ? kNoLimit : worth.hi, false});
    for (const auto& [unit, worth] : without) out[unit] = Plus(out[unit], {worth.more ? -kNoLimit : -worth.hi, -worth.lo, false});
  }
  return out;
}

void Combination::Choose(const std::vector<std::size_t>& part) {
  std::vector<std::size_t> members;
  for (std::size_t s : part) {
    if (!groups_of_[s].empty()) members.push_back(s);
  }
  std::vector<bool> beside(standings_.size(), false);
  for (std::size_t s : part) beside[s] = groups_of_[s].empty();
  if (members.empty()) return Add(part, {beside});

  std::vector<std::vector<std::size_t>> sets;
  Maximal({}, members, {}, sets);
  std::sort(sets.begin(), sets.end());
  std::vector<std::vector<bool>> ways;
  for (const auto& set : sets) {
    ways.push_back(beside);
    for (std::size_t s : set) ways.back()[s] = true;
  }
  auto option = [&](std::size_t w) {
    Option out;
    out.take = sets[w];
    std::set_difference(members.begin(), members.end(), sets[w].begin(), sets[w].end(), std::back_inserter(out.give_up));
    return out;
  };
  auto not_worse = [&](std::size_t a, std::size_t b) {
    const Sum more = Difference(part, ways[a], ways[b]);
    return std::all_of(more.begin(), more.end(), [](const auto& entry) { return entry.second.lo >= 0; });
  };
  std::vector<std::vector<bool>> order(ways.size(), std::vector<bool>(ways.size(), true));
  for (std::size_t a = 0; a < ways.size(); ++a) {
    for (std::size_t b = 0; b < ways.size(); ++b) order[a][b] = a == b || not_worse(a, b);
  }
  Choice choice;
  choice.person = standings_[members.front()].person;
  for (std::size_t s : members) {
    for (int group : groups_of_[s]) {
      if (!Contains(choice.groups, group)) choice.groups.push_back(group);
    }
  }
  std::sort(choice.groups.begin(), choice.groups.end());
  const auto best = std::find_if(order.begin(), order.end(),
                                 [](const std::vector<bool>& row) { return std::all_of(row.begin(), row.end(), [](bool at) { return at; }); });
  if (best != order.end()) {
    const auto at = static_cast<std::size_t>(best - order.begin());
    choice.best = option(at);
    for (std::size_t w = 0; w < ways.size(); ++w) {
      if (w == at) continue;
      choice.options.push_back(option(w));
      choice.loses.push_back(Difference(part, ways[at], ways[w]));
    }
    Add(part, {ways[at]});
  } else {
    std::vector<std::vector<bool>> possible;
    std::vector<bool> some(standings_.size(), false);
    std::vector<bool> all(standings_.size(), true);
    for (std::size_t w = 0; w < ways.size(); ++w) {
      bool beaten = false;
      for (std::size_t other = 0; other < ways.size(); ++other) beaten = beaten || (order[other][w] && (!order[w][other] || other < w));
      if (beaten) continue;
      choice.options.push_back(option(w));
      for (std::size_t s : members) {
        some[s] = some[s] || ways[w][s];
        all[s] = all[s] && ways[w][s];
      }
      possible.push_back(ways[w]);
    }
    for (std::size_t s : members) {
      if (some[s] && !all[s]) choice.depends.push_back(s);
    }
    Add(part, possible);
  }
  choices_.push_back(std::move(choice));
}

// Adds a part to the totals; several ways = any of them.
void Combination::Add(const std::vector<std::size_t>& part, const std::vector<std::vector<bool>>& ways) {
  using OnceSum = std::map<std::pair<int, Unit>, Worth>;
  std::optional<Sum> family;
  std::optional<Sum> facility;
  std::optional<OnceSum> once;
  auto over = [](auto& all, const auto& one) {
    if (!all) {
      all = one;
      return;
    }
    for (const auto& [unit, worth] : one) all->try_emplace(unit);
    for (auto& [unit, worth] : *all) worth = Hull(worth, one.contains(unit) ? one.at(unit) : Worth{});
  };
  for (const auto& taken : ways) {
    Sum here;
    Sum there;
    OnceSum single;
    for (std::size_t s : part) {
      if (!taken[s]) continue;
      const auto benefit = static_cast<int>(standings_[s].benefit);
      const auto group = std::find_if(pack_.stacking.begin(), pack_.stacking.end(),
                                      [&](const StackingGroup& one) { return one.kind == StackingKind::Once && Contains(one.members, benefit); });
      const bool others = !ForFamily(pack_.benefits[standings_[s].benefit]);
      for (const auto& [unit, worth] : Net(s, taken)) {
        if (group != pack_.stacking.end() && !others) {
          Worth& highest = single[{static_cast<int>(group - pack_.stacking.begin()), unit}];
          highest = Higher(highest, worth);
        } else {
          Worth& sum = (others ? there : here)[unit];
          sum = Plus(sum, worth);
        }
      }
    }
    over(family, here);
    over(facility, there);
    over(once, single);
  }
  for (const auto& [unit, worth] : *family) family_.sum[unit] = Plus(family_.sum[unit], worth);
  for (const auto& [unit, worth] : *facility) facility_.sum[unit] = Plus(facility_.sum[unit], worth);
  for (const auto& [key, worth] : *once) once_[key] = Higher(once_[key], worth);

  for (std::size_t s : part) {
    const Benefit& benefit = pack_.benefits[standings_[s].benefit];
    if (std::none_of(ways.begin(), ways.end(), [&](const auto& taken) { return taken[s]; })) continue;
    Total& total = ForFamily(benefit) ? family_ : facility_;
    total.any = true;
    const AmountRange& amount = standings_[s].assessment.amount;
    if (benefit.form == AmountForm::InKind) {
      ++total.in_kind;
    } else if (!amount.published || amount.unpublished) {
      ++total.unpublished;
    }
    for (const Reduction& reduction : reductions_[s]) {
      Deduction out;
      out.group = reduction.group;
      out.from = s;
      std::optional<Worth> after;
      for (const auto& taken : ways) {
        if (!taken[s]) continue;
        const Worth one = Net(s, taken).begin()->second;
        after = after ? Hull(*after, one) : one;
        for (std::size_t m : reduction.minus) {
          if (taken[m] && std::find(out.minus.begin(), out.minus.end(), m) == out.minus.end()) out.minus.push_back(m);
        }
      }
      if (out.minus.empty()) continue;
      out.before = Gross(benefit, static_cast<int>(standings_[s].benefit), standings_[s].assessment).begin()->second;
      out.after = after.value_or(Worth{});
      deductions_.push_back(std::move(out));
    }
  }
}

namespace {

json::object Range(const Worth& worth) {
  json::object out;
  out["min"] = worth.lo;
  if (!worth.more) out["max"] = worth.hi;
  return out;
}

// {"money":{"per-month":{"min","max"},…},"leave_days":…,"tax_deduction":…}: unlike things side by side.
json::object Listed(const Sum& sum) {
  json::object out;
  for (const auto& [unit, worth] : sum) {
    if (unit.kind > PayKind::TaxDeduction || worth == Worth{}) continue;
    json::value& kind = out[kPayKinds[static_cast<std::size_t>(unit.kind)]];
    if (kind.is_null()) kind = json::object();
    kind.get_object()[kEvery[static_cast<std::size_t>(unit.every)]] = Range(worth);
  }
  return out;
}

json::object TotalJson(const Combination::Total& total) {
  Sum known = total.sum;
  for (auto& [unit, worth] : known) worth.more = false;  // counted by `unpublished` instead
  json::object out = Listed(known);
  auto at = [&](Every every) {
    const auto found = known.find({PayKind::Money, every, -1});
    return found == known.end() ? Worth{} : found->second;
  };
  const Worth month = at(Every::Month);
  const Worth year = at(Every::Year);
  if (auto* money = out.if_contains("money"); money != nullptr && (month.hi != 0 || year.hi != 0)) {
    money->get_object()["annual"] = Range({month.lo * 12 + year.lo, month.hi * 12 + year.hi, false});
  }
  out["unpublished"] = total.unpublished;
  out["in_kind"] = total.in_kind;
  return out;
}

class Writer {
 public:
  Writer(const Pack& pack, const Profile& profile, const std::vector<Standing>& standings) : pack_(pack), profile_(profile), standings_(standings) {}

  json::value Write(const Combination& all) const {
    json::object out;
    out["format"] = "km-combination/1";
    out["totals"] = TotalJson(all.family());
    if (all.facility().any) out["facility"] = TotalJson(all.facility());
    json::array choices;
    for (const auto& choice : all.choices()) choices.push_back(One(choice));
    out["choices"] = std::move(choices);
    json::array deductions;
    for (const auto& deduction : all.deductions()) {
      json::object one;
      one["rule"] = pack_.stacking[static_cast<std::size_t>(deduction.group)].id;
      one["subject"] = Who(deduction.from);
      one["from"] = Id(deduction.from);
      one["minus"] = Ids(deduction.minus);
      one["before"] = Range(deduction.before);
      one["after"] = Range(deduction.after);
      deductions.push_back(std::move(one));
    }
    out["deductions"] = std::move(deductions);
    return json::value(std::move(out));
  }

 private:
  std::string_view Id(std::size_t s) const { return pack_.benefits[standings_[s].benefit].id; }
  std::string_view Who(std::size_t s) const { return profile_.people[standings_[s].person].id; }
  json::array Ids(const std::vector<std::size_t>& list) const {
    json::array out;
    for (std::size_t s : list) out.emplace_back(Id(s));
    return out;
  }

  json::object Way(const Combination::Option& option) const {
    json::object out;
    out["take"] = Ids(option.take);
    out["give_up"] = Ids(option.give_up);
    return out;
  }

  json::object One(const Combination::Choice& choice) const {
    json::object out;
    json::array groups;
    for (int group : choice.groups) groups.emplace_back(pack_.stacking[static_cast<std::size_t>(group)].id);
    out["groups"] = std::move(groups);
    out["subject"] = profile_.people[choice.person].id;
    json::array options;
    if (choice.best) {
      out["best"] = Ids(choice.best->take);
      options.push_back(Way(*choice.best));
    }
    for (std::size_t i = 0; i < choice.options.size(); ++i) {
      json::object option = Way(choice.options[i]);
      if (choice.best) {
        Sum loses = choice.loses[i];
        for (auto& [unit, worth] : loses) {
          if (worth.hi < kNoLimit / 2) continue;
          worth = {worth.lo, 0, true};
        }
        option["loses"] = Listed(loses);
      }
      options.push_back(std::move(option));
    }
    out["options"] = std::move(options);
    if (!choice.best) out["depends"] = Depends(choice);
    return out;
  }

  json::object Depends(const Combination::Choice& choice) const {
    json::array ask;
    json::array unpublished;
    for (std::size_t s : choice.depends) {
      const Standing& standing = standings_[s];
      const Benefit& benefit = pack_.benefits[standing.benefit];
      for (int fact : standing.assessment.ask) {
        const std::size_t owner = profile_.OwnerOf(pack_.schema, fact, standing.person);
        json::value one = json::object{{"subject", profile_.people[owner].id}, {"fact", pack_.schema.facts[static_cast<std::size_t>(fact)].name}};
        if (std::find(ask.begin(), ask.end(), one) == ask.end()) ask.push_back(std::move(one));
      }
      const AmountRange& amount = standing.assessment.amount;
      if (benefit.form != AmountForm::InKind && (!amount.published || amount.unpublished)) unpublished.emplace_back(benefit.id);
    }
    json::object out;
    out["ask"] = std::move(ask);
    out["unpublished"] = std::move(unpublished);
    return out;
  }

  const Pack& pack_;
  const Profile& profile_;
  const std::vector<Standing>& standings_;
};

}  // namespace

Result<json::value> Combine(const Pack& pack, const json::value& profile, std::string_view file) {
  const auto read = ReadProfile(pack, profile, file);
  if (!read) return read.error();
  const Assessor assessor(pack, read->as_of);
  const auto standings = AssessAll(pack, *read, assessor);
  return Writer(pack, *read, standings).Write(Combination(pack, *read, assessor, standings));
}

json::array StackingList(const Pack& pack, const Profile& profile, const std::vector<Standing>& standings) {
  constexpr std::array<std::string_view, 4> kKinds = {"at_most_one", "once", "deduct", "deduct_cost"};
  json::array out;
  for (const StackingGroup& group : pack.stacking) {
    if (group.kind == StackingKind::Once) continue;
    for (std::size_t p = 0; p < profile.people.size(); ++p) {
      auto had = [&](int benefit) {
        return std::any_of(standings.begin(), standings.end(), [&](const Standing& one) {
          return static_cast<int>(one.benefit) == benefit && one.person == p && one.assessment.verdict != State::No;
        });
      };
      json::array benefits;
      if (group.from >= 0) {
        if (!had(group.from)) continue;
        benefits.emplace_back(pack.benefits[static_cast<std::size_t>(group.from)].id);
      }
      for (int member : group.from >= 0 ? group.minus : group.members) {
        if (had(member)) benefits.emplace_back(pack.benefits[static_cast<std::size_t>(member)].id);
      }
      if (benefits.size() < 2) continue;
      out.push_back(json::object{{"group", group.id},
                                 {"kind", kKinds[static_cast<std::size_t>(group.kind)]},
                                 {"subject", profile.people[p].id},
                                 {"benefits", std::move(benefits)}});
    }
  }
  return out;
}

}  // namespace chuncheng
