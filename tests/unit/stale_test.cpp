// Warnings: programmes over or about to be, numbers nobody has confirmed for long.
#include "shared/benefits/stale.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "shared/benefits/household.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

PackFile File(const char* name, const std::string& text) { return {name, *ParseJson(text, name)}; }

// One benefit of 2026 paying a param that was last confirmed on `confirmed`.
Pack Small(const std::string& confirmed, const std::string& grace = R"({"grace_months":6})") {
  PackFiles files;
  files.pack = File("pack.json", grace);
  files.stacking = File("stacking.json", R"({"format":"km-stacking/1","groups":[]})");
  files.sources = File("sources.json", R"({"format":"km-sources/1","sources":{"s":{"title":"t","issuer":"i","date":null,"level":"city","found_at":"f",
    "status":"official","clauses":{"life":"a","rate":"b"}}}})");
  files.facts = File("facts.json", R"({"format":"km-facts/1","facts":{"asks":{"subject":"elder","type":"bool","ask":{"zh":"?"},"privacy":"none"}}})");
  files.params = File("params.json", R"({"format":"km-params/1","params":{
    "rate":{"type":"money","unit":"fen","per":"once","values":[{"from":"2020-01-01","to":null,"cite":["s#rate"],"last_confirmed_on":)" +
                                         confirmed + R"(,"cells":100}]},
    "other":{"type":"money","unit":"fen","per":"once","values":[{"from":"2020-01-01","to":null,"cite":["s#rate"],"last_confirmed_on":null,"cells":1}]}}})");
  files.benefits.push_back(
      File("b.json", R"({"format":"km-benefit/1","id":"b","title":{"zh":"t"},"summary":{"zh":"s"},"why":{"zh":"w"},"subject":"elder",
    "pays":{"to":"person","kind":"money","per":"once"},"in_force":{"from":"2026-01-01","to":"2026-12-31","cite":["s#life"]},
    "criteria":[{"id":"c","say":{"zh":"c"},"cite":["s#life"],"when":{"===":[{"var":"asks"},true]}}],
    "amount":{"inputs":[],"rows":[{"id":"r","if":{},"pay":{"param":["rate"]},"cite":["s#rate"]}]}})"));
  Diagnostics out;
  Pack pack = ReadPolicy(files, out);
  EXPECT_TRUE(out.empty()) << (out.empty() ? "" : std::string(Name(out.front().code)) + " " + out.front().pointer);
  return pack;
}

std::string Warnings(const Pack& pack, const std::string& as_of) {
  json::object request;
  request["as_of"] = as_of;
  const auto result = StaleOf(pack, json::value(request), "");
  return result ? json::serialize(result->at("warnings")) : std::string(Name(result.error().code)) + " " + result.error().pointer;
}

const std::string kEnds = R"({"benefit":"b","kind":"ends","date":"2026-12-31","cite":["s#life"]})";
const std::string kUnconfirmed = R"({"benefit":"b","kind":"unconfirmed","date":"2026-01-31","param":"rate","cite":["s#rate"]})";

TEST(Stale, ProgrammesNearTheirEndAndOver) {
  const Pack pack = Small(R"("2026-09-01")");
  EXPECT_EQ(Warnings(pack, "2026-10-01"), "[]") << "91 days before the last day";
  EXPECT_EQ(Warnings(pack, "2026-10-02"), "[" + kEnds + "]");
  EXPECT_EQ(Warnings(pack, "2026-12-31"), "[" + kEnds + "]") << "its last day";
  EXPECT_EQ(Warnings(pack, "2027-01-01"), R"([{"benefit":"b","kind":"ended","date":"2026-12-31","cite":["s#life"]}])");
}

TEST(Stale, NumbersBeyondTheGraceOfThePack) {
  const Pack pack = Small(R"("2026-01-31")");
  EXPECT_EQ(Warnings(pack, "2026-07-31"), "[]");
  EXPECT_EQ(Warnings(pack, "2026-08-01"), "[" + kUnconfirmed + "]");
  EXPECT_EQ(Warnings(pack, "2026-10-02"), "[" + kEnds + "," + kUnconfirmed + "]");
  EXPECT_EQ(Warnings(Small(R"("2026-01-31")", "{}"), "2026-08-01"), "[]") << "twelve months when the pack does not say";
  EXPECT_EQ(Warnings(Small("null"), "2026-02-01"), R"([{"benefit":"b","kind":"unconfirmed","param":"rate","cite":["s#rate"]}])")
      << "never noted; a param that nothing reads is not warned about";
}

TEST(Stale, ResultsCarryTheirOwnWarnings) {
  const Pack pack = Small(R"("2026-01-31")");
  auto stale = [&](const std::string& as_of, const std::string& asks) {
    const auto profile =
        ParseJson(R"({"format":"km-profile/1","as_of":")" + as_of + R"(","subjects":[{"id":"e","kind":"elder","facts":{"asks":)" + asks + "}}]}", "");
    const auto result = EvaluateProfile(pack, *profile, "");
    const auto* found = result->at("results").at(0).as_object().if_contains("stale");
    return found == nullptr ? std::string("none") : json::serialize(*found);
  };
  EXPECT_EQ(stale("2026-07-31", "true"), "none");
  EXPECT_EQ(stale("2026-08-01", "true"), R"([{"kind":"unconfirmed","date":"2026-01-31","param":"rate","cite":["s#rate"]}])");
  EXPECT_EQ(stale("2026-08-01", "false"), "none") << "a refusal rests on no amount";
  EXPECT_EQ(stale("2027-01-01", "true"), R"([{"kind":"ended","date":"2026-12-31","cite":["s#life"]}])");
}

TEST(Stale, BadRequestsAreLocated) {
  const Pack pack = Small("null");
  EXPECT_EQ(Warnings(pack, "2026-02-30"), "date.bad /as_of");
  EXPECT_EQ(Warnings(pack, "0026-02-03"), "range.bad /as_of");
  EXPECT_EQ(StaleOf(pack, json::object(), "").error().code, ErrorCode::JsonMissing);
  EXPECT_EQ(StaleOf(pack, json::array(), "").error().code, ErrorCode::JsonType);
}

}  // namespace
}  // namespace chuncheng
