// The timeline over 20 years against asking every day, on 200 generated households: timeline_bruteforce [households] [years] [share].
// Each household takes every `share`-th benefit, beginning with another one each time, so that all benefits meet all kinds of households.
// The last line is `N passed, N failed`; one test is one benefit with one person.
#include <chrono>
#include <cstdio>
#include <cstdlib>

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
};

// The days on which the answer differs from the day before, by asking on every one of them.
std::vector<Day> EveryDay(const std::vector<Assessor>& days, const Benefit& benefit, const Answers& answers) {
  std::vector<Day> out;
  Assessment before = days.front().Assess(benefit, answers);
  for (std::size_t i = 1; i < days.size(); ++i) {
    Assessment now = days[i].Assess(benefit, answers);
    if (!SameResult(before, now)) out.push_back(days[i].as_of());
    before = std::move(now);
  }
  return out;
}

int Run(std::size_t households, std::int64_t years, std::size_t share) {
  Diagnostics problems;
  const PackFiles files = ReadPackFolder(CHUNCHENG_SOURCE "/shared/packs/kunming", problems);
  const Pack pack = ReadPack(files, problems);
  if (!problems.empty()) return std::puts("0 passed, 1 failed"), 1;
  const std::array<const Pack*, 1> packs = {&pack};
  Generator generator(packs, {.seed = 20, .as_of = DataDate(files, problems).value_or(0)});
  Totals totals;
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < households; ++i) {
    const auto profile = ReadProfile(pack, generator.Next(), "");
    if (!profile) return std::puts("0 passed, 1 failed"), 1;
    std::vector<Assessor> days;
    for (Day day = profile->as_of; day <= AddMonths(profile->as_of, 12 * years); ++day) days.emplace_back(pack, day, profile->as_of);
    for (std::size_t b = i % share; b < pack.benefits.size(); b += share) {
      const Benefit& benefit = pack.benefits[b];
      for (std::size_t p = 0; p < profile->people.size(); ++p) {
        if (!profile->Concerns(pack, b, p)) continue;
        const Answers answers = profile->AnswersOf(pack.schema, p);
        std::vector<Day> told;
        for (const Event& event : Timeline(pack, benefit, answers, profile->as_of, years)) told.push_back(event.day);
        const auto expected = EveryDay(days, benefit, answers);
        const bool same = told == expected;
        ++(same ? totals.passed : totals.failed);
        totals.events += expected.size();
        totals.days += days.size();
        for (int base : benefit.bases) {
          if (answers[static_cast<std::size_t>(base)].Known()) continue;
          ++totals.open;
          break;
        }
        if (!same)
          std::printf("household %zu, %s, person %zu: %zu days told, %zu expected\n", i, benefit.id.c_str(), p, told.size(), expected.size());
      }
    }
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%zu households, %lld years: %zu assessments, %zu changes, %zu of %zu with missing answers, %.0f s\n", households,
              static_cast<long long>(years), totals.days, totals.events, totals.open, totals.passed + totals.failed, seconds);
  std::printf("%zu passed, %zu failed\n", totals.passed, totals.failed);
  return totals.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace chuncheng

int main(int argc, char** argv) {
  auto number = [&](int index, long fallback) { return argc > index ? std::strtol(argv[index], nullptr, 10) : fallback; };
  return chuncheng::Run(static_cast<std::size_t>(number(1, 200)), number(2, 20), static_cast<std::size_t>(std::max(1L, number(3, 4))));
}
