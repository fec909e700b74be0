#include "ingestion/domain/date_pattern.h"

#include "common/base/date.h"

namespace sepakat::ingestion {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsToken(char c) { return c == 'Y' || c == 'M' || c == 'D'; }

// Length of the run of `c` at `at`.
size_t Run(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] == text[at]) ++end;
  return end - at;
}

}  // namespace

std::optional<DatePattern> DatePattern::Parse(std::string_view pattern) {
  int years = 0;
  int months = 0;
  int days = 0;
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (!IsToken(c)) {
      if (IsDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return std::nullopt;
      ++i;
      continue;
    }
    const size_t run = Run(pattern, i);
    if (run != (c == 'Y' ? 4U : 2U)) return std::nullopt;
    ++(c == 'Y' ? years : (c == 'M' ? months : days));
    i += run;
  }
  if (years != 1 || months != 1 || days != 1) return std::nullopt;
  DatePattern result;
  result.pattern_ = pattern;
  return result;
}

std::optional<int32_t> DatePattern::Read(std::string_view text) const {
  base::CivilDay day{0, 0, 0};
  size_t at = 0;
  for (size_t i = 0; i < pattern_.size();) {
    const char c = pattern_[i];
    if (!IsToken(c)) {
      if (at >= text.size() || text[at] != c) return std::nullopt;
      ++at;
      ++i;
      continue;
    }
    const size_t width = Run(pattern_, i);
    int value = 0;
    size_t digits = 0;
    while (digits < width && at < text.size() && IsDigit(text[at])) {
      value = value * 10 + (text[at++] - '0');
      ++digits;
    }
    const bool token_follows = i + width < pattern_.size() && IsToken(pattern_[i + width]);
    if (digits == 0 || (digits < width && (c == 'Y' || token_follows))) return std::nullopt;
    (c == 'Y' ? day.year : (c == 'M' ? day.month : day.day)) = value;
    i += width;
  }
  if (at < text.size() && text[at] != ' ' && text[at] != 'T') return std::nullopt;
  if (!base::IsCalendarDay(day)) return std::nullopt;
  return base::DaysFromCivil(day);
}

}  // namespace sepakat::ingestion
