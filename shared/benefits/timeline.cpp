#include "shared/benefits/timeline.h"

#include <algorithm>

#include "shared/benefits/sweep.h"

namespace chuncheng {

std::optional<Day> NextYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years) {
  const Day horizon = AddMonths(as_of, 12 * years);
  Sweep sweep(pack, benefit, answers, as_of);
  for (Day day = sweep.LastAlike(as_of, horizon) + 1; day <= horizon; day = sweep.LastAlike(day, horizon) + 1) {
    if (Assessor(pack, day, as_of).Assess(benefit, answers).verdict == State::Yes) return day;
  }
  return std::nullopt;
}

std::optional<Day> LastYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years) {
  const Day horizon = AddMonths(as_of, 12 * years);
  Sweep sweep(pack, benefit, answers, as_of);
  for (Day day = sweep.LastAlike(as_of, horizon) + 1; day <= horizon; day = sweep.LastAlike(day, horizon) + 1) {
    if (Assessor(pack, day, as_of).Assess(benefit, answers).verdict != State::Yes) return day - 1;
  }
  return std::nullopt;
}

}  // namespace chuncheng
