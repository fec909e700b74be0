// Exact decimal numbers as surveys write them, and welfare derived from them.
//
// A number is read as digits and a power of ten; multiplication and division are done in 128-bit
// integers and rounded once, half to even. No floating point takes part, except RoundedExp().
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "common/base/fixed_point.h"

namespace sepakat::ingestion {

struct NumberFormat {
  char decimal_mark = '.';
  // Between groups of three digits; 0 for none.
  char thousands_mark = 0;
};

// digits / 10^scale.
struct Decimal {
  base::Int128 digits = 0;
  int scale = 0;
};

// A positive fraction, both parts below 2^31.
struct Ratio {
  int64_t numerator = 1;
  int64_t denominator = 1;
};

// `-12.345`, `1.234,50` (by format), `1e+05`. Digits beyond the 24th significant one are cut off.
// Absent for anything else, also for thousands marks that do not part groups of three digits.
std::optional<Decimal> ParseDecimal(std::string_view text, NumberFormat format);

// round half even(value * ratio * 10^decimals / divisor); absent beyond 2^62.
// Requires divisor > 0, 0 <= decimals <= 8.
std::optional<int64_t> Scaled(const Decimal& value, Ratio ratio, int64_t divisor, int decimals);

// Sum without loss; absent when it does not fit.
std::optional<Decimal> Add(const Decimal& a, const Decimal& b);

// -1, 0, 1 as a < b, a = b, a > b.
int Compare(const Decimal& a, const Decimal& b);

// e^value, rounded to `decimals`; the one place where binary floating point enters, at intake.
// Absent when it exceeds 15 significant digits.
std::optional<Decimal> RoundedExp(const Decimal& value, int decimals);

// The product in lowest terms.
Ratio Multiply(Ratio a, Ratio b);

// `12`, `0.5`, `30/7`; absent unless positive.
std::optional<Ratio> ParseRatio(std::string_view text);

enum class Period { kDay, kWeek, kMonth, kYear };

// Factor that turns an amount per `from` into one per `to`: 1 year = 12 months = 365 days, 1 week =
// 7 days.
Ratio PeriodRatio(Period from, Period to);

}  // namespace sepakat::ingestion
