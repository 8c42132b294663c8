#include "shared/benefits/household.h"

#include <algorithm>

#include "shared/benefits/amount.h"
#include "shared/benefits/combine.h"
#include "shared/benefits/questions.h"
#include "shared/benefits/stale.h"
#include "shared/benefits/timeline.h"

namespace chuncheng {
namespace {

json::array Names(const Schema& schema, const std::vector<int>& facts) {
  json::array out;
  for (int fact : facts) out.emplace_back(schema.facts[static_cast<std::size_t>(fact)].name);
  return out;
}

json::object Amount(const Pack& pack, const Benefit& benefit, const Assessment& result, Day on, bool& confirm) {
  json::object out = WriteAmount(benefit, result.amount);
  const auto cites = AmountCites(pack, benefit, result.amount, on);
  confirm = confirm || pack.ToConfirm(cites);
  out["cite"] = json::array(cites.begin(), cites.end());
  return out;
}

class Report {
 public:
  Report(const Pack& pack, const Profile& profile) : pack_(pack), profile_(profile), assessor_(pack, profile.as_of) {}

  json::value Run() {
    const auto standings = AssessAll(pack_, profile_, assessor_);
    json::array results;
    for (const Standing& standing : standings) results.push_back(WriteStanding(pack_, profile_, assessor_, standing));
    json::object out;
    out["format"] = "km-result/1";
    out["as_of"] = FormatDay(profile_.as_of);
    out["results"] = std::move(results);
    out["ask"] = Ask(standings);
    out["stacking"] = StackingList(pack_, profile_, standings);
    return out;
  }

 private:
  json::array Ask(const std::vector<Standing>& standings) const {
    auto questions = OpenQuestions(pack_, profile_, assessor_, standings);
    OrderQuestions(pack_, standings, profile_.asking, questions);
    json::array out;
    for (const Question& question : questions) {
      json::object one;
      one["subject"] = profile_.people[question.person].id;
      one["fact"] = pack_.schema.facts[static_cast<std::size_t>(question.fact)].name;
      out.push_back(std::move(one));
    }
    return out;
  }

  const Pack& pack_;
  const Profile& profile_;
  Assessor assessor_;
};

}  // namespace

json::object WriteStanding(const Pack& pack, const Profile& profile, const Assessor& assessor, const Standing& standing) {
  const std::size_t person = standing.person;
  const Benefit& benefit = pack.benefits[standing.benefit];
  const Answers answers = profile.AnswersOf(pack.schema, person);
  const Assessment& result = standing.assessment;
  const Schema& schema = pack.schema;
  json::object out;
  out["benefit"] = benefit.id;
  out["subject"] = profile.people[person].id;
  out["verdict"] = StateName(result.verdict);
  json::array failed;
  json::array criteria;
  json::array remedies;
  json::object force;
  force["id"] = "in_force";
  force["state"] = StateName(result.in_force);
  criteria.push_back(std::move(force));
  if (result.in_force == State::No) failed.emplace_back("in_force");
  bool confirm = pack.ToConfirm(benefit.in_force_cite);
  for (std::size_t c = 0; c < benefit.criteria.size(); ++c) {
    const Criterion& criterion = benefit.criteria[c];
    json::object one;
    one["id"] = criterion.id;
    one["state"] = StateName(result.criteria[c]);
    if (result.criteria[c] == State::Open) {
      std::vector<int> open;
      for (int base : criterion.when.bases) {
        if (!answers[static_cast<std::size_t>(base)].Known()) open.push_back(base);
      }
      one["facts"] = Names(schema, open);
    }
    criteria.push_back(std::move(one));
    if (result.criteria[c] == State::No) {
      failed.emplace_back(criterion.id);
      if (assessor.CanRemedy(criterion, answers)) remedies.emplace_back(criterion.id);
    }
    // A refusal rests on what failed; anything else on all clauses.
    if (result.verdict != State::No || result.criteria[c] == State::No) confirm = confirm || pack.ToConfirm(criterion.cite);
  }
  out["failed"] = std::move(failed);
  out["criteria"] = std::move(criteria);
  if (result.verdict != State::No) out["amount"] = Amount(pack, benefit, result, profile.as_of, confirm);
  out["ask"] = Names(schema, result.ask);
  if (result.verdict == State::Yes) {
    if (const auto until = LastYes(pack, benefit, answers, profile.as_of)) out["until"] = FormatDay(*until);
  } else if (const auto from = NextYes(pack, benefit, answers, profile.as_of)) {
    out["from"] = FormatDay(*from);
  }
  if (!remedies.empty()) out["remedy"] = std::move(remedies);
  out["to_confirm"] = confirm;
  // A refusal rests on no amount; only the end of the programme matters to it.
  json::array stale;
  for (const Warning& warning : WarningsFor(pack, benefit, profile.as_of, &result.amount.rows)) {
    if (warning.kind != Warning::Kind::Unconfirmed || result.verdict != State::No) stale.push_back(WriteWarning(warning));
  }
  if (!stale.empty()) out["stale"] = std::move(stale);
  return out;
}

Result<json::value> EvaluateProfile(const Pack& pack, const json::value& profile, std::string_view file) {
  const auto read = ReadProfile(pack, profile, file);
  if (!read) return read.error();
  return Report(pack, *read).Run();
}

}  // namespace chuncheng
