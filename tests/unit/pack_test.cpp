// The real Kunming pack, and what happens when it is broken.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <functional>

#include "shared/benefits/check.h"
#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

json::value& Benefit(PackFiles& files, std::string_view id) {
  for (PackFile& file : files.benefits) {
    if (file.value.at("id") == json::string_view(id.data(), id.size())) return file.value;
  }
  ADD_FAILURE() << id;
  return files.benefits.front().value;
}

// All problems after `change`, as "code file pointer".
std::vector<std::string> Problems(const std::function<void(PackFiles&)>& change) {
  PackFiles files = KunmingFiles();
  change(files);
  Diagnostics out;
  const Pack pack = ReadPack(files, out);
  if (out.empty()) CheckPack(pack, files, out);
  std::vector<std::string> names;
  for (const Error& error : out) names.push_back(std::string(Name(error.code)) + " " + error.file + " " + error.pointer);
  return names;
}

std::string First(const std::function<void(PackFiles&)>& change) {
  const auto all = Problems(change);
  return all.empty() ? "none" : all.front();
}

TEST(KunmingPack, HasNoProblem) {
  EXPECT_EQ(Problems([](PackFiles&) {}), std::vector<std::string>{});
  EXPECT_GE(KunmingFiles().benefits.size(), 10U);
}

TEST(KunmingPack, PublishedFormReadsBackAndCarriesNoStaffNotes) {
  const json::value policy = PublishedPolicy(KunmingFiles());
  const std::string text = Canonical(policy);
  EXPECT_EQ(text.find("\"tests\":"), std::string::npos);
  EXPECT_EQ(text.find("\"note\":"), std::string::npos);
  const auto parsed = ParseJson(text, "policy.json");
  ASSERT_TRUE(parsed);
  const auto files = SplitPolicy(*parsed, "policy.json");
  ASSERT_TRUE(files);
  Diagnostics out;
  EXPECT_EQ(ReadPack(*files, out).benefits.size(), KunmingFiles().benefits.size());
  EXPECT_TRUE(out.empty());
  EXPECT_FALSE(SplitPolicy(json::object(), "policy.json"));
}

// What a person or a taxpayer may claim says why it exists, which place decides, and where or how to apply.
TEST(KunmingPack, CitizensBenefitsSayWhyAndWhere) {
  std::size_t seen = 0;
  for (const PackFile& file : KunmingFiles().benefits) {
    const auto& benefit = file.value.as_object();
    const auto& to = benefit.at("pays").at("to");
    const auto& subject = benefit.at("subject");
    if (to == "facility" || to == "public" || subject == "institution" || subject == "worker") continue;
    ++seen;
    ASSERT_TRUE(benefit.contains("why")) << file.name;
    ASSERT_TRUE(benefit.contains("apply")) << file.name;
    const auto& apply = benefit.at("apply").as_object();
    EXPECT_TRUE(apply.contains("at")) << file.name;
    EXPECT_TRUE(apply.contains("office") || apply.contains("channel")) << file.name;
  }
  EXPECT_GE(seen, 38U);
}

TEST(BrokenPack, EachMistakeIsNamedWithItsPlace) {
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("criteria").at(2).at("when").at("in").at(0).at("var") = "ltci_grad"; }),
            "fact.unknown benefits/ltci.json /criteria/2/when/in/0/var");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("criteria").at(2).at("when").at("in").at(1).at(0) = "g9"; }),
            "enum.value benefits/ltci.json /criteria/2/when/in/1/0");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("criteria").at(2).at("when").at("in").at(0).at("var") = "ability_level"; }),
            "enum.value benefits/ltci.json /criteria/2/when/in/1/0");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("criteria").at(0).at("cite").at(0) = "ltci-apply#nine"; }),
            "cite.unknown benefits/ltci.json /criteria/0/cite/0");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").as_object()["titel"] = 1; }), "json.unknown_key benefits/ltci.json /titel");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").as_object().erase("title"); }), "json.missing benefits/ltci.json ");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("in_force").at("from") = "2021-02-30"; }), "date.bad benefits/ltci.json /in_force/from");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").as_object()["subject"] = "child"; }), "fact.subject benefits/ltci.json /criteria/0/when");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "old_age_allowance").at("amount").at("rows").at(0).at("pay").at("param").at(1) = "70-79"; }),
            "param.key benefits/old_age_allowance.json /amount/rows/0/pay");
  EXPECT_EQ(First([](PackFiles& f) { f.params.value.at("params").at("destitute.basic").at("values").at(0).at("to") = "2024-12-31"; }),
            "param.periods params.json /params/destitute.basic/values/1");
  EXPECT_EQ(First([](PackFiles& f) { f.stacking.value.at("groups").at(0).at("members").at(0) = "ltcii"; }),
            "stacking.member stacking.json /groups/0/members/0");
  EXPECT_EQ(First([](PackFiles& f) { f.facts.value.at("facts").at("birth_date").at("range").at(0) = "2030-01-01"; }),
            "range.bad facts.json /facts/birth_date/range");
  EXPECT_EQ(First([](PackFiles& f) { f.facts.value = json::array(); }), "json.type facts.json ");
}

TEST(BrokenPack, TablesMustCoverOnceAndExamplesMustHold) {
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "old_age_allowance").at("amount").at("rows").at(0).at("if").at("age_by_month_end").at(1) = 88; }),
            "table.gap benefits/old_age_allowance.json /amount/rows");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "old_age_allowance").at("amount").at("rows").at(0).at("if").at("age_by_month_end").at(1) = 90; }),
            "table.overlap benefits/old_age_allowance.json /amount/rows/3");
  EXPECT_EQ(
      First([](PackFiles& f) { f.params.value.at("params").at("oldage.rate").at("values").at(0).at("cells").at("80-89").at("standard") = 6001; }),
      "test.failed benefits/old_age_allowance.json /tests/0/expect/fen");
  EXPECT_EQ(First([](PackFiles& f) {
              Benefit(f, "disabled_nursing_allowance")
                  .at("tests")
                  .as_array()
                  .erase(Benefit(f, "disabled_nursing_allowance").at("tests").as_array().begin());
            }),
            "test.row benefits/disabled_nursing_allowance.json /amount/rows/0");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("criteria").at(0).at("when") = true; }),
            "test.failed benefits/ltci.json /tests/6/expect/verdict");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").as_object().erase("tests"); }), "test.none benefits/ltci.json ");
}

TEST(BrokenPack, AmountsHaveTheFormOfTheirKind) {
  const json::value in_kind = {{"in_kind", {{"zh", "上门"}}}, {"cite", {"ltci-pay#limit"}}};
  EXPECT_EQ(First([&](PackFiles& f) { Benefit(f, "ltci").as_object()["amount"] = in_kind; }), "amount.type benefits/ltci.json /amount/in_kind");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "infant_tax_deduction").at("pays").at("kind") = "fee_relief"; }),
            "amount.type benefits/infant_tax_deduction.json /amount/rows");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("pays").at("kind") = "in_kind"; }), "value.bad benefits/ltci.json /pays/kind");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").at("apply").as_object()["at"] = "moon"; }), "value.bad benefits/ltci.json /apply/at");
  EXPECT_EQ(First([](PackFiles& f) { Benefit(f, "ltci").as_object()["why"] = "x"; }), "text.missing benefits/ltci.json /why");
}

TEST(KunmingPack, WhatIsGivenInKindIsNamedByItsKind) {
  for (const char* kind : {"fee_relief", "service", "training", "legal_aid"}) {
    const auto problems = Problems([&](PackFiles& f) {
      json::value& benefit = Benefit(f, "ltci");
      f.stacking.value.at("groups").as_array().clear();  // which reckon with its money
      benefit.at("pays").at("kind") = kind;
      benefit.as_object()["amount"] = {{"in_kind", {{"zh", "上门"}}}, {"cite", {"ltci-pay#limit"}}};
      for (json::value& test : benefit.at("tests").as_array()) {
        if (test.at("expect").as_object().contains("amount")) test.at("expect").at("amount") = kind;
      }
    });
    EXPECT_EQ(problems, std::vector<std::string>{}) << kind;
  }
}

// Every value of the pack replaced by each of a few wrong ones: always a report or a clean pass, never a crash.
TEST(BrokenPack, AnyWrongValueIsSurvived) {
  const std::vector<json::value> wrong = {nullptr, true, 7, "x", json::array(), json::object(), json::array({json::object()})};
  std::size_t tried = 0;
  std::function<void(json::value&, const std::function<void()>&)> walk = [&](json::value& value, const std::function<void()>& check) {
    const json::value before = value;
    const json::value& other = wrong[tried++ % wrong.size()];
    value = other;
    check();
    value = before;
    if (auto* object = value.if_object()) {
      for (auto& member : *object) walk(member.value(), check);
    } else if (auto* array = value.if_array()) {
      for (auto& item : *array) walk(item, check);
    }
  };
  PackFiles files = KunmingFiles();
  files.benefits.resize(2);
  const auto check = [&] {
    Diagnostics out;
    const Pack pack = ReadPack(files, out);
    if (out.empty()) CheckPack(pack, files, out);
  };
  for (PackFile& file : files.benefits) walk(file.value, check);
  walk(files.params.value, check);
  walk(files.stacking.value, check);
  EXPECT_GT(tried, 500U);
}

}  // namespace
}  // namespace chuncheng
