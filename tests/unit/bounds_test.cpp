// The bounds are exact: what the engine says of half-answered questions is what trying every completion shows.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

std::string Describe(const PackFiles& files, std::size_t benefit, const Answers& answers, const Schema& schema) {
  std::string out = json::serialize(files.benefits[benefit].value) + "\n" + json::serialize(files.facts.value) + "\n";
  for (std::size_t i = 1; i < schema.facts.size(); ++i) {
    if (answers[i] == schema.facts[i].range || schema.facts[i].derive) continue;
    out += schema.facts[i].name + "=" + std::to_string(answers[i].lo) + (answers[i].Known() ? "" : ".." + std::to_string(answers[i].hi)) + " ";
  }
  return out;
}

TEST(Bounds, EqualTryingEveryCompletionOfRandomPacks) {
  const Day as_of = *ParseDay("2026-11-29");
  std::size_t compared = 0;
  for (unsigned seed = 1; seed <= 120; ++seed) {
    std::mt19937 random(seed);
    const PackFiles files = RandomPack(random);
    const Pack pack = ReadWhole(files);
    ASSERT_EQ(pack.benefits.size(), files.benefits.size());
    const Assessor assessor(pack, as_of);
    const Reference reference(files, pack, as_of);
    for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
      // Not known at all, or known to lie in a part of the range.
      for (const auto& [missing, partly] : {std::pair(40U, 0U), std::pair(70U, 0U), std::pair(70U, 70U), std::pair(90U, 90U)}) {
        const Answers answers = RandomAnswers(pack.schema, random, missing, partly);
        if (reference.Completions(b, answers, 600) > 600) continue;
        const Assessment got = assessor.Assess(pack.benefits[b], answers);
        const Assessment want = reference.Assess(b, answers);
        SCOPED_TRACE("seed " + std::to_string(seed) + " " + Describe(files, b, answers, pack.schema));
        ASSERT_EQ(got.verdict, want.verdict);
        if (want.verdict != State::No) {
          ASSERT_EQ(got.criteria, want.criteria);
          for (std::size_t c = 0; c < want.criteria.size(); ++c) {
            ASSERT_EQ(assessor.AssessCriterion(pack.benefits[b].criteria[c], answers), want.criteria[c]);
          }
        }
        ASSERT_EQ(got.amount.published, want.amount.published);
        ASSERT_EQ(got.amount.unpublished, want.amount.unpublished);
        if (want.amount.published) {
          ASSERT_EQ(got.amount.range, want.amount.range);
        }
        ASSERT_EQ(got.amount.rows, want.amount.rows);
        ASSERT_EQ(got.ask, want.ask);
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 500U);
}

// One benefit for elders over counts a (0 to 40), b, c, d (0 to 9), wide x, y (0 to 999) and a yes-or-no answer; total is b and c.
class OneBenefit {
 public:
  OneBenefit(const std::string& when, const std::string& amount) {
    const std::string rest = R"(,"subject":"elder","effort":1,"privacy":"none","ask":{"zh":"?"}})";
    std::string facts = R"({"flag":{"type":"bool")" + rest + R"(,"total":{"subject":"elder","type":"count","unit":"u","range":[0,18],
      "derive":{"+":[{"var":"b"},{"var":"c"}]}})";
    for (const auto& [name, hi] :
         {std::pair("a", "40"), std::pair("b", "9"), std::pair("c", "9"), std::pair("d", "9"), std::pair("x", "999"), std::pair("y", "999")})
      facts += std::string(",\"") + name + R"(":{"type":"count","unit":"u","range":[0,)" + hi + "]" + rest;
    pack_ = ReadWhole(PackOf(facts + "}", {R"({"format":"km-benefit/1","id":"b0","title":{"zh":"b"},"summary":{"zh":"b"},"subject":"elder",
      "pays":{"to":"person","kind":"money","per":"once"},"in_force":{"from":"2020-01-01","to":null,"cite":["s#c"]},
      "criteria":[{"id":"c0","say":{"zh":"c"},"cite":["s#c"],"when":)" +
                                           when + R"(}],"amount":)" + amount + "}"}));
    assessor_.emplace(pack_, *ParseDay("2026-11-29"));
  }

  struct Part {
    const char* fact;
    std::int64_t lo, hi;
  };
  Assessment With(const std::vector<Part>& parts) const { return assessor_->Assess(pack_.benefits.at(0), Known(parts)); }
  std::vector<Interval> Classes(const char* fact, const std::vector<Part>& parts) const {
    return assessor_->ClassesOf(pack_.benefits.at(0), pack_.schema.fact_index.find(fact)->second, Known(parts));
  }
  std::string Asked(const Assessment& of) const {
    std::string out;
    for (const int fact : of.ask) out += pack_.schema.facts[static_cast<std::size_t>(fact)].name;
    return out;
  }

 private:
  Answers Known(const std::vector<Part>& parts) const {
    Answers answers = NoAnswers(pack_.schema);
    for (const auto& [fact, lo, hi] : parts) answers[static_cast<std::size_t>(pack_.schema.fact_index.find(fact)->second)] = {lo, hi};
    return answers;
  }

  Pack pack_;
  std::optional<Assessor> assessor_;
};

const std::string kNoAmount = R"({"unpublished":true,"say":{"zh":"?"},"cite":["s#c"]})";

TEST(Bounds, OfMoreCasesThanAreTriedStayRight) {
  static_assert(Assessor::kMostCases == 20000, "20 times 10 times 10 times 10");
  // Always so, which only trying the values shows.
  const std::string sum = R"({"var":"a"},{"var":"b"},{"var":"c"},{"var":"d"},{"var":"x"})";
  const OneBenefit benefit(R"({"<=":[{"+":[)" + sum + R"(]},{"+":[)" + sum + R"(,5]}]})", kNoAmount);
  const Assessment tried = benefit.With({{"a", 0, 19}, {"x", 1, 1}});
  EXPECT_EQ(tried.verdict, State::Yes);
  EXPECT_EQ(benefit.Asked(tried), "");
  const Assessment bound = benefit.With({{"a", 0, 20}, {"x", 1, 1}});
  EXPECT_EQ(bound.verdict, State::Open);
  EXPECT_EQ(benefit.Asked(bound), "abcd");
  EXPECT_EQ(benefit.With({{"a", 0, 20}, {"b", 3, 3}, {"x", 1, 1}}).verdict, State::Yes);
  EXPECT_EQ(benefit.With({{"a", 0, 19}, {"x", 1, 2}}).verdict, State::Open);
}

TEST(Bounds, OfTheAmountOfMoreCasesThanAreTriedStayRight) {
  // Of a between 10 and 29: what c and d are together, which only trying the values shows.
  const OneBenefit benefit(R"({">=":[{"var":"y"},10]})",
                           R"({"inputs":["a"],"rows":[
    {"id":"r0","if":{"a":[0,9]},"pay":{"param":["money.k","x","y"]},"cite":["s#c"]},
    {"id":"r1","if":{"a":[10,29]},"cite":["s#c"],
     "pay":{"*":[{"param":["money.k","x","y"]},{"max":[0,{"-":[{"+":[{"var":"a"},{"var":"b"},{"var":"c"},{"var":"d"}]},{"+":[{"var":"a"},{"var":"b"}]}]}]}]}},
    {"id":"r2","if":{"a":[30,40]},"pay":{"+":[{"param":["gone"]},{"*":[{"var":"x"},{"param":["money.k","x","y"]}]}]},"cite":["s#c"]}]})");
  const Assessment tried = benefit.With({{"a", 10, 29}, {"y", 10, 10}});
  EXPECT_EQ(tried.verdict, State::Yes);
  EXPECT_EQ(tried.amount.range, (Interval{0, 54}));
  EXPECT_EQ(tried.amount.rows, (std::vector<int>{1}));
  EXPECT_EQ(benefit.Asked(tried), "cd");
  const Assessment bound = benefit.With({{"a", 9, 29}, {"y", 10, 10}});
  EXPECT_EQ(bound.verdict, State::Yes);
  EXPECT_TRUE(bound.amount.published);
  EXPECT_FALSE(bound.amount.unpublished);
  EXPECT_EQ(bound.amount.range, (Interval{0, 141}));
  EXPECT_EQ(bound.amount.rows, (std::vector<int>{0, 1}));
  EXPECT_EQ(benefit.Asked(bound), "abcd");
  const Assessment whole = benefit.With({});
  EXPECT_EQ(whole.verdict, State::Open);
  EXPECT_TRUE(whole.amount.published);
  EXPECT_TRUE(whole.amount.unpublished);
  EXPECT_EQ(whole.amount.rows, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(benefit.Asked(whole), "yabcd");
  EXPECT_EQ(benefit.With({{"y", 3, 3}}).verdict, State::No);
  const Assessment nothing = benefit.With({{"a", 30, 40}, {"y", 10, 10}});
  EXPECT_FALSE(nothing.amount.published);
  EXPECT_TRUE(nothing.amount.unpublished);
  EXPECT_EQ(benefit.Asked(nothing), "");
}

TEST(Bounds, OfAmountsInManyRowsAreExact) {
  // A row for each hundred of x and each total: row 19 * (x / 100) + total pays three times its number and three.
  std::string rows;
  for (int r = 0; r < 190; ++r) {
    const int hundred = r / 19 * 100;
    rows += (r == 0 ? "" : ",") + (R"({"id":"r)" + std::to_string(r)) + R"(","if":{"x":[)" + std::to_string(hundred) + "," +
            std::to_string(hundred + 99) + R"(],"total":)" + std::to_string(r % 19) + R"(},"pay":{"*":[)" + std::to_string(r + 1) +
            R"(,{"param":["money.k","x","y"]}]},"cite":["s#c"]})";
  }
  const OneBenefit benefit(R"({"<=":[{"var":"y"},500]})", R"({"inputs":["x","total"],"rows":[)" + rows + "]}");
  std::mt19937 random(1);
  const auto part = [&](std::int64_t hi) {
    const std::int64_t from = PickValue(random, {0, hi});
    return Interval{from, PickValue(random, {from, std::min(from + 3 * (hi / 9), hi)})};
  };
  for (int round = 0; round < 300; ++round) {
    const Interval x = round == 0 ? Interval{0, 999} : part(999);
    const Interval b = round == 0 ? Interval{0, 9} : part(9);
    const Interval c = round % 3 == 0 ? Interval{0, 9} : part(9);
    std::vector<int> want;
    for (std::int64_t r = 0; r < 190; ++r) {
      if (r / 19 >= x.lo / 100 && r / 19 <= x.hi / 100 && r % 19 >= b.lo + c.lo && r % 19 <= b.hi + c.hi) want.push_back(static_cast<int>(r));
    }
    const Assessment got = benefit.With({{"x", x.lo, x.hi}, {"b", b.lo, b.hi}, {"c", c.lo, c.hi}, {"y", 1, 2}});
    ASSERT_EQ(got.amount.rows, want) << x.lo << ".." << x.hi << " " << b.lo << ".." << b.hi << " " << c.lo << ".." << c.hi;
    ASSERT_EQ(got.amount.range, (Interval{3 + 3 * std::int64_t{want.front()}, 3 + 3 * std::int64_t{want.back()}}));
    const std::string asked = std::string(x.lo / 100 == x.hi / 100 ? "" : "x") + (b.Known() ? "" : "b") + (c.Known() ? "" : "c");
    ASSERT_EQ(benefit.Asked(got), asked);
  }
  // As many as fit into one word of bits.
  std::string few;
  for (int r = 0; r < 64; ++r) {
    few += (r == 0 ? "" : ",") + (R"({"id":"r)" + std::to_string(r)) + R"(","if":{"x":[)" + std::to_string(15 * r) + "," +
           std::to_string(r == 63 ? 999 : 15 * r + 14) + R"(]},"pay":{"*":[)" + std::to_string(r + 1) +
           R"(,{"param":["money.k","x","y"]}]},"cite":["s#c"]})";
  }
  const OneBenefit word(R"({"<=":[{"var":"y"},500]})", R"({"inputs":["x"],"rows":[)" + few + "]}");
  EXPECT_EQ(word.With({}).amount.range, (Interval{3, 192}));
  EXPECT_EQ(word.With({}).amount.rows.size(), 64U);
  EXPECT_EQ(word.With({{"x", 944, 960}}).amount.rows, (std::vector<int>{62, 63}));
  using Classes = std::vector<Interval>;
  EXPECT_EQ(benefit.Classes("x", {{"x", 150, 420}}), (Classes{{150, 199}, {200, 299}, {300, 399}, {400, 420}}));
  EXPECT_EQ(benefit.Classes("x", {{"x", 199, 300}}), (Classes{{199, 199}, {200, 299}, {300, 300}}));
  EXPECT_EQ(benefit.Classes("x", {{"x", 901, 901}}), (Classes{{901, 901}}));
  EXPECT_EQ(benefit.Classes("y", {}), (Classes{{0, 500}, {501, 999}}));
}

TEST(Bounds, OfAPartOfAClassAreThatPartsOwn) {
  const auto benefit = [](const std::string& below, const std::string& above) {
    return OneBenefit(R"({"<":[{"var":"y"},500]})", R"({"inputs":["x"],"rows":[{"id":"r0","if":{"x":[0,499]},"cite":["s#c"],"pay":)" + below +
                                                        R"(},{"id":"r1","if":{"x":[500,999]},"cite":["s#c"],"pay":)" + above + "}]}");
  };
  const std::string same = R"({"param":["money.k","x","y"]})";
  const std::string each = R"({"*":[{"var":"x"},)" + same + "]}";
  const auto range = [](const OneBenefit& of, std::int64_t lo, std::int64_t hi) { return of.With({{"x", lo, hi}}).amount.range; };
  const OneBenefit rising = benefit(same, each);
  EXPECT_EQ(range(rising, 0, 500), (Interval{3, 1500}));
  EXPECT_EQ(range(rising, 0, 700), (Interval{3, 2100}));
  EXPECT_EQ(range(rising, 499, 999), (Interval{3, 2997}));
  EXPECT_EQ(range(rising, 600, 999), (Interval{1800, 2997}));
  const OneBenefit falling = benefit(each, same);
  EXPECT_EQ(range(falling, 499, 999), (Interval{3, 1497}));
  EXPECT_EQ(falling.With({{"x", 499, 600}}).amount.rows, (std::vector<int>{0, 1}));
  EXPECT_EQ(range(falling, 300, 999), (Interval{3, 1497}));
  EXPECT_EQ(range(falling, 0, 300), (Interval{0, 900}));
  // A sum with what nobody published is not published, however much is known of the rest.
  const OneBenefit none = benefit(R"({"+":[{"param":["gone"]},)" + each + "]}", same);
  EXPECT_FALSE(none.With({{"x", 3, 400}}).amount.published);
  EXPECT_TRUE(none.With({{"x", 3, 400}}).amount.unpublished);
  EXPECT_EQ(range(none, 3, 999), Interval::Of(3));
}

TEST(Bounds, WhereValuesAreTooManyToTryAllThatIsOpenIsAsked) {
  const OneBenefit less(R"({"<":[{"var":"x"},{"var":"y"}]})", kNoAmount);
  EXPECT_EQ(less.With({}).verdict, State::Open);
  EXPECT_EQ(less.Asked(less.With({})), "xy");
  EXPECT_EQ(less.Asked(less.With({{"x", 7, 7}})), "y");
  EXPECT_EQ(less.Asked(less.With({{"y", 7, 7}})), "x");
  EXPECT_EQ(less.With({{"x", 0, 6}, {"y", 7, 900}}).verdict, State::Yes);
  EXPECT_EQ(less.With({{"x", 7, 900}, {"y", 0, 7}}).verdict, State::No);
  // The yes-or-no answer has its turn when the others are there.
  const OneBenefit chosen(R"({"if":[{"var":"flag"},{"<":[{"var":"x"},{"var":"y"}]},{"<":[{"var":"y"},{"var":"x"}]}]})", kNoAmount);
  EXPECT_EQ(chosen.Asked(chosen.With({})), "xy");
  EXPECT_EQ(chosen.Asked(chosen.With({{"x", 7, 7}, {"y", 8, 8}})), "flag");
  // What is not published is open whatever the answers.
  const OneBenefit none(R"({"<":[{"*":[{"var":"x"},{"param":["money.k","x","y"]}]},{"param":["gone"]}]})", kNoAmount);
  EXPECT_EQ(none.With({}).verdict, State::Open);
  EXPECT_EQ(none.Asked(none.With({})), "");
}

}  // namespace
}  // namespace chuncheng
