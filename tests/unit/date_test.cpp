#include "shared/base/date.h"

#include <gtest/gtest.h>

#include <chrono>

namespace chuncheng {
namespace {

Day D(const char* text) { return *ParseDay(text); }

TEST(Date, RoundTripsEveryDayOfFourCenturies) {
  Civil expected{1900, 1, 1};
  for (Day day = D("1900-01-01"); day <= D("2299-12-31"); ++day) {
    const Civil got = ToCivil(day);
    ASSERT_EQ(got.year, expected.year);
    ASSERT_EQ(got.month, expected.month);
    ASSERT_EQ(got.day, expected.day);
    ASSERT_EQ(ToDay(got), day);
    ASSERT_EQ(ParseDay(FormatDay(day)), day);
    ++expected.day;
    if (day == MonthEnd(day)) {
      expected.day = 1;
      if (++expected.month == 13) expected = {expected.year + 1, 1, 1};
    }
  }
}

TEST(Date, RefusesWhatIsNoDate) {
  for (const char* text : {"", "2026-2-3", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "20260401", "2026-04-1x",
                           "-026-04-01", "2026-01-00", "0000-01-01", "2026-01-32", "2026/01-01", "2026-01/01", "2026-01-1:", "2026-01-/1"}) {
    EXPECT_FALSE(ParseDay(text)) << text;
  }
  EXPECT_TRUE(ParseDay("2000-02-29"));
  for (const char* text : {"0001-01-01", "9999-12-31", "1969-12-31", "1970-01-01"}) EXPECT_EQ(FormatDay(D(text)), text);
  EXPECT_EQ(D("1970-01-02"), 1);
}

TEST(Date, AgreesWithTheStandardCalendarAlsoBeforeTheEra) {
  namespace chrono = std::chrono;
  for (Day day = -1300000; day < 1200000; day += 29) {
    const chrono::year_month_day want{chrono::sys_days(chrono::days(day))};
    const Civil got = ToCivil(day);
    ASSERT_EQ(got.year, static_cast<int>(want.year())) << day;
    ASSERT_EQ(got.month, static_cast<int>(static_cast<unsigned>(want.month()))) << day;
    ASSERT_EQ(got.day, static_cast<int>(static_cast<unsigned>(want.day()))) << day;
    ASSERT_EQ(ToDay(got), day);
    const chrono::sys_days last = want.year() / want.month() / chrono::last;
    ASSERT_EQ(MonthEnd(day), last.time_since_epoch().count());
    for (const int months : {-25, -12, -1, 0, 1, 13}) {
      const auto month = want.year() / want.month() + chrono::months(months);
      const chrono::sys_days later = month / std::min(want.day(), (month / chrono::last).day());
      ASSERT_EQ(AddMonths(day, months), later.time_since_epoch().count()) << day << " " << months;
      ASSERT_EQ(MonthsBetween(day, AddMonths(day, months)), months);
    }
  }
}

TEST(Date, AgeTurnsOnTheBirthdayAndOnFirstMarchForLeapDays) {
  EXPECT_EQ(AgeOn(D("1946-06-28"), D("2026-06-27")), 79);
  EXPECT_EQ(AgeOn(D("1946-06-28"), D("2026-06-28")), 80);
  EXPECT_EQ(AgeOn(D("1944-02-29"), D("2023-02-28")), 78);
  EXPECT_EQ(AgeOn(D("1944-02-29"), D("2023-03-01")), 79);
  EXPECT_EQ(AgeOn(D("1944-02-29"), D("2024-02-29")), 80);
  EXPECT_EQ(AgeOn(D("2030-01-02"), D("2030-01-01")), -1);
}

TEST(Date, MonthsClampAndInvert) {
  EXPECT_EQ(FormatDay(AddMonths(D("2026-01-31"), 1)), "2026-02-28");
  EXPECT_EQ(FormatDay(AddMonths(D("2024-03-31"), -1)), "2024-02-29");
  EXPECT_EQ(FormatDay(AddMonths(D("2026-11-23"), 14)), "2028-01-23");
  EXPECT_EQ(FormatDay(YearEnd(D("2026-11-23"))), "2026-12-31");
  for (Day from = D("2023-01-28"); from <= D("2023-03-02"); ++from) {
    for (Day to = D("2021-12-01"); to <= D("2025-03-31"); ++to) {
      const auto n = MonthsBetween(from, to);
      ASSERT_LE(AddMonths(from, n), to);
      ASSERT_GT(AddMonths(from, n + 1), to);
    }
  }
}

}  // namespace
}  // namespace chuncheng
