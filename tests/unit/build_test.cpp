// The snapshot builder (native only: it needs ICU's whole data).
#include "shared/snapshot/build.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <clocale>
#include <cstdlib>
#include <set>

#include "shared/snapshot/database.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

const std::string kPack = CHUNCHENG_SOURCE "/shared/packs/kunming";

struct Input {
  PackFiles pack;
  std::map<std::string, std::string> csv, texts;
  Translations translations;
};

const Input& Kunming() {
  static const Input input = [] {
    Diagnostics out;
    Input read{ReadPackFolder(kPack, out), ReadFolder(kPack, "facilities", ".csv", out), {}, ReadTranslations(kPack, out)};
    for (const auto& [name, text] : ReadFolder(CHUNCHENG_SOURCE "/i18n", "", ".json", out)) read.texts[name.substr(0, name.size() - 5)] = text;
    EXPECT_TRUE(out.empty());
    return read;
  }();
  return input;
}

std::string Said(const Input& input) {
  Diagnostics out;
  const auto snapshot = BuildSnapshot(input.pack, input.csv, input.texts, out);
  EXPECT_EQ(out.empty(), !snapshot.files.empty());
  std::string text;
  for (const Error& error : out)
    text += std::string(Name(error.code)) + " " + error.file + (error.row == 0 ? "" : ":" + std::to_string(error.row)) + " " + error.pointer + "\n";
  return text;
}

// What the pack and the page lack in other languages, or have for nothing: code, file, pointer, suggestion.
std::string Untranslated(const Input& input) {
  Diagnostics out;
  const auto snapshot = BuildSnapshot(input.pack, input.csv, input.texts, out, {}, input.translations);
  std::string text;
  for (const Diagnostics* list : {static_cast<const Diagnostics*>(&out), &snapshot.warnings}) {
    for (const Error& error : *list) {
      if (error.code != ErrorCode::TextUntranslated && error.code != ErrorCode::TextStale && error.code != ErrorCode::TextMissing) continue;
      text += std::string(Name(error.code)) + " " + error.file + " " + error.pointer;
      for (const auto& [name, value] : error.args) text += name == "suggest" ? " -> " + value : "";
      text += "\n";
    }
  }
  return text;
}

TEST(Build, EveryTextOfACitizenIsTranslated) {
  EXPECT_EQ(Untranslated(Kunming()), "");
  Diagnostics out;
  const auto snapshot = BuildSnapshot(Kunming().pack, Kunming().csv, Kunming().texts, out, {}, Kunming().translations);
  for (std::string_view language : {"en", "zh-Hant"}) {
    for (std::string_view part : {"texts.", "later.", "pack."}) {
      const std::string key = std::string(part) + std::string(language);
      EXPECT_TRUE(std::any_of(snapshot.manifest.files.begin(), snapshot.manifest.files.end(), [&](const auto& file) { return file.key == key; }))
          << key;
    }
  }
}

TEST(Build, MissingAndStaleTranslationsAreFound) {
  Input input = Kunming();
  json::object& english = input.translations["en"].value.as_object();
  const json::value count = english["五华区"];
  english.erase("五华区");
  EXPECT_EQ(Untranslated(input), "text.untranslated districts.json /districts/0/name/zh\n");
  english["五华县区"] = count;
  EXPECT_EQ(Untranslated(input),
            "text.untranslated districts.json /districts/0/name/zh\n"
            "text.stale texts/en.json /五华县区 -> 五华区\n");
  english.erase("五华县区");
  english["五华区"] = "";
  EXPECT_EQ(Untranslated(input), "text.missing texts/en.json /五华区\n");
  english["五华区"] = count;
  json::object messages = ParseJson(input.texts["en"], "en")->as_object();
  messages.erase("web.yes");
  messages["web.yess"] = "Yes";
  input.texts["en"] = json::serialize(messages);
  EXPECT_EQ(Untranslated(input), "text.untranslated en.json /web.yes\ntext.stale en.json /web.yess -> web.yes\n");
}

TEST(Build, TheSameInputsGiveTheSameBytesInAnyLocaleAndTimeZone) {
  Diagnostics out;
  const auto one = BuildSnapshot(Kunming().pack, Kunming().csv, Kunming().texts, out);
  ASSERT_TRUE(out.empty());
  setenv("TZ", "Asia/Shanghai", 1);
  setenv("LC_ALL", "tr_TR.UTF-8", 1);
  std::setlocale(LC_ALL, "");
  const auto two = BuildSnapshot(Kunming().pack, Kunming().csv, Kunming().texts, out);
  setenv("TZ", "UTC", 1);
  setenv("LC_ALL", "C", 1);
  std::setlocale(LC_ALL, "C");
  EXPECT_EQ(one.files, two.files);
  EXPECT_EQ(WriteManifest(one.manifest), WriteManifest(two.manifest));
  EXPECT_GE(one.files.size(), 3U);
}

TEST(Build, PublishedFilesCarryNoExamplesAndNoStaffNotes) {
  Diagnostics out;
  const auto snapshot = BuildSnapshot(Kunming().pack, Kunming().csv, Kunming().texts, out);
  for (const auto& [name, bytes] : snapshot.files) {
    if (!name.starts_with("policy.")) continue;
    EXPECT_EQ(bytes.find("\"tests\""), std::string::npos);
    EXPECT_EQ(bytes.find("\"note\""), std::string::npos);
    const auto value = ParseJson(bytes, name);
    ASSERT_TRUE(value);
    EXPECT_EQ(Canonical(*value), bytes);
  }
}

TEST(Build, ThePlanIsAFileOfItsOwnWithWhatTheFacilitiesSayOfItsProjects) {
  Diagnostics out;
  const auto snapshot = BuildSnapshot(Kunming().pack, Kunming().csv, Kunming().texts, out);
  ASSERT_TRUE(out.empty());
  const auto file = std::find_if(snapshot.manifest.files.begin(), snapshot.manifest.files.end(), [](const auto& one) { return one.key == "plan"; });
  ASSERT_NE(file, snapshot.manifest.files.end());
  const auto plan = ParseJson(snapshot.files.at(file->name), "plan");
  ASSERT_TRUE(plan);
  const std::map<std::string, std::size_t> sizes = {{"indicators", 71}, {"projects", 64}, {"policies", 16},
                                                    {"elements", 14},   {"pilots", 8},    {"platforms", 3}};
  for (const auto& [key, size] : sizes) EXPECT_EQ(plan->at(key).as_array().size(), size) << key;
  std::int64_t investment = 0;
  std::int64_t beds = 0;
  std::int64_t places = 0;
  std::map<std::string, std::set<std::string>> types;  // field of the plan → types of its facilities
  for (const auto& project : plan->at("projects").as_array()) {
    const auto& one = project.as_object();
    investment += one.at("investment_wan").as_int64();
    if (one.contains("beds")) beds += one.at("beds").as_int64();
    if (one.contains("places")) places += one.at("places").as_int64();
    types[std::string(one.at("field").as_string())].insert(std::string(one.at("type").as_string()));
    EXPECT_TRUE(one.contains("name") && one.contains("district") && one.contains("period") && one.contains("source")) << one.at("id");
  }
  EXPECT_EQ(investment, 15243470) << "the sum of the catalogue, in ten thousand yuan";
  EXPECT_EQ(beds, 3851 + 2710) << "new beds of homes and of integrated care";
  EXPECT_EQ(places, 4105);
  const std::map<std::string, std::set<std::string>> wanted = {
      {"elder", {"elder_home", "day_care"}}, {"medical", {"medical_care"}}, {"wellness", {"wellness"}}, {"childcare", {"childcare"}}};
  EXPECT_EQ(types, wanted);
  Input none = Kunming();
  none.pack.plan.value = nullptr;
  const auto without = BuildSnapshot(none.pack, none.csv, none.texts, out);
  EXPECT_EQ(without.files.size() + 1, snapshot.files.size());
}

TEST(Build, SortedByPinyinAsPeopleExpect) {
  Diagnostics out;
  PackFiles pack = Kunming().pack;
  pack.plan.value = nullptr;  // its projects are not among these rows
  const auto snapshot = BuildSnapshot(pack,
                                      {{"f.csv",
                                        "id,name,type,stage,source,confidence\n1,盘龙养老院,elder_home,open,s,single\n"
                                        "2,安宁养老院,elder_home,open,s,single\n3,晋宁养老院,elder_home,open,s,single\n"
                                        "4,北京路养老院,elder_home,open,s,single\n"}},
                                      {}, out);
  ASSERT_TRUE(out.empty());
  for (const auto& [name, bytes] : snapshot.files) {
    if (!name.starts_with("facilities.")) continue;
    const auto database = Database::Open(bytes);
    ASSERT_TRUE(database);
    auto rows = database->Prepare("SELECT id FROM facility ORDER BY rank");
    ASSERT_TRUE(rows);
    std::string order;
    while (rows->Step()) order += rows->Text(0);
    EXPECT_EQ(order, "2431") << "An, Bei, Jin, Pan";
  }
}

TEST(Build, MadeUpFacilitiesAreTakenOnlyWhenAskedFor) {
  Input made = Kunming();
  made.pack.plan.value = nullptr;  // its projects are not among these rows
  made.csv = {{"f.csv", "id,name,type,stage,source,confidence\nSYN-1,某处,elder_home,open,s,single\n2,某处,elder_home,open,synthetic,single\n"}};
  EXPECT_EQ(Said(made), "facility.synthetic  \n");
  Diagnostics out;
  EXPECT_FALSE(BuildSnapshot(made.pack, made.csv, made.texts, out, {.synthetic = true}).files.empty());
  EXPECT_TRUE(out.empty());
}

TEST(Build, WhatIsWrongIsReportedWhereItIsAndNothingIsMade) {
  EXPECT_EQ(Said(Kunming()), "");
  Input bad = Kunming();
  bad.csv["facilities/x.csv"] = "id,name,type,stage,source,confidence\nq,某处,elder_home,open,s,official\nq,某处,elder_home,soon,s,official\n";
  EXPECT_EQ(Said(bad), "csv.value facilities/x.csv:3 id\ncsv.value facilities/x.csv:3 stage\n");
  bad = Kunming();
  bad.texts["zh-CN"] = "{\n\"a\": }";
  EXPECT_EQ(Said(bad), "json.syntax zh-CN:2 \n");
  bad = Kunming();
  bad.pack.pack.value.as_object()["data_date"] = "soon";
  EXPECT_EQ(Said(bad), "date.bad pack.json /data_date\n");
  bad = Kunming();
  bad.pack.search.value.as_object()["types"].as_object()["castle"] = json::object{{"name", json::object{{"zh", "城堡"}}}, {"words", json::array{}}};
  EXPECT_EQ(Said(bad), "enum.value search.json /types/castle\n");
  bad = Kunming();
  bad.pack.districts.value.as_object()["districts"].as_array().push_back(bad.pack.districts.value.at("districts").at(0));
  EXPECT_NE(Said(bad).find("name.duplicate districts.json"), std::string::npos);
  bad = Kunming();
  bad.pack.districts.value.at("districts").at(0).as_object()["neighbours"] = {"anning", "nowhere"};
  EXPECT_NE(Said(bad).find("neighbour.unknown districts.json /districts/0\nneighbour.unknown districts.json /districts/0\n"), std::string::npos);
  bad = Kunming();
  bad.pack.districts.value.at("districts").at(0).as_object()["bounds"] = {{"south", 26}, {"north", 25}, {"west", 102}, {"east", 103}};
  EXPECT_EQ(Said(bad), "range.bad districts.json /districts/0/bounds\n");
  bad = Kunming();
  bad.pack.facts.value.as_object().erase("facts");
  EXPECT_NE(Said(bad).find("json.missing facts.json"), std::string::npos);
  bad = Kunming();
  bad.pack.plan.value.at_pointer("/projects/3/facility") = "KM-P999";
  EXPECT_EQ(Said(bad), "facility.unknown plan.json /projects/3/facility\n");
  bad = Kunming();
  bad.pack.plan.value.at_pointer("/pilots/3/district") = "aning";
  EXPECT_EQ(Said(bad), "plan.name plan.json /pilots/3/district\n");
}

}  // namespace
}  // namespace chuncheng
