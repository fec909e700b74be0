#include "common/base/date.h"

#include <fmt/compile.h>

#include <charconv>

#include "common/base/status.h"

namespace sepakat::base {
namespace {

int DaysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool ReadDigits(std::string_view text, int* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc{} && end == text.data() + text.size() && *value >= 0;
}

}  // namespace

// Days of a civil date by eras of 400 years (H. Hinnant, "chrono-compatible low-level date
// algorithms").
int32_t DaysFromCivil(const CivilDay& day) {
  const int year = day.year - (day.month <= 2 ? 1 : 0);
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDay CivilFromDays(int32_t days) {
  const int shifted = days + 719468;
  const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int day_of_era = shifted - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month + (shifted_month < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

bool IsCalendarDay(const CivilDay& day) {
  return day.year >= 1583 && day.year <= 9999 && day.month >= 1 && day.month <= 12 &&
         day.day >= 1 && day.day <= DaysInMonth(day.year, day.month);
}

absl::StatusOr<int32_t> ParseIsoDate(std::string_view text) {
  CivilDay day{};
  if (text.size() == 10 && text[4] == '-' && text[7] == '-' &&
      ReadDigits(text.substr(0, 4), &day.year) && ReadDigits(text.substr(5, 2), &day.month) &&
      ReadDigits(text.substr(8, 2), &day.day) && IsCalendarDay(day)) {
    return DaysFromCivil(day);
  }
  return Error(absl::StatusCode::kInvalidArgument, "IMPOSSIBLE_DATE",
               "not a date of the calendar; write it as 2025-03-31");
}

std::string IsoDate(int32_t days) {
  const CivilDay day = CivilFromDays(days);
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), day.year, day.month, day.day);
}

std::string IsoInstant(int64_t millis) {
  constexpr int64_t kDay = 86'400'000;
  const int64_t days = millis >= 0 ? millis / kDay : (millis - kDay + 1) / kDay;
  const int64_t rest = millis - days * kDay;
  return fmt::format(FMT_COMPILE("{}T{:02}:{:02}:{:02}.{:03}Z"),
                     IsoDate(static_cast<int32_t>(days)), rest / 3'600'000, rest / 60'000 % 60,
                     rest / 1'000 % 60, rest % 1'000);
}

absl::StatusOr<int64_t> ParseIsoInstant(std::string_view text) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millis = 0;
  const auto day = ParseIsoDate(text.substr(0, 10));
  if (day.ok() && text.size() == 24 && text[10] == 'T' && text[13] == ':' && text[16] == ':' &&
      text[19] == '.' && text[23] == 'Z' && ReadDigits(text.substr(11, 2), &hour) && hour < 24 &&
      ReadDigits(text.substr(14, 2), &minute) && minute < 60 &&
      ReadDigits(text.substr(17, 2), &second) && second < 60 &&
      ReadDigits(text.substr(20, 3), &millis)) {
    return *day * int64_t{86'400'000} + hour * int64_t{3'600'000} + minute * int64_t{60'000} +
           second * int64_t{1'000} + millis;
  }
  return Error(absl::StatusCode::kInvalidArgument, "IMPOSSIBLE_DATE",
               "not an instant; write it as 2025-03-31T08:15:00.123Z");
}

int AgeInYears(int32_t born, int32_t on) {
  const CivilDay a = CivilFromDays(born);
  const CivilDay b = CivilFromDays(on);
  const bool before_birthday = b.month < a.month || (b.month == a.month && b.day < a.day);
  return b.year - a.year - (before_birthday ? 1 : 0);
}

}  // namespace sepakat::base
