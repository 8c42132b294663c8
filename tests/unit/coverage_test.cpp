// Every entry of the city's plan (昆政办〔2022〕74号) stands in the pack, and what is said of it follows from its benefit.
#include "shared/benefits/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

// The plan's benefits, as counted when it was catalogued: this list is the specification, the pack has to answer it.
constexpr std::array<std::string_view, 40> kPlan = {
    "tax_infant_1000",
    "child_care_leave_for_elder",
    "maternity_etc",
    "home_adaptation",
    "home_bed",
    "home_bed_fund",
    "age_allowance",
    "ability_assess",
    "ltci",
    "infant_health",
    "caregiver_training_family",
    "canteen",
    "bed_construction_10000",
    "bed_construction_5000",
    "bed_construction_extra_2000",
    "bed_operation_50",
    "bed_operation_70",
    "bed_operation_100",
    "bed_operation_150",
    "caregiver_allowance",
    "grad_hire_600",
    "hard_to_employ_si",
    "training_subsidy",
    "childcare_org_subsidy",
    "tax_elder_property",
    "tax_elder_cit",
    "tax_donation",
    "tax_nonprofit_land",
    "tax_community_vat",
    "utility_elder",
    "utility_childcare",
    "loan_interest",
    "facility_elder_20",
    "facility_elder_15",
    "facility_child_8",
    "facility_child_6",
    "nursing_room",
    "welfare_lottery_55",
    "legal_aid",
    "clinic_insurance",
};

json::value Coverage(const PackFiles& files) {
  Diagnostics out;
  const Pack pack = ReadPack(files, out);
  EXPECT_TRUE(out.empty());
  auto coverage = PlanCoverage(pack, json::object(), "");
  EXPECT_TRUE(coverage);
  return coverage ? *coverage : json::value(json::object());
}

const json::object* Row(const json::value& coverage, std::string_view list, std::string_view key, std::string_view name) {
  for (const auto& row : coverage.at(json::string_view(list.data(), list.size())).as_array()) {
    if (row.at(json::string_view(key.data(), key.size())) == json::string_view(name.data(), name.size())) return &row.as_object();
  }
  return nullptr;
}

TEST(Coverage, EveryEntryOfThePlanHasItsBenefit) {
  const json::value coverage = Coverage(KunmingFiles());
  const auto& plan = coverage.at("plan").as_array();
  EXPECT_EQ(plan.size(), kPlan.size());
  for (const std::string_view id : kPlan) {
    const json::object* row = Row(coverage, "plan", "entry", id);
    ASSERT_NE(row, nullptr) << id;
    EXPECT_TRUE(std::any_of(KunmingFiles().benefits.begin(), KunmingFiles().benefits.end(), [&](const PackFile& f) {
      return f.value.at("id") == row->at("benefit");
    })) << id;
  }
}

TEST(Coverage, EachBenefitIsListedInOneTableOnly) {
  const json::value coverage = Coverage(KunmingFiles());
  for (const PackFile& file : KunmingFiles().benefits) {
    const std::string_view id = file.value.at("id").as_string();
    EXPECT_NE(Row(coverage, "plan", "benefit", id) == nullptr, Row(coverage, "others", "benefit", id) == nullptr) << id;
  }
}

TEST(Coverage, StatusFollowsFromTheBenefit) {
  const json::value coverage = Coverage(KunmingFiles());
  auto row = [&](std::string_view entry) { return json::serialize(*Row(coverage, "plan", "entry", entry)); };
  EXPECT_EQ(
      row("bed_operation_150"),
      R"({"entry":"bed_operation_150","benefit":"bed_operation","status":"calculable","amount":"money","confidence":{"conditions":"recalled","amount":"recalled"}})");
  EXPECT_EQ(
      row("tax_infant_1000"),
      R"({"entry":"tax_infant_1000","benefit":"infant_tax_deduction","status":"calculable","amount":"tax_deduction","confidence":{"conditions":"recalled","amount":"recalled"}})");
  EXPECT_EQ(
      row("caregiver_allowance"),
      R"({"entry":"caregiver_allowance","benefit":"caregiver_allowance","status":"eligibility","amount":"unpublished","confidence":{"conditions":"plan","amount":"plan"}})");
  EXPECT_EQ(
      row("utility_childcare"),
      R"({"entry":"utility_childcare","benefit":"childcare_utilities","status":"eligibility","amount":"fee_relief","confidence":{"conditions":"plan","amount":"plan"}})");
  EXPECT_EQ(
      row("nursing_room"),
      R"({"entry":"nursing_room","benefit":"nursing_room","status":"listed","amount":"service","confidence":{"conditions":"plan","amount":"plan"}})");
  EXPECT_EQ(
      row("bed_construction_extra_2000"),
      R"({"entry":"bed_construction_extra_2000","benefit":"bed_construction_extra","status":"calculable","amount":"money","confidence":{"conditions":"single","amount":"single"}})");
}

// Amounts for which no figure of this city was found: a number here would be invented, or needs its source first.
TEST(Coverage, WhatNobodyPublishedIsSaidToBeSo) {
  const json::value coverage = Coverage(KunmingFiles());
  for (const char* entry : {"ltci", "home_bed", "caregiver_allowance", "hard_to_employ_si", "training_subsidy", "childcare_org_subsidy",
                            "tax_donation", "loan_interest"}) {
    EXPECT_EQ(Row(coverage, "plan", "entry", entry)->at("amount"), "unpublished") << entry;
  }
  for (const char* benefit : {"graduate_hiring_insurance", "inclusive_childcare_price", "community_care_operation"}) {
    EXPECT_EQ(Row(coverage, "others", "benefit", benefit)->at("amount"), "unpublished") << benefit;
  }
}

TEST(Coverage, MistakesAreLocated) {
  auto first = [](json::value plan) {
    PackFiles files = KunmingFiles();
    files.plan_benefits.value = std::move(plan);
    Diagnostics out;
    ReadPack(files, out);
    return out.empty() ? "none" : std::string(Name(out.front().code)) + " " + out.front().file + " " + out.front().pointer;
  };
  auto with = [](std::size_t index, std::string_view key, json::value value) {
    json::value plan = KunmingFiles().plan_benefits.value;
    plan.at("entries").at(index).as_object()[json::string_view(key.data(), key.size())] = std::move(value);
    return plan;
  };
  EXPECT_EQ(first(with(0, "benefit", "infant_tax_deductio")), "benefit.unknown plan-benefits.json /entries/0/benefit");
  EXPECT_EQ(first(with(1, "id", "tax_infant_1000")), "name.duplicate plan-benefits.json /entries/1/id");
  EXPECT_EQ(first(with(2, "title", "x")), "text.missing plan-benefits.json /entries/2/title");
  EXPECT_EQ(first(with(3, "page", 7)), "json.unknown_key plan-benefits.json /entries/3/page");
  EXPECT_EQ(first(json::array()), "json.type plan-benefits.json ");
  EXPECT_EQ(first(json::object({{"format", "km-plan-benefits/2"}})), "format.version plan-benefits.json /format");
  EXPECT_EQ(first(nullptr), "none") << "a pack without a plan";
}

TEST(Coverage, ComesThroughThePublishedForm) {
  auto files = SplitPolicy(PublishedPolicy(KunmingFiles()), "policy.json");
  const auto beside = SplitSupplement(PublishedSupplement(KunmingFiles()), "supplement.json");
  ASSERT_TRUE(files && beside);
  files->plan_benefits = beside->plan_benefits;
  EXPECT_EQ(Coverage(*files), Coverage(KunmingFiles()));
  Diagnostics out;
  const auto refused = PlanCoverage(ReadPack(*files, out), json::array(), "request");
  ASSERT_FALSE(refused);
  EXPECT_EQ(Name(refused.error().code), "json.type");
}

}  // namespace
}  // namespace chuncheng
