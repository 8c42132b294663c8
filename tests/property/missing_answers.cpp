// Generated households of which 40 % of the answers are taken away, against trying completions: missing_answers [households] [missing percent].
// An unknown answer is tried with one value, drawn anew for each pair, out of every group of values that the engine treats alike; the rules are read
// by the slow reference. A test is one benefit with one person: what the engine calls certain holds in every completion, what every completion agrees
// on the engine calls certain, and every completion's amount lies within the engine's. The last line is `N passed, N failed`.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

#include "shared/benefits/generate.h"
#include "shared/benefits/profile.h"
#include "tests/unit/kunming.h"
#include "tests/unit/reference.h"

namespace chuncheng {
namespace {

constexpr std::size_t kMostCompletions = 200000;

struct Totals {
  std::size_t certain = 0;      // said to be certain
  std::size_t decided = 0;      // all completions agree
  std::size_t unsupported = 0;  // said, but some completion differs
  std::size_t unanswered = 0;   // decided, but not said
  std::size_t amounts = 0;      // outside of what was said
  std::size_t pairs = 0;
  std::size_t skipped = 0;  // more completions than are tried
  std::size_t completions = 0;
  std::string report;

  void Add(const Totals& more) {
    certain += more.certain;
    decided += more.decided;
    unsupported += more.unsupported;
    unanswered += more.unanswered;
    amounts += more.amounts;
    pairs += more.pairs;
    skipped += more.skipped;
    completions += more.completions;
    report += more.report;
  }
};

void Forget(Profile& profile, std::mt19937_64& random, unsigned percent) {
  for (Person& person : profile.people) std::erase_if(person.facts, [&](const auto&) { return random() % 100 < percent; });
}

class Household {
 public:
  Household(const Profile& profile, std::size_t index, std::mt19937_64& random)
      : pack_(KunmingPack()),
        profile_(profile),
        index_(index),
        random_(random),
        assessor_(pack_, profile.as_of),
        reference_(KunmingFiles(), pack_, profile.as_of) {}

  Totals Try() {
    for (std::size_t b = 0; b < pack_.benefits.size(); ++b) {
      for (std::size_t p = 0; p < profile_.people.size(); ++p) {
        if (profile_.Concerns(pack_, b, p)) Pair(b, p);
      }
    }
    return std::move(totals_);
  }

 private:
  void Pair(std::size_t b, std::size_t p) {
    const Benefit& benefit = pack_.benefits[b];
    const Answers answers = profile_.AnswersOf(pack_.schema, p);
    const Assessment said = assessor_.Assess(benefit, answers);
    const Reference::Values values = [&](int base) {
      std::vector<std::int64_t> out;
      for (Interval group : assessor_.ClassesOf(benefit, base, answers)) {
        out.push_back(group.lo + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(group.hi - group.lo + 1)));
      }
      return out;
    };
    ++totals_.pairs;
    const std::size_t count = reference_.Completions(b, answers, kMostCompletions, values);
    if (count > kMostCompletions) {
      ++totals_.skipped;
      return;
    }
    bool yes = false;
    bool no = false;
    bool outside = false;
    reference_.EachCompletion(b, answers, values, [&](const Reference::Outcome& outcome) {
      yes = yes || outcome.verdict == State::Yes;
      no = no || outcome.verdict == State::No;
      if (outcome.verdict != State::Yes || benefit.form != AmountForm::Table) return;
      const AmountRange& range = said.amount;
      outside =
          outside || (outcome.amount ? !range.published || *outcome.amount < range.range.lo || *outcome.amount > range.range.hi : !range.unpublished);
    });
    totals_.completions += count;
    const bool certain = said.verdict != State::Open;
    const bool decided = yes != no;
    const bool unsupported = certain && (said.verdict == State::Yes ? no : yes);
    totals_.certain += certain ? 1 : 0;
    totals_.decided += decided ? 1 : 0;
    totals_.unsupported += unsupported ? 1 : 0;
    totals_.unanswered += decided && !certain ? 1 : 0;
    totals_.amounts += outside ? 1 : 0;
    if (unsupported || (decided && !certain) || outside) {
      totals_.report += "household " + std::to_string(index_) + ", " + benefit.id + ", " + profile_.people[p].id + ": said " +
                        std::string(StateName(said.verdict)) + ", of " + std::to_string(count) + " completions " + (yes ? "some yes " : "") +
                        (no ? "some no" : "") + (outside ? ", an amount outside" : "") + "\n";
    }
  }

  const Pack& pack_;
  const Profile& profile_;
  std::size_t index_;
  std::mt19937_64& random_;
  Assessor assessor_;
  Reference reference_;
  Totals totals_;
};

int Run(std::size_t households, unsigned missing) {
  const std::array<const Pack*, 1> packs = {&KunmingPack()};
  Diagnostics problems;
  Generator generator(packs, {.seed = 40, .as_of = DataDate(KunmingFiles(), problems).value_or(0), .gaps = 0});
  std::vector<Profile> profiles;
  while (profiles.size() < households) {
    auto profile = ReadProfile(KunmingPack(), generator.Next(), "");
    if (!profile) return std::puts("0 passed, 1 failed"), 1;
    profiles.push_back(std::move(*profile));
  }
  std::vector<Totals> totals(households);
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (std::size_t i = next++; i < households; i = next++) {
      std::mt19937_64 random(i);
      Forget(profiles[i], random, missing);
      totals[i] = Household(profiles[i], i, random).Try();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  Totals sum;
  for (const Totals& one : totals) sum.Add(one);
  std::fputs(sum.report.c_str(), stdout);
  std::printf("%zu households, %u %% of the answers missing: %zu benefits of persons, %zu completions, %zu not tried for having more than %zu\n",
              households, missing, sum.pairs, sum.completions, sum.skipped, kMostCompletions);
  std::printf("%zu certain, %zu unsupported; %zu decided, %zu not answered; %zu with an amount outside\n", sum.certain, sum.unsupported, sum.decided,
              sum.unanswered, sum.amounts);
  const std::size_t failed = static_cast<std::size_t>(std::count(sum.report.begin(), sum.report.end(), '\n'));
  std::printf("%zu passed, %zu failed\n", sum.pairs - sum.skipped - failed, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) {
  auto number = [&](int index, long fallback) { return argc > index ? std::strtol(argv[index], nullptr, 10) : fallback; };
  return chuncheng::Run(static_cast<std::size_t>(number(1, 2000)), static_cast<unsigned>(number(2, 40)));
}
