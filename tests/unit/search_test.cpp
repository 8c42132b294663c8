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
  EXPECT_EQ(Refused(R"({"kind":["person"]})"), "value.bad /kind/0");
  EXPECT_EQ(Refused(R"({"literal":[3]})"), "json.type /literal/0");
  EXPECT_EQ(Refused(R"({"near":{"lat":25,"lon":102,"within_m":-1}})"), "range.bad /near/within_m");
  EXPECT_EQ(Refused(R"({"limit":0})"), "range.bad /limit");
  EXPECT_EQ(Refused(R"({"limit":101})"), "range.bad /limit");
  EXPECT_EQ(Refused(R"({"sort":"luck"})"), "value.bad /sort");
  EXPECT_EQ(Refused(R"({"near":{"lat":91,"lon":0}})"), "range.bad /near/lat");
  EXPECT_EQ(Refused(R"({"near":{"lat":25}})"), "json.missing /near");
  EXPECT_EQ(Refused(R"({"suggest":[]})"), "json.type /suggest");
}

std::string Chips(const json::value& answer) {
  std::string out;
  for (const auto& chip : answer.at("understood").as_array()) {
    out += std::string(chip.at("kind").as_string()) + "=";
    for (const auto& value : chip.at("value").as_array()) out += std::string(value.as_string());
    out += " " + std::string(chip.at("text").as_string()) + json::serialize(chip.at("range")) + ";";
  }
  return out;
}

TEST(Search, WordsThatStandForAFilterAreUnderstoodAndSaidWhere) {
  EXPECT_EQ(Chips(Ask(Query("官渡的养老院"))), "district=guandu 官渡[0,2];type=elder_home 养老院[3,6];");
  EXPECT_EQ(Chips(Ask(Query("guandu yanglaoyuan"))), "district=guandu guandu[0,6];type=elder_home yanglaoyuan[7,18];");
  EXPECT_EQ(Chips(Ask(Query("呈贡 托育 有床位"))), "district=chenggong 呈贡[0,2];type=childcare 托育[3,5];beds=1 有床位[6,9];");
  EXPECT_EQ(Chips(Ask(Query("经开区失能"))), "district=jingkai 经开区[0,3];need=disabled 失能[3,5];");
  EXPECT_EQ(Chips(Ask(Query("公办 附近"))), "owner=public 公办[0,2];near= 附近[3,5];");
  EXPECT_EQ(Chips(Ask(Query("3000以下"))), "price=3000 3000以下[0,6];");
  EXPECT_EQ(Chips(Ask(Query("不超过三千元"))), "price=3000 不超过三千元[0,6];");
  EXPECT_EQ(Chips(Ask(Query("两千五百块以内"))), "price=2500 两千五百块以内[0,7];");
  EXPECT_EQ(Chips(Ask(Query("福利 2022"))), "") << "a number alone is no price";
  EXPECT_EQ(Chips(Ask(Query("怡海"))), "");
}

TEST(Search, AChipFiltersUnlessTheNameHasTheWordItself) {
  const auto answer = Ask(R"({"q":"官渡","limit":100})");
  ASSERT_GT(Total(answer), 0);
  bool word = false;
  for (const auto& hit : answer.at("hits").as_array()) {
    const auto* district = hit.as_object().if_contains("district");
    const bool there = district != nullptr && *district == "guandu";
    EXPECT_TRUE(there || hit.at("match") == "han") << hit.at("name");
    word = word || hit.at("match") == "word";
    if (hit.at("match") == "word") {
      EXPECT_EQ(hit.at("field"), "district");
    }
  }
  EXPECT_TRUE(word) << "some facility of the district does not name it";
}

TEST(Search, AWordTakenLiterallyIsOnlyText) {
  const auto filter = Ask(R"({"q":"官渡","limit":100})");
  const auto text = Ask(R"({"q":"官渡","literal":["官渡"],"limit":100})");
  EXPECT_EQ(Chips(text), "");
  EXPECT_LT(Total(text), Total(filter));
  EXPECT_GT(Total(text), 0);
  for (const auto& hit : text.at("hits").as_array()) EXPECT_NE(hit.at("match"), "word");
  EXPECT_EQ(Chips(Ask(R"({"q":"官渡养老院","literal":["官渡"]})")), "type=elder_home 养老院[2,5];");
  EXPECT_EQ(Chips(Ask(R"({"q":"3000以下","literal":["3000以下"]})")), "");
}

TEST(Search, WhatNoDataSayDropsNothing) {
  const auto all = Ask("{}");
  for (const auto& [text, kind] : {std::pair("3000以下", "price"), std::pair("公办", "owner"), std::pair("失智", "need")}) {
    const auto answer = Ask(Query(text));
    const auto* unknown = answer.as_object().if_contains("unknown");
    ASSERT_NE(unknown, nullptr) << text;
    EXPECT_EQ(*unknown, json::array{kind}) << text;
    EXPECT_EQ(Total(answer), Total(all)) << text;
    const auto& last = answer.at("hits").as_array().back().as_object();
    EXPECT_TRUE(last.contains("unsure")) << text;
  }
  EXPECT_EQ(Ask(Query("附近")).at("unknown"), json::array{"near"});
  EXPECT_FALSE(Ask(R"({"q":"附近","near":{"lat":25,"lon":102.7}})").as_object().contains("unknown"));
  const auto beds = Ask(R"({"q":"有床位","limit":100})");
  EXPECT_FALSE(beds.as_object().contains("unknown")) << "some rows have beds";
  bool unsure = false;
  for (const auto& hit : beds.at("hits").as_array()) {
    const bool now = hit.as_object().contains("unsure");
    EXPECT_TRUE(now || hit.at("beds").to_number<int>() > 0);
    EXPECT_TRUE(now || !unsure) << "rows that are known to fit come first";
    unsure = now;
  }
}

TEST(Search, EveryHitSaysWhyAndWhatToMark) {
  const auto address = Ask(R"({"q":"矣六街道"})");
  ASSERT_GT(Total(address), 0);
  EXPECT_EQ(address.at("hits").at(0).at("field"), "address");
  EXPECT_EQ(address.at("hits").at(0).at("marks").at("address"), json::parse("[[0,4]]"));
  EXPECT_TRUE(address.at("hits").at(0).at("highlight").as_array().empty());
  EXPECT_EQ(First(Ask(Query("社会福力院")), "match"), "pinyin") << "same sound";
  EXPECT_EQ(First(Ask(Query("社会福刘院")), "match"), "typo");
  EXPECT_EQ(First(Ask(Query("shehuihuliyuan")), "match"), "near_sound");
  EXPECT_EQ(First(Ask(Query("shehuifuliyan")), "match"), "typo");
  EXPECT_EQ(First(Ask(Query("shfly")), "match"), "initials");
  EXPECT_EQ(First(Ask(Query("官渡 yly")), "match"), "mixed");
  EXPECT_EQ(First(Ask("{}"), "match"), "all");
  EXPECT_EQ(First(Ask(Query("关上食堂")), "name"), "关上中心区社区老年幸福食堂") << "parts that stand apart";
}

TEST(Search, PoliciesAndThePlanAreInTheSameListWhenAskedFor) {
  const auto answer = Ask(R"({"q":"高龄津贴","kind":["facility","benefit","plan","source"]})");
  ASSERT_GT(Total(answer), 0);
  std::int64_t sum = 0;
  for (const auto& [kind, count] : answer.at("facets").at("kind").as_object()) sum += count.to_number<std::int64_t>();
  EXPECT_EQ(sum, Total(answer));
  EXPECT_EQ(Total(Ask(R"({"q":"高龄津贴","kind":["benefit"]})")), answer.at("facets").at("kind").at("benefit").to_number<std::int64_t>());
  for (const char* text : {"高龄津贴", "gaolingjintie", "gljt", "高龄经贴", "高龄津铁"}) {
    const auto benefit = Ask(json::serialize(json::object{{"q", text}, {"kind", json::array{"benefit"}}}));
    ASSERT_GT(Total(benefit), 0) << text;
    EXPECT_EQ(benefit.at("hits").at(0).at("id"), "old_age_allowance") << text;
  }
  const auto plan = Ask(R"({"q":"家庭养老床位","kind":["plan"]})");
  ASSERT_GT(Total(plan), 0);
  EXPECT_EQ(plan.at("hits").at(0).at("benefit"), "home_bed");
  const auto source = Ask(R"({"q":"昆政办〔2022〕74号","kind":["source"]})");
  ASSERT_GT(Total(source), 0);
  EXPECT_EQ(source.at("hits").at(0).at("id"), "plan-2022");
  EXPECT_EQ(Total(Ask(R"({"q":"高龄津贴","kind":["benefit"],"district":["guandu"]})")), 0) << "a filter on a facility's column";
}

TEST(Search, IndicatorsPoliciesPilotsAndPlatformsOfThePlanAreFound) {
  const auto ids = [](const char* q, const char* kind) {
    std::vector<std::string> out;
    const auto answer = Ask(json::serialize(json::object{{"q", q}, {"kind", json::array{kind}}}));
    for (const auto& hit : answer.at("hits").as_array()) {
      EXPECT_EQ(hit.at("kind"), kind);
      out.emplace_back(hit.at("id").as_string());
    }
    return out;
  };
  for (const char* text : {"护理型床位", "hulixingchuangwei", "hlxcw"}) EXPECT_EQ(ids(text, "indicator").at(0), "nursing_beds") << text;
  EXPECT_EQ(ids("老年医学科", "indicator").at(0), "geriatric_departments");
  EXPECT_EQ(ids("安宁疗护", "plan").at(0), "pilot-2");
  EXPECT_EQ(ids("智慧健康养老信息平台", "plan").at(0), "platform-2");
  EXPECT_EQ(ids("养老服务促进条例", "plan").at(0), "policy-11");
  EXPECT_EQ(ids("托育税收支持", "plan").at(0), "element-10");
  const auto figures = Ask(R"({"q":"护理型床位","kind":["indicator"]})").at("hits").at(0).at("text");
  EXPECT_NE(std::string(figures.as_string()).find("2021: 47.33%\n2025: ≥ 60%"), std::string::npos) << figures;
  // One list by kind: whoever asks for all kinds gets them, and each facet counts its own.
  const auto all = Ask(R"({"q":"托育","kind":["facility","benefit","plan","indicator","source"]})");
  for (const char* kind : {"facility", "benefit", "plan", "indicator"}) {
    EXPECT_EQ(all.at("facets").at("kind").at(kind).to_number<std::int64_t>(),
              Total(Ask(json::serialize(json::object{{"q", "托育"}, {"kind", json::array{kind}}}))))
        << kind;
    EXPECT_GT(all.at("facets").at("kind").at(kind).to_number<std::int64_t>(), 0) << kind;
  }
}

TEST(Search, NothingFoundSaysWhatToDrop) {
  const auto answer = Ask(R"({"q":"幸福食堂 斯德哥尔摩","district":["guandu"]})");
  EXPECT_EQ(Total(answer), 0);
  ASSERT_TRUE(answer.as_object().contains("relaxed"));
  for (const auto& one : answer.at("relaxed").as_array()) {
    ASSERT_EQ(one.at("drop"), "word");
    EXPECT_EQ(one.at("text"), "斯德哥尔摩");
    EXPECT_EQ(one.at("total"), Total(Ask(R"({"q":"幸福食堂","district":["guandu"]})")));
  }
  const auto type = Ask(R"({"q":"怡海","type":["childcare"]})");
  EXPECT_EQ(Total(type), 0);
  ASSERT_EQ(type.at("relaxed").as_array().size(), 2U) << "the type, or the word";
  EXPECT_EQ(type.at("relaxed").at(0).at("drop"), "type");
  EXPECT_EQ(type.at("relaxed").at(0).at("total"), Total(Ask(Query("怡海"))));
}

TEST(Search, ComparesUpToFour) {
  const auto some = Ask(R"({"sort":"beds","limit":2})");
  const std::string a(some.at("hits").at(0).at("id").as_string());
  const std::string b(some.at("hits").at(1).at("id").as_string());
  const auto answer = Ask(json::serialize(json::object{{"compare", {a, b}}}));
  EXPECT_EQ(answer.at("ids"), json::array({json::value(a), json::value(b)}));
  bool beds = false;
  for (const auto& row : answer.at("rows").as_array()) {
    const auto& values = row.at("values").as_array();
    ASSERT_EQ(values.size(), 2U);
    EXPECT_EQ(row.at("same").as_bool(), !values[0].is_null() && values[0] == values[1]);
    EXPECT_FALSE(values[0].is_null() && values[1].is_null());
    beds = beds || (row.at("field") == "beds" && values[0] == some.at("hits").at(0).at("beds"));
  }
  EXPECT_TRUE(beds);
  EXPECT_EQ(Refused(R"({"compare":[]})"), "range.bad /compare");
  EXPECT_EQ(Refused(R"({"compare":["a","b","c","d","e"]})"), "range.bad /compare");
  EXPECT_EQ(Refused(R"({"compare":["atlantis"]})"), "value.bad /compare/0");
  EXPECT_EQ(Refused(R"({"compare":["a"],"q":"x"})"), "json.unknown_key /q");
  const auto links = Ask(json::serialize(json::object{{"links", a}}));
  EXPECT_EQ(links.at("maps").as_array().size(), 3U);
  EXPECT_EQ(Refused(R"({"links":"atlantis"})"), "value.bad /links");
}

TEST(Phrases, NearSoundsFoldTogetherAndOthersDoNot) {
  for (const auto& [a, b] :
       {std::pair("niu", "liu"), std::pair("zhang", "zang"), std::pair("chen", "cen"), std::pair("shi", "si"), std::pair("xing", "xin"),
        std::pair("sheng", "sen"), std::pair("fei", "hui"), std::pair("fang", "huang"), std::pair("fu", "hu"), std::pair("feng", "hong")}) {
    EXPECT_EQ(FoldedSound(a), FoldedSound(b)) << a << " " << b;
  }
  for (const auto& [a, b] :
       {std::pair("yang", "yan"), std::pair("ba", "pa"), std::pair("ge", "ke"), std::pair("lao", "liao"), std::pair("fa", "fan")}) {
    EXPECT_NE(FoldedSound(a), FoldedSound(b)) << a << " " << b;
  }
}

TEST(Phrases, OneSlipIsOneLetter) {
  EXPECT_TRUE(OneSlipApart("yang", "yang"));
  EXPECT_TRUE(OneSlipApart("yag", "yang"));
  EXPECT_TRUE(OneSlipApart("yanng", "yang"));
  EXPECT_TRUE(OneSlipApart("yabg", "yang"));
  EXPECT_TRUE(OneSlipApart("yagn", "yang"));
  EXPECT_TRUE(OneSlipApart("", "a"));
  EXPECT_FALSE(OneSlipApart("ya", "yang"));
  EXPECT_FALSE(OneSlipApart("gnay", "yang"));
  EXPECT_FALSE(OneSlipApart("yngx", "yang"));
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
