// The exact days on which a verdict or an amount changes by the calendar alone, and why.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/benefits/assess.h"

namespace chuncheng {

enum class CauseKind : std::uint8_t { Age, Duration, Calendar, Param, InForce };
constexpr std::array<std::string_view, 5> kCauseKinds = {"age", "duration", "calendar", "param", "in_force"};

struct Cause {
  CauseKind kind = CauseKind::Calendar;
  std::string name;  ///< the fact, or the param; "" = neither
  std::vector<std::string> cite;
};

struct Event {
  Day day = 0;
  Assessment before;  ///< of the day before
  Assessment after;
  std::vector<Cause> why;  ///< at least one
};

/// Do both say the same to the person: verdict, and unless refused the amount (published or not, range, rows)?
bool SameResult(const Assessment& a, const Assessment& b);

/// Every day of (as_of, as_of + years] on which SameResult(day before, day) is false, ascending. `answers` are of `as_of`.
/// Cost: that of Sweep, and one assessment for each stretch of days it finds.
std::vector<Event> Timeline(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years);

/// The first later day within `years` on which the verdict becomes yes (from), or, when it is yes now, the last day it stays yes (until), with
/// the same answers; nothing when the calendar alone changes nothing.
std::optional<Day> NextYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years = 40);
std::optional<Day> LastYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years = 40);

/// {"profile":…,"years":1..40?} → km-timeline/1 (docs/interfaces.md section 8). Without `years` ten.
Result<json::value> TimelineOf(const Pack& pack, const json::value& request, std::string_view file);

}  // namespace chuncheng
