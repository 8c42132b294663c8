#include "shared/benefits/batch.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <random>

#include "shared/benefits/generate.h"
#include "shared/benefits/household.h"
#include "shared/benefits/profile.h"
#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

struct Arrays {
  explicit Arrays(std::size_t rows, std::size_t facts)
      : values(rows * facts),
        known(rows * facts),
        verdicts(rows * KunmingPack().benefits.size(), 9),
        amounts(rows * KunmingPack().benefits.size(), {7, 7}) {}
  std::vector<std::int64_t> values;
  std::vector<std::uint8_t> known;
  std::vector<std::uint8_t> verdicts;
  std::vector<Interval> amounts;
};

// Each generated household against `eval`: one row for each elder (or child, when there is no elder), with the worker, the institution and the
// household.
TEST(Batch, AgreesWithTheHouseholdsResult) {
  const Pack& pack = KunmingPack();
  GenerateOptions options;
  options.seed = 11;
  options.as_of = *ParseDay("2026-11-23");
  const Pack* const packs[] = {&pack};
  Generator generator(packs, options);
  std::size_t compared = 0;
  std::size_t open = 0;
  std::size_t amounts = 0;
  for (int round = 0; round < 150; ++round) {
    const json::value profile = generator.Next();
    const auto read = ReadProfile(pack, profile, "");
    ASSERT_TRUE(read);
    const auto result = EvaluateProfile(pack, profile, "");
    ASSERT_TRUE(result);
    Batch batch(pack, read->as_of);
    for (std::size_t p = 0; p < read->people.size(); ++p) {
      const Answers answers = read->AnswersOf(pack.schema, p);
      Arrays arrays(1, batch.facts().size());
      for (std::size_t f = 0; f < batch.facts().size(); ++f) {
        const Interval answer = answers[static_cast<std::size_t>(batch.facts()[f])];
        arrays.known[f] = answer.Known() ? 1 : 0;
        arrays.values[f] = answer.Known() ? answer.lo : 123456789;  // not read
      }
      const auto error = batch.Run({1, arrays.values, arrays.known, arrays.verdicts, arrays.amounts});
      ASSERT_FALSE(error) << Name(error->code);
      for (const auto& item : result->at("results").as_array()) {
        if (item.at("subject").as_string() != json::string_view(read->people[p].id)) continue;
        const auto b = static_cast<std::size_t>(pack.FindBenefit(std::string_view(item.at("benefit").as_string())));
        const char* const names[] = {"no", "open", "yes"};
        ASSERT_LE(arrays.verdicts[b], 2);
        EXPECT_EQ(item.at("verdict").as_string(), names[arrays.verdicts[b]]) << pack.benefits[b].id << json::serialize(profile);
        const auto* amount = item.as_object().if_contains("amount");
        const bool published = amount != nullptr && amount->as_object().contains("min");
        ASSERT_EQ(published, arrays.amounts[b].Published()) << pack.benefits[b].id << json::serialize(profile);
        if (published) {
          EXPECT_EQ(amount->at("min").as_int64(), arrays.amounts[b].lo) << pack.benefits[b].id;
          EXPECT_EQ(amount->at("max").as_int64(), arrays.amounts[b].hi) << pack.benefits[b].id;
          ++amounts;
        }
        open += arrays.verdicts[b] == 1 ? 1 : 0;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 3000U);
  EXPECT_GT(open, 300U);
  EXPECT_GT(amounts, 300U);
}

// Rows of any filling, and without the known mask, against the assessment of each benefit.
TEST(Batch, RowsAgreeWithTheAssessment) {
  const Pack& pack = KunmingPack();
  const std::size_t benefits = pack.benefits.size();
  std::mt19937 random(3);
  for (const char* day : {"2024-08-01", "2025-12-31", "2026-11-23", "2031-01-01"}) {
    Batch batch(pack, *ParseDay(day));
    const Assessor assessor(pack, batch.as_of());
    const std::size_t facts = batch.facts().size();
    constexpr std::size_t kRows = 40;
    Arrays arrays(kRows, facts);
    std::vector<Answers> answers(kRows, NoAnswers(pack.schema));
    for (const bool complete : {true, false}) {
      for (std::size_t row = 0; row < kRows; ++row) {
        for (std::size_t f = 0; f < facts; ++f) {
          const auto fact = static_cast<std::size_t>(batch.facts()[f]);
          const Interval range = pack.schema.facts[fact].range;
          const std::int64_t value = range.lo + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(range.hi - range.lo + 1));
          const bool known = complete || random() % 10 < row % 11;
          arrays.values[row * facts + f] = value;
          arrays.known[row * facts + f] = known ? 1 : 0;
          answers[row][fact] = known ? Interval::Of(value) : range;
        }
      }
      const std::span<const std::uint8_t> mask = complete ? std::span<const std::uint8_t>() : std::span<const std::uint8_t>(arrays.known);
      ASSERT_FALSE(batch.Run({kRows, arrays.values, mask, arrays.verdicts, arrays.amounts}));
      std::vector<std::uint8_t> alone(kRows * benefits);
      ASSERT_FALSE(batch.Run({kRows, arrays.values, mask, alone, {}}));
      EXPECT_EQ(alone, arrays.verdicts) << "without amounts";
      for (std::size_t row = 0; row < kRows; ++row) {
        for (std::size_t b = 0; b < benefits; ++b) {
          const Assessment want = assessor.Assess(pack.benefits[b], answers[row]);
          const Interval got = arrays.amounts[row * benefits + b];
          ASSERT_EQ(arrays.verdicts[row * benefits + b], static_cast<std::uint8_t>(want.verdict)) << day << " " << pack.benefits[b].id;
          ASSERT_EQ(got.Published(), want.amount.published) << day << " " << pack.benefits[b].id;
          if (want.amount.published) {
            ASSERT_EQ(got, want.amount.range) << day << " " << pack.benefits[b].id;
          }
        }
      }
    }
  }
}

TEST(Batch, BadArraysAreErrors) {
  const Pack& pack = KunmingPack();
  Batch batch(pack, *ParseDay("2026-11-23"));
  Arrays arrays(2, batch.facts().size());
  for (std::size_t f = 0; f < arrays.values.size(); ++f) {
    arrays.values[f] = pack.schema.facts[static_cast<std::size_t>(batch.facts()[f % batch.facts().size()])].range.lo;
  }
  const BatchRows good{2, arrays.values, {}, arrays.verdicts, arrays.amounts};
  EXPECT_FALSE(batch.Run(good));
  auto code = [&](BatchRows rows) {
    const auto error = batch.Run(rows);
    return error ? std::string(Name(error->code)) + " " + error->args.front().second + " " + std::to_string(error->row) : std::string("none");
  };
  BatchRows bad = good;
  bad.rows = 3;
  EXPECT_EQ(code(bad), "batch.shape values 0");
  bad = good;
  bad.known = std::span(arrays.known).first(5);
  EXPECT_EQ(code(bad), "batch.shape known 0");
  bad = good;
  bad.verdicts = std::span(arrays.verdicts).first(1);
  EXPECT_EQ(code(bad), "batch.shape verdicts 0");
  bad = good;
  bad.amounts = std::span(arrays.amounts).first(1);
  EXPECT_EQ(code(bad), "batch.shape amounts 0");
  const auto& last = pack.schema.facts[static_cast<std::size_t>(batch.facts().back())];
  arrays.values.back() = last.range.hi + 1;
  EXPECT_EQ(code(good), "profile.value " + last.name + " 2");
  arrays.values.back() = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(code(good), "profile.value " + last.name + " 2");
}

TEST(Batch, TheLayoutNamesColumnsAndBenefits) {
  const Pack& pack = KunmingPack();
  const auto layout = BatchLayout(pack, true, "");
  ASSERT_TRUE(layout);
  const Batch batch(pack, *ParseDay("2026-11-23"));
  const auto& facts = layout->at("facts").as_array();
  ASSERT_EQ(facts.size(), batch.facts().size());
  for (std::size_t f = 0; f < facts.size(); ++f) {
    EXPECT_EQ(facts[f].at("fact").as_string(), json::string_view(pack.schema.facts[static_cast<std::size_t>(batch.facts()[f])].name));
  }
  EXPECT_EQ(layout->at("benefits").as_array().size(), pack.benefits.size());
  EXPECT_FALSE(BatchLayout(pack, false, ""));
  EXPECT_FALSE(BatchLayout(pack, json::object(), ""));
}

}  // namespace
}  // namespace chuncheng
