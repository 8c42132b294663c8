// A database a district: together they answer as the whole does, and what is not there is named. Also what lies across a district's border.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "shared/search/search.h"
#include "shared/snapshot/build.h"
#include "shared/snapshot/database.h"
#include "shared/snapshot/published.h"
#include "shared/snapshot/synthetic.h"
#include "shared/tools/files.h"
#include "tests/search/queries.h"

namespace chuncheng {
namespace {

constexpr std::size_t kRows = 600;

struct Made {
  std::vector<Facility> facilities;
  std::map<std::string, std::string> whole, parts;  // key → bytes
};

const Made& Data() {
  static const Made made = [] {
    Made out;
    Diagnostics problems;
    PackFiles pack = ReadPackFolder(CHUNCHENG_SOURCE "/shared/packs/kunming", problems);
    pack.plan.value = nullptr;  // its projects are not among these rows
    const auto districts = ReadDistricts(Node(pack.districts.value, "", problems));
    std::string csv = SyntheticFacilities::Header();
    SyntheticFacilities rows(districts, 5);
    for (std::size_t i = 0; i < kRows; ++i) csv += rows.Next();
    csv += "SYN-X,无区县养老院,elder_home,,,,,,open,,,,,,,,,synthetic,,single\n";
    ReadFacilities(csv, "", districts, out.facilities, problems);
    for (auto [list, most] : {std::pair(&out.whole, kRows + 1), std::pair(&out.parts, kRows)}) {
      const auto snapshot = BuildSnapshot(pack, {{"f.csv", csv}}, {}, problems, {.synthetic = true, .whole = most});
      for (const ManifestFile& file : snapshot.manifest.files) (*list)[file.key] = snapshot.files.at(file.name);
    }
    EXPECT_TRUE(problems.empty());
    return out;
  }();
  return made;
}

Search OpenOf(const std::map<std::string, std::string>& files) {
  auto opened = Search::Open(files.at("facilities"));
  EXPECT_TRUE(opened);
  return std::move(*opened);
}

std::string Said(const Search& search, const json::value& query) {
  const auto answer = search.Answer(query, "");
  return answer ? json::serialize(*answer) : std::string(Name(answer.error().code));
}

std::string AbsentOf(const Search& search, const json::value& query) {
  const auto answer = search.Answer(query, "");
  EXPECT_TRUE(answer);
  std::string out;
  const auto* absent = answer->as_object().if_contains("absent");
  if (absent == nullptr) return out;
  for (const auto& part : absent->as_array()) out += std::string(part.at("district").as_string()) + " ";
  return out;
}

TEST(Parts, TogetherAnswerAsTheWholeInAnyOrder) {
  const Search whole = OpenOf(Data().whole);
  Search parts = OpenOf(Data().parts);
  std::vector<std::string_view> list;
  for (const auto& [key, bytes] : Data().parts) {
    if (key.starts_with("facilities.")) list.insert(list.begin(), bytes);
  }
  ASSERT_GT(list.size(), 10U);
  const std::string_view last = list.back();
  list.pop_back();
  ASSERT_TRUE(parts.Add(list));
  ASSERT_TRUE(parts.Add({last}));
  ASSERT_TRUE(parts.Add({last})) << "is there already";
  Diagnostics out;
  const auto language = PublishedLanguage({"", {}, Data().whole});
  ASSERT_TRUE(language);
  std::size_t asked = 0;
  for (const AskedQuery& query : MakeQueries(Data().facilities, *language, 4, 9)) {
    for (const char* sort : {"relevance", "name", "beds"}) {
      const json::value request{{"q", query.text}, {"sort", sort}, {"limit", 50}};
      const std::string found = Said(parts, request);
      const std::string wanted = Said(whole, request);
      const auto at = std::mismatch(found.begin(), found.end(), wanted.begin(), wanted.end()).first - found.begin();
      ASSERT_TRUE(found == wanted) << query.text << " by " << sort << ": "
                                   << found.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 60)), 200);
      ++asked;
    }
  }
  EXPECT_GT(asked, 200U);
  for (const json::value& request :
       {json::value{{"q", ""}, {"near", {{"lat", 25.04}, {"lon", 102.71}}}}, json::value{{"suggest", "yang"}},
        json::value{{"compare", {Data().facilities[3].id, Data().facilities[77].id, "SYN-X"}}}, json::value{{"links", Data().facilities[9].id}},
        json::value{{"q", "护理"}, {"kind", {"benefit", "plan", "source"}}}}) {
    EXPECT_EQ(Said(parts, request), Said(whole, request));
  }
}

TEST(Parts, WhatIsNotThereIsNamedWhenItCouldHaveAnswers) {
  Search parts = OpenOf(Data().parts);
  EXPECT_EQ(AbsentOf(OpenOf(Data().whole), {{"q", "养老院"}}), "");
  const std::string all = AbsentOf(parts, {{"q", "养老院"}});
  EXPECT_NE(all.find("anning "), std::string::npos);
  EXPECT_NE(all.find("guandu "), std::string::npos);
  EXPECT_EQ(AbsentOf(parts, {{"q", "养老院"}, {"district", {"guandu"}}}), "guandu ");
  EXPECT_EQ(AbsentOf(parts, {{"q", "官渡 养老院"}}), "guandu ");
  EXPECT_EQ(AbsentOf(parts, {{"q", "护理"}, {"kind", {"benefit"}}}), "");
  ASSERT_TRUE(parts.Add({Data().parts.at("facilities.guandu")}));
  EXPECT_EQ(AbsentOf(parts, {{"q", "官渡 养老院"}}), "");
  EXPECT_EQ(AbsentOf(parts, {{"q", "养老院"}}).find("guandu"), std::string::npos);
}

std::map<std::string, std::string> BuiltOf(const std::string& csv, std::size_t whole) {
  Diagnostics out;
  PackFiles pack = ReadPackFolder(CHUNCHENG_SOURCE "/shared/packs/kunming", out);
  pack.plan.value = nullptr;  // its projects are not among these rows
  const auto snapshot = BuildSnapshot(pack, {{"f.csv", csv}}, {}, out, {.synthetic = false, .whole = whole});
  EXPECT_TRUE(out.empty());
  std::map<std::string, std::string> files;
  for (const ManifestFile& file : snapshot.manifest.files) files[file.key] = snapshot.files.at(file.name);
  return files;
}

TEST(Neighbours, AreNamedWithTheirCountsWhenADistrictHasNothing) {
  const Search search = OpenOf(BuiltOf(
      "id,name,type,district,stage,source,confidence\na,甲托育园,childcare,xishan,open,s,single\nb,乙托育园,childcare,xishan,open,s,single\n"
      "c,丙托育园,childcare,jinning,open,s,single\nd,丁托育园,childcare,dongchuan,open,s,single\ne,安宁敬老院,elder_home,anning,open,s,single\n",
      100));
  auto across = [&](const json::value& query) {
    const auto answer = search.Answer(query, "");
    EXPECT_TRUE(answer);
    const auto* list = answer->as_object().if_contains("neighbours");
    return list == nullptr ? std::string() : json::serialize(*list);
  };
  const std::string both = R"([{"district":"xishan","total":2},{"district":"jinning","total":1}])";
  EXPECT_EQ(across({{"q", "托育"}, {"district", {"anning"}}}), both);
  EXPECT_EQ(across({{"q", "安宁 托育"}}), both) << "the district as a word";
  EXPECT_EQ(across({{"q", "托育"}, {"district", {"anning"}}, {"stage", {"planned"}}}), "");
  EXPECT_EQ(across({{"q", "敬老院"}, {"district", {"anning"}}}), "") << "there is one";
  EXPECT_EQ(across({{"q", "不存在"}}), "") << "no district";
}

TEST(Parts, TheNearestComeFirst) {
  const std::string csv =
      "id,name,type,district,lat,lon,stage,source,confidence\na,甲,other,anning,24.92,102.48,open,s,single\n"
      "b,乙,other,anning,24.94,102.50,open,s,single\nc,丙,other,xundian,25.56,103.26,open,s,single\nd,丁,other,wuhua,,,open,s,single\n";
  const Search parts = OpenOf(BuiltOf(csv, 3));
  json::object near{{"lat", 24.93}, {"lon", 102.49}};
  const auto answer = parts.Answer({{"near", near}}, "");
  ASSERT_TRUE(answer);
  EXPECT_EQ(json::serialize(answer->at("absent")).substr(0, 63), R"([{"district":"anning","facilities":2,"distance_m":0},{"district)");
  EXPECT_EQ(AbsentOf(parts, {{"near", near}}), "anning xundian wuhua ") << "where no point is known, last";
  near["within_m"] = 5000;
  EXPECT_EQ(AbsentOf(parts, {{"near", near}}), "anning ");
}

TEST(Parts, WhatDoesNotBelongIsRefusedAndNothingIsLost) {
  Search parts = OpenOf(Data().parts);
  ASSERT_TRUE(parts.Add({Data().parts.at("facilities.guandu")}));
  const std::string before = Said(parts, {{"q", "养老"}});
  const std::string& other = Data().parts.at("facilities.wuhua");
  EXPECT_FALSE(parts.Add({other, Data().whole.at("facilities")})) << "no part";
  EXPECT_FALSE(parts.Add({other, std::string_view(other).substr(0, other.size() - 1024)}));
  std::string elsewhere = other;
  const std::size_t date = elsewhere.find("data_date20");
  ASSERT_NE(date, std::string::npos);
  elsewhere[date + 12] = '0';
  EXPECT_FALSE(parts.Add({elsewhere})) << "another day's";
  EXPECT_EQ(Said(parts, {{"q", "养老"}}), before);
  EXPECT_TRUE(Search::IsPart(other));
  EXPECT_FALSE(Search::IsPart(Data().whole.at("facilities")));
  EXPECT_FALSE(Search::Open(other)) << "a part alone knows nothing of the language";
}

TEST(Parts, AreReadBackAsOneList) {
  const auto whole = PublishedFacilities({"", {}, Data().whole});
  const auto parts = PublishedFacilities({"", {}, Data().parts});
  ASSERT_TRUE(whole && parts);
  EXPECT_EQ(FacilitiesCsv(*parts), FacilitiesCsv(*whole));
}

}  // namespace
}  // namespace chuncheng
