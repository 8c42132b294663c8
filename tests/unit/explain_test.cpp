// A verdict as a tree: it must agree with the result, and name every answer, param and clause behind it.
#include "shared/benefits/explain.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <functional>
#include <set>

#include "shared/benefits/generate.h"
#include "shared/benefits/household.h"
#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

Result<json::value> Explain(const json::value& profile, const std::string& benefit, const std::string& subject) {
  json::object request;
  request["profile"] = profile;
  request["benefit"] = benefit;
  request["subject"] = subject;
  return ExplanationOf(KunmingPack(), json::value(request), "");
}

json::value Elder(const std::string& facts) {
  return *ParseJson(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[{"id":"e","kind":"elder","facts":{)" + facts + "}}]}", "");
}

const json::value& Rule(const json::value& explanation, std::string_view criterion) {
  for (const auto& item : explanation.at("tree").as_array()) {
    if (std::string_view(item.at("criterion").as_string()) == criterion) return item.at("rule");
  }
  static const json::value none;
  ADD_FAILURE() << criterion;
  return none;
}

void EachNode(const json::value& node, const std::function<void(const json::object&)>& visit) {
  visit(node.as_object());
  if (const auto* args = node.as_object().if_contains("args")) {
    for (const auto& arg : args->as_array()) EachNode(arg, visit);
  }
}

TEST(Explanation, NamesAnswersTheirAbsenceAndWhatIsDerived) {
  const auto known = Explain(Elder(R"("ltci_insured":true,"ltci_grade":"g4","disabled_months":5)"), "ltci", "e");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->at("verdict"), "no");
  EXPECT_EQ(json::serialize(Rule(*known, "lasting")),
            R"({"op":">=","state":"no","args":[{"op":"var","fact":"disabled_months","value":5},{"op":"literal","value":6}]})");
  EXPECT_EQ(json::serialize(Rule(*known, "grade")),
            R"({"op":"in","state":"yes","args":[{"op":"var","fact":"ltci_grade","value":"g4"},{"op":"literal","value":["g3","g4","g5"]}]})");
  EXPECT_FALSE(known->as_object().contains("amount")) << "refused";
  const auto open = Explain(Elder(R"("ltci_insured":true)"), "ltci", "e");
  EXPECT_EQ(json::serialize(Rule(*open, "lasting").at("args").at(0)), R"({"op":"var","fact":"disabled_months","range":[0,600]})");
  EXPECT_EQ(open->at("tree").at(0).at("criterion"), "in_force");
  EXPECT_FALSE(open->at("tree").at(0).at("cite").as_array().empty());

  const auto old = Explain(Elder(R"("birth_date":"1946-12-10","hukou_district":"guandu")"), "old_age_allowance", "e");
  bool found = false;
  EachNode(Rule(*old, "age"), [&](const json::object& node) {
    const auto* fact = node.if_contains("fact");
    if (fact == nullptr || *fact != "age_by_month_end") return;
    found = true;
    EXPECT_EQ(node.at("value"), 79);
    EXPECT_EQ(json::serialize(node.at("args")),
              R"([{"op":"age_on","value":79,"args":[{"op":"var","fact":"birth_date","value":"1946-12-10"},)"
              R"({"op":"month_end","value":"2026-11-30","args":[{"op":"var","fact":"as_of","value":"2026-11-23"}]}]}])");
  });
  EXPECT_TRUE(found);
}

TEST(Explanation, ParamsCarryValueAndClause) {
  const auto paid = Explain(Elder(R"("birth_date":"1940-12-10","hukou_district":"guandu")"), "old_age_allowance", "e");
  ASSERT_TRUE(paid);
  EXPECT_EQ(paid->at("verdict"), "yes");
  ASSERT_EQ(paid->at("rows").as_array().size(), 1U);
  EXPECT_EQ(json::serialize(paid->at("rows").at(0).at("pay")),
            R"({"op":"param","param":"oldage.rate","keys":["80-89","guandu"],"value":11000,"cite":["oldage-2023#table"]})");
}

// On generated households: the same states as the result, every criterion with its clauses, children that are consistent with their parent.
TEST(Explanation, AgreesWithTheResult) {
  const Pack& pack = KunmingPack();
  const std::array<const Pack*, 1> packs = {&pack};
  Generator generator(packs, {.seed = 4, .as_of = *ParseDay("2026-11-23")});
  std::set<std::string> operators;
  for (int i = 0; i < 8; ++i) {
    const json::value profile = generator.Next();
    const auto result = EvaluateProfile(pack, profile, "");
    ASSERT_TRUE(result);
    for (const auto& one : result->at("results").as_array()) {
      const auto explanation = Explain(profile, std::string(one.at("benefit").as_string()), std::string(one.at("subject").as_string()));
      ASSERT_TRUE(explanation);
      ASSERT_EQ(explanation->at("verdict"), one.at("verdict"));
      const auto& criteria = one.at("criteria").as_array();
      const auto& tree = explanation->at("tree").as_array();
      ASSERT_EQ(criteria.size(), tree.size());
      for (std::size_t c = 0; c < tree.size(); ++c) {
        ASSERT_EQ(tree[c].at("criterion"), criteria[c].at("id"));
        ASSERT_EQ(tree[c].at("state"), criteria[c].at("state"));
        ASSERT_FALSE(tree[c].at("cite").as_array().empty()) << one.at("benefit") << " " << tree[c].at("criterion");
        if (c == 0) continue;
        ASSERT_EQ(tree[c].at("rule").at("state"), tree[c].at("state"));
        EachNode(tree[c].at("rule"), [&](const json::object& node) {
          const std::string op(node.at("op").as_string());
          operators.insert(op);
          EXPECT_EQ((node.contains("state") ? 1 : 0) + (node.contains("value") ? 1 : 0) + (node.contains("range") ? 1 : 0) +
                        (node.contains("unpublished") ? 1 : 0),
                    1)
              << json::serialize(node);
          EXPECT_TRUE(op != "param" || !node.contains("value") || node.contains("cite"));
        });
      }
      const auto* amount = one.as_object().if_contains("amount");
      if (amount == nullptr) continue;
      for (const auto& [key, value] : explanation->at("amount").as_object()) ASSERT_EQ(amount->at(key), value);
    }
  }
  for (const char* op : {"and", "or", ">=", "<", "in", "===", "var", "literal"}) EXPECT_TRUE(operators.contains(op)) << op;
}

TEST(Explanation, BadRequestsAreLocated) {
  auto error = [](const Result<json::value>& result) {
    return result ? std::string("none") : std::string(Name(result.error().code)) + " " + result.error().pointer;
  };
  EXPECT_EQ(error(Explain(Elder(""), "ltcy", "e")), "benefit.unknown /benefit");
  EXPECT_EQ(error(Explain(Elder(""), "ltci", "x")), "subject.unknown /subject");
  EXPECT_EQ(error(Explain(Elder(""), "childcare_subsidy", "e")), "subject.unknown /subject") << "a child's benefit";
  EXPECT_EQ(error(Explain(Elder(R"("age":3)"), "ltci", "e")), "fact.derived /profile/subjects/0/facts/age");
  EXPECT_EQ(error(ExplanationOf(KunmingPack(), json::object(), "")).substr(0, 12), "json.missing");
}

}  // namespace
}  // namespace chuncheng
