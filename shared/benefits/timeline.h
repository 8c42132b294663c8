// The days on which an assessment changes by the calendar alone.
#pragma once
#include "shared/benefits/assess.h"

namespace chuncheng {

/// The first later day within `years` on which the verdict becomes yes (from), or, when it is yes now, the last day it stays yes (until), with
/// the same answers; nothing when the calendar alone changes nothing.
std::optional<Day> NextYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years = 40);
std::optional<Day> LastYes(const Pack& pack, const Benefit& benefit, const Answers& answers, Day as_of, std::int64_t years = 40);

}  // namespace chuncheng
