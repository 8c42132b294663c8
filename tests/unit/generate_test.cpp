// Generated households: readable, repeatable, and at the places where rules change their answer.
#include "shared/benefits/generate.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <set>

#include "shared/benefits/profile.h"
#include "shared/tools/files.h"
#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

std::vector<json::value> Some(std::size_t count, std::uint64_t seed) {
  const std::array<const Pack*, 1> packs = {&KunmingPack()};
  Generator generator(packs, {.seed = seed, .as_of = *ParseDay("2026-11-23")});
  std::vector<json::value> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(generator.Next());
  return out;
}

TEST(Generator, SameSeedSameHouseholds) {
  EXPECT_EQ(Some(20, 5), Some(20, 5));
  EXPECT_NE(Some(20, 5), Some(20, 6));
}

TEST(Generator, EveryProfileIsReadable) {
  for (const json::value& profile : Some(500, 1)) {
    const auto read = ReadProfile(KunmingPack(), profile, "");
    ASSERT_TRUE(read) << Name(read.error().code) << " " << json::serialize(profile);
    EXPECT_EQ(ProfileFor(KunmingPack(), profile), profile);
  }
}

TEST(Generator, ReachesBoundariesDatesAndGaps) {
  std::set<std::string> dates;
  std::set<std::int64_t> to_80;  // birthdays from the last one that makes 80 by the month's end, in days
  std::size_t complete = 0;
  std::size_t facts = 0;
  const std::size_t count = 3000;
  const auto& schema = KunmingPack().schema;
  std::size_t elder_facts = 0;
  for (const Fact& fact : schema.facts) elder_facts += fact.subject == Subject::Elder && !fact.derive ? 1 : 0;
  std::size_t elders = 0;
  for (const json::value& profile : Some(count, 1)) {
    dates.insert(std::string(profile.at("as_of").get_string()));
    const Day month_end = MonthEnd(*ParseDay(std::string_view(profile.at("as_of").get_string())));
    for (const auto& subject : profile.at("subjects").get_array()) {
      if (subject.at("kind") != "elder") continue;
      ++elders;
      const auto& given = subject.at("facts").get_object();
      facts += given.size();
      complete += given.size() == elder_facts ? 1 : 0;
      if (const auto* birth = given.if_contains("birth_date")) {
        const Day day = *ParseDay(std::string_view(birth->get_string()));
        const Day edge = AddMonths(month_end, -960);
        if (day >= edge && day <= edge + 2) to_80.insert(day - edge);
      }
    }
  }
  EXPECT_TRUE(dates.contains("2026-11-23"));
  EXPECT_TRUE(dates.contains("2026-12-31")) << "the voucher's last day";
  EXPECT_TRUE(dates.contains("2027-01-01"));
  EXPECT_EQ(to_80.size(), 3U) << "the last birthday that counts and the two after it";
  EXPECT_NEAR(static_cast<double>(complete) / static_cast<double>(elders), 0.5, 0.05);
  EXPECT_NEAR(static_cast<double>(facts) / static_cast<double>(elders * elder_facts), 0.8, 0.03) << "40 % missing in half of them";
}

TEST(Generator, LeavesOutWhatAnotherPackCannotRead) {
  Diagnostics out;
  PackFiles files = ReadPackFolder(CHUNCHENG_SOURCE "/shared/packs/kunming", out);
  auto& elder = files.facts.value.at("facts").at("birth_date").at("range").get_array();
  elder[1] = "1940-12-31";
  const Pack older = ReadPack(files, out);
  ASSERT_TRUE(out.empty());
  std::size_t dropped = 0;
  for (const json::value& profile : Some(200, 3)) {
    const json::value kept = ProfileFor(older, profile);
    ASSERT_TRUE(ReadProfile(older, kept, ""));
    dropped += kept == profile ? 0 : 1;
  }
  EXPECT_GT(dropped, 20U);
}

}  // namespace
}  // namespace chuncheng
