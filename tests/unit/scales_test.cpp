// The scales of the Kunming pack against tables written out by hand, and the scorer against enumeration.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <map>
#include <random>
#include <set>

#include "shared/benefits/pack.h"
#include "shared/scales/score.h"
#include "tests/unit/kunming.h"

namespace chuncheng {
namespace {

const Scale& Named(std::string_view id) {
  for (const Scale& scale : KunmingPack().scales) {
    if (scale.id == id) return scale;
  }
  ADD_FAILURE() << id;
  return KunmingPack().scales.front();
}

using Scores = std::map<std::string, std::int64_t>;
using Flags = std::map<std::string, bool>;

json::value Score(const Scale& scale, const Scores& answers, const Flags& flags, const std::vector<Scale>& among) {
  json::object items;
  for (const auto& [id, score] : answers) items[id] = score;
  json::object marks;
  for (const auto& [id, flag] : flags) marks[id] = flag;
  const auto result = ScoreAnswers(among, json::object{{"scale", scale.id}, {"answers", items}, {"flags", marks}}, "answers.json");
  EXPECT_TRUE(result);
  return result ? *result : json::value(nullptr);
}
json::value Score(const Scale& scale, const Scores& answers, const Flags& flags = {}) { return Score(scale, answers, flags, KunmingPack().scales); }

std::string Grades(const json::value& result) {
  std::string out;
  for (const auto& grade : result.at("grades").get_array()) out += (out.empty() ? "" : " ") + std::string(grade.get_string());
  return out;
}

// Answers of one dimension that add up to `sum`; every sum the options can give.
std::map<std::int64_t, Scores> EverySum(const Scale& scale, const std::vector<std::size_t>& items) {
  std::map<std::int64_t, Scores> found{{0, {}}};
  for (std::size_t item : items) {
    std::map<std::int64_t, Scores> next;
    for (const auto& [sum, answers] : found) {
      for (std::int64_t score : scale.items[item].scores) {
        auto more = answers;
        more[scale.items[item].id] = score;
        next.emplace(sum + score, std::move(more));
      }
    }
    found = std::move(next);
  }
  return found;
}

Scores Join(const Scores& a, const Scores& b) {
  Scores out = a;
  out.insert(b.begin(), b.end());
  return out;
}

const Flags kNoFlags = {{"coma", false}, {"mental_diagnosis", false}, {"risk_events", false}};

// ---- 医保办发〔2021〕37号 ----

// policy-facts 2.2 and 2.3, written out.
int Impairment(std::int64_t score, std::int64_t full, std::int64_t mild, std::int64_t moderate) {
  if (score == full) return 0;
  if (score >= mild) return 1;
  if (score >= moderate) return 2;
  return 3;
}
std::string Ltc(std::int64_t adl, std::int64_t cog, std::int64_t sen) {
  const int rows = Impairment(adl, 100, 65, 45);
  const int worse = std::max(Impairment(cog, 16, 4, 2), Impairment(sen, 12, 4, 2));
  const char* table[4][4] = {{"g0", "g0", "g1", "g1"}, {"g1", "g1", "g1", "g2"}, {"g2", "g2", "g2", "g3"}, {"g3", "g3", "g4", "g5"}};
  return table[rows][worse];
}

TEST(Ltc37, HasItemsScoresAndFullMarksOfTheStandard) {
  const Scale& scale = Named("ltc_37");
  const std::array<std::size_t, 3> items = {10, 4, 3};
  const std::array<std::int64_t, 3> full = {100, 16, 12};
  ASSERT_EQ(scale.dimensions.size(), 3U);
  for (std::size_t d = 0; d < 3; ++d) {
    EXPECT_EQ(scale.dimensions[d].items.size(), items[d]);
    EXPECT_EQ(EverySum(scale, scale.dimensions[d].items).rbegin()->first, full[d]);
  }
  const auto adl = EverySum(scale, scale.dimensions[0].items);
  EXPECT_EQ(adl.size(), 21U) << "multiples of 5 from 0 to 100";
  std::vector<std::size_t> options;
  for (const ScaleItem& item : scale.items) options.push_back(item.scores.size());
  EXPECT_EQ(options, (std::vector<std::size_t>{3, 3, 2, 3, 3, 3, 4, 4, 3, 2, 5, 5, 5, 5, 5, 5, 5}));
}

TEST(Ltc37, EveryCombinationOfSubScoresGivesTheGradeOfTheTable) {
  const Scale& scale = Named("ltc_37");
  const auto adl = EverySum(scale, scale.dimensions[0].items);
  const auto cog = EverySum(scale, scale.dimensions[1].items);
  const auto sen = EverySum(scale, scale.dimensions[2].items);
  std::size_t tried = 0;
  for (const auto& [a, of_adl] : adl) {
    for (const auto& [c, of_cog] : cog) {
      for (const auto& [s, of_sen] : sen) {
        ++tried;
        ASSERT_EQ(Grades(Score(scale, Join(Join(of_adl, of_cog), of_sen))), Ltc(a, c, s)) << a << " " << c << " " << s;
      }
    }
  }
  EXPECT_EQ(tried, 21U * 17U * 13U);
}

TEST(Ltc37, EachThresholdAndItsNeighbours) {
  const Scale& scale = Named("ltc_37");
  const auto adl = EverySum(scale, scale.dimensions[0].items);
  const auto cog = EverySum(scale, scale.dimensions[1].items);
  const auto sen = EverySum(scale, scale.dimensions[2].items);
  auto grade = [&](std::int64_t a, std::int64_t c, std::int64_t s) { return Grades(Score(scale, Join(Join(adl.at(a), cog.at(c)), sen.at(s)))); };
  EXPECT_EQ(grade(100, 16, 12), "g0");
  EXPECT_EQ(grade(95, 16, 12), "g1");
  EXPECT_EQ(grade(65, 16, 12), "g1");
  EXPECT_EQ(grade(60, 16, 12), "g2");
  EXPECT_EQ(grade(45, 16, 12), "g2");
  EXPECT_EQ(grade(40, 16, 12), "g3");
  EXPECT_EQ(grade(40, 15, 12), "g3");
  EXPECT_EQ(grade(40, 4, 12), "g3");
  EXPECT_EQ(grade(40, 3, 12), "g4");
  EXPECT_EQ(grade(40, 2, 12), "g4");
  EXPECT_EQ(grade(40, 1, 12), "g5");
  EXPECT_EQ(grade(40, 16, 11), "g3");
  EXPECT_EQ(grade(40, 16, 4), "g3");
  EXPECT_EQ(grade(40, 16, 3), "g4");
  EXPECT_EQ(grade(40, 16, 2), "g4");
  EXPECT_EQ(grade(40, 16, 1), "g5");
  EXPECT_EQ(grade(100, 4, 12), "g0");
  EXPECT_EQ(grade(100, 3, 12), "g1");
  EXPECT_EQ(grade(60, 2, 12), "g2");
  EXPECT_EQ(grade(60, 1, 12), "g3");
}

TEST(Ltc37, AnswersInFullSaySubScoresBandsAndTheFactTheyFill) {
  const Scale& scale = Named("ltc_37");
  Scores answers;
  for (const ScaleItem& item : scale.items) answers[item.id] = *std::min_element(item.scores.begin(), item.scores.end());
  EXPECT_EQ(json::serialize(Score(scale, answers)),
            R"({"format":"km-score/1","scale":"ltc_37","dimensions":[{"id":"adl","min":0,"max":0,"band":["severe"]},)"
            R"({"id":"cog","min":0,"max":0,"band":["severe"]},{"id":"sen","min":0,"max":0,"band":["severe"]}],)"
            R"("grades":["g5"],"settles":{"fact":"ltci_grade","value":"g5"},"open_items":[],"open_flags":[],"to_confirm":true})");
  const auto nothing = Score(scale, {});
  EXPECT_EQ(Grades(nothing), "g0 g1 g2 g3 g4 g5");
  EXPECT_FALSE(nothing.at("settles").get_object().contains("value"));
  EXPECT_EQ(nothing.at("open_items").get_array().size(), 17U);
}

TEST(Ltc37, SubScoresWithGapsReachNoGradeBetween) {
  // ADL known but for walking: 40, 45, 50 or 55, never 41 to 44. Walking decides between severe and moderate.
  const Scale& scale = Named("ltc_37");
  Scores answers = {{"eating", 10}, {"dressing", 10}, {"face_mouth", 5}, {"bowel", 5},  {"bladder", 5},
                    {"toilet", 5},  {"transfer", 0},  {"stairs", 0},     {"bathing", 0}};
  for (std::size_t item : scale.dimensions[1].items) answers[scale.items[item].id] = 4;
  for (std::size_t item : scale.dimensions[2].items) answers[scale.items[item].id] = 4;
  EXPECT_EQ(Grades(Score(scale, answers)), "g2 g3");
  answers["transfer"] = 5;
  const auto settled = Score(scale, answers);
  EXPECT_EQ(Grades(settled), "g2") << "45 to 60, whatever the walking is";
  EXPECT_EQ(json::serialize(settled.at("open_items")), R"([{"item":"walking","changes":false}])");
}

// ---- the pre-screen ----

TEST(Ltc37Screen, SixteenCombinationsOfDependentItemsEachOnce) {
  const Scale& scale = Named("ltc_37_screen");
  // policy-facts 2.4: grade by the numbers of dependent items of the two kinds.
  const std::map<std::string, std::vector<std::pair<int, int>>> table = {
      {"A", {{0, 0}}},         {"B", {{1, 0}, {0, 1}, {0, 2}}},         {"C", {{1, 1}, {0, 3}}},
      {"D", {{2, 0}, {1, 2}}}, {"E", {{3, 0}, {2, 1}, {2, 2}, {1, 3}}}, {"F", {{3, 1}, {3, 2}, {2, 3}}},
      {"G", {{3, 3}}}};
  std::map<std::pair<int, int>, std::string> expected;
  for (const auto& [grade, pairs] : table) {
    for (const auto& pair : pairs) EXPECT_TRUE(expected.emplace(pair, grade).second) << grade;
  }
  ASSERT_EQ(expected.size(), 16U);
  for (int bits = 0; bits < 64; ++bits) {
    Scores answers;
    std::pair<int, int> dependent{0, 0};
    for (int i = 0; i < 6; ++i) {
      const bool depends = (bits >> i & 1) != 0;
      answers[scale.items[static_cast<std::size_t>(i)].id] = depends ? 0 : 1;
      if (depends) ++(i < 3 ? dependent.first : dependent.second);
    }
    const auto result = Score(scale, answers);
    EXPECT_EQ(Grades(result), expected.at(dependent)) << dependent.first << " " << dependent.second;
    EXPECT_FALSE(result.get_object().contains("settles")) << "the pre-screen fills no fact";
  }
}

// ---- GB/T 42195-2022 ----

std::string Ability(std::int64_t total) {
  if (total == 90) return "intact";
  if (total >= 66) return "mild";
  if (total >= 46) return "moderate";
  if (total >= 30) return "severe";
  return "total";
}

TEST(Gbt42195, HasItemsAndFullMarksOfTheStandard) {
  const Scale& scale = Named("gbt_42195");
  const std::array<std::size_t, 4> items = {8, 4, 9, 5};
  const std::array<std::int64_t, 4> full = {32, 15, 28, 15};
  ASSERT_EQ(scale.dimensions.size(), 4U);
  for (std::size_t d = 0; d < 4; ++d) {
    EXPECT_EQ(scale.dimensions[d].items.size(), items[d]);
    EXPECT_EQ(EverySum(scale, scale.dimensions[d].items).rbegin()->first, full[d]);
  }
  for (const ScaleItem& item : scale.items) {
    EXPECT_EQ(static_cast<std::int64_t>(item.scores.size()), *std::max_element(item.scores.begin(), item.scores.end()) + 1) << item.id;
  }
}

TEST(Gbt42195, EveryTotalFrom0To90) {
  const Scale& scale = Named("gbt_42195");
  std::vector<std::size_t> all(scale.items.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto sums = EverySum(scale, all);
  ASSERT_EQ(sums.size(), 91U);
  for (const auto& [total, answers] : sums) {
    const auto result = Score(scale, answers, kNoFlags);
    EXPECT_EQ(Grades(result), Ability(total)) << total;
    EXPECT_EQ(result.at("total").at("min"), total);
    EXPECT_EQ(result.at("settles").at("fact"), "ability_level");
    EXPECT_EQ(result.at("settles").at("value"), json::string(Ability(total)));
  }
}

TEST(Gbt42195, AdjustmentsOfTheLevel) {
  const Scale& scale = Named("gbt_42195");
  std::vector<std::size_t> all(scale.items.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto sums = EverySum(scale, all);
  const std::vector<std::string> levels = {"intact", "mild", "moderate", "severe", "total"};
  for (std::int64_t total : {90, 89, 66, 65, 46, 45, 30, 29, 0}) {
    const auto own = static_cast<std::size_t>(std::find(levels.begin(), levels.end(), Ability(total)) - levels.begin());
    const std::string worse = levels[std::min<std::size_t>(own + 1, 4)];
    for (int bits = 0; bits < 8; ++bits) {
      const bool coma = (bits & 1) != 0;
      const bool mental = (bits & 2) != 0;
      const bool events = (bits & 4) != 0;
      const auto result = Score(scale, sums.at(total), {{"coma", coma}, {"mental_diagnosis", mental}, {"risk_events", events}});
      EXPECT_EQ(Grades(result), coma ? "total" : mental || events ? worse : levels[own]) << total << " " << bits;
    }
  }
  // A flag that is not answered leaves both; the second of a group changes nothing once the first holds.
  auto flags = kNoFlags;
  flags.erase("risk_events");
  EXPECT_EQ(Grades(Score(scale, sums.at(50), flags)), "moderate severe");
  flags["mental_diagnosis"] = true;
  const auto once = Score(scale, sums.at(50), flags);
  EXPECT_EQ(Grades(once), "severe");
  EXPECT_EQ(json::serialize(once.at("open_flags")), R"([{"flag":"risk_events","changes":false}])");
}

TEST(Gbt42195, ToConfirmOnlyWhereTheResultRestsOnARecalledClause) {
  const Scale& scale = Named("gbt_42195");
  EXPECT_FALSE(Score(scale, {{"eating", 4}}, kNoFlags).at("to_confirm").get_bool());
  EXPECT_TRUE(Score(scale, {{"memory", 4}}, kNoFlags).at("to_confirm").get_bool()) << "wording of the option is recalled";
  auto flags = kNoFlags;
  flags["mental_diagnosis"] = true;
  EXPECT_FALSE(Score(scale, {}, flags).at("to_confirm").get_bool());
  flags["risk_events"] = true;
  EXPECT_TRUE(Score(scale, {}, flags).at("to_confirm").get_bool()) << "that both count once is recalled";
  flags["coma"] = true;
  EXPECT_FALSE(Score(scale, {}, flags).at("to_confirm").get_bool()) << "nothing is worse than total";
}

// ---- the scorer ----

struct Brute {
  std::set<std::string> grades;
  std::map<std::string, bool> matters;  // open item or flag
};

// All completions one by one: the grade of each from complete answers.
Brute Enumerate(const Scale& scale, const Scores& answers, const Flags& flags) {
  std::vector<std::pair<std::string, std::vector<std::int64_t>>> open;
  for (const ScaleItem& item : scale.items) {
    if (!answers.contains(item.id)) open.emplace_back(item.id, item.scores);
  }
  const std::size_t items = open.size();
  for (const ScaleAdjustment& adjustment : scale.adjustments) {
    if (!flags.contains(adjustment.flag)) open.emplace_back(adjustment.flag, std::vector<std::int64_t>{0, 1});
  }
  Brute out;
  std::map<std::vector<std::size_t>, std::string> grade_of;
  std::vector<std::size_t> pick(open.size(), 0);
  for (bool more = true; more;) {
    Scores full = answers;
    Flags all = flags;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (i < items) {
        full[open[i].first] = open[i].second[pick[i]];
      } else {
        all[open[i].first] = pick[i] == 1;
      }
    }
    grade_of[pick] = Grades(Score(scale, full, all));
    out.grades.insert(grade_of[pick]);
    more = false;
    for (std::size_t i = 0; i < open.size() && !more; ++i) {
      more = ++pick[i] < open[i].second.size();
      if (!more) pick[i] = 0;
    }
  }
  for (std::size_t i = 0; i < open.size(); ++i) {
    bool matters = false;
    for (const auto& [combination, grade] : grade_of) {
      auto other = combination;
      other[i] = 0;
      matters = matters || grade_of.at(other) != grade;
    }
    out.matters[open[i].first] = matters;
  }
  return out;
}

TEST(Scorer, PartialAnswersEqualTheEnumerationOfCompletions) {
  std::mt19937 random(37);
  auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::size_t several = 0;
  std::size_t idle = 0;
  for (const Scale& scale : KunmingPack().scales) {
    for (int round = 0; round < 40; ++round) {
      // Whole bands of answers rather than noise, so that all grades come up; then a few are taken away.
      const std::size_t leaning = below(4);
      Scores answers;
      for (const ScaleItem& item : scale.items) {
        auto scores = item.scores;
        std::sort(scores.begin(), scores.end());
        answers[item.id] = scores[leaning == 3 ? below(scores.size()) : std::min(scores.size() - 1, leaning * scores.size() / 3 + below(2))];
      }
      Flags flags;
      for (const ScaleAdjustment& adjustment : scale.adjustments) flags[adjustment.flag] = below(2) == 1;
      std::size_t left = 100;
      for (std::size_t take = below(5); take > 0; --take) {
        const ScaleItem& item = scale.items[below(scale.items.size())];
        if (item.scores.size() > left) break;
        left /= item.scores.size();
        answers.erase(item.id);
      }
      for (const ScaleAdjustment& adjustment : scale.adjustments) {
        if (left >= 2 && below(2) == 1) {
          left /= 2;
          flags.erase(adjustment.flag);
        }
      }
      const auto result = Score(scale, answers, flags);
      const Brute brute = Enumerate(scale, answers, flags);
      std::set<std::string> grades;
      for (const auto& grade : result.at("grades").get_array()) grades.emplace(grade.get_string());
      EXPECT_EQ(grades, brute.grades) << scale.id << " " << round;
      std::map<std::string, bool> matters;
      for (const auto& one : result.at("open_items").get_array()) matters[std::string(one.at("item").get_string())] = one.at("changes").get_bool();
      for (const auto& one : result.at("open_flags").get_array()) matters[std::string(one.at("flag").get_string())] = one.at("changes").get_bool();
      EXPECT_EQ(matters, brute.matters) << scale.id << " " << round;
      several += grades.size() > 1 ? 1 : 0;
      for (const auto& [id, changes] : brute.matters) idle += changes ? 0 : 1;
    }
  }
  EXPECT_GT(several, 20U) << "the rounds must show open grades";
  EXPECT_GT(idle, 20U) << "and answers that no longer matter";
}

TEST(Scorer, ToConfirmIsWhatWasAnsweredOfWhatIsToConfirm) {
  Scale scale = Named("gbt_42195");
  scale.confirm = false;
  for (ScaleItem& item : scale.items) item.confirm = false;
  for (ScaleAdjustment& adjustment : scale.adjustments) adjustment.confirm = false;
  scale.groups.assign(scale.groups.size(), false);
  const auto confirm = [](const Scale& of, const Scores& answers, const Flags& flags) {
    return Score(of, answers, flags, {of}).at("to_confirm").get_bool();
  };
  EXPECT_FALSE(confirm(scale, {}, {}));
  for (const std::size_t item : {std::size_t{0}, scale.items.size() - 1}) {
    Scale one = scale;
    one.items[item].confirm = true;
    EXPECT_FALSE(confirm(one, {}, {}));
    EXPECT_FALSE(confirm(one, {{one.items[1].id, 0}}, {}));
    EXPECT_TRUE(confirm(one, {{one.items[item].id, 0}}, {})) << "the lowest score is an answer";
  }
  for (const std::size_t flag : {std::size_t{0}, scale.adjustments.size() - 1}) {
    Scale one = scale;
    one.adjustments[flag].confirm = true;
    EXPECT_TRUE(confirm(one, {}, {})) << "it may hold";
    EXPECT_TRUE(confirm(one, {}, {{one.adjustments[flag].flag, true}}));
    EXPECT_FALSE(confirm(one, {}, {{one.adjustments[flag].flag, false}}));
  }
  scale.confirm = true;
  EXPECT_TRUE(confirm(scale, {}, kNoFlags));
}

TEST(Scorer, AnAdjustmentMaySetTheFirstGradeAndMattersAtTheFirstGrade) {
  Scale scale = Named("gbt_42195");
  Scores full;
  Scores lowest;
  for (const ScaleItem& item : scale.items) {
    full[item.id] = *std::max_element(item.scores.begin(), item.scores.end());
    lowest[item.id] = *std::min_element(item.scores.begin(), item.scores.end());
  }
  const auto open = Score(scale, full, {}, {scale});
  EXPECT_EQ(Grades(open), "intact mild total");
  EXPECT_EQ(json::serialize(open.at("open_flags")),
            R"([{"flag":"coma","changes":true},{"flag":"mental_diagnosis","changes":true},{"flag":"risk_events","changes":true}])");
  scale.adjustments[0].set = 0;
  EXPECT_EQ(Grades(Score(scale, lowest, {{"coma", true}, {"mental_diagnosis", false}, {"risk_events", false}}, {scale})), "intact");
}

TEST(Scorer, BetterScoresNeverWorsenAndMoreAnswersNeverWiden) {
  std::mt19937 random(42195);
  for (const Scale& scale : KunmingPack().scales) {
    auto rank = [&](const json::value& grade) {
      return std::find(scale.grades.begin(), scale.grades.end(), std::string(grade.get_string())) - scale.grades.begin();
    };
    for (int round = 0; round < 150; ++round) {
      Scores answers;
      for (const ScaleItem& item : scale.items) {
        if (random() % 3 != 0) answers[item.id] = item.scores[random() % item.scores.size()];
      }
      Flags flags;
      for (const ScaleAdjustment& adjustment : scale.adjustments) {
        if (random() % 2 == 0) flags[adjustment.flag] = random() % 2 == 0;
      }
      const auto before = Score(scale, answers, flags).at("grades").get_array();
      const ScaleItem& item = scale.items[random() % scale.items.size()];
      const std::int64_t highest = *std::max_element(item.scores.begin(), item.scores.end());
      const bool answered = answers.contains(item.id);
      const std::int64_t old = answered ? answers[item.id] : -1;
      answers[item.id] = highest;
      const auto after = Score(scale, answers, flags).at("grades").get_array();
      if (answered) {
        EXPECT_LE(rank(after.front()), rank(before.front())) << scale.id << " " << item.id << " " << old;
        EXPECT_LE(rank(after.back()), rank(before.back())) << scale.id << " " << item.id << " " << old;
      } else {
        for (const auto& grade : after) EXPECT_NE(std::find(before.begin(), before.end(), grade), before.end()) << scale.id << " " << item.id;
      }
    }
  }
}

std::string Problem(const json::value& input) {
  const auto result = ScoreAnswers(KunmingPack().scales, input, "answers.json");
  if (result) return "none";
  std::string out = std::string(Name(result.error().code)) + " " + result.error().file + " " + result.error().pointer;
  for (const auto& [name, value] : result.error().args) {
    if (name == "suggest" && !value.empty()) out += " ? " + value;
  }
  return out;
}

TEST(Scorer, BadAnswersAreNamedWithTheirPlace) {
  auto input = [](std::string_view text) { return *ParseJson(text, ""); };
  EXPECT_EQ(Problem(input(R"({"scale":"ltc_37"})")), "none");
  EXPECT_EQ(Problem(input(R"([])")), "json.type answers.json ");
  EXPECT_EQ(Problem(input(R"({})")), "json.missing answers.json ");
  EXPECT_EQ(Problem(input(R"({"scale":"ltc37"})")), "scale.unknown answers.json /scale ? ltc_37");
  EXPECT_EQ(Problem(input(R"({"scale":"ltc_37","answers":{"eatin":5}})")), "scale.item answers.json /answers/eatin ? eating");
  EXPECT_EQ(Problem(input(R"({"scale":"ltc_37","answers":{"eating":7}})")), "scale.score answers.json /answers/eating");
  EXPECT_EQ(Problem(input(R"({"scale":"ltc_37","answers":{"eating":"5"}})")), "json.type answers.json /answers/eating");
  EXPECT_EQ(Problem(input(R"({"scale":"ltc_37","answers":{"eating":-1}})")), "scale.score answers.json /answers/eating");
  EXPECT_EQ(Problem(input(R"({"scale":"gbt_42195","flags":{"comma":true}})")), "scale.item answers.json /flags/comma ? coma");
  EXPECT_EQ(Problem(input(R"({"scale":"gbt_42195","flags":{"coma":1}})")), "json.type answers.json /flags/coma");
  EXPECT_EQ(Problem(input(R"({"scale":"ltc_37","flags":{"coma":true}})")), "scale.item answers.json /flags/coma");
  EXPECT_EQ(Problem(input(R"({"scale":"ltc_37","answer":{}})")), "json.unknown_key answers.json /answer ? answers");
}

// ---- the reader ----

// The first problem after `text` replaces what stands at `pointer` of the scale.
std::string Broken(std::string_view id, std::string_view pointer, std::string_view text) {
  PackFiles files = KunmingFiles();
  files.benefits.clear();  // scales stand on facts and sources alone
  files.plan_benefits = {};
  files.stacking.value.at("groups").get_array().clear();
  for (PackFile& file : files.scales) {
    if (file.value.at("id") != json::string_view(id.data(), id.size())) continue;
    const std::size_t slash = pointer.rfind('/');
    json::value& owner = file.value.at_pointer(json::string_view(pointer.data(), slash));
    const std::string key(pointer.substr(slash + 1));
    (owner.is_array() ? owner.get_array().at(std::stoul(key)) : owner.get_object()[key]) = *ParseJson(text, "");
  }
  Diagnostics out;
  const Pack pack = ReadPack(files, out);
  return out.empty() ? "none" : std::string(Name(out.front().code)) + " " + out.front().file + " " + out.front().pointer;
}

TEST(ScaleReader, EachMistakeIsNamedWithItsPlace) {
  EXPECT_EQ(Broken("ltc_37", "/note", R"("x")"), "none");
  // Bands: a gap at a score that can be reached, an overlap, the wrong order, a band that nobody reaches.
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/bands/1/range/0", "70"), "scale.gap scales/ltc_37.json /dimensions/0/bands");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/bands/1/range/0", "61"), "none") << "61 to 64 are no sums of fives";
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/bands/2/range/1", "65"), "scale.overlap scales/ltc_37.json /dimensions/0/bands/2/range");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/1/bands/2/range", "[20,30]"), "scale.order scales/ltc_37.json /dimensions/1/bands/2/range");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/1/bands/2/range", "[3,2]"), "range.bad scales/ltc_37.json /dimensions/1/bands/2/range");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/bands/0/range", "[101,104]"), "scale.gap scales/ltc_37.json /dimensions/0/bands");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/2/bands", R"([{"id":"a","say":{"zh":"x"},"range":[13,13]},{"id":"b","say":{"zh":"x"},"range":[0,12]}])"),
            "scale.unreached scales/ltc_37.json /dimensions/2/bands/0");
  EXPECT_EQ(Broken("gbt_42195", "/combine/total/1/range/0", "67"), "scale.gap scales/gbt_42195.json /combine/total");
  EXPECT_EQ(Broken("gbt_42195", "/combine/total/2/range/1", "66"), "scale.overlap scales/gbt_42195.json /combine/total/2/range");
  // Items and options.
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/items/0/options/1/score", "10"),
            "name.duplicate scales/ltc_37.json /dimensions/0/items/0/options/1/score");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/items/0/options/1/score", "-5"), "range.bad scales/ltc_37.json /dimensions/0/items/0/options/1/score");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/items/0/options/1/score", "2.5"), "json.type scales/ltc_37.json /dimensions/0/items/0/options/1/score");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/1/items/0/id", R"("eating")"), "name.duplicate scales/ltc_37.json /dimensions/1/items/0/id");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/items/0/options", "[]"), "range.bad scales/ltc_37.json /dimensions/0/items/0/options");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/items/0/options/0/say", "{}"), "text.missing scales/ltc_37.json /dimensions/0/items/0/options/0/say");
  EXPECT_EQ(Broken("ltc_37", "/dimensions/0/items", "[]"), "range.bad scales/ltc_37.json /dimensions/0/items");
  EXPECT_EQ(Broken("ltc_37", "/dimensions", "[]"), "range.bad scales/ltc_37.json /dimensions");
  // The table.
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/rows", R"("adll")"), "scale.item scales/ltc_37.json /combine/matrix/rows");
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/columns/1", R"("adl")"), "name.duplicate scales/ltc_37.json /combine/matrix/columns/1");
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/columns", R"(["cog"])"), "scale.unreached scales/ltc_37.json /combine/matrix/columns");
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/grades/2", R"(["g2","g2","g2"])"), "scale.size scales/ltc_37.json /combine/matrix/grades/2");
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/grades", R"([["g0","g1","g2","g5"]])"), "scale.size scales/ltc_37.json /combine/matrix/grades");
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/grades/3/3", R"("g6")"), "scale.grade scales/ltc_37.json /combine/matrix/grades/3/3");
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/grades/3/3", R"("g2")"), "scale.order scales/ltc_37.json /combine/matrix/grades/3/3");
  EXPECT_EQ(Broken("ltc_37", "/combine/matrix/grades/3/3", R"("g4")"), "scale.unreached scales/ltc_37.json /grades/5");
  EXPECT_EQ(Broken("gbt_42195", "/combine/total/1/grade", R"("intact")"), "scale.order scales/gbt_42195.json /combine/total/1/grade");
  EXPECT_EQ(Broken("gbt_42195", "/combine", R"({"cite":["gbt-42195#levels"]})"), "json.missing scales/gbt_42195.json /combine");
  EXPECT_EQ(Broken("ltc_37", "/combine/total", "[]"), "json.unknown_key scales/ltc_37.json /combine/total");
  // Changes of level.
  EXPECT_EQ(Broken("gbt_42195", "/adjustments/0/set", R"("totl")"), "scale.grade scales/gbt_42195.json /adjustments/0/set");
  EXPECT_EQ(Broken("gbt_42195", "/adjustments/1/group", R"("worse")"), "scale.item scales/gbt_42195.json /adjustments/1/group");
  EXPECT_EQ(Broken("gbt_42195", "/adjustments/1/raise", "0"), "range.bad scales/gbt_42195.json /adjustments/1/raise");
  EXPECT_EQ(Broken("gbt_42195", "/adjustments/0/raise", "1"), "json.unknown_key scales/gbt_42195.json /adjustments/0/raise");
  EXPECT_EQ(Broken("gbt_42195", "/adjustments/1/flag", R"("coma")"), "name.duplicate scales/gbt_42195.json /adjustments/1/flag");
  EXPECT_EQ(Broken("gbt_42195", "/adjustments/1/cite/0", R"("gbt-42195#none")"), "cite.unknown scales/gbt_42195.json /adjustments/1/cite/0");
  EXPECT_EQ(Broken("gbt_42195", "/cite", "[]"), "cite.missing scales/gbt_42195.json /cite");
  EXPECT_EQ(Broken("gbt_42195", "/id", R"("ltc_37")"), "name.duplicate scales/ltc_37.json /id");
  EXPECT_EQ(Broken("gbt_42195", "/format", R"("km-scale/2")"), "format.version scales/gbt_42195.json /format");
}

// Two scales for two facts: the grades of one are no values of the other.
TEST(ScaleReader, MixingTheTwoScalesIsATypeError) {
  EXPECT_EQ(Broken("ltc_37", "/fills/fact", R"("ability_level")"), "enum.value scales/ltc_37.json /fills/values/0");
  EXPECT_EQ(Broken("gbt_42195", "/fills/fact", R"("ltci_grade")"), "enum.value scales/gbt_42195.json /fills/values/0");
  EXPECT_EQ(Broken("gbt_42195", "/fills/values/4", R"("g5")"), "enum.value scales/gbt_42195.json /fills/values/4");
  EXPECT_EQ(Broken("ltc_37", "/fills/values", R"(["g1","g0","g2","g3","g4","g5"])"), "scale.order scales/ltc_37.json /fills/values/1");
  EXPECT_EQ(Broken("ltc_37", "/fills/values", R"(["g0","g1"])"), "scale.size scales/ltc_37.json /fills/values");
  EXPECT_EQ(Broken("ltc_37", "/fills/fact", R"("ltci_grad")"), "fact.unknown scales/ltc_37.json /fills/fact");
  EXPECT_EQ(Broken("ltc_37", "/fills/fact", R"("care_kind")"), "type.mismatch scales/ltc_37.json /fills/fact");
  EXPECT_EQ(Broken("ltc_37", "/fills/fact", R"("disabled_months")"), "type.mismatch scales/ltc_37.json /fills/fact");
  // And in a rule: values of the other scale, or the two facts against each other.
  auto rule = [](std::string_view when) {
    PackFiles files = KunmingFiles();
    for (PackFile& file : files.benefits) {
      if (file.value.at("id") == "ltci") file.value.at("criteria").at(2).at("when") = *ParseJson(when, "");
    }
    Diagnostics out;
    const Pack pack = ReadPack(files, out);
    return out.empty() ? "none" : std::string(Name(out.front().code)) + " " + out.front().pointer;
  };
  EXPECT_EQ(rule(R"({">=":[{"var":"ltci_grade"},"g3"]})"), "none");
  EXPECT_EQ(rule(R"({">=":[{"var":"ltci_grade"},"severe"]})"), "enum.value /criteria/2/when/>=/1");
  EXPECT_EQ(rule(R"({"in":[{"var":"ability_level"},["g3","g4","g5"]]})"), "enum.value /criteria/2/when/in/1/0");
  EXPECT_EQ(rule(R"({"===":[{"var":"ltci_grade"},{"var":"ability_level"}]})"), "type.mismatch /criteria/2/when/===/1/var");
}

// Every value of a scale replaced by each of a few wrong ones: a report or a scale that scores, never a crash.
TEST(ScaleReader, AnyWrongValueIsSurvived) {
  const std::vector<json::value> wrong = {nullptr, true, 7, 2.5, "x", json::array(), json::object(), json::array({json::object()})};
  std::size_t tried = 0;
  std::size_t usable = 0;
  const CiteReader cites = [](const Node&) { return false; };
  for (const PackFile& file : KunmingFiles().scales) {
    json::value changed = file.value;
    std::function<void(json::value&)> walk = [&](json::value& value) {
      const json::value before = value;
      value = wrong[tried++ % wrong.size()];
      Diagnostics out;
      std::vector<Scale> scales;
      ReadScale(Node(changed, file.name, out), KunmingPack().schema, cites, scales);
      EXPECT_EQ(scales.empty(), !out.empty());
      if (!scales.empty()) {
        ++usable;
        EXPECT_TRUE(ScoreAnswers(scales, json::object{{"scale", scales[0].id}}, ""));
      }
      value = before;
      if (auto* object = value.if_object()) {
        for (auto& member : *object) walk(member.value());
      } else if (auto* array = value.if_array()) {
        for (auto& item : *array) walk(item);
      }
    };
    walk(changed);
  }
  EXPECT_GT(tried, 1000U);
  EXPECT_GT(usable, 0U);
}

TEST(Scales, ThePublishedSupplementCarriesThem) {
  const auto files = SplitPolicy(PublishedPolicy(KunmingFiles()), "policy.json");
  const auto beside = SplitSupplement(PublishedSupplement(KunmingFiles()), "supplement.json");
  ASSERT_TRUE(files && beside);
  Diagnostics out;
  Pack pack = ReadPolicy(*files, out);
  EXPECT_TRUE(pack.scales.empty()) << "a first visit does not carry them";
  ReadSupplement(*beside, pack, out);
  EXPECT_TRUE(out.empty());
  ASSERT_EQ(pack.scales.size(), 3U);
  const json::value answers = json::object{{"scale", "ltc_37"}, {"answers", json::object{{"eating", 5}}}};
  EXPECT_EQ(*ScoreAnswers(pack.scales, answers, ""), *ScoreAnswers(KunmingPack().scales, answers, ""));
  EXPECT_EQ(Canonical(PublishedSupplement(KunmingFiles())).find("$schema"), std::string::npos);
}

}  // namespace
}  // namespace chuncheng
