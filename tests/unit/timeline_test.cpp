// The calendar: exact days on which an assessment changes, against asking day by day.
#include "shared/benefits/timeline.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <random>
#include <set>

#include "shared/benefits/generate.h"
#include "shared/benefits/profile.h"
#include "shared/benefits/sweep.h"
#include "tests/unit/kunming.h"
#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

// Rules that are hard to follow through time: two ages of one birth date, pay that moves with it, limits in the rule, answers met by ages.
const Pack& Hard() {
  static const Pack pack = [] {
    auto file = [](const char* name, const char* text) { return PackFile{name, *ParseJson(text, name)}; };
    PackFiles files;
    files.pack = file("pack.json", R"({"grace_months":12})");
    files.stacking = file("stacking.json", R"({"format":"km-stacking/1","groups":[]})");
    files.sources = file("sources.json", R"({"format":"km-sources/1","sources":{"s":{"title":"t","issuer":"i","found_at":"f","status":"official",
      "clauses":{"criterion":"a","row":"b","param":"c","force":"d"}}}})");
    files.facts = file("facts.json", R"({"format":"km-facts/1","facts":{
      "born":{"subject":"elder","type":"date","range":["1940-01-01","1960-12-31"],"ask":{"zh":"?"},"privacy":"none"},
      "months":{"subject":"elder","type":"count","unit":"月","range":[0,60],"grows":"month","ask":{"zh":"?"},"privacy":"none"},
      "limit":{"subject":"elder","type":"count","unit":"周岁","range":[60,90],"ask":{"zh":"?"},"privacy":"none"},
      "flag":{"subject":"elder","type":"bool","ask":{"zh":"?"},"privacy":"none"},
      "age":{"subject":"elder","type":"count","unit":"周岁","range":[0,130],"derive":{"age_on":[{"var":"born"},{"var":"as_of"}]}},
      "age_end":{"subject":"elder","type":"count","unit":"周岁","range":[0,130],"derive":{"age_on":[{"var":"born"},{"month_end":[{"var":"as_of"}]}]}},
      "lived":{"subject":"elder","type":"count","unit":"月","range":[0,2000],"derive":{"months_between":[{"var":"born"},"2030-01-01"]}},
      "over":{"subject":"elder","type":"bool","derive":{">=":[{"var":"age"},{"var":"limit"}]}},
      "late":{"subject":"elder","type":"bool","derive":{">":[{"var":"as_of"},{"year_end":[{"add_months":[{"var":"born"},804]}]}]}},
      "left":{"subject":"elder","type":"count","unit":"月","range":[-2000,2000],"derive":{"months_between":[{"var":"as_of"},{"add_months":[{"var":"born"},900]}]}},
      "closed":{"subject":"elder","type":"bool","derive":{">":[{"var":"as_of"},{"if":[{"<":[{"var":"born"},"1950-01-01"]},"2027-06-30",
        {"year_end":[{"add_months":[{"var":"born"},924]}]}]}]}}}})");
    files.params = file("params.json", R"({"format":"km-params/1","params":{
      "rate":{"type":"money","unit":"fen","values":[{"from":"2026-01-01","to":"2027-03-31","cite":["s#param"],"last_confirmed_on":null,"cells":100},
        {"from":"2027-07-01","to":null,"cite":["s#param"],"last_confirmed_on":null,"cells":200}]},
      "old":{"type":"count","unit":"周岁","values":[{"from":"2026-01-01","to":"2027-12-31","cite":["s#param"],"last_confirmed_on":null,"cells":75},
        {"from":"2028-02-01","to":null,"cite":["s#param"],"last_confirmed_on":null,"cells":74}]}}})");
    // `static_too`: with a second criterion, that the answer `flag` is yes.
    auto benefit = [&](const std::string& id, const std::string& when, const std::string& rows, const std::string& inputs, bool static_too = false) {
      const std::string second = R"({"id":"d","say":{"zh":"d"},"cite":["s#criterion"],"when":{"var":"flag"}},)";
      files.benefits.push_back(
          file("b.json", (R"({"format":"km-benefit/1","id":")" + id + R"(","title":{"zh":"t"},"summary":{"zh":"s"},"subject":"elder",
        "pays":{"to":"person","kind":"money","per":"once"},"in_force":{"from":"2026-02-01","to":"2031-05-31","cite":["s#force"]},
        "criteria":[)" + (static_too ? second : "") +
                          R"({"id":"c","say":{"zh":"c"},"cite":["s#criterion"],"when":)" + when + R"(}],"amount":{"inputs":[)" + inputs +
                          R"(],"rows":[)" + rows + "]}}")
                             .c_str()));
    };
    const std::string one = R"({"id":"r","if":{},"pay":{"param":["rate"]},"cite":["s#row"]})";
    // First, so that its param is the first.
    benefit("param_limit", R"({">=":[{"var":"age"},{"param":["old"]}]})", one, "");
    benefit("interleaved", R"({"and":[{"<":[{"var":"age"},80]},{">=":[{"var":"age_end"},80]}]})", one, "");
    benefit("window", R"({"or":[{"var":"flag"},{"!":[{"var":"closed"}]}]})", one, "");
    benefit("grown_pay", R"({">=":[{"var":"months"},6]})", R"({"id":"r","if":{},"pay":{"*":[{"param":["rate"]},{"var":"months"}]},"cite":["s#row"]})",
            "");
    benefit("aged_pay", R"({">=":[{"var":"age"},70]})", R"({"id":"r","if":{},"pay":{"*":[{"param":["rate"]},{"var":"age"}]},"cite":["s#row"]})", "");
    benefit("bounded_pay", R"({"<":[{"var":"age"},75]})", R"({"id":"r","if":{},"pay":{"*":[{"param":["rate"]},{"var":"lived"}]},"cite":["s#row"]})",
            "");
    benefit("met_by_answer", R"({">=":[{"var":"age"},{"var":"limit"}]})", one, "");
    benefit("limit_in_rule", R"({"<=":[{"var":"as_of"},{"add_months":[{"var":"born"},900]}]})", one, "");
    benefit("closing", R"({"!":[{"var":"late"}]})", one, "");
    benefit("soon", R"({"<=":[{"var":"left"},6]})", one, "");
    benefit("two_points", R"({"and":[{">=":[{"var":"age"},72]},{"<":[{"var":"lived"},900]}]})", one, "");
    benefit("born_before", R"({"and":[{"<":[{"var":"born"},"1950-06-01"]},{">=":[{"var":"age"},78]}]})", one, "");
    benefit("sum_limit", R"({">=":[{"var":"age"},{"+":[{"var":"limit"},1]}]})", one, "");
    benefit("both", R"({"and":[{">=":[{"var":"age"},75]},{">=":[{"var":"months"},4]}]})", one, "");
    benefit("over_rows", R"({">=":[{"var":"age"},60]})",
            R"({"id":"a","if":{"over":true},"pay":{"*":[{"param":["rate"]},{"var":"lived"}]},"cite":["s#row"]},
               {"id":"b","if":{"over":false},"pay":{"param":["rate"]},"cite":["s#row"]})",
            R"("over")");
    benefit("static_too", R"({">=":[{"var":"age"},72]})", one, "", true);
    benefit("bands", R"({"or":[{">=":[{"var":"age"},70]},{"var":"flag"}]})",
            R"({"id":"a","if":{"age_end":[0,74]},"pay":{"param":["rate"]},"cite":["s#row"]},
               {"id":"b","if":{"age_end":[75,130]},"pay":{"*":[{"param":["rate"]},{"var":"months"}]},"cite":["s#row"]})",
            R"("age_end")");
    Diagnostics out;
    Pack read = ReadPack(files, out);
    EXPECT_TRUE(out.empty()) << (out.empty() ? "" : std::string(Name(out.front().code)) + " " + out.front().pointer);
    return read;
  }();
  return pack;
}

struct Found {
  std::size_t events = 0;
  std::size_t days = 0;
};

// Day by day, the timeline must hold exactly the days on which the answer changes, and what it says of both sides must be so.
void Compare(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years, Found& found) {
  const auto events = Timeline(pack, benefit, answers, as_of, years);
  std::size_t next = 0;
  Assessment before = Assessor(pack, as_of).Assess(benefit, answers);
  for (Day day = as_of + 1; day <= AddMonths(as_of, 12 * years); ++day) {
    const Assessment now = Assessor(pack, day, as_of).Assess(benefit, answers);
    const bool changes = !SameResult(before, now);
    const bool told = next < events.size() && events[next].day == day;
    ASSERT_EQ(told, changes) << benefit.id << " on " << FormatDay(day) << " from " << FormatDay(as_of);
    if (changes) {
      ASSERT_TRUE(SameResult(events[next].before, before)) << benefit.id << " " << FormatDay(day);
      ASSERT_TRUE(SameResult(events[next].after, now)) << benefit.id << " " << FormatDay(day);
      ASSERT_FALSE(events[next].why.empty());
      for (const Cause& cause : events[next].why) ASSERT_FALSE(cause.cite.empty()) << benefit.id << " " << FormatDay(day) << " " << cause.name;
      ++next;
      ++found.events;
    }
    before = now;
    ++found.days;
  }
  ASSERT_EQ(next, events.size());
}

TEST(TimelineOfHardRules, EqualsAskingEveryDayWhateverIsKnown) {
  const Pack& pack = Hard();
  std::mt19937 random(3);
  auto pick = [&](Interval range) { return range.lo + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(range.hi - range.lo + 1)); };
  Found found;
  for (const Benefit& benefit : pack.benefits) {
    std::size_t known_events = found.events;
    for (int round = 0; round < 16; ++round) {
      Answers answers = NoAnswers(pack.schema);
      // Every subset of the answers in turn, then with birthdays known to within two years; birthdays where the ages of the rules are reached.
      for (std::size_t i = 0; i < benefit.bases.size(); ++i) {
        const auto at = static_cast<std::size_t>(benefit.bases[i]);
        const bool born = pack.schema.facts[at].name == "born";
        const Interval range = born ? Interval{*ParseDay("1947-01-01"), *ParseDay("1957-12-31")} : pack.schema.facts[at].range;
        if (round >= 8 && born) {
          answers[at].lo = pick(range);
          answers[at].hi = answers[at].lo + pick({0, 700});
        } else if ((round >> i) % 2 == 0) {
          answers[at] = Interval::Of(pick(range));
        }
      }
      Compare(pack, benefit, answers, *ParseDay("2026-01-10") + static_cast<Day>(random() % 60), 3, found);
      if (HasFatalFailure()) return;
    }
    EXPECT_GT(found.events, known_events) << benefit.id << " never changes: it tests nothing";
  }
}

TEST(TimelineOfHardRules, OnlyWhatFlippedIsTheReason) {
  const Pack& pack = Hard();
  const Benefit& benefit = pack.benefits[1];
  ASSERT_EQ(benefit.id, "interleaved");
  Answers answers = NoAnswers(pack.schema);
  answers[static_cast<std::size_t>(pack.schema.fact_index.find("born")->second)] = Interval::Of(*ParseDay("1947-05-15"));
  const auto events = Timeline(pack, benefit, answers, *ParseDay("2027-04-01"), 1);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(FormatDay(events[0].day), "2027-05-01") << "80 by the month's end";
  ASSERT_EQ(events[0].why.size(), 1U);
  EXPECT_EQ(events[0].why[0].name, "age_end");
  EXPECT_EQ(FormatDay(events[1].day), "2027-05-15") << "80";
  ASSERT_EQ(events[1].why.size(), 1U);
  EXPECT_EQ(events[1].why[0].name, "age");
}

TEST(TimelineOfHardRules, WhatMovedWithoutFlippingIsNoReason) {
  // On the day on which the fourth month is full the age goes from 75 to 76, too.
  const Pack& pack = Hard();
  const auto both = std::find_if(pack.benefits.begin(), pack.benefits.end(), [](const Benefit& one) { return one.id == "both"; });
  ASSERT_NE(both, pack.benefits.end());
  Answers answers = NoAnswers(pack.schema);
  answers[static_cast<std::size_t>(pack.schema.fact_index.find("born")->second)] = Interval::Of(*ParseDay("1950-03-10"));
  answers[static_cast<std::size_t>(pack.schema.fact_index.find("months")->second)] = Interval::Of(2);
  const auto events = Timeline(pack, *both, answers, *ParseDay("2026-01-10"), 1);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(FormatDay(events[0].day), "2026-03-10");
  ASSERT_EQ(events[0].why.size(), 1U);
  EXPECT_EQ(events[0].why[0].name, "months");
}

TEST(TimelineOfHardRules, OfAProfileHasEveryBenefit) {
  const auto request = ParseJson(R"({"years":6,"profile":{"format":"km-profile/1","as_of":"2026-01-10","subjects":[
    {"id":"e","kind":"elder","facts":{"born":"1953-05-15","months":57,"limit":75,"flag":false}}]}})",
                                 "r");
  const auto result = TimelineOf(Hard(), *request, "r");
  ASSERT_TRUE(result);
  std::set<std::string> named;
  for (const auto& event : result->at("events").as_array()) named.emplace(event.at("benefit").as_string());
  EXPECT_TRUE(named.contains("param_limit")) << "the first";
  EXPECT_TRUE(named.contains("bands")) << "the last";
}

TEST(TimelineOfHardRules, SaysExactlyWhy) {
  const Pack& pack = Hard();
  std::string told;
  for (const bool open : {false, true}) {
    for (const Benefit& benefit : pack.benefits) {
      Answers answers = NoAnswers(pack.schema);
      for (const auto& [fact, value] :
           {std::pair("born", *ParseDay("1953-05-15")), std::pair("months", Day{57}), std::pair("limit", Day{75}), std::pair("flag", Day{0})}) {
        const auto at = static_cast<std::size_t>(pack.schema.fact_index.find(fact)->second);
        if (!open || pack.schema.facts[at].name != "born") answers[at] = Interval::Of(value);
      }
      std::size_t most = 10;
      for (const Event& event : Timeline(pack, benefit, answers, *ParseDay("2026-01-10"), 6)) {
        if (most-- == 0) break;
        told += benefit.id + " " + FormatDay(event.day) + " " + std::string(StateName(event.before.verdict)) + "-" +
                std::string(StateName(event.after.verdict));
        for (const Cause& cause : event.why) {
          told += " | " + std::string(kCauseKinds[static_cast<std::size_t>(cause.kind)]) + (cause.name.empty() ? "" : " " + cause.name) + ":";
          for (const std::string& cite : cause.cite) told += " " + cite;
        }
        told += "\n";
      }
    }
    told += "\n";
  }
  EXPECT_EQ("\n" + told, R"(
param_limit 2028-01-01 no-open | param old: s#param
param_limit 2028-02-01 open-yes | param old: s#param
param_limit 2031-06-01 yes-no | in_force: s#force
window 2026-02-01 no-yes | in_force: s#force
window 2027-04-01 yes-yes | param rate: s#param
window 2027-07-01 yes-yes | param rate: s#param
window 2031-01-01 yes-no | calendar closed: s#criterion
grown_pay 2026-02-01 no-yes | in_force: s#force
grown_pay 2026-02-10 yes-yes | duration months: s#row
grown_pay 2026-03-10 yes-yes | duration months: s#row
grown_pay 2026-04-10 yes-yes | duration months: s#row
grown_pay 2027-04-01 yes-yes | param rate: s#param
grown_pay 2027-07-01 yes-yes | param rate: s#param
grown_pay 2031-06-01 yes-no | in_force: s#force
aged_pay 2026-02-01 no-yes | in_force: s#force
aged_pay 2026-05-15 yes-yes | age age: s#row
aged_pay 2027-04-01 yes-yes | param rate: s#param
aged_pay 2027-07-01 yes-yes | param rate: s#param
aged_pay 2028-05-15 yes-yes | age age: s#row
aged_pay 2029-05-15 yes-yes | age age: s#row
aged_pay 2030-05-15 yes-yes | age age: s#row
aged_pay 2031-05-15 yes-yes | age age: s#row
aged_pay 2031-06-01 yes-no | in_force: s#force
bounded_pay 2026-02-01 no-yes | in_force: s#force
bounded_pay 2027-04-01 yes-yes | param rate: s#param
bounded_pay 2027-07-01 yes-yes | param rate: s#param
bounded_pay 2028-05-15 yes-no | age age: s#criterion
met_by_answer 2028-05-15 no-yes | age age: s#criterion
met_by_answer 2031-06-01 yes-no | in_force: s#force
limit_in_rule 2026-02-01 no-yes | in_force: s#force
limit_in_rule 2027-04-01 yes-yes | param rate: s#param
limit_in_rule 2027-07-01 yes-yes | param rate: s#param
limit_in_rule 2028-05-16 yes-no | calendar: s#criterion
soon 2027-10-16 no-yes | duration left: s#criterion
soon 2031-06-01 yes-no | in_force: s#force
sum_limit 2029-05-15 no-yes | age age: s#criterion
sum_limit 2031-06-01 yes-no | in_force: s#force
both 2028-05-15 no-yes | age age: s#criterion
both 2031-06-01 yes-no | in_force: s#force
over_rows 2026-02-01 no-yes | in_force: s#force
over_rows 2027-04-01 yes-yes | param rate: s#param
over_rows 2027-07-01 yes-yes | param rate: s#param
over_rows 2028-05-15 yes-yes | calendar over: s#row
over_rows 2031-06-01 yes-no | in_force: s#force
bands 2026-02-01 no-yes | in_force: s#force
bands 2027-04-01 yes-yes | param rate: s#param
bands 2027-07-01 yes-yes | param rate: s#param
bands 2028-05-01 yes-yes | age age_end: s#row
bands 2031-06-01 yes-no | in_force: s#force

param_limit 2026-02-01 no-open | in_force: s#force
param_limit 2027-04-01 open-open | param rate: s#param
param_limit 2027-07-01 open-open | param rate: s#param
param_limit 2031-06-01 open-no | in_force: s#force
interleaved 2026-02-01 no-open | in_force: s#force
interleaved 2026-02-28 open-no | age age: s#criterion | age age_end: s#criterion
interleaved 2026-03-01 no-open | age age: s#criterion | age age_end: s#criterion
interleaved 2026-03-31 open-no | age age: s#criterion | age age_end: s#criterion
interleaved 2026-04-01 no-open | age age: s#criterion | age age_end: s#criterion
interleaved 2026-04-30 open-no | age age: s#criterion | age age_end: s#criterion
interleaved 2026-05-01 no-open | age age: s#criterion | age age_end: s#criterion
interleaved 2026-05-31 open-no | age age: s#criterion | age age_end: s#criterion
interleaved 2026-06-01 no-open | age age: s#criterion | age age_end: s#criterion
interleaved 2026-06-30 open-no | age age: s#criterion | age age_end: s#criterion
window 2026-02-01 no-yes | in_force: s#force
window 2027-04-01 yes-yes | param rate: s#param
window 2027-07-01 yes-open | calendar closed: s#criterion
window 2031-06-01 open-no | in_force: s#force
grown_pay 2026-02-01 no-yes | in_force: s#force
grown_pay 2026-02-10 yes-yes | duration months: s#row
grown_pay 2026-03-10 yes-yes | duration months: s#row
grown_pay 2026-04-10 yes-yes | duration months: s#row
grown_pay 2027-04-01 yes-yes | param rate: s#param
grown_pay 2027-07-01 yes-yes | param rate: s#param
grown_pay 2031-06-01 yes-no | in_force: s#force
aged_pay 2026-02-01 no-open | in_force: s#force
aged_pay 2027-01-01 open-open | age age: s#row
aged_pay 2027-04-01 open-open | param rate: s#param
aged_pay 2027-07-01 open-open | param rate: s#param
aged_pay 2028-01-01 open-open | age age: s#row
aged_pay 2029-01-01 open-open | age age: s#row
aged_pay 2030-01-01 open-open | age age: s#row
aged_pay 2030-12-31 open-yes | age age: s#criterion
aged_pay 2031-01-01 yes-yes | age age: s#row
aged_pay 2031-06-01 yes-no | in_force: s#force
bounded_pay 2026-02-01 no-open | in_force: s#force
bounded_pay 2026-03-01 open-open | age age: s#criterion
bounded_pay 2026-04-01 open-open | age age: s#criterion
bounded_pay 2026-05-01 open-open | age age: s#criterion
bounded_pay 2026-06-01 open-open | age age: s#criterion
bounded_pay 2026-07-01 open-open | age age: s#criterion
bounded_pay 2026-08-01 open-open | age age: s#criterion
bounded_pay 2026-09-01 open-open | age age: s#criterion
bounded_pay 2026-10-01 open-open | age age: s#criterion
bounded_pay 2026-11-01 open-open | age age: s#criterion
met_by_answer 2026-02-01 no-open | in_force: s#force
met_by_answer 2027-04-01 open-open | param rate: s#param
met_by_answer 2027-07-01 open-open | param rate: s#param
met_by_answer 2031-06-01 open-no | in_force: s#force
limit_in_rule 2026-02-01 no-open | in_force: s#force
limit_in_rule 2027-04-01 open-open | param rate: s#param
limit_in_rule 2027-07-01 open-open | param rate: s#param
limit_in_rule 2031-06-01 open-no | in_force: s#force
closing 2026-02-01 no-open | in_force: s#force
closing 2027-04-01 open-open | param rate: s#param
closing 2027-07-01 open-open | param rate: s#param
closing 2028-01-01 open-no | calendar late: s#criterion
soon 2026-02-01 no-open | in_force: s#force
soon 2027-04-01 open-open | param rate: s#param
soon 2027-07-01 open-open | param rate: s#param
soon 2031-06-01 open-no | in_force: s#force
two_points 2027-01-02 no-open | age age: s#criterion
two_points 2027-04-01 open-open | param rate: s#param
two_points 2027-07-01 open-open | param rate: s#param
two_points 2031-06-01 open-no | in_force: s#force
born_before 2026-02-01 no-open | in_force: s#force
born_before 2027-04-01 open-open | param rate: s#param
born_before 2027-07-01 open-open | param rate: s#param
born_before 2031-06-01 open-no | in_force: s#force
sum_limit 2026-02-01 no-open | in_force: s#force
sum_limit 2027-04-01 open-open | param rate: s#param
sum_limit 2027-07-01 open-open | param rate: s#param
sum_limit 2031-06-01 open-no | in_force: s#force
both 2026-02-01 no-open | in_force: s#force
both 2027-04-01 open-open | param rate: s#param
both 2027-07-01 open-open | param rate: s#param
both 2031-06-01 open-no | in_force: s#force
over_rows 2026-02-01 no-yes | in_force: s#force
over_rows 2027-04-01 yes-yes | param rate: s#param
over_rows 2027-07-01 yes-yes | param rate: s#param
over_rows 2031-06-01 yes-no | in_force: s#force
bands 2026-02-01 no-open | in_force: s#force
bands 2026-02-10 open-open | duration months: s#row
bands 2026-03-10 open-open | duration months: s#row
bands 2026-04-10 open-open | duration months: s#row
bands 2027-04-01 open-open | param rate: s#param
bands 2027-07-01 open-open | param rate: s#param
bands 2030-12-31 open-yes | age age: s#criterion
bands 2031-06-01 yes-no | in_force: s#force

)");
}

// Stretches of days that are proven to be alike. A weaker proof gives the same answers from more stretches, up to one a day; the counts are what the
// proofs of today reach, so fewer are welcome.
TEST(TimelineOfHardRules, IsProvenInLongStretches) {
  const Pack& pack = Hard();
  const Day from = *ParseDay("2026-01-10");
  const Day to = *ParseDay("2029-01-10");
  std::string found;
  for (const Benefit& benefit : pack.benefits) {
    found += benefit.id;
    // Nothing known; the birth date known; all but the birth date; and that within eight months.
    for (int round = 0; round < 4; ++round) {
      Answers answers = NoAnswers(pack.schema);
      const auto known = [&](const char* fact, std::int64_t value) {
        answers[static_cast<std::size_t>(pack.schema.fact_index.find(fact)->second)] = Interval::Of(value);
      };
      if (round == 1) known("born", *ParseDay("1953-05-15"));
      if (round == 3)
        answers[static_cast<std::size_t>(pack.schema.fact_index.find("born")->second)] = {*ParseDay("1951-06-01"), *ParseDay("1952-02-01")};
      if (round >= 2) {
        known("months", 3);
        known("limit", 72);
        known("flag", 0);
      }
      Sweep sweep(pack, benefit, answers, from);
      std::size_t stretches = 0;
      for (Day day = from; day <= to; day = sweep.LastAlike(day, to) + 1) ++stretches;
      found += " " + std::to_string(stretches);
    }
    found += "\n";
  }
  // The days within in_force are 1,075: where the day itself is compared with what is not known, each stretch is a day.
  EXPECT_EQ("\n" + found, R"(
param_limit 6 6 6 8
interleaved 72 4 72 4
window 4 4 4 5
grown_pay 4 4 38 38
aged_pay 1076 7 1076 719
bounded_pay 37 5 37 13
met_by_answer 1076 7 1076 4
limit_in_rule 1076 5 1076 250
closing 5 4 5 4
soon 4 5 4 5
two_points 6 4 6 4
born_before 6 4 6 4
sum_limit 1076 7 1076 4
both 4 5 5 6
over_rows 1076 1076 1076 5
static_too 4 4 1 1
bands 4 5 40 38
)");
}

TEST(TimelineOfThePack, EqualsAskingEveryDayOnGeneratedHouseholds) {
  const Pack& pack = KunmingPack();
  const std::array<const Pack*, 1> packs = {&pack};
  Generator generator(packs, {.seed = 11, .as_of = *ParseDay("2026-11-23")});
  Found found;
  for (std::size_t i = 0; i < 24; ++i) {
    const auto profile = ReadProfile(pack, generator.Next(), "");
    ASSERT_TRUE(profile);
    for (std::size_t b = i % 6; b < pack.benefits.size(); b += 6) {
      for (std::size_t p = 0; p < profile->people.size(); ++p) {
        if (!profile->Concerns(pack, b, p)) continue;
        Compare(pack, pack.benefits[b], profile->AnswersOf(pack.schema, p), profile->as_of, 2, found);
        if (HasFatalFailure()) return;
      }
    }
  }
  EXPECT_GT(found.events, 10U);
}

TEST(TimelineOfRandomPacks, EqualsAskingEveryDay) {
  Found found;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    std::mt19937 random(seed);
    const PackFiles files = RandomPack(random);
    const Pack pack = ReadWhole(files);
    const Day as_of = *ParseDay("2026-11-20") + static_cast<Day>(random() % 60);
    const Reference reference(files, pack, as_of);
    for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
      const Answers answers = RandomAnswers(pack.schema, random, 30);
      if (reference.Completions(b, answers, 40) > 40) continue;
      SCOPED_TRACE("seed " + std::to_string(seed) + " " + json::serialize(files.benefits[b].value));
      Compare(pack, pack.benefits[b], answers, as_of, 2, found);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(found.events, 40U);
}

json::value Ask(const std::string& facts, const std::string& benefit, const std::string& kind, int years = 10) {
  const auto request =
      ParseJson(R"({"years":)" + std::to_string(years) + R"(,"profile":{"format":"km-profile/1","as_of":"2026-11-23","benefits":[")" + benefit +
                    R"("],"subjects":[{"id":"x","kind":")" + kind + R"(","facts":{)" + facts + "}}]}}",
                "request");
  const auto result = TimelineOf(KunmingPack(), *request, "request");
  return result ? *result : result.error().ToJson();
}

TEST(TimelineOfThePack, SaysWhatChangesWhenAndWhy) {
  const auto old = Ask(R"("birth_date":"1946-12-10","hukou_district":"wuhua")", "old_age_allowance", "elder", 11);
  const auto& events = old.at("events").as_array();
  ASSERT_EQ(events.size(), 2U) << json::serialize(old);
  EXPECT_EQ(events[0].at("date"), "2026-12-01") << "80 in December counts from the month's first day";
  EXPECT_EQ(json::serialize(events[0].at("before")), R"({"verdict":"no"})");
  EXPECT_EQ(events[0].at("after").at("amount").at("min"), 6000);
  EXPECT_EQ(events[0].at("why").at(0).at("kind"), "age");
  EXPECT_EQ(events[0].at("why").at(0).at("fact"), "age_by_month_end");
  EXPECT_FALSE(events[0].at("why").at(0).at("cite").as_array().empty());
  EXPECT_EQ(events[1].at("date"), "2036-12-01") << "and at 90 the amount changes";
  EXPECT_EQ(old.at("from"), "2026-11-23");
  EXPECT_EQ(old.at("to"), "2037-11-23");
  // Ten years unless asked otherwise.
  const auto ten = ParseJson(R"({"profile":{"format":"km-profile/1","as_of":"2026-11-23","subjects":[]}})", "r");
  EXPECT_EQ(TimelineOf(KunmingPack(), *ten, "r")->at("to"), "2036-11-23");
}

TEST(Timeline, ResultsAreTheSameWhenVerdictAndAmountAre) {
  Assessment yes;
  yes.verdict = State::Yes;
  yes.amount = {true, false, {3, 4}, {0}};
  EXPECT_TRUE(SameResult(yes, yes));
  const auto differs = [&](auto change) {
    Assessment other = yes;
    change(other);
    return !SameResult(yes, other) && !SameResult(other, yes);
  };
  EXPECT_TRUE(differs([](Assessment& one) { one.verdict = State::Open; }));
  EXPECT_TRUE(differs([](Assessment& one) { one.amount.published = false; }));
  EXPECT_TRUE(differs([](Assessment& one) { one.amount.unpublished = true; }));
  EXPECT_TRUE(differs([](Assessment& one) { one.amount.rows = {1}; }));
  EXPECT_TRUE(differs([](Assessment& one) { one.amount.range.hi = 5; }));
  EXPECT_FALSE(differs([](Assessment& one) { one.ask = {1}; }));
  // Without a published amount there is no range, and of a no the amount says nothing.
  Assessment none = yes;
  none.amount = {false, true, {0, 0}, {0}};
  Assessment other = none;
  other.amount.range = {7, 8};
  EXPECT_TRUE(SameResult(none, other));
  Assessment no = yes;
  no.verdict = State::No;
  Assessment also = no;
  also.amount.range = {1, 1};
  EXPECT_TRUE(SameResult(no, also));
}

TEST(TimelineOfThePack, WhatChangesOnOneDayStandsInTheProfilesOrder) {
  const auto request = ParseJson(R"({"years":1,"profile":{"format":"km-profile/1","as_of":"2026-11-23","benefits":["old_age_allowance"],"subjects":[
    {"id":"zz","kind":"elder","facts":{"birth_date":"1946-12-10","hukou_district":"wuhua"}},
    {"id":"mm","kind":"elder","facts":{"birth_date":"1947-02-10","hukou_district":"wuhua"}},
    {"id":"aa","kind":"elder","facts":{"birth_date":"1946-12-20","hukou_district":"wuhua"}}]}})",
                                 "r");
  const auto result = TimelineOf(KunmingPack(), *request, "r");
  ASSERT_TRUE(result);
  std::string order;
  for (const auto& event : result->at("events").as_array())
    order += std::string(event.at("date").as_string()) + " " + std::string(event.at("subject").as_string()) + ";";
  EXPECT_EQ(order, "2026-12-01 zz;2026-12-01 aa;2027-02-01 mm;");
}

TEST(TimelineOfThePack, MonthsGrowAndWindowsClose) {
  const auto care =
      Ask(R"("ltci_insured":true,"insured_before_2021":true,"contribution_years":32,"ltci_grade":"g4","disabled_months":1)", "ltci", "elder");
  ASSERT_EQ(care.at("events").as_array().size(), 1U) << json::serialize(care);
  EXPECT_EQ(care.at("events").at(0).at("date"), "2027-04-23");
  EXPECT_EQ(care.at("events").at(0).at("why").at(0).at("kind"), "duration");
  const auto child = Ask(R"("child_birth_date":"2025-03-10","child_hukou_yunnan":true,"child_subsidy_claimed":false)", "childcare_subsidy", "child");
  ASSERT_EQ(child.at("events").as_array().size(), 1U) << json::serialize(child);
  EXPECT_EQ(child.at("events").at(0).at("date"), "2027-01-01") << "the first claim is possible to the end of the year after birth";
  EXPECT_EQ(child.at("events").at(0).at("why").at(0).at("kind"), "calendar");
}

TEST(TimelineOfThePack, BadRequestsAreLocated) {
  auto error = [](const std::string& text) {
    const auto request = ParseJson(text, "r");
    const auto result = TimelineOf(KunmingPack(), *request, "r");
    return result ? std::string("none") : std::string(Name(result.error().code)) + " " + result.error().pointer;
  };
  EXPECT_EQ(error("[]").substr(0, 9), "json.type");
  EXPECT_EQ(error(R"({"profile":{"format":"km-profile/1","as_of":"2026-11-23","subjects":[]},"years":40})"),
            error(R"({"profile":{"format":"km-profile/1","as_of":"2026-11-23","subjects":[]},"years":1})"));
  EXPECT_EQ(error(R"({"years":3})").substr(0, 12), "json.missing");
  EXPECT_EQ(error(R"({"profile":{"format":"km-profile/1","as_of":"2026-11-23","subjects":[]},"years":41})"), "range.bad /years");
  EXPECT_EQ(error(R"({"profile":{"format":"km-profile/1","as_of":"2026-11-23","subjects":[]},"years":0})"), "range.bad /years");
  EXPECT_EQ(error(R"({"profile":{"format":"km-profile/1","as_of":"x","subjects":[]}})"), "date.bad /profile/as_of");
}

}  // namespace
}  // namespace chuncheng
