// Which question to ask next (docs/interfaces.md section 8, `next`; docs/decisions/014-next-question.md).
#pragma once
#include "shared/benefits/profile.h"

namespace chuncheng {

/// What one group of answers would do to one benefit of one person.
struct Effect {
  std::size_t standing = 0;  ///< index into the standings
  std::int64_t share = 0;    ///< how likely this group is held to be, of kWhole
  std::size_t asked = 0;     ///< questions this benefit still needs now …
  std::size_t left = 0;      ///< … and after such an answer, this one included if it stays open
};
constexpr std::int64_t kWhole = 1'000'000;

/// A base fact that can still change a verdict or an amount; `person` is who is asked.
struct Question {
  std::size_t person = 0;
  int fact = 0;
  std::vector<Effect> effects;
  std::int64_t score = 0;
};

/// What a benefit may be worth in a year, in fen, never 0: money and what deductions save at the lowest tax rate as they stand, a day of leave and
/// an amount that is not published as stated constants.
std::int64_t Stake(const Benefit& benefit, const Assessment& assessment);

/// Every question that can change something, with its effects, unordered and without scores. `standings` as of AssessAll.
/// Cost: one assessment for each standing, fact it asks for and group of answers.
std::vector<Question> OpenQuestions(const Pack& pack, const Profile& profile, const Assessor& assessor, const std::vector<Standing>& standings);

/// Scores them and puts them in the order to ask, the highest score first. `asking`: questions about this person count kStay times, so that the talk
/// does not go to and fro between people for little.
void OrderQuestions(const Pack& pack, const std::vector<Standing>& standings, std::optional<std::size_t> asking, std::vector<Question>& questions);
constexpr std::int64_t kStay = 2;

/// {"profile","want"?,"skip"?} → km-next/1.
Result<json::value> NextQuestion(const Pack& pack, const json::value& input, std::string_view file);

}  // namespace chuncheng
