#include "shared/benefits/steps.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "shared/benefits/amount.h"

namespace chuncheng {
namespace {

class Search {
 public:
  Search(const Assessor& assessor, const Benefit& benefit, const Answers& answers) : assessor_(assessor), benefit_(benefit), answers_(answers) {}

  std::vector<Step> Run() {
    Grow({});
    std::vector<Step> out;
    for (const Step& step : found_) {
      const bool least = std::none_of(found_.begin(), found_.end(), [&](const Step& other) {
        return other.remedies.size() < step.remedies.size() &&
               std::includes(step.remedies.begin(), step.remedies.end(), other.remedies.begin(), other.remedies.end());
      });
      if (least) out.push_back(step);
    }
    std::stable_sort(out.begin(), out.end(), [](const Step& a, const Step& b) {
      return std::forward_as_tuple(a.remedies.size(), a.remedies) < std::forward_as_tuple(b.remedies.size(), b.remedies);
    });
    return out;
  }

 private:
  const Remedy& At(const std::pair<std::size_t, std::size_t>& place) const { return benefit_.criteria[place.first].remedies[place.second]; }

  bool Agrees(const RemedySet& set, const Remedy& remedy) const {
    return std::all_of(set.begin(), set.end(), [&](const auto& place) {
      const Remedy& other = At(place);
      return std::all_of(other.set.begin(), other.set.end(), [&](const auto& a) {
        return std::all_of(remedy.set.begin(), remedy.set.end(), [&](const auto& b) { return a.first != b.first || a.second == b.second; });
      });
    });
  }

  // A set that works must touch what the first unmet criterion reads, so growing it from there misses none.
  void Grow(const RemedySet& set) {
    if (!tried_.insert(set).second) return;
    Answers changed = answers_;
    for (const auto& place : set) {
      for (const auto& [fact, value] : At(place).set) changed[static_cast<std::size_t>(fact)] = Interval::Of(value);
    }
    Assessment after = assessor_.Assess(benefit_, changed);
    if (after.verdict != State::No) {
      if (!set.empty()) found_.push_back({set, std::move(after)});
      return;
    }
    if (after.in_force == State::No) return;
    const auto unmet = std::find(after.criteria.begin(), after.criteria.end(), State::No);
    std::vector<int> reads;
    if (unmet != after.criteria.end()) {
      reads = benefit_.criteria[static_cast<std::size_t>(unmet - after.criteria.begin())].when.bases;
    } else {
      reads = benefit_.bases;  // each may be met, all together cannot
    }
    for (std::size_t c = 0; c < benefit_.criteria.size(); ++c) {
      for (std::size_t r = 0; r < benefit_.criteria[c].remedies.size(); ++r) {
        const Remedy& remedy = benefit_.criteria[c].remedies[r];
        const std::pair place(c, r);
        const bool touches = std::any_of(remedy.set.begin(), remedy.set.end(),
                                         [&](const auto& one) { return std::find(reads.begin(), reads.end(), one.first) != reads.end(); });
        if (!touches || std::find(set.begin(), set.end(), place) != set.end() || !Agrees(set, remedy)) continue;
        RemedySet more = set;
        more.insert(std::upper_bound(more.begin(), more.end(), place), place);
        Grow(more);
      }
    }
  }

  const Assessor& assessor_;
  const Benefit& benefit_;
  const Answers& answers_;
  std::set<RemedySet> tried_;
  std::vector<Step> found_;
};

}  // namespace

std::vector<Step> StepsFor(const Assessor& assessor, const Benefit& benefit, const Answers& answers) {
  return Search(assessor, benefit, answers).Run();
}

Result<json::value> WhatWouldChange(const Pack& pack, const json::value& profile, std::string_view file) {
  const auto read = ReadProfile(pack, profile, file);
  if (!read) return read.error();
  const Assessor assessor(pack, read->as_of);
  json::array steps;
  for (const Standing& standing : AssessAll(pack, *read, assessor)) {
    if (standing.assessment.verdict != State::No) continue;
    const Benefit& benefit = pack.benefits[standing.benefit];
    for (const Step& step : StepsFor(assessor, benefit, read->AnswersOf(pack.schema, standing.person))) {
      json::object one;
      one["benefit"] = benefit.id;
      one["subject"] = read->people[standing.person].id;
      json::array todo;
      for (const auto& [criterion, remedy] : step.remedies) {
        json::object set;
        for (const auto& [fact, value] : benefit.criteria[criterion].remedies[remedy].set) {
          const Fact& named = pack.schema.facts[static_cast<std::size_t>(fact)];
          set[named.name] = WriteValue(value, named.type, pack.schema);
        }
        todo.push_back(
            json::object{{"criterion", benefit.criteria[criterion].id}, {"remedy", static_cast<std::int64_t>(remedy)}, {"set", std::move(set)}});
      }
      one["do"] = std::move(todo);
      one["verdict"] = step.after.verdict == State::Yes ? "yes" : "open";
      one["amount"] = WriteAmount(benefit, step.after.amount);
      steps.push_back(std::move(one));
    }
  }
  json::object out;
  out["format"] = "km-steps/1";
  out["steps"] = std::move(steps);
  return json::value(std::move(out));
}

}  // namespace chuncheng
