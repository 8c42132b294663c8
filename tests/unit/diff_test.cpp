// What changes for a saved profile between two versions of the policy: packs derived from the real one by one change each.
#include "shared/benefits/diff.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <functional>

#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

Pack Changed(const std::function<void(PackFiles&)>& change) {
  PackFiles files = KunmingFiles();
  change(files);
  Diagnostics out;
  Pack pack = ReadPolicy(files, out);
  EXPECT_TRUE(out.empty()) << (out.empty() ? "" : std::string(Name(out.front().code)) + " " + out.front().pointer);
  return pack;
}

const Pack& Now() {
  static const Pack pack = Changed([](PackFiles&) {});
  return pack;
}

json::value& Benefit(PackFiles& files, std::string_view id) {
  for (PackFile& file : files.benefits) {
    if (std::string_view(file.value.at("id").get_string()) == id) return file.value;
  }
  ADD_FAILURE() << id;
  return files.benefits.front().value;
}

void Remove(PackFiles& files, std::string_view id) {
  std::erase_if(files.benefits, [&](const PackFile& file) { return std::string_view(file.value.at("id").get_string()) == id; });
}

json::value Profile(const std::string& facts, const std::string& benefit, const std::string& kind = "elder") {
  return *ParseJson(R"({"format":"km-profile/1","as_of":"2026-11-23","benefits":[")" + benefit + R"("],"subjects":[{"id":"e","kind":")" + kind +
                        R"(","facts":{)" + facts + "}}]}",
                    "profile.json");
}

json::value Diff(const Pack& before, const Pack& after, const json::value& profile) {
  const auto result = DiffPacks(before, after, profile, "profile.json");
  return result ? *result : result.error().ToJson();
}

json::value Only(const json::value& diff) {
  EXPECT_EQ(diff.at("changes").as_array().size(), 1U) << json::serialize(diff);
  return diff.at("changes").as_array().empty() ? json::value(json::object()) : diff.at("changes").at(0);
}

json::string Why(const json::value& change) {
  json::string out;
  for (const auto& why : change.at("why").as_array()) {
    if (!out.empty()) out += ' ';
    out += why.at("kind").as_string();
    if (const auto* id = why.as_object().if_contains("id")) (out += ':') += id->as_string();
  }
  return out;
}

const std::string kAged = R"("birth_date":"1940-01-01","hukou_district":"wuhua")";

TEST(Diff, TheSamePolicyChangesNothing) {
  const auto all = *ParseJson(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[{"id":"e","kind":"elder","facts":{)" + kAged +
                                  R"(}},{"id":"c","kind":"child","facts":{}},{"id":"i","kind":"institution","facts":{}}]})",
                              "");
  const auto diff = Diff(Now(), Now(), all);
  EXPECT_EQ(json::serialize(diff), R"({"format":"km-diff/1","as_of":"2026-11-23","changes":[]})");
}

TEST(Diff, ANumberOfAParamSaysWhichAndSinceWhen) {
  const Pack next = Changed(
      [](PackFiles& files) { files.params.value.at("params").at("oldage.rate").at("values").at(0).at("cells").at("80-89").at("standard") = 7000; });
  const auto change = Only(Diff(Now(), next, Profile(kAged, "old_age_allowance")));
  EXPECT_EQ(change.at("before").at("amount").at("min"), 6000);
  EXPECT_EQ(change.at("after").at("amount").at("min"), 7000);
  EXPECT_EQ(Why(change), "param:oldage.rate");
  EXPECT_EQ(change.at("since"), "2023-01-01");
  EXPECT_EQ(change.at("why").at(0).at("cite").at(0), "oldage-2023#table");
  // A number this person is not paid by is no change for them.
  EXPECT_TRUE(
      Diff(Now(), next, Profile(R"("birth_date":"1930-01-01","hukou_district":"wuhua")", "old_age_allowance")).at("changes").as_array().empty());
}

TEST(Diff, ANewPeriodCountsFromItsFirstDay) {
  const Pack next = Changed([](PackFiles& files) {
    auto& values = files.params.value.at("params").at("oldage.rate").at("values").as_array();
    auto later = values[0];
    values[0].at("to") = "2026-06-30";
    later.at("from") = "2026-07-01";
    later.at("cells").at("80-89").at("standard") = 8000;
    values.push_back(later);
  });
  const auto change = Only(Diff(Now(), next, Profile(kAged, "old_age_allowance")));
  EXPECT_EQ(Why(change), "param:oldage.rate");
  EXPECT_EQ(change.at("since"), "2026-07-01");
}

TEST(Diff, ACriterionThatRefusesNow) {
  const Pack next = Changed([](PackFiles& files) {
    for (auto& criterion : Benefit(files, "ltci").at("criteria").as_array()) {
      if (criterion.at("id") == "lasting") criterion.at("when").at(">=").at(1) = 12;
    }
  });
  const std::string facts = R"("ltci_insured":true,"insured_before_2021":true,"contribution_years":32,"ltci_grade":"g5","disabled_months":8)";
  const auto change = Only(Diff(Now(), next, Profile(facts, "ltci")));
  EXPECT_EQ(change.at("before").at("verdict"), "yes");
  EXPECT_EQ(change.at("after").at("verdict"), "no");
  EXPECT_EQ(change.at("after").at("from"), "2027-03-23") << "four months of growing later";
  EXPECT_EQ(Why(change), "criterion:lasting");
  EXPECT_FALSE(change.at("why").at(0).at("cite").as_array().empty());
}

TEST(Diff, ADerivationBehindACriterion) {
  const Pack next = Changed([](PackFiles& files) {
    auto& age = files.facts.value.at("facts").at("age_by_month_end").at("derive").at("age_on").as_array();
    age[1] = *ParseJson(R"({"var":"as_of"})", "");
  });
  const auto change = Only(Diff(Now(), next, Profile(R"("birth_date":"1946-11-28","hukou_district":"wuhua")", "old_age_allowance")));
  EXPECT_EQ(change.at("before").at("verdict"), "yes");
  EXPECT_EQ(change.at("after").at("from"), "2026-11-28");
  EXPECT_TRUE(Why(change).starts_with("criterion:")) << Why(change);
}

TEST(Diff, AProgrammeThatEnds) {
  const Pack next = Changed([](PackFiles& files) { Benefit(files, "old_age_allowance").at("in_force").at("to") = "2027-12-31"; });
  const auto change = Only(Diff(Now(), next, Profile(kAged, "old_age_allowance")));
  EXPECT_EQ(change.at("after").at("until"), "2027-12-31");
  EXPECT_FALSE(change.at("before").as_object().contains("until"));
  EXPECT_EQ(Why(change), "in_force");
  const Pack over = Changed([](PackFiles& files) { Benefit(files, "old_age_allowance").at("in_force").at("to") = "2026-06-30"; });
  EXPECT_EQ(Only(Diff(Now(), over, Profile(kAged, "old_age_allowance"))).at("after").at("verdict"), "no");
}

TEST(Diff, BenefitsThatComeAndGo) {
  const Pack without = Changed([](PackFiles& files) {
    Remove(files, "old_age_allowance");
    files.stacking.value.at("groups").as_array().clear();
    files.plan_benefits.value = nullptr;
  });
  const auto gone = Only(Diff(Now(), without, Profile(kAged, "old_age_allowance")));
  EXPECT_EQ(Why(gone), "gone:old_age_allowance");
  EXPECT_FALSE(gone.as_object().contains("after"));
  const auto diff = Diff(without, Now(), Profile(kAged, "old_age_allowance"));
  EXPECT_EQ(json::serialize(diff.at("ignored")), R"([{"policy":"old","benefit":"old_age_allowance"}])");
  // Naming it for the old policy was left out; without naming any, it is new.
  auto any = Profile(kAged, "");
  any.as_object().erase("benefits");
  bool found = false;
  const auto came = Diff(without, Now(), any);
  for (const auto& change : came.at("changes").as_array()) {
    EXPECT_EQ(change.at("benefit"), "old_age_allowance") << "nothing else changes";
    EXPECT_EQ(Why(change), "new:old_age_allowance");
    EXPECT_EQ(change.at("after").at("verdict"), "yes");
    found = true;
  }
  EXPECT_TRUE(found);
  any.at("subjects").at(0).at("facts").at("hukou_district") = "outside";
  EXPECT_TRUE(Diff(without, Now(), any).at("changes").as_array().empty()) << "a new benefit that refuses them is no change for them";
}

TEST(Diff, AnswersOnlyOnePolicyKnowsAreIgnoredAndListed) {
  const Pack next = Changed([](PackFiles& files) {
    files.facts.value.at("facts").as_object()["veteran"] =
        *ParseJson(R"({"subject":"elder","type":"bool","ask":{"zh":"老人当过兵吗？"},"privacy":"none"})", "");
    Benefit(files, "old_age_allowance")
        .at("criteria")
        .as_array()
        .push_back(*ParseJson(R"({"id":"veteran","say":{"zh":"当过兵"},"when":{"===":[{"var":"veteran"},true]},"cite":["oldage-2023#table"]})", ""));
  });
  const auto diff = Diff(Now(), next, Profile(kAged + R"(,"veteran":false)", "old_age_allowance"));
  EXPECT_EQ(json::serialize(diff.at("ignored")), R"([{"policy":"old","subject":"e","fact":"veteran"}])");
  EXPECT_EQ(Only(diff).at("after").at("verdict"), "no");
  EXPECT_EQ(Why(Only(diff)), "criterion:veteran");
  const auto neither = Diff(Now(), next, Profile(R"("weteran":true)", "old_age_allowance"));
  EXPECT_EQ(neither.at("error").at("code"), "fact.unknown");
  EXPECT_EQ(neither.at("error").at("pointer"), "/subjects/0/facts/weteran");
}

TEST(Diff, TheCallTakesAPublishedPolicy) {
  json::object request;
  request["profile"] = Profile(kAged, "old_age_allowance");
  request["old"] = PublishedPolicy(KunmingFiles());
  const Pack next = Changed(
      [](PackFiles& files) { files.params.value.at("params").at("oldage.rate").at("values").at(0).at("cells").at("80-89").at("standard") = 7000; });
  const auto result = DiffOf(next, json::value(request), "");
  ASSERT_TRUE(result) << json::serialize(result.error().ToJson());
  EXPECT_EQ(*result, Diff(Now(), next, Profile(kAged, "old_age_allowance")));
  request["old"] = json::object();
  EXPECT_FALSE(DiffOf(next, json::value(request), ""));
  EXPECT_EQ(DiffOf(next, json::object(), "").error().code, ErrorCode::JsonMissing);
}

}  // namespace
}  // namespace chuncheng
