// Civil dates of the proleptic Gregorian calendar, without time of day or zone.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chuncheng {

/// Days since 1970-01-01. Dates are plain integers so that rules can compare and bound them like any other number.
using Day = std::int64_t;

struct Civil {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

Day ToDay(Civil civil);
Civil ToCivil(Day day);
/// "YYYY-MM-DD" of an existing day in the years 1..9999, else nothing.
std::optional<Day> ParseDay(std::string_view text);
std::string FormatDay(Day day);

/// Completed years from `birth` to `on`; negative before birth. Born on 29 February: 1 March in common years.
std::int64_t AgeOn(Day birth, Day on);
/// `n` months later (earlier when negative), clamped to the last day of the target month.
Day AddMonths(Day day, std::int64_t n);
/// The largest n with AddMonths(from, n) <= to.
std::int64_t MonthsBetween(Day from, Day to);
Day MonthEnd(Day day);
Day YearEnd(Day day);

}  // namespace chuncheng
