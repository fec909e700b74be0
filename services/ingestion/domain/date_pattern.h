// Dates as files write them: `DD/MM/YYYY` and the like.
//
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sepakat::ingestion {

class DatePattern {
 public:
  // `YYYY-MM-DD`.
  DatePattern() = default;
  // Made of `YYYY`, `MM`, `DD`, each once, and marks; absent otherwise.
  static std::optional<DatePattern> Parse(std::string_view pattern);

  // Days since 1970-01-01; absent when the text does not fit or the calendar lacks the day. Day and
  // month may have one digit when a mark or the end follows. A time behind the date is ignored.
  std::optional<int32_t> Read(std::string_view text) const;

 private:
  std::string pattern_ = "YYYY-MM-DD";
};

}  // namespace sepakat::ingestion
