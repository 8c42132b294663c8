#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "shared/rules/compile.h"
#include "shared/rules/evaluate.h"
#include "shared/rules/rule.h"

namespace chuncheng {
namespace {

// The value as JSON, or the error's name and pointer.
std::string Rule(const std::string& rule, const std::string& data = "{}") {
  const auto request = ParseJson(R"({"rule":)" + rule + R"(,"data":)" + data + "}", "");
  if (!request) return "syntax";
  const auto result = EvaluateRule(*request, "");
  if (!result) return std::string(Name(result.error().code)) + " " + result.error().pointer;
  return json::serialize(result->at("value"));
}

TEST(Rule, Values) {
  EXPECT_EQ(Rule(R"({"and":[{">=":[{"var":"age"},80]},true]})", R"({"age":80})"), "true");
  EXPECT_EQ(Rule(R"({"<":[1,2,3]})"), "true");
  EXPECT_EQ(Rule(R"({"<=":[1,4,3]})"), "false");
  EXPECT_EQ(Rule(R"({"if":[false,1,false,2,3]})"), "3");
  EXPECT_EQ(Rule(R"({"-":[5]})"), "-5");
  EXPECT_EQ(Rule(R"({"min":[{"*":[2,3]},{"max":[1,9]}]})"), "6");
  EXPECT_EQ(Rule(R"({"in":["b",["a","b"]]})"), "true");
  EXPECT_EQ(Rule(R"({"var":"a.b"})", R"({"a":{"b":"c"}})"), "\"c\"");
  EXPECT_EQ(Rule(R"({"age_on":[{"var":"b"},"2026-11-23"]})", R"({"b":"1946-11-24"})"), "79");
  EXPECT_EQ(Rule(R"({"add_months":[{"var":"b"},-1]})", R"({"b":"2026-03-31"})"), "\"2026-02-28\"");
  EXPECT_EQ(Rule(R"({"months_between":["2025-01-01",{"add_months":["2023-12-05",36]}]})"), "23");
}

TEST(Rule, RejectsWhatJsonLogicWouldCoerce) {
  EXPECT_EQ(Rule(R"({"===":[1,"1"]})"), "type.mismatch /rule/===/1");
  EXPECT_EQ(Rule(R"({"==":[1,1]})"), "operator.unknown /rule");
  EXPECT_EQ(Rule(R"({"!":[0]})"), "type.mismatch /rule/!/0");
  EXPECT_EQ(Rule(R"({"or":[0,true]})"), "type.mismatch /rule/or/0");
  EXPECT_EQ(Rule(R"({"+":["1",1]})"), "type.mismatch /rule/+/0");
  EXPECT_EQ(Rule("null"), "literal.bad /rule");
  EXPECT_EQ(Rule("3.14"), "literal.bad /rule");
  EXPECT_EQ(Rule(R"({"var":["a",1]})"), "fact.no_default /rule/var");
  EXPECT_EQ(Rule(R"({"var":"agee"})", R"({"age":1})"), "fact.unknown /rule/var");
  EXPECT_EQ(Rule(R"({"if":[true,1]})"), "operand.count /rule");
  EXPECT_EQ(Rule(R"({"if":[true,1,"a"]})"), "type.mismatch /rule/if/2");
  EXPECT_EQ(Rule(R"({"<":["a","b"]})"), "type.mismatch /rule");
  EXPECT_EQ(Rule(R"({"in":["i","team"]})"), "type.mismatch /rule/in/1");
  EXPECT_EQ(Rule(R"({"and":[true],"or":[true]})"), "operator.shape /rule");
}

TEST(Rule, ProvesAgainstOverflow) {
  EXPECT_EQ(Rule(R"({"*":[4611686018427387904,2]})"), "overflow /rule");
  EXPECT_EQ(Rule(R"({"+":[9223372036854775807,1]})"), "overflow /rule");
  EXPECT_EQ(Rule(R"({"-":[-9223372036854775808]})"), "overflow /rule");
  EXPECT_EQ(Rule(R"({"+":[9223372036854775806,1]})"), "9223372036854775807");
}

TEST(Rule, DepthIsBounded) {
  std::string deep = "true";
  for (int i = 0; i < 30; ++i) deep = R"({"!":)" + deep + "}";
  EXPECT_EQ(Rule(deep), "true");
  for (int i = 0; i < 20; ++i) deep = R"({"!":)" + deep + "}";
  EXPECT_EQ(Rule(deep).substr(0, 8), "too.deep");
}

TEST(Rule, TraceShowsEachOperation) {
  const auto request = ParseJson(R"({"rule":{"and":[{">":[{"var":"a"},1]},true]},"data":{"a":3},"trace":true})", "");
  const auto result = EvaluateRule(*request, "");
  ASSERT_TRUE(result);
  EXPECT_EQ(json::serialize(result->at("trace")), R"([{"at":"/rule/and/0","value":1},{"at":"/rule","value":1}])");
}

// A small schema: bool b, count n 0..5 and m 0..5, ordinal o of three.
class Dialect : public testing::Test {
 protected:
  Dialect() {
    const auto facts = ParseJson(R"({"format":"km-facts/1","facts":{
      "b":{"subject":"elder","type":"bool","ask":{"zh":"?"},"privacy":"none"},
      "n":{"subject":"elder","type":"count","unit":"年","range":[0,5],"ask":{"zh":"?"},"privacy":"none"},
      "m":{"subject":"elder","type":"count","unit":"年","range":[0,5],"ask":{"zh":"?"},"privacy":"none"},
      "k":{"subject":"elder","type":"count","unit":"月","range":[0,5],"ask":{"zh":"?"},"privacy":"none"},
      "y":{"subject":"elder","type":"money","range":[0,1000],"ask":{"zh":"?"},"privacy":"none"},
      "o":{"subject":"elder","type":"ordinal","values":["low","mid","high"],"labels":{"zh":["低","中","高"]},"ask":{"zh":"?"},"privacy":"none"}}})",
                                 "");
    ReadFacts(Node(*facts, "facts.json", out_), schema_);
    const auto params = ParseJson(R"({"format":"km-params/1","params":{
      "r":{"type":"ratio","unit":"permille","values":[{"from":"2026-01-01","to":null,"cite":["s#c"],"last_confirmed_on":null,"cells":333}]},
      "p":{"type":"money","unit":"fen","keys":["k"],"values":[{"from":"2026-01-01","to":"2026-06-30","cite":["s#c"],"last_confirmed_on":null,"cells":{"a":100}},
           {"from":"2026-07-01","to":null,"cite":["s#c"],"last_confirmed_on":null,"cells":{"b":7,"c":null}}]}}})",
                                  "");
    ReadParams(Node(*params, "params.json", out_), schema_);
    EXPECT_TRUE(out_.empty());
  }

  std::string Error(const std::string& rule, std::optional<Type> want = std::nullopt) {
    const auto value = ParseJson(rule, "");
    Diagnostics out;
    const auto program = Compile(Node(*value, "", out), schema_, want);
    return program ? "ok" : out.empty() ? "silent" : std::string(Name(out.front().code)) + " " + out.front().pointer;
  }

  Interval Value(const std::string& rule, const char* day, const std::vector<std::pair<std::string, Interval>>& facts) {
    const auto value = ParseJson(rule, "");
    Diagnostics out;
    const auto program = Compile(Node(*value, "", out), schema_, std::nullopt);
    EXPECT_TRUE(program) << rule;
    if (!program) return {};
    std::vector<Interval> env;
    for (const Fact& fact : schema_.facts) env.push_back(fact.range);
    for (const auto& [name, v] : facts) env[static_cast<std::size_t>(schema_.fact_index.at(name))] = v;
    std::vector<Interval> params;
    for (const ParamSlot& slot : schema_.slots) params.push_back(schema_.SlotValue(slot, *ParseDay(day)));
    return Evaluate(*program, env, params);
  }

  Schema schema_;
  Diagnostics out_;
};

TEST_F(Dialect, UnitsMustAgree) {
  EXPECT_EQ(Error(R"({"<":[{"var":"n"},{"var":"m"}]})"), "ok");
  EXPECT_EQ(Error(R"({"<":[{"var":"n"},3]})"), "ok");
  EXPECT_EQ(Error(R"({"<":[{"var":"n"},{"var":"k"}]})"), "unit.mismatch /</1/var");
  EXPECT_EQ(Error(R"({"+":[{"var":"y"},{"var":"n"}]})"), "unit.mismatch /+/1/var");
  EXPECT_EQ(Error(R"({"*":[{"var":"y"},{"var":"n"}]})", Type{Kind::Int, kFen}), "ok");
  EXPECT_EQ(Error(R"({"*":[{"var":"y"},{"var":"y"}]})"), "unit.mismatch /*/1/var");
  EXPECT_EQ(Error(R"({"*":[{"var":"y"},{"param":["r"]}]})"), "ratio.outside /*/1");
  EXPECT_EQ(Error(R"({"portion":[{"var":"y"},{"param":["r"]}]})"), "ratio.rounding ");
  EXPECT_EQ(Error(R"({"portion":[{"var":"y"},{"param":["r"]},"nearest"]})"), "ratio.rounding /portion/2");
  EXPECT_EQ(Error(R"({"===":[{"var":"o"},"hihg"]})"), "enum.value /===/1");
  EXPECT_EQ(Error(R"({">=":[{"var":"o"},"mid"]})"), "ok");
  EXPECT_EQ(Error(R"({"param":["p"]})"), "param.key ");
  EXPECT_EQ(Error(R"({"param":["q","a"]})"), "param.unknown /param/0");
}

TEST_F(Dialect, AmountsAreParamsNotLiterals) {
  EXPECT_EQ(Error("5500", Type{Kind::Int, kFen}), "amount.literal ");
  EXPECT_EQ(Error("0", Type{Kind::Int, kFen}), "ok");
  EXPECT_EQ(Error(R"({"<":[{"var":"y"},3]})"), "amount.literal /</1");
  EXPECT_EQ(Error(R"({"<":[3,{"var":"y"}]})"), "amount.literal /</0");
  EXPECT_EQ(Error(R"({">":[{"var":"y"},0]})"), "ok");
  EXPECT_EQ(Error(R"({"max":[0,{"-":[{"var":"y"},{"+":[2,3]}]}]})"), "amount.literal /max/1/-/1");
  EXPECT_EQ(Error(R"({"if":[{"var":"b"},7,0]})", Type{Kind::Int, kFen}), "amount.literal ");
  EXPECT_EQ(Error(R"({"if":[{"<":[{"var":"n"},7]},{"var":"y"},0]})", Type{Kind::Int, kFen}), "ok");
  EXPECT_EQ(Error(R"({"*":[{"var":"y"},12]})", Type{Kind::Int, kFen}), "ok") << "a count";
  EXPECT_EQ(Error(R"({"in":[{"var":"y"},[0,5]]})"), "amount.literal /in/1/1");
}

TEST_F(Dialect, AnEmptyCellIsKnownButNotPublished) {
  EXPECT_EQ(Error(R"({"param":["p","d"]})"), "param.key ");
  EXPECT_EQ(Error(R"({"param":["p","c"]})"), "ok");
  EXPECT_FALSE(Value(R"({"min":[{"param":["p","c"]},{"var":"y"}]})", "2026-08-01", {{"y", Interval::Of(5)}}).Published());
  EXPECT_FALSE(Value(R"({"param":["p","c"]})", "2026-02-01", {}).Published());
  EXPECT_EQ(Value(R"({"param":["p","b"]})", "2026-08-01", {}), Interval::Of(7));
}

TEST_F(Dialect, RoundingHappensOnceAndAsStated) {
  const Interval y = Interval::Of(101);
  EXPECT_EQ(Value(R"({"portion":[{"var":"y"},{"param":["r"]},"down"]})", "2026-02-01", {{"y", y}}), Interval::Of(33));
  EXPECT_EQ(Value(R"({"portion":[{"var":"y"},{"param":["r"]},"up"]})", "2026-02-01", {{"y", y}}), Interval::Of(34));
  EXPECT_EQ(Value(R"({"portion":[{"var":"y"},{"param":["r"]},"half_up"]})", "2026-02-01", {{"y", y}}), Interval::Of(34));
}

TEST_F(Dialect, MissingPeriodOrCellIsNotPublishedNeverZero) {
  EXPECT_EQ(Value(R"({"param":["p","a"]})", "2026-02-01", {}), Interval::Of(100));
  EXPECT_FALSE(Value(R"({"+":[{"param":["p","a"]},0]})", "2026-08-01", {}).Published());
  EXPECT_FALSE(Value(R"({"param":["p","b"]})", "2025-08-01", {}).Published());
  EXPECT_EQ(Value(R"({"<":[{"param":["p","a"]},0]})", "2026-08-01", {}), Interval::Either());
}

// Whatever the unknown facts turn out to be, the interval result contains it; with all facts known it is that value.
TEST_F(Dialect, IntervalsContainEveryCompletion) {
  const std::vector<std::string> rules = {
      R"({"and":[{"<":[{"var":"n"},3]},{"or":[{"var":"b"},{">=":[{"var":"m"},{"var":"n"}]}]}]})",
      R"({"if":[{"var":"b"},{"+":[{"var":"n"},{"var":"m"}]},{"-":[{"var":"n"},{"var":"m"}]}]})",
      R"({"max":[{"*":[{"var":"n"},{"var":"m"}]},{"min":[{"var":"n"},2]}]})",
      R"({"in":[{"var":"o"},["low","high"]]})",
      R"({"<":[{"var":"n"},{"var":"m"},4]})",
      R"({"!==":[{"var":"n"},{"var":"m"}]})",
  };
  for (const std::string& rule : rules) {
    for (int mask = 0; mask < 16; ++mask) {
      std::optional<Interval> hull;
      std::vector<std::pair<std::string, Interval>> open;
      for (int b = 0; b <= 1; ++b) {
        for (int n = 0; n <= 5; ++n) {
          for (int m = 0; m <= 5; ++m) {
            for (int o = 0; o <= 2; ++o) {
              // Facts whose bit is set are known to be 1.
              if (((mask & 1) && b != 1) || ((mask & 2) && n != 1) || ((mask & 4) && m != 1) || ((mask & 8) && o != 1)) continue;
              const Interval v =
                  Value(rule, "2026-02-01", {{"b", Interval::Of(b)}, {"n", Interval::Of(n)}, {"m", Interval::Of(m)}, {"o", Interval::Of(o)}});
              ASSERT_TRUE(v.Known());
              hull = hull ? Interval{std::min(hull->lo, v.lo), std::max(hull->hi, v.hi)} : v;
            }
          }
        }
      }
      if (mask & 1) open.emplace_back("b", Interval::Of(1));
      if (mask & 2) open.emplace_back("n", Interval::Of(1));
      if (mask & 4) open.emplace_back("m", Interval::Of(1));
      if (mask & 8) open.emplace_back("o", Interval::Of(1));
      const Interval bound = Value(rule, "2026-02-01", open);
      EXPECT_LE(bound.lo, hull->lo) << rule << mask;
      EXPECT_GE(bound.hi, hull->hi) << rule << mask;
    }
  }
}

}  // namespace
}  // namespace chuncheng
