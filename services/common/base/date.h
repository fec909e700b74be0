// Calendar days as days since 1970-01-01 (proleptic Gregorian), without time zones.
//
// Errors: InvalidArgument IMPOSSIBLE_DATE for text that is no date of the calendar.
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace sepakat::base {

struct CivilDay {
  int year;
  int month;
  int day;
};

int32_t DaysFromCivil(const CivilDay& day);
CivilDay CivilFromDays(int32_t days);

// True if the calendar has this day (1583..9999).
bool IsCalendarDay(const CivilDay& day);

// `2025-03-31` <-> days.
absl::StatusOr<int32_t> ParseIsoDate(std::string_view text);
std::string IsoDate(int32_t days);

// Milliseconds since 1970 as `2025-03-31T08:15:00.123Z`.
std::string IsoInstant(int64_t millis);
absl::StatusOr<int64_t> ParseIsoInstant(std::string_view text);

// Completed years between two days; negative when `on` lies before `born`.
int AgeInYears(int32_t born, int32_t on);

}  // namespace sepakat::base
