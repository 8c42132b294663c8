// The best lawful combination and the totals, against trying every lawful set.
#include "shared/benefits/combine.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <set>

#include "shared/benefits/household.h"
#include "tests/unit/kunming.h"
#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

using Set = std::vector<std::size_t>;  // standings
using Value = std::map<Unit, std::int64_t>;

// A household whose answers are all known: what any set of its benefits is worth, straight from the rules. An amount that is not published is
// whatever is assumed for it.
class Known {
 public:
  Known(const PackFiles& files, const Pack& pack, const Profile& profile, const std::vector<Standing>& standings)
      : pack_(pack), profile_(profile), standings_(standings), reference_(files, pack, profile.as_of) {
    for (const Standing& s : standings) outcomes_.push_back(reference_.Complete(s.benefit, profile.AnswersOf(pack.schema, s.person)));
    assumed.assign(standings.size(), 0);
  }

  bool Has(std::size_t s) const { return outcomes_[s].verdict != State::No; }
  bool Unpublished(std::size_t s) const { return !outcomes_[s].amount; }

  std::int64_t Net(std::size_t s, const Set& taken) const {
    Answers answers = profile_.AnswersOf(pack_.schema, standings_[s].person);
    auto received = [&](const StackingGroup& group) {
      std::int64_t sum = 0;
      for (std::size_t m : taken) {
        const bool listed = std::find(group.minus.begin(), group.minus.end(), static_cast<int>(standings_[m].benefit)) != group.minus.end();
        if (listed && standings_[m].person == standings_[s].person && Has(m)) sum += Net(m, taken);
      }
      return sum;
    };
    for (const StackingGroup& group : pack_.stacking) {
      if (group.kind != StackingKind::DeductCost || group.from != static_cast<int>(standings_[s].benefit)) continue;
      Interval& cost = answers[static_cast<std::size_t>(group.cost)];
      cost = Interval::Of(std::max(pack_.schema.facts[static_cast<std::size_t>(group.cost)].range.lo, cost.lo - received(group)));
    }
    const auto outcome = reference_.Complete(standings_[s].benefit, answers);
    if (outcome.verdict == State::No) return 0;
    std::int64_t out = outcome.amount.value_or(assumed[s]);
    for (const StackingGroup& group : pack_.stacking) {
      if (group.kind == StackingKind::Deduct && group.from == static_cast<int>(standings_[s].benefit)) {
        out = std::max<std::int64_t>(0, out - received(group));
      }
    }
    return out;
  }

  Value Of(const Set& taken) const {
    Value out;
    for (std::size_t s : taken) {
      if (!Has(s)) continue;
      const Benefit& benefit = pack_.benefits[standings_[s].benefit];
      out[{benefit.kind, EveryOf(benefit.per), -1}] += Net(s, taken);
    }
    return out;
  }

  // `a` minus `b`, whatever is assumed of the unpublished among `all`: is it never below 0?
  bool NotWorse(const Set& a, const Set& b, const Set& all) {
    Set open;
    std::copy_if(all.begin(), all.end(), std::back_inserter(open), [&](std::size_t s) { return Unpublished(s); });
    std::size_t cases = 1;
    for (std::size_t i = 0; i < open.size(); ++i) cases *= 3;
    bool never = true;
    for (std::size_t i = 0; i < cases && never; ++i) {
      std::size_t rest = i;
      for (std::size_t s : open) {
        assumed[s] = std::array<std::int64_t, 3>{0, 3, 1'000'000}[rest % 3];
        rest /= 3;
      }
      Value more = Of(a);
      for (const auto& [unit, worth] : Of(b)) more[unit] -= worth;
      never = std::all_of(more.begin(), more.end(), [](const auto& entry) { return entry.second >= 0; });
    }
    assumed.assign(standings_.size(), 0);
    return never;
  }

  std::vector<std::int64_t> assumed;

 private:
  const Pack& pack_;
  const Profile& profile_;
  const std::vector<Standing>& standings_;
  Reference reference_;
  std::vector<Reference::Outcome> outcomes_;
};

bool Lawful(const Pack& pack, const std::vector<Standing>& standings, const Set& set) {
  for (const StackingGroup& group : pack.stacking) {
    if (group.kind != StackingKind::AtMostOne) continue;
    std::map<std::size_t, int> per_person;
    for (std::size_t s : set) {
      const bool member = std::find(group.members.begin(), group.members.end(), static_cast<int>(standings[s].benefit)) != group.members.end();
      if (member && ++per_person[standings[s].person] > 1) return false;
    }
  }
  return true;
}

// Lawful subsets of `members` to which none of them can be added, ascending.
std::vector<Set> LawfulSets(const Pack& pack, const std::vector<Standing>& standings, const Set& members) {
  std::vector<Set> lawful;
  for (std::size_t mask = 0; mask < std::size_t{1} << members.size(); ++mask) {
    Set set;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if ((mask >> i & 1) != 0) set.push_back(members[i]);
    }
    if (Lawful(pack, standings, set)) lawful.push_back(std::move(set));
  }
  std::vector<Set> out;
  for (const Set& set : lawful) {
    const bool more = std::any_of(lawful.begin(), lawful.end(), [&](const Set& other) {
      return other.size() > set.size() && std::includes(other.begin(), other.end(), set.begin(), set.end());
    });
    if (!more) out.push_back(set);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Set MembersOf(const Combination::Choice& choice) {
  const Combination::Option& option = choice.best ? *choice.best : choice.options.front();
  Set out;
  std::merge(option.take.begin(), option.take.end(), option.give_up.begin(), option.give_up.end(), std::back_inserter(out));
  return out;
}

// All that no choice is about.
Set Beside(const std::vector<Standing>& standings, const Combination& combination) {
  std::set<std::size_t> chosen;
  for (const auto& choice : combination.choices()) {
    for (std::size_t s : MembersOf(choice)) chosen.insert(s);
  }
  Set out;
  for (std::size_t s = 0; s < standings.size(); ++s) {
    if (standings[s].assessment.verdict != State::No && !chosen.contains(s)) out.push_back(s);
  }
  return out;
}

Set Both(const Set& a, const Set& b) {
  Set out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

TEST(Combine, BestIsThatOfTryingEveryLawfulSet) {
  const Day as_of = *ParseDay("2026-11-29");
  std::size_t decided = 0;
  std::size_t undecided = 0;
  std::size_t overlapping = 0;
  for (unsigned seed = 1; seed <= 600; ++seed) {
    std::mt19937 random(seed);
    const PackFiles files = RandomPack(random);
    const Pack pack = ReadWhole(files);
    const auto profile = ReadProfile(pack, RandomProfile(pack.schema, random, 0, as_of), "random");
    ASSERT_TRUE(profile);
    const Assessor assessor(pack, as_of);
    auto standings = AssessAll(pack, *profile, assessor);
    // Without what nobody can tell: an open verdict of a complete profile hangs on an amount that is not published.
    std::erase_if(standings, [](const Standing& s) { return s.assessment.verdict == State::Open; });
    const Combination combination(pack, *profile, assessor, standings);
    Known known(files, pack, *profile, standings);
    const Set beside = Beside(standings, combination);
    for (const auto& choice : combination.choices()) {
      const Set members = MembersOf(choice);
      const Set all = Both(members, beside);
      const auto sets = LawfulSets(pack, standings, members);
      SCOPED_TRACE("seed " + std::to_string(seed));
      // A deduction of what is not published: the engine may leave open what more reasoning could decide, never decide wrongly.
      const bool tangled = std::any_of(all.begin(), all.end(), [&](std::size_t s) {
        return known.Unpublished(s) &&
               std::any_of(pack.stacking.begin(), pack.stacking.end(), [&](const StackingGroup& group) { return group.from >= 0; });
      });
      std::vector<std::vector<bool>> order(sets.size(), std::vector<bool>(sets.size(), true));
      for (std::size_t a = 0; a < sets.size(); ++a) {
        for (std::size_t b = 0; b < sets.size(); ++b) order[a][b] = a == b || known.NotWorse(Both(sets[a], beside), Both(sets[b], beside), all);
      }
      auto wins = [&](const std::vector<bool>& row) { return std::all_of(row.begin(), row.end(), [](bool at) { return at; }); };
      const auto best = std::find_if(order.begin(), order.end(), wins);
      overlapping += sets.size() > 2 ? 1 : 0;
      if (choice.best) {
        ++decided;
        const auto at = static_cast<std::size_t>(std::find(sets.begin(), sets.end(), choice.best->take) - sets.begin());
        ASSERT_LT(at, sets.size());
        EXPECT_TRUE(wins(order[at]));
        if (!tangled) {
          EXPECT_EQ(choice.best->take, sets[static_cast<std::size_t>(best - order.begin())]);
        }
        ASSERT_EQ(choice.options.size() + 1, sets.size());
        for (std::size_t o = 0; o < choice.options.size() && !tangled; ++o) {
          if (std::any_of(all.begin(), all.end(), [&](std::size_t s) { return known.Unpublished(s); })) continue;
          Value more = known.Of(Both(choice.best->take, beside));
          for (const auto& [unit, worth] : known.Of(Both(choice.options[o].take, beside))) more[unit] -= worth;
          for (const auto& [unit, worth] : more) {
            const auto& loses = choice.loses[o];
            const auto found = loses.find(unit);
            EXPECT_EQ(found == loses.end() ? Worth{} : found->second, (Worth{worth, worth, false}));
          }
        }
      } else if (!tangled) {
        ++undecided;
        EXPECT_EQ(best, order.end());
        std::vector<Set> unbeaten;
        for (std::size_t w = 0; w < sets.size(); ++w) {
          bool beaten = false;
          for (std::size_t other = 0; other < sets.size(); ++other) beaten = beaten || (order[other][w] && (!order[w][other] || other < w));
          if (!beaten) unbeaten.push_back(sets[w]);
        }
        ASSERT_EQ(choice.options.size(), unbeaten.size());
        for (std::size_t o = 0; o < unbeaten.size(); ++o) EXPECT_EQ(choice.options[o].take, unbeaten[o]);
        Set depends;
        std::copy_if(members.begin(), members.end(), std::back_inserter(depends), [&](std::size_t s) {
          const auto has = [&](const Set& set) { return std::find(set.begin(), set.end(), s) != set.end(); };
          return std::any_of(unbeaten.begin(), unbeaten.end(), has) && !std::all_of(unbeaten.begin(), unbeaten.end(), has);
        });
        EXPECT_EQ(choice.depends, depends);
      }
    }
    const bool all_decided = std::all_of(combination.choices().begin(), combination.choices().end(), [](const auto& c) { return c.best; });
    if (!all_decided) continue;
    Set taken = beside;
    for (const auto& choice : combination.choices()) taken = Both(taken, choice.best->take);
    if (std::any_of(taken.begin(), taken.end(), [&](std::size_t s) { return known.Unpublished(s); })) continue;
    const Value value = known.Of(taken);
    for (const auto& [unit, worth] : value) EXPECT_EQ(combination.family().sum.at(unit), (Worth{worth, worth, false})) << "seed " << seed;
    EXPECT_EQ(combination.family().sum.size(), value.size());
  }
  EXPECT_GT(decided, 60U);
  EXPECT_GT(undecided, 20U);
  EXPECT_GT(overlapping, 20U);
}

TEST(Combine, HoldsForEveryWayTheOpenAnswersMayCome) {
  const Day as_of = *ParseDay("2026-11-29");
  std::size_t decided = 0;
  std::size_t reduced = 0;
  for (unsigned seed = 1; seed <= 160; ++seed) {
    std::mt19937 random(seed);
    const PackFiles files = RandomPack(random);
    const Pack pack = ReadWhole(files);
    const auto profile = ReadProfile(pack, RandomProfile(pack.schema, random, 40, as_of), "random");
    ASSERT_TRUE(profile);
    const Assessor assessor(pack, as_of);
    const auto standings = AssessAll(pack, *profile, assessor);
    const Combination combination(pack, *profile, assessor, standings);
    const Set beside = Beside(standings, combination);
    for (int sample = 0; sample < 12; ++sample) {
      Profile complete = *profile;
      for (Person& person : complete.people) {
        for (std::size_t f = 1; f < pack.schema.facts.size(); ++f) {
          const Fact& fact = pack.schema.facts[f];
          const bool has = std::any_of(person.facts.begin(), person.facts.end(), [&](const auto& one) { return one.first == static_cast<int>(f); });
          if (fact.subject == person.kind && !fact.derive && !has) person.facts.emplace_back(static_cast<int>(f), PickValue(random, fact.range));
        }
      }
      Known known(files, pack, complete, standings);
      SCOPED_TRACE("seed " + std::to_string(seed));
      Set taken = beside;
      for (const auto& choice : combination.choices()) {
        const Set members = MembersOf(choice);
        taken = Both(taken, choice.best ? choice.best->take : choice.options.front().take);
        if (!choice.best) continue;
        ++decided;
        for (const Set& other : LawfulSets(pack, standings, members)) {
          EXPECT_TRUE(known.NotWorse(Both(choice.best->take, beside), Both(other, beside), Both(members, beside)));
        }
      }
      // Whatever it is that nobody published.
      for (std::size_t s = 0; s < standings.size(); ++s) known.assumed[s] = known.Unpublished(s) ? PickValue(random, {0, 1'000'000}) : 0;
      for (const auto& [unit, worth] : known.Of(taken)) {
        const Worth& sum = combination.family().sum.at(unit);
        EXPECT_LE(sum.lo, worth);
        if (!sum.more) {
          EXPECT_GE(sum.hi, worth);
        }
      }
      for (const auto& deduction : combination.deductions()) {
        const bool in = std::find(taken.begin(), taken.end(), deduction.from) != taken.end();
        if (!in || !known.Has(deduction.from) || known.Unpublished(deduction.from)) continue;
        const auto net = known.Net(deduction.from, taken);
        EXPECT_LE(deduction.after.lo, net);
        if (!deduction.after.more) {
          EXPECT_GE(deduction.after.hi, net);
        }
        ++reduced;
      }
    }
  }
  EXPECT_GT(decided, 50U);
  EXPECT_GT(reduced, 50U);
}

// ---- packs of few benefits, which every elder has, and one elder ----

std::string Benefit(const std::string& id, const std::string& kind, const std::string& amount) {
  return R"({"format":"km-benefit/1","id":")" + id + R"(","title":{"zh":"t"},"summary":{"zh":"s"},"subject":"elder","pays":{"to":"person","kind":")" +
         kind + R"(","per":")" + (kind == "money" ? "once" : "none") + R"("},"in_force":{"from":"2020-01-01","to":null,"cite":["s#c"]},
    "criteria":[{"id":"c","say":{"zh":"c"},"cite":["s#c"],"when":{"var":"flag"}}],"amount":)" +
         amount + "}";
}
// Pays 3 times so many fen.
std::string Threes(const std::string& id, int count) {
  return Benefit(
      id, "money",
      R"({"inputs":[],"rows":[{"id":"r","if":{},"cite":["s#c"],"pay":{"*":[)" + std::to_string(count) + R"(,{"param":["money.k","x","y"]}]}}]})");
}
std::string Nobody(const std::string& id) { return Benefit(id, "money", R"({"unpublished":true,"say":{"zh":"?"},"cite":["s#c"]})"); }
std::string Help(const std::string& id) { return Benefit(id, "service", R"({"in_kind":{"zh":"s"},"cite":["s#c"]})"); }
std::string Group(const std::string& id, const std::string& rest) { return R"({"id":")" + id + R"(","say":{"zh":"g"},"cite":["s#c"],)" + rest + "}"; }

class Few {
 public:
  Few(const std::vector<std::string>& benefits, const std::string& groups) {
    const std::string rest = R"(,"subject":"elder","ask":{"zh":"?"},"privacy":"none","effort":1})";
    const std::string facts = R"({"flag":{"type":"bool")" + rest + R"(,"said":{"type":"bool")" + rest +
                              R"(,"cost":{"type":"money","unit":"fen","range":[0,100000])" + rest + "}";
    pack_ = ReadWhole(PackOf(facts, benefits, "[" + groups + "]"));
  }

  std::string Said(const char* part) const { return Part(Combine(pack_, kProfile, ""), part); }
  // May what can be had be more than the sum?
  bool More() const {
    const auto profile = ReadProfile(pack_, kProfile, "");
    const Assessor assessor(pack_, profile->as_of);
    const auto standings = AssessAll(pack_, *profile, assessor);
    const Combination all(pack_, *profile, assessor, standings);
    return std::any_of(all.family().sum.begin(), all.family().sum.end(), [](const auto& entry) { return entry.second.more; });
  }
  std::string Stacking() const { return Part(EvaluateProfile(pack_, kProfile, ""), "stacking"); }

 private:
  static std::string Part(const Result<json::value>& said, const char* part) {
    return said ? json::serialize(said->at(part)) : json::serialize(said.error().ToJson());
  }

  inline static const json::value kProfile =
      json::parse(R"({"format":"km-profile/1","as_of":"2026-11-29","subjects":[{"id":"e","kind":"elder","facts":{"flag":true,"cost":5000}}]})");
  Pack pack_;
};

TEST(Combine, WhatADeductionLeavesCountsInTheChoice) {
  // b is more than a, but takes away from x what it brings.
  const Few few({Threes("x", 1000), Threes("a", 300), Threes("b", 700)},
                Group("one", R"("kind":"at_most_one","members":["a","b"])") + "," + Group("less", R"("kind":"deduct","from":"x","minus":["b"])"));
  EXPECT_EQ(few.Said("choices"), R"([{"groups":["one"],"subject":"e","best":["a"],"options":[{"take":["a"],"give_up":["b"]},)"
                                 R"({"take":["b"],"give_up":["a"],"loses":{"money":{"once":{"min":900,"max":900}}}}]}])");
  EXPECT_EQ(few.Said("totals"), R"({"money":{"once":{"min":3900,"max":3900}},"unpublished":0,"in_kind":0})");
  EXPECT_EQ(few.Said("deductions"), "[]") << "b is not had";
  EXPECT_EQ(few.Stacking(), R"([{"group":"one","kind":"at_most_one","subject":"e","benefits":["a","b"]},)"
                            R"({"group":"less","kind":"deduct","subject":"e","benefits":["x","b"]}])");
}

TEST(Combine, OnlyWhatIsHadIsDeducted) {
  const Few few({Threes("x", 1000), Threes("a", 300), Threes("b", 200)},
                Group("one", R"("kind":"at_most_one","members":["a","b"])") + "," + Group("less", R"("kind":"deduct","from":"x","minus":["a","b"])"));
  EXPECT_EQ(few.Said("deductions"),
            R"([{"rule":"less","subject":"e","from":"x","minus":["a"],"before":{"min":3000,"max":3000},"after":{"min":2100,"max":2100}}])");
}

TEST(Combine, WhatNobodyPublishedMayBeAnything) {
  const Few few({Threes("nothing", 0), Nobody("unknown"), Threes("beside", 5)},
                Group("one", R"("kind":"at_most_one","members":["nothing","unknown"])"));
  EXPECT_EQ(few.Said("choices"), R"([{"groups":["one"],"subject":"e","best":["unknown"],"options":[{"take":["unknown"],"give_up":["nothing"]},)"
                                 R"({"take":["nothing"],"give_up":["unknown"],"loses":{"money":{"once":{"min":0}}}}]}])");
  EXPECT_EQ(few.Said("totals"), R"({"money":{"once":{"min":15,"max":15}},"unpublished":1,"in_kind":0})");
  EXPECT_TRUE(few.More());
  const std::string once = Group("once", R"("kind":"once","members":["a","b"])");
  EXPECT_TRUE(Few({Nobody("a"), Threes("b", 1)}, once).More());
  EXPECT_TRUE(Few({Threes("a", 1), Nobody("b")}, once).More());
  EXPECT_FALSE(Few({Threes("a", 1), Threes("b", 2)}, once).More());
  EXPECT_EQ(Few({Threes("a", 1), Threes("b", 2)}, once).Said("totals"), R"({"money":{"once":{"min":6,"max":6}},"unpublished":0,"in_kind":0})");
}

TEST(Combine, ServicesAreCountedAndComparedWithNothing) {
  // x reaches both groups, so that they are one choice; c is better than d, but a and help cannot be compared.
  const Few few({Threes("x", 50), Threes("a", 600), Help("help"), Threes("c", 500), Threes("d", 100)},
                Group("one", R"("kind":"at_most_one","members":["a","help"])") + "," + Group("two", R"("kind":"at_most_one","members":["c","d"])") +
                    "," + Group("less", R"("kind":"deduct","from":"x","minus":["a","c"])"));
  EXPECT_EQ(few.Said("choices"), R"([{"groups":["one","two"],"subject":"e","options":[{"take":["a","c"],"give_up":["help","d"]},)"
                                 R"({"take":["help","c"],"give_up":["a","d"]}],"depends":{"ask":[],"unpublished":[]}}])");
  EXPECT_EQ(few.Said("totals"), R"({"money":{"once":{"min":1500,"max":3300}},"unpublished":0,"in_kind":1})");
  EXPECT_EQ(Few({Help("help")}, "").Said("totals"), R"({"unpublished":0,"in_kind":1})");
}

TEST(Combine, ACostIsLessByWhatIsReceived) {
  const std::string one_time = R"({"inputs":[],"rows":[{"id":"r","if":{},"cite":["s#c"],"pay":{"var":"cost"}}]})";
  const std::string group = Group("less", R"("kind":"deduct_cost","from":"x","cost":"cost","minus":["a"])");
  const Few certain({Threes("a", 300), Benefit("x", "money", one_time)}, group);
  EXPECT_EQ(certain.Said("deductions"),
            R"([{"rule":"less","subject":"e","from":"x","minus":["a"],"before":{"min":5000,"max":5000},"after":{"min":4100,"max":4100}}])");
  EXPECT_EQ(certain.Said("totals"), R"({"money":{"once":{"min":5000,"max":5000}},"unpublished":0,"in_kind":0})");
  std::string perhaps = Threes("a", 300);
  perhaps.replace(perhaps.find("flag"), 4, "said");
  const Few open({Benefit("x", "money", one_time), perhaps}, group);
  EXPECT_EQ(open.Said("deductions"),
            R"([{"rule":"less","subject":"e","from":"x","minus":["a"],"before":{"min":5000,"max":5000},"after":{"min":4100,"max":5000}}])");
  EXPECT_EQ(open.Said("totals"), R"({"money":{"once":{"min":4100,"max":5900}},"unpublished":0,"in_kind":0})");
  // Never less than nothing.
  const Few more({Benefit("x", "money", one_time), Threes("a", 3000)}, group);
  EXPECT_EQ(more.Said("totals"), R"({"money":{"once":{"min":9000,"max":9000}},"unpublished":0,"in_kind":0})");
}

// ---- the Kunming pack ----

json::value Of(std::string_view subjects, std::string_view more = "") {
  const std::string text = R"({"format":"km-profile/1","as_of":"2026-11-23",)" + std::string(more) + R"("subjects":[)" + std::string(subjects) + "]}";
  static const Pack pack = ReadWhole(KunmingFiles());
  const auto out = Combine(pack, json::parse(text), "");
  EXPECT_TRUE(out);
  return out ? *out : json::value();
}

TEST(Combine, TotalsAddOnlyLikeThings) {
  const auto out = Of(R"({"id":"ma","kind":"elder","facts":{"birth_date":"1940-01-01","hukou_district":"wuhua"}},
    {"id":"ba","kind":"elder","facts":{"birth_date":"1932-01-01","hukou_district":"wuhua"}},
    {"id":"bao","kind":"child","facts":{"child_birth_date":"2025-03-10","child_hukou_yunnan":true,"child_subsidy_claimed":true}},
    {"id":"h","kind":"household","facts":{"pays_income_tax":true,"only_child":true,"parent_employed":"both","two_under_three":false}})",
                      R"("benefits":["old_age_allowance","childcare_subsidy","childcare_leave","elder_support_deduction","infant_tax_deduction"],)");
  const auto& totals = out.at("totals");
  EXPECT_EQ(json::serialize(totals.at("money")), R"({"per-month":{"min":18000,"max":18000},"per-year":{"min":360000,"max":360000},)"
                                                 R"("annual":{"min":576000,"max":576000}})");
  EXPECT_EQ(json::serialize(totals.at("leave_days")), R"({"per-year":{"min":10,"max":10}})");
  EXPECT_EQ(json::serialize(totals.at("tax_deduction")), R"({"per-month":{"min":500000,"max":500000}})") << "two elders count once";
  EXPECT_EQ(totals.at("unpublished"), 0);
}

TEST(Combine, AYearHasTwelveMonthsOfWhatComesEachMonthAndWhatComesEachYear) {
  const std::string elder = R"({"id":"ma","kind":"elder","facts":{"birth_date":"1940-01-01","hukou_district":"wuhua"}})";
  const std::string child =
      R"({"id":"bao","kind":"child","facts":{"child_birth_date":"2025-03-10","child_hukou_yunnan":true,"child_subsidy_claimed":true}})";
  const auto money = [](const json::value& out) { return json::serialize(out.at("totals").at("money")); };
  EXPECT_EQ(money(Of(elder, R"("benefits":["old_age_allowance"],)")), R"({"per-month":{"min":6000,"max":6000},"annual":{"min":72000,"max":72000}})");
  EXPECT_EQ(money(Of(child, R"("benefits":["childcare_subsidy"],)")),
            R"({"per-year":{"min":360000,"max":360000},"annual":{"min":360000,"max":360000}})");
}

TEST(Combine, WhatInsurancePaysIsTakenOffTheCostOfCare) {
  const std::string elder = R"({"id":"ma","kind":"elder","facts":{"birth_date":"1940-01-01","lives_in_kunming":true,"ability_level":"severe",
    "destitute":"none","collective_care":false,"upgrade_action_client":false,"care_kind":"home","care_cost_month":100000,"ltci_insured":)";
  const auto with = Of(elder + R"(true,"insured_before_2021":true,"contribution_years":30,"ltci_grade":"g4","disabled_months":12}})",
                       R"("benefits":["elder_care_voucher","ltci"],)");
  EXPECT_EQ(json::serialize(with.at("deductions")), R"([{"rule":"voucher-after-ltci","subject":"ma","from":"elder_care_voucher","minus":["ltci"],)"
                                                    R"("before":{"min":50000,"max":50000},"after":{"min":0,"max":50000}}])");
  EXPECT_EQ(json::serialize(with.at("totals").at("money").at("per-month")), R"({"min":0,"max":50000})");
  EXPECT_EQ(with.at("totals").at("unpublished"), 1);
  const auto without = Of(elder + "false}}", R"("benefits":["elder_care_voucher","ltci"],)");
  EXPECT_TRUE(without.at("deductions").get_array().empty());
  EXPECT_EQ(json::serialize(without.at("totals").at("money").at("per-month")), R"({"min":50000,"max":50000})");
}

TEST(Combine, AnUnpublishedAmountLeavesTheChoiceOpenAndSaysSo) {
  const auto out =
      Of(R"({"id":"ma","kind":"elder","facts":{"birth_date":"1940-01-01","disability_grade":"g1","needs_long_care":true,"ltci_insured":true,
    "insured_before_2021":true,"contribution_years":30,"ltci_grade":"g4","disabled_months":12}})",
         R"("benefits":["disabled_nursing_allowance","ltci"],)");
  ASSERT_EQ(out.at("choices").get_array().size(), 1U);
  const auto& choice = out.at("choices").at(0);
  EXPECT_FALSE(choice.get_object().contains("best"));
  EXPECT_EQ(json::serialize(choice.at("groups")), R"(["care-cost"])");
  EXPECT_EQ(choice.at("options").get_array().size(), 2U);
  EXPECT_EQ(json::serialize(choice.at("depends").at("unpublished")), R"(["ltci"])");
}

TEST(Combine, WhatGoesToTheFacilityIsNoIncomeOfTheFamily) {
  const auto out = Of(R"({"id":"ma","kind":"elder","facts":{"birth_date":"1940-01-01","elder_yunnan_hukou":true,"ability_level":"mild"}},
    {"id":"i","kind":"institution","facts":{"facility_registered":true,"facility_grade":"none","facility_integrity":"none","facility_medical":"none"}})",
                      R"("benefits":["bed_operation"],)");
  EXPECT_FALSE(out.at("totals").get_object().contains("money"));
  EXPECT_TRUE(out.at("facility").at("money").get_object().contains("per-bed-month")) << json::serialize(out);
  EXPECT_FALSE(out.at("facility").at("money").get_object().contains("annual")) << "of what comes for each bed there is no year";
}

TEST(Stacking, IsRefusedWhereItIsWrong) {
  auto first = [](const std::string& group) {
    PackFiles files = KunmingFiles();
    files.stacking.value.at("groups").get_array() = {json::parse(group)};
    Diagnostics out;
    ReadPack(files, out);
    return out.empty() ? std::string("none") : std::string(Name(out.front().code)) + " " + out.front().pointer;
  };
  const std::string end = R"("id":"x","say":{"zh":"说"},"cite":["voucher-2026#after-ltci"]})";
  EXPECT_EQ(first(R"({"kind":"at_most_one","members":["ltci","disabled_nursing_allowance"],)" + end), "none");
  EXPECT_EQ(first(R"({"kind":"at_most_one","members":["ltci","nothing"],)" + end), "stacking.member /groups/0/members/1");
  EXPECT_EQ(first(R"({"kind":"at_most_one","members":["ltci"],)" + end), "stacking.few /groups/0/members");
  EXPECT_EQ(first(R"({"kind":"at_most_one","members":["ltci","ltci"],)" + end), "name.duplicate /groups/0/members/1");
  EXPECT_EQ(first(R"({"kind":"once","members":[],)" + end), "stacking.few /groups/0/members");
  EXPECT_EQ(first(R"({"kind":"some","members":[],)" + end), "value.bad /groups/0/kind");
  EXPECT_EQ(first(R"({"kind":"deduct","from":"elder_care_voucher","minus":["ltci"],)" + end), "none");
  EXPECT_EQ(first(R"({"kind":"deduct","from":"elder_care_voucher","minus":[],)" + end), "stacking.few /groups/0/minus");
  EXPECT_EQ(first(R"({"kind":"deduct","from":"elder_care_voucher","minus":["elder_care_voucher"],)" + end), "stacking.cycle /groups/0/minus");
  EXPECT_EQ(first(R"({"kind":"deduct","from":"elder_care_voucher","minus":["childcare_subsidy"],)" + end), "stacking.unit /groups/0/minus");
  EXPECT_EQ(first(R"({"kind":"deduct","from":"elder_care_voucher","cost":"care_cost_month","minus":["ltci"],)" + end),
            "json.unknown_key /groups/0/cost");
  EXPECT_EQ(first(R"({"kind":"deduct_cost","from":"elder_care_voucher","cost":"support_share","minus":["ltci"],)" + end),
            "stacking.cost /groups/0/cost");
  EXPECT_EQ(first(R"({"kind":"deduct_cost","from":"elder_care_voucher","cost":"age","minus":["ltci"],)" + end), "stacking.cost /groups/0/cost");
  EXPECT_EQ(first(R"({"kind":"deduct_cost","from":"elder_care_voucher","minus":["ltci"],)" + end), "json.missing /groups/0");

  PackFiles files = KunmingFiles();
  auto& groups = files.stacking.value.at("groups").get_array();
  groups = {json::parse(R"({"kind":"deduct","from":"elder_care_voucher","minus":["ltci"],)" + end),
            json::parse(R"({"kind":"deduct","from":"ltci","minus":["elder_care_voucher"],)" + end)};
  Diagnostics out;
  ReadPack(files, out);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(std::string(Name(out[0].code)) + " " + out[0].pointer, "name.duplicate /groups/1/id");
  EXPECT_EQ(std::string(Name(out[1].code)) + " " + out[1].pointer, "stacking.cycle /groups/1/minus");
}

}  // namespace
}  // namespace chuncheng
