// The bounds are exact: what the engine says of half-answered questions is what trying every completion shows.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

std::string Describe(const PackFiles& files, std::size_t benefit, const Answers& answers, const Schema& schema) {
  std::string out = json::serialize(files.benefits[benefit].value) + "\n" + json::serialize(files.facts.value) + "\n";
  for (std::size_t i = 1; i < schema.facts.size(); ++i) {
    if (answers[i].Known() && !schema.facts[i].derive) out += schema.facts[i].name + "=" + std::to_string(answers[i].lo) + " ";
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
      for (unsigned missing : {40U, 70U}) {
        const Answers answers = RandomAnswers(pack.schema, random, missing);
        if (reference.Completions(b, answers, 600) > 600) continue;
        const Assessment got = assessor.Assess(pack.benefits[b], answers);
        const Assessment want = reference.Assess(b, answers);
        SCOPED_TRACE("seed " + std::to_string(seed) + " " + Describe(files, b, answers, pack.schema));
        ASSERT_EQ(got.verdict, want.verdict);
        if (want.verdict != State::No) {
          ASSERT_EQ(got.criteria, want.criteria);
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

}  // namespace
}  // namespace chuncheng
