// Random packs and households with answers missing, against a slow evaluator that reads the rules straight from their JSON and tries every completion
// (tests/unit/reference.h): differential_packs FOLDER [packs] [first seed]. What the engine said of each goes to FOLDER/packs.jsonl, which
// hosts.mjs compares with the modules. A household that differs is kept with its pack in FOLDER/differs-<seed>.json, cut down to one benefit, the
// person's answers and the expected and the given result. The last line is `N passed, N failed`: a test is one benefit of one person.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <string>

#include "shared/benefits/household.h"
#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

constexpr std::size_t kMostCompletions = 1500;
// Ends of months and years, a leap day, the day before a period of the params ends, and days on which nothing is in force.
constexpr std::array<std::string_view, 8> kDays = {"2026-11-29", "2026-06-30", "2026-07-01", "2026-12-31",
                                                   "2024-02-29", "2025-03-01", "2024-12-31", "2019-12-31"};
constexpr std::array<unsigned, 4> kMissing = {0, 30, 60, 90};

json::array Names(const Schema& schema, const std::vector<int>& facts) {
  json::array out;
  for (const int fact : facts) out.emplace_back(schema.facts[static_cast<std::size_t>(fact)].name);
  return out;
}

// What docs/interfaces.md says a result has of the verdict, the amount and the missing answers.
json::object Expected(const json::value& benefit, const Schema& schema, const Assessment& want) {
  json::object out;
  out["verdict"] = StateName(want.verdict);
  json::array failed;
  if (want.in_force == State::No) failed.emplace_back("in_force");
  for (std::size_t c = 0; c < want.criteria.size(); ++c) {
    if (want.criteria[c] == State::No) failed.emplace_back(benefit.at("criteria").at(c).at("id"));
  }
  out["failed"] = std::move(failed);
  out["ask"] = Names(schema, want.ask);
  if (want.verdict == State::No) return out;
  json::object amount;
  if (want.amount.published) {
    amount["min"] = want.amount.range.lo;
    amount["max"] = want.amount.range.hi;
    if (want.amount.unpublished) amount["partly_unpublished"] = true;
  } else {
    amount["kind"] = "unpublished";
  }
  json::array rows;
  for (const int row : want.amount.rows) rows.emplace_back(benefit.at("amount").at("rows").at(static_cast<std::size_t>(row)).at("id"));
  if (!rows.empty()) amount["rows"] = std::move(rows);
  out["amount"] = std::move(amount);
  return out;
}

// The same members of a result.
json::object Given(const json::object& result, const json::object& want) {
  json::object out;
  for (const auto& member : want) {
    const auto* value = result.if_contains(member.key());
    out[member.key()] = value == nullptr ? json::value(nullptr) : *value;
  }
  const auto* amount = out.if_contains("amount");
  if (amount == nullptr || !amount->is_object()) return out;
  json::object some;
  for (const std::string_view key : {"min", "max", "partly_unpublished", "rows"}) {
    if (amount->get_object().contains(key)) some[key] = amount->at(key);
  }
  if (!some.contains("min")) some["kind"] = amount->at("kind");
  out["amount"] = std::move(some);
  return out;
}

struct Totals {
  std::size_t packs = 0, households = 0, compared = 0, skipped = 0, differ = 0, yes = 0, no = 0, open = 0, ranges = 0, unpublished = 0;
};

class Try {
 public:
  Try(const std::string& folder, unsigned seed, Totals& totals)
      : folder_(folder), seed_(seed), random_(seed), totals_(totals), files_(RandomPack(random_)), policy_(PublishedPolicy(files_)) {}

  // A line for the other hosts; "" when the pack cannot be read, which is a failure.
  std::string Run() {
    Diagnostics problems;
    const auto split = SplitPolicy(policy_, "policy.json");
    if (split) pack_ = ReadPolicy(*split, problems);
    if (!split || !problems.empty()) {
      std::printf("not ok seed %u: the pack is refused: %s\n", seed_, split ? json::serialize(problems.front().ToJson()).c_str() : "");
      ++totals_.differ;
      return "";
    }
    ++totals_.packs;
    json::array profiles;
    json::array answers;
    for (const unsigned missing : kMissing) {
      const Day as_of = *ParseDay(kDays[random_() % kDays.size()]);
      const json::value profile = RandomProfile(pack_.schema, random_, missing, as_of);
      const auto said = EvaluateProfile(pack_, profile, "");
      if (!said) {
        std::printf("not ok seed %u: a household is refused: %s\n", seed_, json::serialize(said.error().ToJson()).c_str());
        ++totals_.differ;
        continue;
      }
      ++totals_.households;
      Household(profile, as_of, *said);
      profiles.push_back(profile);
      answers.emplace_back(json::serialize(*said));
    }
    const json::object line{{"seed", seed_},  {"module", "eligibility"},         {"data", json::serialize(policy_)},
                            {"call", "eval"}, {"requests", std::move(profiles)}, {"answers", std::move(answers)}};
    return json::serialize(line);
  }

 private:
  void Household(const json::value& profile, Day as_of, const json::value& said) {
    const Reference reference(files_, pack_, as_of);
    const auto read = ReadProfile(pack_, profile, "");
    for (const auto& item : said.at("results").get_array()) {
      const auto& result = item.get_object();
      const int found = pack_.FindBenefit(std::string_view(result.at("benefit").get_string()));
      const auto benefit = static_cast<std::size_t>(found);
      const auto person = std::find_if(read->people.begin(), read->people.end(),
                                       [&](const Person& one) { return one.id == std::string_view(result.at("subject").get_string()); });
      const Answers answers = read->AnswersOf(pack_.schema, static_cast<std::size_t>(person - read->people.begin()));
      if (reference.Completions(benefit, answers, kMostCompletions) > kMostCompletions) {
        ++totals_.skipped;
        continue;
      }
      const Assessment assessed = reference.Assess(benefit, answers);
      const json::object want = Expected(files_.benefits[benefit].value, pack_.schema, assessed);
      const json::object given = Given(result, want);
      ++totals_.compared;
      (assessed.verdict == State::Yes ? totals_.yes : assessed.verdict == State::No ? totals_.no : totals_.open) += 1;
      totals_.ranges += assessed.amount.published && assessed.amount.range.lo < assessed.amount.range.hi ? 1 : 0;
      totals_.unpublished += assessed.amount.unpublished ? 1 : 0;
      if (given != want) Differs(benefit, *person, as_of, want, given);
    }
  }

  void Differs(std::size_t benefit, const Person& person, Day as_of, const json::object& want, const json::object& given) {
    ++totals_.differ;
    std::printf("not ok seed %u, %s of %s: expected %s, given %s\n", seed_, pack_.benefits[benefit].id.c_str(), person.id.c_str(),
                json::serialize(want).c_str(), json::serialize(given).c_str());
    json::object facts;
    for (const auto& [fact, value] : person.facts) {
      const Fact& one = pack_.schema.facts[static_cast<std::size_t>(fact)];
      facts[one.name] = WriteValue(value, one.type, pack_.schema);
    }
    // Only the facts that the benefit rests on.
    std::set<std::string> bases;
    for (const int base : pack_.benefits[benefit].bases) bases.insert(pack_.schema.facts[static_cast<std::size_t>(base)].name);
    json::object declared;
    for (const auto& fact : files_.facts.value.at("facts").get_object()) {
      if (bases.contains(std::string(fact.key())) || fact.value().get_object().contains("derive")) declared[fact.key()] = fact.value();
    }
    std::ofstream out(folder_ + "/differs-" + std::to_string(seed_) + ".json");
    out << json::serialize(json::object{{"seed", seed_},
                                        {"as_of", FormatDay(as_of)},
                                        {"benefit", files_.benefits[benefit].value},
                                        {"facts", std::move(declared)},
                                        {"params", files_.params.value},
                                        {"answers", std::move(facts)},
                                        {"expected", want},
                                        {"given", given}})
        << "\n";
  }

  const std::string& folder_;
  unsigned seed_;
  std::mt19937 random_;
  Totals& totals_;
  PackFiles files_;
  json::value policy_;
  Pack pack_;
};

int Run(const std::string& folder, unsigned packs, unsigned first) {
  Totals totals;
  std::ofstream lines(folder + "/packs.jsonl");
  for (unsigned seed = first; seed < first + packs; ++seed) {
    if (const std::string line = Try(folder, seed, totals).Run(); !line.empty()) lines << line << "\n";
  }
  std::printf(
      "seeds %u to %u: %zu packs, %zu households; %zu benefits of persons compared with every completion (%zu yes, %zu no, %zu open; %zu ranges, %zu "
      "unpublished), %zu skipped for having more than %zu completions\n",
      first, first + packs - 1, totals.packs, totals.households, totals.compared, totals.yes, totals.no, totals.open, totals.ranges,
      totals.unpublished, totals.skipped, kMostCompletions);
  const std::size_t least = 5 * packs;  // a comparison of hardly anything proves nothing
  if (totals.compared < least) std::printf("not ok: fewer than %zu comparisons\n", least);
  std::printf("%zu passed, %zu failed\n", totals.compared - std::min(totals.compared, totals.differ),
              totals.differ + (totals.compared < least ? 1 : 0));
  return totals.differ == 0 && totals.compared >= least ? 0 : 1;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) {
  if (argc < 2) return std::puts("usage: differential_packs FOLDER [packs] [first seed]"), 2;
  auto number = [&](int index, unsigned long fallback) {
    return static_cast<unsigned>(argc > index ? std::strtoul(argv[index], nullptr, 10) : fallback);
  };
  return chuncheng::Run(argv[1], number(2, 400), number(3, 1));
}
