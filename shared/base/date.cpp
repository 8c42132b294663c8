#include "shared/base/date.h"

#include <algorithm>
#include <array>

namespace chuncheng {
namespace {

int DaysInMonth(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

// Of a positive divisor.
std::int64_t FloorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

// Both conversions count in 400-year eras of years that begin in March (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
Day ToDay(Civil civil) {
  const std::int64_t y = civil.year - (civil.month <= 2 ? 1 : 0);
  const std::int64_t era = FloorDiv(y, 400);
  const std::int64_t yoe = y - era * 400;
  const std::int64_t doy = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

Civil ToCivil(Day day) {
  const std::int64_t z = day + 719468;
  const std::int64_t era = FloorDiv(z, 146097);
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400 + (month <= 2 ? 1 : 0)), month, static_cast<int>(doy - (153 * mp + 2) / 5 + 1)};
}

std::optional<Day> ParseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (char c : text.substr(at, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const Civil civil{number(0, 4), number(5, 2), number(8, 2)};
  if (civil.year < 1 || civil.month < 1 || civil.month > 12 || civil.day < 1) return std::nullopt;
  if (civil.day > DaysInMonth(civil.year, civil.month)) return std::nullopt;
  return ToDay(civil);
}

std::string FormatDay(Day day) {
  const Civil civil = ToCivil(day);
  std::string out = "0000-00-00";
  auto put = [&](std::size_t at, std::size_t count, int value) {
    for (std::size_t i = count; i-- > 0; value /= 10) out[at + i] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, civil.year);
  put(5, 2, civil.month);
  put(8, 2, civil.day);
  return out;
}

std::int64_t AgeOn(Day birth, Day on) {
  const Civil b = ToCivil(birth);
  const Civil o = ToCivil(on);
  const bool before_birthday = o.month < b.month || (o.month == b.month && o.day < b.day);
  return o.year - b.year - (before_birthday ? 1 : 0);
}

Day AddMonths(Day day, std::int64_t n) {
  const Civil c = ToCivil(day);
  const std::int64_t months = c.year * std::int64_t{12} + (c.month - 1) + n;
  const int year = static_cast<int>(FloorDiv(months, 12));
  const int month = static_cast<int>(months - FloorDiv(months, 12) * 12) + 1;
  return ToDay({year, month, std::min(c.day, DaysInMonth(year, month))});
}

std::int64_t MonthsBetween(Day from, Day to) {
  const Civil f = ToCivil(from);
  const Civil t = ToCivil(to);
  const std::int64_t n = (t.year - f.year) * std::int64_t{12} + (t.month - f.month);
  return AddMonths(from, n) > to ? n - 1 : n;
}

Day MonthEnd(Day day) {
  const Civil c = ToCivil(day);
  return ToDay({c.year, c.month, DaysInMonth(c.year, c.month)});
}

Day YearEnd(Day day) { return ToDay({ToCivil(day).year, 12, 31}); }

}  // namespace chuncheng
