// The timeline over 20 years against asking every day, on 200 generated households: timeline_bruteforce [households] [years] [share].
// All benefits; with `share` above 1 each household takes every share-th one, beginning with another one each time. The last line is `N passed, N
// failed`; one test is one benefit with one person.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "shared/benefits/generate.h"
#include "shared/benefits/profile.h"
#include "shared/benefits/timeline.h"
#include "shared/tools/files.h"

namespace chuncheng {
namespace {

struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t open = 0;  // with an answer missing
  std::size_t events = 0;
  std::size_t days = 0;
  std::string report;
};

// The days on which the answer differs from the day before, by asking on every one of them.
std::vector<Day> EveryDay(const std::vector<Assessor>& days, const Benefit& benefit, const Answers& answers) {
  std::vector<Day> out;
  Assessment before = days.front().Assess(benefit, answers);
  Assessment now;
  for (std::size_t i = 1; i < days.size(); ++i) {
    days[i].Assess(benefit, answers, now);
    if (!SameResult(before, now)) out.push_back(days[i].as_of());
    std::swap(before, now);
  }
  return out;
}

void OneHousehold(const Pack& pack, const Profile& profile, std::size_t index, std::int64_t years, std::size_t share, Totals& totals) {
  std::vector<Assessor> days;
  for (Day day = profile.as_of; day <= AddMonths(profile.as_of, 12 * years); ++day) days.emplace_back(pack, day, profile.as_of);
  for (std::size_t b = index % share; b < pack.benefits.size(); b += share) {
    const Benefit& benefit = pack.benefits[b];
    for (std::size_t p = 0; p < profile.people.size(); ++p) {
      if (!profile.Concerns(pack, b, p)) continue;
      const Answers answers = profile.AnswersOf(pack.schema, p);
      std::vector<Day> told;
      for (const Event& event : Timeline(pack, benefit, answers, profile.as_of, years)) told.push_back(event.day);
      const auto expected = EveryDay(days, benefit, answers);
      ++(told == expected ? totals.passed : totals.failed);
      totals.events += expected.size();
      totals.days += days.size();
      const bool open =
          std::any_of(benefit.bases.begin(), benefit.bases.end(), [&](int base) { return !answers[static_cast<std::size_t>(base)].Known(); });
      totals.open += open ? 1 : 0;
      if (told == expected) continue;
      totals.report += "household " + std::to_string(index) + ", " + benefit.id + ", " + profile.people[p].id + ": " + std::to_string(told.size()) +
                       " days told, " + std::to_string(expected.size()) + " expected\n";
    }
  }
}

int Run(std::size_t households, std::int64_t years, std::size_t share) {
  Diagnostics problems;
  const PackFiles files = ReadPackFolder(CHUNCHENG_SOURCE "/shared/packs/kunming", problems);
  const Pack pack = ReadPack(files, problems);
  const std::array<const Pack*, 1> packs = {&pack};
  std::vector<Profile> profiles;
  if (problems.empty()) {
    Generator generator(packs, {.seed = 20, .as_of = DataDate(files, problems).value_or(0)});
    while (profiles.size() < households) {
      auto profile = ReadProfile(pack, generator.Next(), "");
      if (!profile) break;
      profiles.push_back(std::move(*profile));
    }
  }
  if (profiles.size() < households) return std::puts("0 passed, 1 failed"), 1;
  const auto begin = std::chrono::steady_clock::now();
  std::vector<Totals> totals(households);
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (std::size_t i = next++; i < households; i = next++) OneHousehold(pack, profiles[i], i, years, share, totals[i]);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  Totals sum;
  for (const Totals& one : totals) {
    sum.passed += one.passed;
    sum.failed += one.failed;
    sum.open += one.open;
    sum.events += one.events;
    sum.days += one.days;
    std::fputs(one.report.c_str(), stdout);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%zu households, %lld years: %zu assessments, %zu changes, %zu of %zu with missing answers, %.0f s\n", households,
              static_cast<long long>(years), sum.days, sum.events, sum.open, sum.passed + sum.failed, seconds);
  std::printf("%zu passed, %zu failed\n", sum.passed, sum.failed);
  return sum.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) {
  auto number = [&](int index, long fallback) { return argc > index ? std::strtol(argv[index], nullptr, 10) : fallback; };
  return chuncheng::Run(static_cast<std::size_t>(number(1, 200)), number(2, 20), static_cast<std::size_t>(std::max(1L, number(3, 1))));
}
