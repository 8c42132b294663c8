// What would change a refusal, against trying every subset of the remedies.
#include "shared/benefits/steps.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "shared/tools/files.h"
#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

// All minimal sets by size, from all subsets in order of their size.
std::vector<RemedySet> EverySubset(const Reference& reference, const Pack& pack, std::size_t index, const Answers& answers,
                                   std::map<RemedySet, Assessment>& after) {
  const Benefit& benefit = pack.benefits[index];
  RemedySet all;
  for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
    for (std::size_t r = 0; r < benefit.criteria[c].remedies.size(); ++r) all.emplace_back(c, r);
  }
  std::vector<RemedySet> subsets;
  for (std::size_t mask = 1; mask < std::size_t{1} << all.size(); ++mask) {
    RemedySet set;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((mask >> i & 1) != 0) set.push_back(all[i]);
    }
    subsets.push_back(std::move(set));
  }
  std::stable_sort(subsets.begin(), subsets.end(), [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
  std::vector<RemedySet> out;
  for (const RemedySet& set : subsets) {
    const bool more_than_needed = std::any_of(
        out.begin(), out.end(), [&](const RemedySet& least) { return std::includes(set.begin(), set.end(), least.begin(), least.end()); });
    if (more_than_needed) continue;
    Answers changed = answers;
    std::map<int, std::int64_t> values;
    bool contradicts = false;
    for (const auto& [c, r] : set) {
      for (const auto& [fact, value] : benefit.criteria[c].remedies[r].set) {
        contradicts = contradicts || (!values.emplace(fact, value).second && values[fact] != value);
        changed[static_cast<std::size_t>(fact)] = Interval::Of(value);
      }
    }
    if (contradicts) continue;
    Assessment then = reference.Assess(index, changed);
    if (then.verdict == State::No) continue;
    out.push_back(set);
    after.emplace(set, std::move(then));
  }
  return out;
}

TEST(Steps, EqualTryingEverySubsetOfRandomPacks) {
  const Day as_of = *ParseDay("2026-11-29");
  std::size_t helped = 0;
  std::size_t several = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    const PackFiles files = RandomPack(random);
    const Pack pack = ReadWhole(files);
    const Assessor assessor(pack, as_of);
    const Reference reference(files, pack, as_of);
    for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
      const Answers answers = RandomAnswers(pack.schema, random, 15);
      if (reference.Completions(b, answers, 40) > 40) continue;
      const auto got = StepsFor(assessor, pack.benefits[b], answers);
      if (assessor.Assess(pack.benefits[b], answers).verdict != State::No) {
        ASSERT_TRUE(got.empty());
        continue;
      }
      std::map<RemedySet, Assessment> after;
      const auto want = EverySubset(reference, pack, b, answers, after);
      ASSERT_EQ(got.size(), want.size()) << "seed " << seed << " " << json::serialize(files.benefits[b].value);
      for (std::size_t i = 0; i < got.size(); ++i) {
        ASSERT_EQ(got[i].remedies, want[i]) << "seed " << seed;
        ASSERT_EQ(got[i].after.verdict, after[want[i]].verdict);
        ASSERT_EQ(got[i].after.amount.range, after[want[i]].amount.range);
      }
      helped += want.empty() ? 0 : 1;
      several += std::any_of(want.begin(), want.end(), [](const RemedySet& set) { return set.size() > 1; }) ? 1 : 0;
    }
  }
  EXPECT_GT(helped, 40U);
  EXPECT_GT(several, 5U);
}

TEST(Steps, TheFewestComeFirst) {
  const std::string fact = R"({"subject":"elder","type":"bool","ask":{"zh":"?"},"privacy":"none","effort":1})";
  // Either a and b, or c alone.
  const Pack pack = ReadWhole(PackOf(R"({"a":)" + fact + R"(,"b":)" + fact + R"(,"c":)" + fact + "}",
                                     {R"({"format":"km-benefit/1","id":"b0","title":{"zh":"b"},"summary":{"zh":"b"},"subject":"elder",
    "pays":{"to":"person","kind":"money","per":"once"},"in_force":{"from":"2020-01-01","to":null,"cite":["s#c"]},
    "criteria":[
      {"id":"c0","say":{"zh":"c"},"when":{"or":[{"var":"a"},{"var":"c"}]},"cite":["s#c"],"remedy":[{"set":{"a":true},"say":{"zh":"do"},"cite":["s#c"]}]},
      {"id":"c1","say":{"zh":"c"},"when":{"or":[{"var":"b"},{"var":"c"}]},"cite":["s#c"],
       "remedy":[{"set":{"b":true},"say":{"zh":"do"},"cite":["s#c"]},{"set":{"c":true},"say":{"zh":"do"},"cite":["s#c"]}]}],
    "amount":{"unpublished":true,"say":{"zh":"?"},"cite":["s#c"]}})"}));
  ASSERT_EQ(pack.benefits.size(), 1U);
  Answers answers = NoAnswers(pack.schema);
  for (const char* name : {"a", "b", "c"}) answers[static_cast<std::size_t>(pack.schema.fact_index.find(name)->second)] = Interval::Of(0);
  const auto steps = StepsFor(Assessor(pack, *ParseDay("2026-11-29")), pack.benefits[0], answers);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].remedies, (RemedySet{{1, 1}}));
  EXPECT_EQ(steps[1].remedies, (RemedySet{{0, 0}, {1, 0}}));
}

TEST(Steps, KunmingInsuranceYearsCanBePaidUp) {
  Diagnostics problems;
  const Pack pack = ReadPack(ReadPackFolder(CHUNCHENG_SOURCE "/shared/packs/kunming", problems), problems);
  ASSERT_TRUE(problems.empty());
  const auto profile = json::parse(R"({"format":"km-profile/1","as_of":"2025-06-01","benefits":["ltci"],"subjects":[{"id":"e","kind":"elder","facts":{
    "ltci_insured":true,"insured_before_2021":true,"contribution_years":10,"ltci_grade":"g5","disabled_months":8,"topup_paid":false}}]})");
  const auto steps = WhatWouldChange(pack, profile, "");
  ASSERT_TRUE(steps);
  EXPECT_EQ(json::serialize(*steps), R"({"format":"km-steps/1","steps":[{"benefit":"ltci","subject":"e",)"
                                     R"("do":[{"criterion":"contribution","remedy":0,"set":{"topup_paid":true}}],"verdict":"yes",)"
                                     R"("amount":{"kind":"unpublished","per":"person-month"}}]})");
  const auto bad = WhatWouldChange(pack, json::parse(R"({"format":"km-profile/1","as_of":"2025-02-30","subjects":[]})"), "p.json");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().pointer, "/as_of");
}

}  // namespace
}  // namespace chuncheng
