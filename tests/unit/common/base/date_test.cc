// Days of the calendar as numbers, without a time zone.
#include "common/base/date.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "common/base/status.h"

namespace sepakat::base {
namespace {

TEST(DateTest, KnownDaysHaveTheirNumbers) {
  const struct {
    const char* text;
    int32_t days;
  } kCases[] = {{"1970-01-01", 0},     {"1969-12-31", -1},     {"2000-02-29", 11016},
                {"2025-03-31", 20178}, {"1900-03-01", -25508}, {"9999-12-31", 2932896}};
  for (const auto& [text, days] : kCases) {
    EXPECT_EQ(*ParseIsoDate(text), days) << text;
    EXPECT_EQ(IsoDate(days), text);
  }
}

TEST(DateTest, WhatTheCalendarDoesNotHaveIsRefused) {
  for (const char* text :
       {"2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "2025-1-01",
        "25-01-01", "2025/01/01", "2025-01-01T", "", "1582-10-15", "-025-01-01", "2025-+1-01"}) {
    EXPECT_EQ(ReasonOf(ParseIsoDate(text).status()), "IMPOSSIBLE_DATE") << text;
  }
}

RC_GTEST_PROP(DateTest, EveryDayFollowsTheOneBefore, ()) {
  const int32_t days = *rc::gen::inRange(-140'000, 2'900'000);
  const CivilDay today = CivilFromDays(days);
  const CivilDay tomorrow = CivilFromDays(days + 1);
  RC_ASSERT(IsCalendarDay(today));
  RC_ASSERT(DaysFromCivil(today) == days);
  const bool next_day =
      tomorrow.day == today.day + 1 && tomorrow.month == today.month && tomorrow.year == today.year;
  const bool next_month = tomorrow.day == 1 && today.day >= 28 &&
                          tomorrow.month == today.month % 12 + 1 &&
                          tomorrow.year == today.year + (today.month == 12 ? 1 : 0);
  RC_ASSERT(next_day || next_month);
}

TEST(InstantTest, IsWrittenInUtcWithMilliseconds) {
  EXPECT_EQ(IsoInstant(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(IsoInstant(1'743'408'900'123), "2025-03-31T08:15:00.123Z");
  EXPECT_EQ(IsoInstant(-1), "1969-12-31T23:59:59.999Z");
}

TEST(InstantTest, WhatIsNoInstantIsRefused) {
  for (const char* text : {"", "2025-03-31", "2025-03-31T08:15:00Z", "2025-03-31 08:15:00.123Z",
                           "2025-03-31T24:00:00.000Z", "2025-03-31T08:60:00.000Z",
                           "2025-02-30T08:15:00.123Z", "2025-03-31T08:15:00.123+"}) {
    EXPECT_EQ(ReasonOf(ParseIsoInstant(text).status()), "IMPOSSIBLE_DATE") << text;
  }
}

RC_GTEST_PROP(InstantTest, ReadingItGivesTheMomentBack, ()) {
  const int64_t millis = *rc::gen::inRange<int64_t>(-9'000'000'000'000, 99'000'000'000'000);
  RC_ASSERT(*ParseIsoInstant(IsoInstant(millis)) == millis);
}

TEST(AgeTest, TurnsOnTheBirthday) {
  const auto age = [](const char* born, const char* on) {
    return AgeInYears(*ParseIsoDate(born), *ParseIsoDate(on));
  };
  EXPECT_EQ(age("2000-06-15", "2025-06-14"), 24);
  EXPECT_EQ(age("2000-06-15", "2025-06-15"), 25);
  EXPECT_EQ(age("2000-02-29", "2025-02-28"), 24);
  EXPECT_EQ(age("2000-02-29", "2025-03-01"), 25);
  EXPECT_EQ(age("2025-06-15", "2025-06-15"), 0);
  EXPECT_LT(age("2025-06-15", "2025-06-14"), 0);
}

}  // namespace
}  // namespace sepakat::base
