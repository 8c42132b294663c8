// What the engine must agree with: rules read straight from their JSON, one complete set of answers at a time, and every completion tried.
// Slow and obvious on purpose; shares with the engine only the facts, the params and the numbering of both. And random packs to try it on.
#pragma once
#include <functional>
#include <random>

#include "shared/benefits/assess.h"

namespace chuncheng {

/// A pack with small domains: two to six values a fact, facts used twice, facts compared with facts, derived facts that go up and down, tables
/// that cover their inputs, amounts that are not published, remedies. Always readable without a problem. The same seed gives the same pack.
PackFiles RandomPack(std::mt19937& random);
/// The params and sources of such a pack with these facts, benefits and stacking groups, in JSON.
PackFiles PackOf(std::string_view facts, const std::vector<std::string>& benefits, std::string_view groups = "[]");
/// The pack of such files; a problem is a failed expectation.
Pack ReadWhole(const PackFiles& files);
/// Each base fact known with (100 - missing) percent, its value uniform over its range; of the others, `partly` percent known to lie in a part of it.
Answers RandomAnswers(const Schema& schema, std::mt19937& random, unsigned missing, unsigned partly = 0);
/// A household, two elders and a child with answers like that, as a km-profile/1.
json::value RandomProfile(const Schema& schema, std::mt19937& random, unsigned missing, Day as_of);
/// Uniform over [range.lo, range.hi].
std::int64_t PickValue(std::mt19937& random, Interval range);

class Reference {
 public:
  /// What one complete set of answers comes to. `amount` counts only with a published row that is reached.
  struct Outcome {
    State verdict = State::No;
    std::vector<State> criteria;
    int row = -1;
    std::optional<std::int64_t> amount;
    friend bool operator==(const Outcome&, const Outcome&) = default;
  };
  /// The values to try for an unknown fact; nothing given = all of its range.
  using Values = std::function<std::vector<std::int64_t>(int fact)>;

  /// `files` and `pack` are the same pack and outlive this.
  Reference(const PackFiles& files, const Pack& pack, Day as_of) : files_(files), pack_(pack), as_of_(as_of) {}

  /// `answers`: every base fact of the benefit known.
  Outcome Complete(std::size_t benefit, const Answers& answers) const;
  /// How many completions there are, at most `most` + 1.
  std::size_t Completions(std::size_t benefit, const Answers& answers, std::size_t most, const Values& values = nullptr) const;
  /// Calls `visit` with each of them.
  void EachCompletion(std::size_t benefit, const Answers& answers, const Values& values, const std::function<void(const Outcome&)>& visit) const;
  /// By trying all of them: same meaning as Assessor::Assess. `ask` names each fact for which two completions that differ in it alone differ in
  /// the verdict or, when it is not no, in the amount.
  Assessment Assess(std::size_t benefit, const Answers& answers, const Values& values = nullptr) const;

 private:
  // Unknown facts with the values to try, the first fact's turning fastest.
  struct Unknown {
    std::vector<int> facts;
    std::vector<std::vector<std::int64_t>> choices;
    std::size_t total = 1;
  };
  Unknown UnknownOf(std::size_t benefit, const Answers& answers, const Values& values) const;
  void Each(std::size_t benefit, const Answers& answers, const Unknown& unknown, const std::function<void(const Outcome&)>& visit) const;

  const PackFiles& files_;
  const Pack& pack_;
  Day as_of_;
};

}  // namespace chuncheng
