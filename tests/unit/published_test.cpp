#include "shared/snapshot/published.h"

#include <gtest/gtest.h>

#include "shared/snapshot/build.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

const std::string kPack = CHUNCHENG_SOURCE "/shared/packs/kunming";
const std::string kHeader = "id,name,type,district,address,phone,beds,stage,lat,lon,note,source,confidence\n";

PublishedSnapshot Built(const std::string& rows, std::int64_t counter = 1) {
  Diagnostics out;
  PackFiles pack = ReadPackFolder(kPack, out);
  pack.pack.value.as_object()["counter"] = counter;
  pack.plan.value = nullptr;  // its projects are not among these rows
  const auto snapshot = BuildSnapshot(pack, {{"f.csv", kHeader + rows}}, {}, out);
  EXPECT_TRUE(out.empty());
  PublishedSnapshot read{WriteManifest(snapshot.manifest), snapshot.manifest, {}};
  for (const ManifestFile& file : snapshot.manifest.files) read.files[file.key] = snapshot.files.at(file.name);
  return read;
}

const std::string kRows =
    "a,甲养老院,elder_home,guandu,\"某路, 1号\",0871-63011234,12,open,25.04,102.712345,\"他说\"\"好\"\"\",s,official\n"
    "b,乙养老院,elder_home,,,,,planned,,,,s,plan\n";

TEST(Published, TheCsvReadsBackToTheSamePlaces) {
  const auto facilities = PublishedFacilities(Built(kRows));
  ASSERT_TRUE(facilities);
  ASSERT_EQ(facilities->size(), 2U);
  Diagnostics out;
  std::vector<Facility> again;
  ReadFacilities(FacilitiesCsv(*facilities), "x.csv", {{"guandu", "官渡区", {}}}, again, out);
  ASSERT_TRUE(out.empty());
  ASSERT_EQ(again.size(), 2U);
  for (std::size_t i = 0; i < again.size(); ++i) {
    for (std::string_view column : kFacilityColumns) EXPECT_EQ(Field(again[i], column), Field((*facilities)[i], column)) << column;
  }
}

TEST(Published, TheJsonHoldsWhatIsKnownAndNothingElse) {
  const auto facilities = PublishedFacilities(Built(kRows));
  ASSERT_TRUE(facilities);
  const std::string text = FacilitiesJson(*facilities, "2026-11-23");
  const auto value = ParseJson(text, "facilities.json");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->at("data_date"), "2026-11-23");
  const auto& list = value->at("facilities").as_array();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(Canonical(list[1]), R"({"confidence":"plan","id":"b","name":"乙养老院","source":"s","stage":"planned","type":"elder_home"})");
  EXPECT_NE(text.find(R"("lat":25.04,"lon":102.712345)"), std::string::npos);
  const auto schema = ParseJson(FacilitiesSchema({{"id", "编号"}}), "schema");
  ASSERT_TRUE(schema);
  const auto& properties = schema->at("properties").at("facilities").at("items").at("properties").as_object();
  EXPECT_EQ(properties.size(), kFacilityColumns.size());
  EXPECT_EQ(properties.at("id").at("description"), "编号");
  EXPECT_EQ(properties.at("beds").at("type"), "integer");
}

TEST(Published, TheDifferenceNamesPlacesAndColumns) {
  const auto before = Built(kRows);
  const auto same = DiffSnapshots(before, before);
  ASSERT_TRUE(same);
  EXPECT_EQ(Canonical(same->at("facilities")), R"({"changed":[],"gone":[],"new":[]})");
  EXPECT_TRUE(same->at("files").as_array().empty());
  auto after = Built(
      "a,甲养老院,elder_home,guandu,\"某路, 1号\",0871-63011235,,open,25.04,102.712345,\"他说\"\"好\"\"\",s,official\n"
      "c,丙养老院,elder_home,,,,,planned,,,,s,plan\n",
      2);
  auto policy = ParseJson(after.files["policy"], "policy");
  ASSERT_TRUE(policy);
  auto& benefits = policy->as_object()["benefits"].as_array();
  const std::string changed(benefits[0].at("id").as_string());
  const std::string gone(benefits[1].at("id").as_string());
  benefits[0].as_object()["title"] = "x";
  benefits.erase(benefits.begin() + 1);
  after.files["policy"] = Canonical(*policy);
  const auto diff = DiffSnapshots(before, after);
  ASSERT_TRUE(diff);
  EXPECT_EQ(Canonical(diff->at("facilities")), R"({"changed":[{"columns":["phone","beds"],"id":"a"}],"gone":["b"],"new":["c"]})");
  EXPECT_EQ(Canonical(diff->at("benefits")), R"({"changed":[")" + changed + R"("],"gone":[")" + gone + R"("],"new":[]})");
  EXPECT_EQ(Canonical(diff->at("files")), R"(["facilities","policy"])");
  EXPECT_EQ(diff->at("after").at("counter"), 2);
  after.files["facilities"] = "no database";
  EXPECT_EQ(DiffSnapshots(before, after).error().code, ErrorCode::DatabaseBad);
}

}  // namespace
}  // namespace chuncheng
