// Every way of typing, over 2,500 made-up facilities: is what was meant among the first answers, is it the first?
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <map>

#include "shared/search/search.h"
#include "tests/search/queries.h"
#include "tests/search/synthetic.h"

namespace chuncheng {
namespace {

constexpr std::size_t kRows = 2500;
constexpr std::size_t kEach = 50;  // of each seed
constexpr std::uint32_t kSeeds = 3;
constexpr std::int64_t kShown = 10;

struct Tally {
  std::size_t asked = 0, found = 0, first = 0;
  std::string misses;
};

std::map<std::string, Tally> Ask() {
  const SyntheticData data = MakeSynthetic(CHUNCHENG_SOURCE "/shared/packs/kunming", kRows, 20261124);
  const auto search = Search::Open(data.database);
  EXPECT_TRUE(search);
  std::map<std::string, std::size_t, std::less<>> number;
  for (const Facility& facility : data.facilities) number.emplace(facility.id, number.size());
  std::map<std::string, Tally> tallies;
  std::vector<AskedQuery> queries;
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    const auto more = MakeQueries(data.facilities, data.language, kEach, seed);
    queries.insert(queries.end(), more.begin(), more.end());
  }
  for (const AskedQuery& query : queries) {
    const auto answer = search->Answer(json::object{{"q", query.text}, {"limit", kShown}}, "");
    EXPECT_TRUE(answer) << query.text;
    if (!answer) continue;
    const auto& hits = answer->at("hits").as_array();
    Tally& tally = tallies[query.kind];
    ++tally.asked;
    auto right = [&](const json::value& hit) { return query.right[number.find(std::string_view(hit.at("id").as_string()))->second] != 0; };
    const bool found = std::any_of(hits.begin(), hits.end(), right);
    const bool first = found && right(hits[0]);
    tally.found += found ? 1 : 0;
    tally.first += first ? 1 : 0;
    if (!first) {
      tally.misses += "  " + query.text + (found ? "" : " (not found)") + ": first is " +
                      (hits.empty() ? "nothing" : std::string(hits[0].at("name").as_string())) + "\n";
    }
  }
  return tallies;
}

TEST(SearchRecall, EveryWayOfTypingFindsWhatWasMeant) {
  const auto tallies = Ask();
  for (const QueryKind& kind : kQueryKinds) {
    const auto found = tallies.find(std::string(kind.name));
    ASSERT_NE(found, tallies.end()) << kind.name;
    const Tally& tally = found->second;
    EXPECT_GE(tally.asked, 50U) << kind.name;
    const double recall = static_cast<double>(tally.found) / static_cast<double>(tally.asked);
    const double first = static_cast<double>(tally.first) / static_cast<double>(tally.asked);
    EXPECT_GE(recall, kind.error ? 0.98 : 1.0) << kind.name << "\n" << tally.misses;
    EXPECT_GE(first, 0.95) << kind.name << "\n" << tally.misses;
  }
}

TEST(SearchRecall, MadeUpRowsAreTheSameForTheSameSeedAndRefusedInASnapshot) {
  const auto one = MakeSynthetic(CHUNCHENG_SOURCE "/shared/packs/kunming", 300, 7);
  EXPECT_EQ(one.database, MakeSynthetic(CHUNCHENG_SOURCE "/shared/packs/kunming", 300, 7).database);
  EXPECT_NE(one.database, MakeSynthetic(CHUNCHENG_SOURCE "/shared/packs/kunming", 300, 8).database);
  EXPECT_EQ(one.facilities.size(), 300U);
  for (const Facility& facility : one.facilities) EXPECT_EQ(facility.source, "synthetic");
}

}  // namespace
}  // namespace chuncheng
