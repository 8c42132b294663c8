#include "shared/benefits/questions.h"

#include <algorithm>
#include <bit>

namespace chuncheng {
namespace {

constexpr std::int64_t kUnpublishedStake = 120000;  // 100 yuan a month: enough to ask for, not enough to push known money aside
constexpr std::int64_t kLeaveDayStake = 10000;
constexpr std::int64_t kLowestTaxPermille = 30;

// A guess of how likely a group of answers is: each choice of a list alike; for numbers and dates each group alike, because the ends of their
// ranges are set wide and say nothing about people.
std::int64_t Weight(const Fact& fact, Interval group) {
  return fact.type.kind == Kind::Bool || fact.type.kind == Kind::Enum ? group.hi - group.lo + 1 : 1;
}

}  // namespace

std::int64_t Stake(const Benefit& benefit, const Assessment& assessment) {
  if (benefit.form != AmountForm::Table || !assessment.amount.published) return kUnpublishedStake;
  std::int64_t out = std::max<std::int64_t>(assessment.amount.range.hi, 0);
  if (benefit.kind == PayKind::LeaveDays) return std::max<std::int64_t>(out * kLeaveDayStake, 1);
  if (benefit.per.ends_with("month")) out *= 12;
  if (benefit.kind == PayKind::TaxDeduction) out = out * kLowestTaxPermille / 1000;
  return std::max<std::int64_t>(out, 1);
}

std::vector<Question> OpenQuestions(const Pack& pack, const Profile& profile, const Assessor& assessor, const std::vector<Standing>& standings) {
  std::vector<Question> out;
  for (std::size_t s = 0; s < standings.size(); ++s) {
    const Standing& standing = standings[s];
    const Benefit& benefit = pack.benefits[standing.benefit];
    if (standing.assessment.ask.empty()) continue;
    Answers answers = profile.AnswersOf(pack.schema, standing.person);
    for (int fact : standing.assessment.ask) {
      const std::size_t person = profile.OwnerOf(pack.schema, fact, standing.person);
      auto question = std::find_if(out.begin(), out.end(), [&](const Question& one) { return one.person == person && one.fact == fact; });
      if (question == out.end()) question = out.insert(out.end(), {person, fact, {}, 0});
      const auto groups = assessor.ClassesOf(benefit, fact, answers);
      std::int64_t whole = 0;
      for (Interval group : groups) whole += Weight(pack.schema.facts[static_cast<std::size_t>(fact)], group);
      const Interval before = answers[static_cast<std::size_t>(fact)];
      for (Interval group : groups) {
        answers[static_cast<std::size_t>(fact)] = group;
        const Assessment after = assessor.Assess(benefit, answers);
        // An answer is one value: where the amount follows the answer itself, it is known then.
        const auto itself = std::count(after.ask.begin(), after.ask.end(), fact);
        const std::int64_t share = Weight(pack.schema.facts[static_cast<std::size_t>(fact)], group) * kWhole / whole;
        question->effects.push_back({s, share, standing.assessment.ask.size(), after.ask.size() - static_cast<std::size_t>(itself)});
      }
      answers[static_cast<std::size_t>(fact)] = before;
    }
  }
  return out;
}

void OrderQuestions(const Pack& pack, const std::vector<Standing>& standings, std::optional<std::size_t> asking, std::vector<Question>& questions) {
  for (Question& question : questions) {
    question.score = 0;
    for (const Effect& effect : question.effects) {
      const Standing& standing = standings[effect.standing];
      const auto stake =
          static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(Stake(pack.benefits[standing.benefit], standing.assessment))));
      const auto asked = static_cast<std::int64_t>(effect.asked);
      question.score += effect.share * (asked - static_cast<std::int64_t>(effect.left)) / asked * stake;
    }
    question.score /= pack.schema.facts[static_cast<std::size_t>(question.fact)].effort;
    if (question.person == asking) question.score *= kStay;
  }
  // By name where the scores are even: the order of the facts is not the same in the pack's folder and in its published form.
  auto name = [&](const Question& q) -> const std::string& { return pack.schema.facts[static_cast<std::size_t>(q.fact)].name; };
  std::stable_sort(questions.begin(), questions.end(), [&](const Question& a, const Question& b) {
    return a.score != b.score ? a.score > b.score : a.person != b.person ? a.person < b.person : name(a) < name(b);
  });
}

namespace {

std::vector<std::pair<std::size_t, int>> ReadSkip(const Pack& pack, const Profile& profile, const Node& list) {
  std::vector<std::pair<std::size_t, int>> out;
  for (const Node& item : list.Items()) {
    if (!item.Object({"subject", "fact"})) continue;
    const auto subject = item.At("subject");
    const auto fact = item.At("fact");
    const auto id = subject ? subject->String() : std::nullopt;
    const auto name = fact ? fact->String() : std::nullopt;
    if (!id || !name) continue;
    const auto person = std::find_if(profile.people.begin(), profile.people.end(), [&](const Person& one) { return one.id == *id; });
    const auto found = pack.schema.fact_index.find(*name);
    if (person == profile.people.end()) {
      subject->Report(ErrorCode::ProfileSubject, {{"name", *id}});
    } else if (found == pack.schema.fact_index.end()) {
      fact->Report(ErrorCode::FactUnknown, {{"name", *name}, {"suggest", Nearest(*name, pack.schema.FactNames())}});
    } else {
      out.emplace_back(static_cast<std::size_t>(person - profile.people.begin()), found->second);
    }
  }
  return out;
}

}  // namespace

Result<json::value> NextQuestion(const Pack& pack, const json::value& input, std::string_view file) {
  Diagnostics problems;
  const Node root(input, std::string(file), problems);
  if (!root.Object({"profile", "want", "skip"})) return problems.front();
  const auto node = root.At("profile");
  if (!node) return problems.front();
  auto profile = ReadProfile(pack, node->value(), file, "/profile");
  if (!profile) return profile.error();
  if (const auto want = root.Maybe("want")) profile->wanted = ReadWanted(pack, *want);
  std::vector<std::pair<std::size_t, int>> skip;
  if (const auto list = root.Maybe("skip")) skip = ReadSkip(pack, *profile, *list);
  if (!problems.empty()) return problems.front();

  const Assessor assessor(pack, profile->as_of);
  const auto standings = AssessAll(pack, *profile, assessor);
  auto questions = OpenQuestions(pack, *profile, assessor, standings);
  std::erase_if(questions, [&](const Question& one) { return std::find(skip.begin(), skip.end(), std::pair(one.person, one.fact)) != skip.end(); });
  OrderQuestions(pack, standings, profile->asking, questions);
  std::int64_t open = 0;
  for (const Standing& standing : standings) open += standing.assessment.verdict == State::Open || !standing.assessment.ask.empty() ? 1 : 0;

  auto name = [&](const Question& question) {
    return json::object{{"subject", profile->people[question.person].id}, {"fact", pack.schema.facts[static_cast<std::size_t>(question.fact)].name}};
  };
  json::object out;
  out["format"] = "km-next/1";
  if (!questions.empty()) out["ask"] = name(questions.front());
  json::array order;
  for (const Question& question : questions) {
    json::object one = name(question);
    one["score"] = question.score;
    order.push_back(std::move(one));
  }
  out["order"] = std::move(order);
  out["settled"] = static_cast<std::int64_t>(standings.size()) - open;
  out["open"] = open;
  return json::value(std::move(out));
}

}  // namespace chuncheng
