#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <random>

#include "shared/benefits/assess.h"
#include "shared/benefits/household.h"
#include "shared/benefits/timeline.h"
#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

Result<json::value> Eval(const std::string& text) {
  const auto profile = ParseJson(text, "profile.json");
  if (!profile) return profile.error();
  return EvaluateProfile(KunmingPack(), *profile, "profile.json");
}

const json::object* Of(const json::value& result, std::string_view benefit, std::string_view subject) {
  for (const auto& item : result.at("results").as_array()) {
    if (item.at("benefit") == json::string_view(benefit.data(), benefit.size()) &&
        item.at("subject") == json::string_view(subject.data(), subject.size())) {
      return &item.as_object();
    }
  }
  return nullptr;
}

TEST(Household, EachPersonHasOwnVerdictsAndTheHouseholdIsShared) {
  const auto result = Eval(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[
    {"id":"ma","kind":"elder","facts":{"birth_date":"1940-01-01","hukou_district":"guandu"}},
    {"id":"ba","kind":"elder","facts":{"birth_date":"1936-01-01","hukou_district":"outside"}},
    {"id":"bao","kind":"child","facts":{"child_birth_date":"2025-03-10","child_hukou_yunnan":true,"child_subsidy_claimed":true}},
    {"id":"h","kind":"household","facts":{"pays_income_tax":true}}]})");
  ASSERT_TRUE(result);
  EXPECT_EQ(Of(*result, "old_age_allowance", "ma")->at("amount").at("min"), 11000);
  EXPECT_EQ(Of(*result, "old_age_allowance", "ba")->at("verdict"), "no");
  EXPECT_EQ(Of(*result, "childcare_subsidy", "bao")->at("verdict"), "yes");
  EXPECT_EQ(Of(*result, "infant_tax_deduction", "bao")->at("verdict"), "yes");
  EXPECT_EQ(Of(*result, "bed_operation", "ma"), nullptr) << "no institution in the profile";
  EXPECT_EQ(Of(*result, "bed_construction", "h"), nullptr);
}

TEST(Household, ExclusiveBenefitsAreNamedTogether) {
  const auto result = Eval(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[{"id":"e","kind":"elder","facts":{}}]})");
  ASSERT_TRUE(result);
  EXPECT_EQ(json::serialize(result->at("stacking")),
            R"([{"group":"voucher-or-collective-care","kind":"at_most_one","subject":"e","benefits":["elder_care_voucher","elder_collective_care"]},)"
            R"({"group":"collective-care-rest","kind":"deduct","subject":"e","benefits":["elder_collective_care","elder_nursing_subsidy",)"
            R"("elder_service_subsidy","disabled_living_allowance","disabled_nursing_allowance","ltci"]},)"
            R"({"group":"care-cost","kind":"at_most_one","subject":"e","benefits":["ltci","disabled_nursing_allowance"]},)"
            R"({"group":"voucher-after-ltci","kind":"deduct_cost","subject":"e","benefits":["elder_care_voucher","ltci"]}])");
}

TEST(Household, BadProfilesAreLocated) {
  auto error = [](const std::string& text) {
    const auto result = Eval(text);
    return result ? std::string("none") : std::string(Name(result.error().code)) + " " + result.error().pointer;
  };
  const std::string head = R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[)";
  EXPECT_EQ(error("{"), "json.syntax ");
  EXPECT_EQ(error("[]"), "json.type ");
  EXPECT_EQ(error(R"({"format":"km-profile/2"})"), "format.version /format");
  EXPECT_EQ(error(R"({"format":"km-profile/1","as_of":"2026-1-1","subjects":[]})"), "date.bad /as_of");
  EXPECT_EQ(error(R"({"format":"km-profile/1","as_of":"0026-01-01","subjects":[]})"), "range.bad /as_of");
  EXPECT_EQ(error(head + R"({"id":"e","kind":"elder","facts":{"birth_dat":"1940-01-01"}}]})"), "fact.unknown /subjects/0/facts/birth_dat");
  EXPECT_EQ(error(head + R"({"id":"e","kind":"elder","facts":{"age":80}}]})"), "fact.derived /subjects/0/facts/age");
  EXPECT_EQ(error(head + R"({"id":"e","kind":"elder","facts":{"birth_date":1940}}]})"), "profile.value /subjects/0/facts/birth_date");
  EXPECT_EQ(error(head + R"({"id":"e","kind":"elder","facts":{"contribution_years":99}}]})"), "profile.value /subjects/0/facts/contribution_years");
  EXPECT_EQ(error(head + R"({"id":"e","kind":"elder","facts":{"child_hukou_yunnan":true}}]})"), "fact.subject /subjects/0/facts/child_hukou_yunnan");
  EXPECT_EQ(error(head + R"({"id":"e","kind":"elder","facts":{}},{"id":"e","kind":"elder","facts":{}}]})"), "profile.subject /subjects/1");
  EXPECT_EQ(error(head + R"({"id":"a","kind":"household","facts":{}},{"id":"b","kind":"household","facts":{}}]})"), "profile.subject /subjects/1");
  EXPECT_EQ(error(head + R"({"id":"a","kind":"aunt","facts":{}}]})"), "value.bad /subjects/0/kind");
  EXPECT_EQ(error(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[],"benefits":["x"]})"), "benefit.unknown /benefits/0");
}

// Random answers with gaps. The assessment of the gaps must be what trying every completion from a fine sample of values shows.
TEST(Assessment, AgreesWithTryingCompletions) {
  const Pack& pack = KunmingPack();
  const Schema& schema = pack.schema;
  std::mt19937 random(20261123);
  auto pick = [&](Interval range) { return range.lo + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(range.hi - range.lo + 1)); };
  std::size_t settled = 0;
  for (const Benefit& benefit : pack.benefits) {
    for (int round = 0; round < 40; ++round) {
      const Day as_of = pick({*ParseDay("2025-01-01"), *ParseDay("2026-12-31")});
      const Assessor assessor(pack, as_of);
      Answers answers = NoAnswers(schema);
      std::vector<int> gaps;
      for (int base : benefit.bases) {
        const auto at = static_cast<std::size_t>(base);
        if (random() % 2 == 0) {
          answers[at] = Interval::Of(pick(answers[at]));
        } else {
          gaps.push_back(base);
        }
      }
      const Assessment bound = assessor.Assess(benefit, answers);
      bool some_yes = false;
      bool some_no = false;
      std::optional<Interval> amounts;
      for (int sample = 0; sample < 300; ++sample) {
        Answers full = answers;
        for (int gap : gaps) full[static_cast<std::size_t>(gap)] = Interval::Of(pick(answers[static_cast<std::size_t>(gap)]));
        const Assessment exact = assessor.Assess(benefit, full);
        ASSERT_NE(exact.verdict, State::Open) << benefit.id;
        ASSERT_TRUE(exact.ask.empty());
        some_yes = some_yes || exact.verdict == State::Yes;
        some_no = some_no || exact.verdict == State::No;
        if (exact.verdict == State::No || !exact.amount.published) continue;
        ASSERT_TRUE(exact.amount.range.Known());
        amounts = amounts ? Interval{std::min(amounts->lo, exact.amount.range.lo), std::max(amounts->hi, exact.amount.range.hi)} : exact.amount.range;
      }
      EXPECT_FALSE(bound.verdict == State::Yes && some_no) << benefit.id;
      EXPECT_FALSE(bound.verdict == State::No && some_yes) << benefit.id;
      if (amounts) {
        EXPECT_LE(bound.amount.range.lo, amounts->lo) << benefit.id;
        EXPECT_GE(bound.amount.range.hi, amounts->hi) << benefit.id;
      }
      if (bound.verdict != State::Open) ++settled;
      if (bound.verdict != State::Open && bound.ask.empty() && benefit.form == AmountForm::Table && bound.verdict == State::Yes && amounts) {
        EXPECT_EQ(bound.amount.range, *amounts) << benefit.id;
      }
    }
  }
  EXPECT_GT(settled, 50U);
}

// `from` and `until` against asking day by day.
TEST(Assessment, DatesAgreeWithAskingEveryDay) {
  const Pack& pack = KunmingPack();
  const Schema& schema = pack.schema;
  std::mt19937 random(7);
  const Day today = *ParseDay("2026-11-23");
  const std::int64_t years = 4;
  std::size_t changes = 0;
  for (const Benefit& benefit : pack.benefits) {
    for (int round = 0; round < 12; ++round) {
      Answers answers = NoAnswers(schema);
      for (int base : benefit.bases) {
        const auto at = static_cast<std::size_t>(base);
        Interval range = answers[at];
        // Birthdays near the ages that matter, so that something happens within the years looked at.
        if (schema.facts[at].name == "birth_date") range = {AddMonths(today, std::int64_t{-12} * (random() % 2 == 0 ? 83 : 62)), 0};
        if (schema.facts[at].name == "birth_date") range.hi = AddMonths(range.lo, 60);
        if (schema.facts[at].name == "child_birth_date") range = {AddMonths(today, -42), today};
        answers[at] = Interval::Of(range.lo + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(range.hi - range.lo + 1)));
      }
      const State now = Assessor(pack, today).Assess(benefit, answers).verdict;
      std::optional<Day> expected;
      for (Day day = today + 1; day <= AddMonths(today, 12 * years) && !expected; ++day) {
        const State then = Assessor(pack, day).Assess(benefit, answers).verdict;
        if ((then == State::Yes) != (now == State::Yes)) expected = now == State::Yes ? day - 1 : day;
      }
      const auto got = now == State::Yes ? LastYes(pack, benefit, answers, today, years) : NextYes(pack, benefit, answers, today, years);
      EXPECT_EQ(got, expected) << benefit.id << " " << (got ? FormatDay(*got) : "-") << " " << (expected ? FormatDay(*expected) : "-");
      if (expected) ++changes;
    }
  }
  EXPECT_GT(changes, 10U);
}

// Months of disability are an answer of the profile's day and grow from there; the insurance asks for six.
TEST(Assessment, CountsOfMonthsGrowFromTheDayTheyWereAnswered) {
  const std::string facts = R"("ltci_insured":true,"insured_before_2021":true,"contribution_years":32,"ltci_grade":"g5")";
  auto ltci = [&](const std::string& as_of, const std::string& more) {
    const auto result = Eval(R"({"format":"km-profile/1","as_of":")" + as_of +
                             R"(","benefits":["ltci"],"subjects":[{"id":"e","kind":"elder","facts":{)" + facts + more + "}}]}");
    EXPECT_TRUE(result);
    return *Of(*result, "ltci", "e");
  };
  const auto two = ltci("2025-08-31", R"(,"disabled_months":2)");
  EXPECT_EQ(two.at("verdict"), "no");
  EXPECT_EQ(two.at("from"), "2025-12-31") << "four months after 31 August, not clamped on the way";
  EXPECT_EQ(ltci("2025-10-31", R"(,"disabled_months":2)").at("from"), "2026-02-28") << "the month's last day when it is shorter";
  EXPECT_EQ(ltci("2025-08-31", R"(,"disabled_months":6)").at("verdict"), "yes");
  EXPECT_FALSE(ltci("2025-08-31", "").contains("from")) << "an open count does not grow into a yes";

  const Schema& schema = KunmingPack().schema;
  const Fact& fact = schema.facts[static_cast<std::size_t>(schema.fact_index.find("disabled_months")->second)];
  const Day day = *ParseDay("2025-08-31");
  EXPECT_EQ(Grown(fact, Interval::Of(2), day, day + 30), Interval::Of(3)) << "30 September closes the month";
  EXPECT_EQ(Grown(fact, Interval::Of(2), day, day + 29), Interval::Of(2));
  EXPECT_EQ(Grown(fact, Interval::Of(599), day, day + 4000), Interval::Of(600));
  EXPECT_EQ(Grown(fact, Interval::Of(2), day, day - 400), Interval::Of(2)) << "never backwards";
  EXPECT_EQ(Grown(fact, fact.range, day, day + 400), fact.range);
}

TEST(Facts, OnlyAnAskedCountOfMonthsGrows) {
  auto read = [](const std::string& body) {
    Diagnostics out;
    Schema schema;
    const auto facts = ParseJson(R"({"format":"km-facts/1","facts":{"x":{"subject":"elder","privacy":"none",)" + body + "}}}", "facts.json");
    ReadFacts(Node(*facts, "facts.json", out), schema);
    return out.empty() ? "good" : std::string(Name(out.front().code)) + " " + out.front().pointer;
  };
  EXPECT_EQ(read(R"("type":"count","unit":"月","range":[0,9],"ask":{"zh":"?"},"grows":"month")"), "good");
  EXPECT_EQ(read(R"("type":"count","unit":"年","range":[0,9],"ask":{"zh":"?"},"grows":"month")"), "fact.grows /facts/x/grows");
  EXPECT_EQ(read(R"("type":"bool","ask":{"zh":"?"},"grows":"month")"), "fact.grows /facts/x/grows");
  EXPECT_EQ(read(R"("type":"money","range":[0,9],"ask":{"zh":"?"},"grows":"month")"), "fact.grows /facts/x/grows");
  EXPECT_EQ(read(R"("type":"count","unit":"月","range":[0,9],"ask":{"zh":"?"},"grows":"year")"), "value.bad /facts/x/grows");
  EXPECT_EQ(read(R"("type":"count","unit":"月","range":[0,99999],"grows":"month","derive":{"months_between":["2025-01-01",{"var":"as_of"}]})"),
            "fact.grows /facts/x/grows");
}

}  // namespace
}  // namespace chuncheng
