// The next question: never one that changes nothing, and the end is reached exactly when everything is settled.
#include "shared/benefits/questions.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "shared/benefits/household.h"
#include "tests/unit/kunming.h"
#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

TEST(Questions, AreExactlyThoseThatCanChangeSomething) {
  const Day as_of = *ParseDay("2026-11-29");
  std::size_t asked = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    const PackFiles files = RandomPack(random);
    const Pack pack = ReadWhole(files);
    const auto profile = ReadProfile(pack, RandomProfile(pack.schema, random, 40, as_of), "random");
    ASSERT_TRUE(profile);
    const Assessor assessor(pack, as_of);
    const Reference reference(files, pack, as_of);
    std::set<std::pair<std::size_t, int>> want;
    bool small = true;
    for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
      for (std::size_t p = 0; p < profile->people.size(); ++p) {
        if (!profile->Concerns(pack, b, p)) continue;
        const Answers answers = profile->AnswersOf(pack.schema, p);
        small = small && reference.Completions(b, answers, 300) <= 300;
        if (!small) continue;
        for (int fact : reference.Assess(b, answers).ask) want.emplace(profile->OwnerOf(pack.schema, fact, p), fact);
      }
    }
    if (!small) continue;
    const auto standings = AssessAll(pack, *profile, assessor);
    std::set<std::pair<std::size_t, int>> got;
    auto questions = OpenQuestions(pack, *profile, assessor, standings);
    OrderQuestions(pack, standings, std::nullopt, questions);
    for (const Question& question : questions) {
      EXPECT_TRUE(got.emplace(question.person, question.fact).second) << "twice";
      EXPECT_GE(question.score, 0);
    }
    EXPECT_EQ(got, want) << "seed " << seed;
    asked += want.size();
  }
  EXPECT_GT(asked, 60U);
}

std::size_t StillAsked(const Pack& pack, const json::value& profile) {
  const auto result = EvaluateProfile(pack, profile, "");
  std::size_t out = 0;
  for (const auto& one : result->at("results").get_array()) out += one.at("ask").get_array().size();
  return out;
}

// Asks as `next` says and answers from a complete profile, every third time with "don't know".
TEST(Questions, LeadToTheAnswerOfTheCompleteProfile) {
  const Day as_of = *ParseDay("2026-11-29");
  for (unsigned seed = 1; seed <= 12; ++seed) {
    std::mt19937 random(seed);
    const Pack pack = ReadWhole(RandomPack(random));
    const json::value complete = RandomProfile(pack.schema, random, 0, as_of);
    for (const bool doubts : {false, true}) {
      json::value known = RandomProfile(pack.schema, random, 100, as_of);
      json::array skip;
      std::size_t asked = 0;
      for (;; ++asked) {
        const auto next = NextQuestion(pack, json::object{{"profile", known}, {"skip", skip}}, "");
        ASSERT_TRUE(next);
        const auto* ask = next->get_object().if_contains("ask");
        if (ask == nullptr) {
          EXPECT_TRUE(next->at("order").get_array().empty());
          if (!doubts) {
            EXPECT_EQ(StillAsked(pack, known), 0U);
          }
          break;
        }
        ASSERT_LT(asked, 60U) << "asks without end";
        EXPECT_EQ(*ask, (json::object{{"subject", next->at("order").at(0).at("subject")}, {"fact", next->at("order").at(0).at("fact")}}));
        EXPECT_EQ(std::find(skip.begin(), skip.end(), *ask), skip.end()) << "asked again after 'do not know'";
        if (doubts && asked % 3 == 2) {
          skip.push_back(*ask);
          continue;
        }
        for (std::size_t s = 0; s < known.at("subjects").get_array().size(); ++s) {
          auto& subject = known.at("subjects").get_array()[s];
          if (subject.at("id") != ask->at("subject")) continue;
          auto& facts = subject.at("facts").get_object();
          EXPECT_FALSE(facts.contains(ask->at("fact").get_string())) << "asked twice";
          facts[ask->at("fact").get_string()] = complete.at("subjects").at(s).at("facts").at(ask->at("fact").get_string());
        }
      }
      if (doubts) continue;
      const auto want = EvaluateProfile(pack, complete, "");
      const auto got = EvaluateProfile(pack, known, "");
      ASSERT_TRUE(want && got);
      for (std::size_t i = 0; i < want->at("results").get_array().size(); ++i) {
        const auto& a = got->at("results").at(i);
        const auto& b = want->at("results").at(i);
        EXPECT_EQ(a.at("verdict"), b.at("verdict"));
        if (b.get_object().contains("amount")) {
          EXPECT_EQ(a.at("amount").at("kind"), b.at("amount").at("kind"));
          EXPECT_EQ(a.at("amount").get_object().contains("min"), b.at("amount").get_object().contains("min"));
          if (b.at("amount").get_object().contains("min")) {
            EXPECT_EQ(a.at("amount").at("min"), b.at("amount").at("min"));
            EXPECT_EQ(a.at("amount").at("max"), b.at("amount").at("max"));
          }
        }
      }
    }
  }
}

TEST(Questions, OfThePageAndOfNextAreInOneOrder) {
  const auto profile = json::parse(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[
    {"id":"ma","kind":"elder","facts":{"birth_date":"1940-01-01"}},{"id":"bao","kind":"child","facts":{}},{"id":"h","kind":"household","facts":{}}]})");
  const auto result = EvaluateProfile(KunmingPack(), profile, "");
  const auto next = NextQuestion(KunmingPack(), json::object{{"profile", profile}}, "");
  ASSERT_TRUE(result && next);
  const auto& ask = result->at("ask").get_array();
  const auto& order = next->at("order").get_array();
  ASSERT_EQ(ask.size(), order.size());
  ASSERT_GT(ask.size(), 5U);
  for (std::size_t i = 0; i < ask.size(); ++i) {
    EXPECT_EQ(ask[i].at("subject"), order[i].at("subject"));
    EXPECT_EQ(ask[i].at("fact"), order[i].at("fact"));
    if (i > 0) {
      EXPECT_LE(order[i].at("score").get_int64(), order[i - 1].at("score").get_int64());
    }
  }
}

TEST(Questions, StayWithThePersonLastAskedUnlessAnotherGivesTwiceAsMuch) {
  auto profile = json::parse(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[{"id":"ma","kind":"elder","facts":{}},
    {"id":"pa","kind":"elder","facts":{}},{"id":"bao","kind":"child","facts":{}}]})");
  auto scores = [&] {
    std::map<std::string, std::int64_t> out;
    const auto next = NextQuestion(KunmingPack(), json::object{{"profile", profile}}, "");
    EXPECT_TRUE(next);
    for (const auto& one : next->at("order").get_array()) {
      out[std::string(one.at("subject").get_string()) + " " + std::string(one.at("fact").get_string())] = one.at("score").get_int64();
    }
    return out;
  };
  const auto before = scores();
  profile.get_object()["asking"] = "pa";
  const auto asking = scores();
  ASSERT_EQ(before.size(), asking.size());
  std::size_t doubled = 0;
  for (const auto& [question, score] : asking) {
    const bool his = question.starts_with("pa ");
    EXPECT_EQ(score, before.at(question) * (his ? 2 : 1)) << question;
    doubled += his ? 1 : 0;
  }
  EXPECT_GT(doubled, 5U);
  profile.get_object()["asking"] = "uncle";
  const auto unknown = NextQuestion(KunmingPack(), json::object{{"profile", profile}}, "x");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::ProfileSubject);
  EXPECT_EQ(unknown.error().pointer, "/profile/asking");
}

TEST(Questions, OfWhatIsWantedOnly) {
  const auto profile = json::parse(R"({"format":"km-profile/1","as_of":"2026-11-23","subjects":[{"id":"ma","kind":"elder","facts":{}}]})");
  auto facts = [&](const json::object& input) {
    const auto next = NextQuestion(KunmingPack(), input, "");
    std::set<std::string> out;
    if (!next) return out;
    for (const auto& one : next->at("order").get_array()) out.insert(std::string(one.at("fact").get_string()));
    return out;
  };
  EXPECT_EQ(facts({{"profile", profile}, {"want", json::array{"old_age_allowance"}}}), (std::set<std::string>{"birth_date", "hukou_district"}));
  EXPECT_EQ(facts({{"profile", profile},
                   {"want", json::array{"old_age_allowance"}},
                   {"skip", json::array{json::object{{"subject", "ma"}, {"fact", "birth_date"}}}}}),
            (std::set<std::string>{"hukou_district"}));
  EXPECT_EQ(facts({{"profile", profile}, {"want", json::array()}}), std::set<std::string>{});
}

TEST(Questions, BadInputIsLocated) {
  auto error = [](const std::string& text) {
    const auto input = ParseJson(text, "");
    const auto next = NextQuestion(KunmingPack(), *input, "");
    return next ? std::string("none") : std::string(Name(next.error().code)) + " " + next.error().pointer;
  };
  const std::string profile = R"({"profile":{"format":"km-profile/1","as_of":"2026-11-23","subjects":[{"id":"e","kind":"elder","facts":{}}]})";
  EXPECT_EQ(error(profile + "}"), "none");
  EXPECT_EQ(error("[]"), "json.type ");
  EXPECT_EQ(error("{}"), "json.missing ");
  EXPECT_EQ(error(R"({"profile":{"format":"km-profile/1","as_of":"x","subjects":[]}})"), "date.bad /profile/as_of");
  EXPECT_EQ(error(profile + R"(,"want":["x"]})"), "benefit.unknown /want/0");
  EXPECT_EQ(error(profile + R"(,"skip":[{"subject":"f","fact":"birth_date"}]})"), "profile.subject /skip/0/subject");
  EXPECT_EQ(error(profile + R"(,"skip":[{"subject":"e","fact":"birth"}]})"), "fact.unknown /skip/0/fact");
  EXPECT_EQ(error(profile + R"(,"wants":[]})"), "json.unknown_key /wants");
}

}  // namespace
}  // namespace chuncheng
