// The proofs about tables against trying every completion on every day, over random small packs.
#include "shared/benefits/table_proof.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "shared/rules/evaluate.h"

namespace chuncheng {
namespace {

json::value Json(std::string_view text) {
  auto value = ParseJson(text, "test");
  EXPECT_TRUE(value) << text;
  return value ? *value : json::value();
}

// Birthdays around 29 February 2024, days in force around the second birthday: the two ages differ on most days, and not on all.
constexpr std::string_view kFacts = R"({"format":"km-facts/1","facts":{
  "a":{"subject":"elder","type":"bool","ask":{"zh":"?"},"privacy":"none"},
  "b":{"subject":"elder","type":"enum","values":["x","y","z"],"labels":{"zh":["1","2","3"]},"ask":{"zh":"?"},"privacy":"none"},
  "n":{"subject":"elder","type":"count","unit":"个","range":[0,3],"ask":{"zh":"?"},"privacy":"none"},
  "birth":{"subject":"elder","type":"date","range":["2024-02-22","2024-03-06"],"ask":{"zh":"?"},"privacy":"none"},
  "age":{"subject":"elder","type":"count","unit":"周岁","range":[0,3],"derive":{"age_on":[{"var":"birth"},{"var":"as_of"}]}},
  "age_end":{"subject":"elder","type":"count","unit":"周岁","range":[0,3],"derive":{"age_on":[{"var":"birth"},{"month_end":[{"var":"as_of"}]}]}}}})";
constexpr std::string_view kParams = R"({"format":"km-params/1","params":{
  "most":{"type":"count","unit":"个","keys":[],"values":[
    {"from":"2020-01-01","to":"2026-02-27","cite":["s#c"],"last_confirmed_on":null,"cells":1},
    {"from":"2026-02-28","to":null,"cite":["s#c"],"last_confirmed_on":null,"cells":2}]}}})";
constexpr std::string_view kSources =
    R"({"format":"km-sources/1","sources":{"s":{"title":"t","issuer":"i","found_at":"f","status":"official","clauses":{"c":"c"}}}})";
const Interval kDays = {ToDay({2026, 2, 24}), ToDay({2026, 3, 5})};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::int64_t Below(std::int64_t count) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(count)); }
  template <class T>
  T Pick(std::initializer_list<T> list) {
    return *(list.begin() + Below(static_cast<std::int64_t>(list.size())));
  }

 private:
  std::mt19937_64 random_;
};

std::string Condition(std::string_view input, Dice& dice) {
  if (input == "a") return dice.Pick<std::string>({"true", "false"});
  if (input == "b") return dice.Pick<std::string>({R"(["x"])", R"(["y","z"])", R"(["x","z"])", R"(["z"])"});
  const std::int64_t lo = dice.Below(4);
  return "[" + std::to_string(lo) + "," + std::to_string(lo + dice.Below(4 - lo)) + "]";
}

std::string RandomBenefit(Dice& dice) {
  const std::initializer_list<std::string> criteria = {R"({"or":[{"var":"a"},{"!==":[{"var":"b"},"z"]}]})",
                                                       R"({">=":[{"var":"age"},2]})",
                                                       R"({">=":[{"var":"age_end"},2]})",
                                                       R"({"<":[{"var":"age_end"},2]})",
                                                       R"({"var":"a"})",
                                                       R"({"<=":[{"var":"n"},{"param":["most"]}]})",
                                                       R"({"===":[{"var":"age"},{"var":"age_end"}]})",
                                                       R"({"!":[{"var":"a"}]})",
                                                       R"({"<":[{"var":"as_of"},"2026-03-01"]})",
                                                       R"({"or":[{"in":[{"var":"n"},[0,3]]},{"<":[{"var":"age"},2]}]})",
                                                       R"({"<=":[{"add_months":[{"var":"birth"},24]},{"var":"as_of"}]})"};
  std::string text = R"({"format":"km-benefit/1","id":"t","title":{"zh":"t"},"summary":{"zh":"s"},"subject":"elder",)";
  text += R"("pays":{"to":"person","kind":"money","per":"once"},"in_force":{"from":"2026-02-24","to":"2026-03-05","cite":["s#c"]},"criteria":[)";
  const std::int64_t count = dice.Below(4);
  for (std::int64_t c = 0; c < count; ++c) {
    text += (c == 0 ? "" : ",") + std::string(R"({"id":"c)") + std::to_string(c) + R"(","say":{"zh":"s"},"cite":["s#c"],"when":)" +
            dice.Pick(criteria) + "}";
  }
  std::vector<std::string> inputs = {dice.Pick<std::string>({"age", "age_end", "n", "b"})};
  for (const char* more : {"a", "b", "age"}) {
    if (dice.Below(2) == 0 && inputs[0] != more) inputs.emplace_back(more);
  }
  text += R"(],"amount":{"inputs":[)";
  for (std::size_t i = 0; i < inputs.size(); ++i) text += (i == 0 ? "\"" : ",\"") + inputs[i] + "\"";
  text += R"(],"rows":[)";
  const std::int64_t rows = 1 + dice.Below(4);
  for (std::int64_t r = 0; r < rows; ++r) {
    text += (r == 0 ? "" : ",") + std::string(R"({"id":"r)") + std::to_string(r) + R"(","pay":0,"cite":["s#c"],"if":{)";
    bool first = true;
    for (const std::string& input : inputs) {
      if (dice.Below(3) == 0) continue;
      text += (first ? "\"" : ",\"") + input + "\":" + Condition(input, dice);
      first = false;
    }
    text += "}}";
  }
  return text + "]}}";
}

// What trying everything finds.
struct Truth {
  bool gap = false;
  bool possible = false;
  std::set<std::pair<int, int>> overlaps;
  std::set<int> reached;
};

Truth TryEverything(const Pack& pack) {
  Truth truth;
  const Schema& schema = pack.schema;
  const Benefit& benefit = pack.benefits[0];
  std::vector<Interval> env;
  for (const Fact& fact : schema.facts) env.push_back(fact.range);
  const std::vector<int> bases = {schema.fact_index.at("a"), schema.fact_index.at("b"), schema.fact_index.at("n"), schema.fact_index.at("birth")};
  for (Day day = kDays.lo; day <= kDays.hi; ++day) {
    env[kAsOf] = Interval::Of(day);
    std::vector<Interval> params;
    for (const ParamSlot& slot : schema.slots) params.push_back(schema.SlotValue(slot, day));
    std::size_t cases = 1;
    for (int base : bases)
      cases *=
          static_cast<std::size_t>(schema.facts[static_cast<std::size_t>(base)].range.hi - schema.facts[static_cast<std::size_t>(base)].range.lo + 1);
    for (std::size_t index = 0; index < cases; ++index) {
      std::size_t rest = index;
      for (int base : bases) {
        const Interval range = schema.facts[static_cast<std::size_t>(base)].range;
        const auto size = static_cast<std::size_t>(range.hi - range.lo + 1);
        env[static_cast<std::size_t>(base)] = Interval::Of(range.lo + static_cast<std::int64_t>(rest % size));
        rest /= size;
      }
      for (std::size_t f = 0; f < schema.facts.size(); ++f) {
        if (schema.facts[f].derive) env[f] = Evaluate(*schema.facts[f].derive, env, params);
      }
      bool met = true;
      for (const Criterion& criterion : benefit.criteria) met = met && Evaluate(criterion.when.program, env, params).Yes();
      if (!met) continue;
      truth.possible = true;
      std::vector<int> yes;
      for (std::size_t r = 0; r < benefit.rows.size(); ++r) {
        if (Evaluate(benefit.rows[r].when.program, env, params).Yes()) yes.push_back(static_cast<int>(r));
      }
      truth.reached.insert(yes.begin(), yes.end());
      if (yes.empty()) truth.gap = true;
      if (yes.size() > 1) truth.overlaps.emplace(yes[0], yes[1]);
    }
  }
  return truth;
}

TEST(TableProof, AgreesWithTryingEveryCompletionOnEveryDay) {
  Dice dice(20260228);
  std::size_t gaps = 0;
  std::size_t overlaps = 0;
  std::size_t clean = 0;
  std::size_t dead = 0;
  std::size_t never = 0;
  for (int round = 0; round < 400; ++round) {
    PackFiles files;
    files.pack = {"pack.json", json::object()};
    files.facts = {"facts.json", Json(kFacts)};
    files.params = {"params.json", Json(kParams)};
    files.sources = {"sources.json", Json(kSources)};
    files.stacking = {"stacking.json", Json(R"({"format":"km-stacking/1","groups":[]})")};
    const std::string text = RandomBenefit(dice);
    files.benefits = {{"b.json", Json(text)}};
    Diagnostics out;
    const Pack pack = ReadPack(files, out);
    ASSERT_TRUE(out.empty()) << Name(out.front().code) << " " << out.front().pointer << "\n" << text;
    const Truth truth = TryEverything(pack);
    TableProof proof(pack, pack.benefits[0]);
    proof.CheckTable("b.json", out);
    bool gap = false;
    std::set<std::string> seconds;
    for (const Error& error : out) {
      ASSERT_NE(error.code, ErrorCode::TableTooWide) << text;
      if (error.code == ErrorCode::TableGap) gap = true;
      if (error.code == ErrorCode::TableOverlap) seconds.insert(error.pointer);
    }
    // A first day with a problem ends the search where ages are reckoned, so that not every problem is named; none is invented.
    EXPECT_EQ(gap || !seconds.empty(), truth.gap || !truth.overlaps.empty()) << text;
    EXPECT_TRUE(!gap || truth.gap) << text;
    std::set<std::string> possible;
    for (const auto& [first, second] : truth.overlaps) possible.insert(pack.benefits[0].rows[static_cast<std::size_t>(second)].pointer);
    for (const std::string& pointer : seconds) EXPECT_TRUE(possible.contains(pointer)) << pointer << "\n" << text;
    EXPECT_EQ(proof.Reachable(-1), truth.possible) << text;
    for (std::size_t r = 0; r < pack.benefits[0].rows.size(); ++r) {
      EXPECT_EQ(proof.Reachable(static_cast<int>(r)), truth.reached.contains(static_cast<int>(r))) << r << "\n" << text;
      dead += truth.reached.contains(static_cast<int>(r)) ? 0 : 1;
    }
    gaps += truth.gap ? 1 : 0;
    overlaps += truth.overlaps.empty() ? 0 : 1;
    clean += truth.gap || !truth.overlaps.empty() ? 0 : 1;
    never += truth.possible ? 0 : 1;
  }
  // The packs drawn must show all of it, or the test shows nothing.
  EXPECT_GT(gaps, 30U);
  EXPECT_GT(overlaps, 20U);
  EXPECT_GT(clean, 5U);
  EXPECT_GT(dead, 20U);
  EXPECT_GT(never, 3U);
}

}  // namespace
}  // namespace chuncheng
