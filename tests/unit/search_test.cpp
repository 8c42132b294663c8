// Against the snapshot that the builder made of the real facilities.
#include "shared/search/search.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <random>

#include "shared/snapshot/manifest.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

const std::string& Bytes() {
  static const std::string bytes = [] {
    const std::string folder = CHUNCHENG_SOURCE "/build/snapshot/";
    const auto text = ReadFile(folder + "manifest.json");
    EXPECT_TRUE(text);
    const auto manifest = ReadManifest(*text, "manifest.json");
    EXPECT_TRUE(manifest);
    for (const ManifestFile& file : manifest->files) {
      if (file.key != "facilities") continue;
      const auto data = ReadFile(folder + file.name);
      EXPECT_TRUE(data && Verify(*manifest, file.key, *data));
      return *data;
    }
    return std::string();
  }();
  return bytes;
}

const Search& Kunming() {
  static const Search search = [] {
    auto opened = Search::Open(Bytes());
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }();
  return search;
}

json::value Ask(const std::string& query) {
  const auto request = ParseJson(query, "q");
  EXPECT_TRUE(request) << query;
  const auto answer = Kunming().Answer(*request, "q");
  EXPECT_TRUE(answer) << query;
  return answer ? *answer : json::value(nullptr);
}

std::string Refused(const std::string& query) {
  const auto answer = Kunming().Answer(json::parse(query), "q");
  return answer ? "" : std::string(Name(answer.error().code)) + " " + answer.error().pointer;
}

std::int64_t Total(const json::value& answer) { return answer.at("total").to_number<std::int64_t>(); }
std::string First(const json::value& answer, std::string_view field) {
  const auto& hits = answer.at("hits").as_array();
  if (hits.empty()) return "";
  const auto* value = hits[0].as_object().if_contains(json::string_view(field.data(), field.size()));
  return value == nullptr ? "" : std::string(value->as_string());
}
std::string Query(const std::string& text) { return json::serialize(json::object{{"q", text}}); }

TEST(Search, EveryWayOfTypingFindsTheSamePlace) {
  for (const char* text : {"昆明市社会福利院", "社会福利院 昆明", "福利院", "昆明市社會福利院", "kunmingshishehuifuliyuan",
                           "kunming shehui fuli yuan", "fuliyua", "kmsshfly", "shfly", "社会福力院", "KMSSHFLY", "ｓｈｆｌｙ", "kunming 福利院"}) {
    const auto answer = Ask(Query(text));
    ASSERT_GT(Total(answer), 0) << text;
    bool found = false;
    for (const auto& hit : answer.at("hits").as_array()) found = found || hit.at("name").as_string().find("社会福利院") != std::string::npos;
    EXPECT_TRUE(found) << text << ": " << First(answer, "name");
  }
}

TEST(Search, EveryNameIsFoundByItselfFirst) {
  std::int64_t seen = 0;
  for (std::int64_t offset = 0;; offset += 100) {
    const auto page = Ask(R"({"sort":"name","limit":100,"offset":)" + std::to_string(offset) + "}");
    const auto& hits = page.at("hits").as_array();
    for (const auto& hit : hits) {
      ++seen;
      const std::string name(hit.at("name").as_string());
      const auto answer = Ask(Query(name));
      bool found = false;
      for (const auto& other : answer.at("hits").as_array()) found = found || other.at("id") == hit.at("id");
      EXPECT_TRUE(found) << name;
      EXPECT_EQ(answer.at("hits").at(0).at("match"), "han") << name;
    }
    if (hits.size() < 100) break;
  }
  EXPECT_EQ(seen, Total(Ask("{}")));
  EXPECT_GE(seen, 160) << "the 64 projects of the plan and the places found";
}

TEST(Search, FiltersNarrowAndFacetsCountWhatTheyWouldShow) {
  const auto all = Ask("{}");
  const auto guandu = Ask(R"({"district":["guandu"]})");
  EXPECT_EQ(Total(guandu), all.at("facets").at("district").at("guandu").to_number<std::int64_t>());
  EXPECT_EQ(guandu.at("facets").at("district"), all.at("facets").at("district")) << "its own filter does not apply to a facet";
  std::int64_t sum = 0;
  for (const auto& [type, count] : guandu.at("facets").at("type").as_object()) {
    const auto both = Ask(json::serialize(json::object{{"district", {"guandu"}}, {"type", json::array{json::value(type)}}}));
    EXPECT_EQ(Total(both), count.to_number<std::int64_t>()) << type;
    sum += count.to_number<std::int64_t>();
  }
  EXPECT_EQ(sum, Total(guandu));
  std::int64_t stages = 0;
  for (const char* stage : {"open", "planned", "unknown"}) stages += Total(Ask(std::string(R"({"stage":[")") + stage + "\"]}"));
  EXPECT_EQ(stages, Total(all));
  const auto large = Ask(R"({"beds_min":200,"limit":100})");
  for (const auto& hit : large.at("hits").as_array()) EXPECT_GE(hit.at("beds").to_number<std::int64_t>(), 200);
}

TEST(Search, OrderIsTotalAndPagesDoNotOverlap) {
  std::vector<std::string> seen;
  for (int offset = 0; offset < 60; offset += 20) {
    const auto page = Ask(R"({"q":"养老","limit":20,"offset":)" + std::to_string(offset) + "}");
    for (const auto& hit : page.at("hits").as_array()) seen.emplace_back(hit.at("id").as_string());
  }
  auto sorted = seen;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::int64_t last = 1000000;
  const auto by_beds = Ask(R"({"sort":"beds","limit":50})");
  for (const auto& hit : by_beds.at("hits").as_array()) {
    const auto* beds = hit.as_object().if_contains("beds");
    const std::int64_t now = beds == nullptr ? -1 : beds->to_number<std::int64_t>();
    EXPECT_LE(now, last);
    last = now;
  }
}

TEST(Search, HighlightMarksWhatMatched) {
  const auto answer = Ask(R"({"q":"jinglaoyuan"})");
  ASSERT_GT(Total(answer), 0);
  for (const auto& hit : answer.at("hits").as_array()) {
    if (hit.at("match") != "pinyin" || hit.at("highlight").as_array().empty()) continue;
    const auto name = DecodeUtf8(std::string(hit.at("name").as_string()));
    const auto begin = hit.at("highlight").at(0).at(0).to_number<std::size_t>();
    const auto end = hit.at("highlight").at(0).at(1).to_number<std::size_t>();
    EXPECT_EQ(name.substr(begin, end - begin), U"敬老院");
  }
}

TEST(Search, NothingFoundSuggestsSomething) {
  const auto answer = Ask(R"({"q":"敬老院 斯德哥尔摩"})");
  EXPECT_EQ(Total(answer), 0);
  EXPECT_FALSE(answer.at("suggest").as_array().empty());
  const auto suggest = Ask(R"({"suggest":"guand"})");
  EXPECT_EQ(suggest.at("suggest").at(0).at("kind"), "district");
  EXPECT_EQ(suggest.at("suggest").at(0).at("id"), "guandu");
}

TEST(Search, BadQueriesAreLocated) {
  EXPECT_EQ(Refused("[]"), "json.type ");
  EXPECT_EQ(Refused(R"({"quary":"x"})"), "json.unknown_key /quary");
  EXPECT_EQ(Refused(R"({"q":7})"), "json.type /q");
  EXPECT_EQ(Refused(Query(std::string(101, 'x'))), "query.long /q");
  EXPECT_EQ(Refused(R"({"district":["atlantis"]})"), "value.bad /district/0");
  EXPECT_EQ(Refused(R"({"type":["castle"]})"), "value.bad /type/0");
  EXPECT_EQ(Refused(R"({"stage":"open"})"), "json.type /stage");
  EXPECT_EQ(Refused(R"({"beds_min":-1})"), "range.bad /beds_min");
  EXPECT_EQ(Refused(R"({"limit":0})"), "range.bad /limit");
  EXPECT_EQ(Refused(R"({"limit":101})"), "range.bad /limit");
  EXPECT_EQ(Refused(R"({"sort":"luck"})"), "value.bad /sort");
  EXPECT_EQ(Refused(R"({"near":{"lat":91,"lon":0}})"), "range.bad /near/lat");
  EXPECT_EQ(Refused(R"({"near":{"lat":25}})"), "json.missing /near");
  EXPECT_EQ(Refused(R"({"suggest":[]})"), "json.type /suggest");
}

TEST(Search, AnyTextIsOnlyText) {
  // What means something to FTS5 or SQL must mean nothing here; each answers without an error.
  for (const char* text :
       {"\"", "\"\"", "养老*", "name:养老", "养老 OR 1", "NEAR(养 老)", "^养", "养老') --", "%", "_", "养老\\", "(((", "-养老", "+"})
    EXPECT_TRUE(Ask(Query(text)).is_object()) << text;
  std::mt19937 random(20261124);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 8; ++i)
      AppendUtf8(text, random() % 3 == 0   ? static_cast<char32_t>(random() % 0xD7FF) + 1
                       : random() % 2 == 0 ? 0x4E00 + random() % 0x5200
                                           : 32 + random() % 95);
    EXPECT_TRUE(Ask(Query(text)).is_object()) << text;
  }
}

TEST(Database, WhatIsNoWholeDatabaseIsRefused) {
  EXPECT_FALSE(Search::Open(""));
  EXPECT_FALSE(Search::Open("SQLite format 3"));
  EXPECT_FALSE(Search::Open(std::string(5000, 'x')));
  const std::string& good = Bytes();
  for (std::size_t size = 0; size < good.size(); size += 997) EXPECT_FALSE(Search::Open(std::string_view(good).substr(0, size))) << size;
  EXPECT_FALSE(Search::Open(good + std::string(1024, '\0')));
  for (std::size_t at : {std::size_t{0}, std::size_t{17}, std::size_t{31}, std::size_t{60}, std::size_t{70}}) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    EXPECT_FALSE(Search::Open(bad)) << at;
  }
}

TEST(Database, DamagedPagesGiveAnErrorOrAnAnswerNeverACrash) {
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 60; ++round) {
    std::string bad = Bytes();
    for (int i = 0; i < 40; ++i) bad[100 + random() % (bad.size() - 100)] = static_cast<char>(random());
    const auto opened = Search::Open(bad);
    if (!opened) {
      ++refused;
      continue;
    }
    for (const char* query :
         {R"({"q":"养老院"})", R"({"q":"yly","sort":"beds"})", R"({"suggest":"guan"})", R"({"near":{"lat":25,"lon":102,"within_m":50000}})"}) {
      const auto answer = opened->Answer(json::parse(query), "");
      if (!answer) ++refused;
    }
  }
  EXPECT_GT(refused, 0) << "some damage must have been noticed";
}

}  // namespace
}  // namespace chuncheng
