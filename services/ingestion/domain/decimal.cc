#include "ingestion/domain/decimal.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <numeric>
#include <string>

#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

using base::Int128;

constexpr int kMaxDigits = 24;
constexpr int kMaxScale = 30;

bool MultiplyBy(Int128* value, Int128 factor) {
  return !__builtin_mul_overflow(*value, factor, value);
}

bool MultiplyByPowerOfTen(Int128* value, int exponent) {
  for (; exponent > 0; exponent -= 18) {
    if (!MultiplyBy(value, base::PowerOfTen(exponent < 18 ? exponent : 18))) return false;
  }
  return true;
}

Int128 DivideHalfEven(Int128 numerator, Int128 denominator) {
  const bool negative = numerator < 0;
  if (negative) numerator = -numerator;
  Int128 quotient = numerator / denominator;
  const Int128 rest = numerator % denominator;
  const Int128 other = denominator - rest;
  if (rest > other || (rest == other && (quotient & 1) != 0)) ++quotient;
  return negative ? -quotient : quotient;
}

// Brings both to the larger scale.
bool Align(Decimal* a, Decimal* b) {
  if (a->scale < b->scale) {
    const bool fits = MultiplyByPowerOfTen(&a->digits, b->scale - a->scale);
    a->scale = b->scale;
    return fits;
  }
  const bool fits = MultiplyByPowerOfTen(&b->digits, a->scale - b->scale);
  b->scale = a->scale;
  return fits;
}

// The exponent behind `e`; absent when it is no number or cannot matter.
std::optional<int> ParseExponent(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (exponent < -kMaxScale || exponent > kMaxDigits) return std::nullopt;
  return exponent;
}

// Digits before the decimal mark: with thousands marks, one to three and then groups of three.
// Anything else is no such number: `1.60` in a file that writes `1.600.000` was written in another
// format.
class Groups {
 public:
  void Digit() { ++digits_; }
  bool Mark() {
    const bool fits = marked_ ? digits_ == 3 : digits_ >= 1 && digits_ <= 3;
    marked_ = true;
    digits_ = 0;
    return fits;
  }
  bool Complete() const { return !marked_ || digits_ == 3; }

 private:
  int digits_ = 0;
  bool marked_ = false;
};

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text, NumberFormat format) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  Decimal value;
  int exponent = 0;
  int significant = 0;
  bool any = false;
  bool behind_mark = false;
  Groups groups;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      any = true;
      if (!behind_mark) groups.Digit();
      if (significant == 0 && c == '0' && !behind_mark) continue;
      if (significant < kMaxDigits && value.scale < kMaxScale) {
        value.digits = value.digits * 10 + (c - '0');
        if (value.digits != 0) ++significant;
        if (behind_mark) ++value.scale;
      } else if (!behind_mark) {
        return std::nullopt;
      }
    } else if (c == format.decimal_mark && !behind_mark) {
      behind_mark = true;
    } else if (c == format.thousands_mark && format.thousands_mark != 0 && !behind_mark) {
      if (!groups.Mark()) return std::nullopt;
    } else if ((c == 'e' || c == 'E') && any) {
      const std::optional<int> parsed = ParseExponent(text.substr(i + 1));
      if (!parsed) return std::nullopt;
      exponent = *parsed;
      break;
    } else {
      return std::nullopt;
    }
  }
  if (!any || !groups.Complete()) return std::nullopt;
  value.scale -= exponent;
  if (value.scale < 0) {
    if (!MultiplyByPowerOfTen(&value.digits, -value.scale)) return std::nullopt;
    value.scale = 0;
  }
  if (negative) value.digits = -value.digits;
  return value;
}

std::optional<int64_t> Scaled(const Decimal& value, Ratio ratio, int64_t divisor, int decimals) {
  Int128 numerator = value.digits;
  Int128 denominator = divisor;
  const int shift = decimals - value.scale;
  if (!MultiplyBy(&numerator, ratio.numerator) || !MultiplyBy(&denominator, ratio.denominator) ||
      !MultiplyByPowerOfTen(shift > 0 ? &numerator : &denominator, shift > 0 ? shift : -shift)) {
    return std::nullopt;
  }
  const Int128 result = DivideHalfEven(numerator, denominator);
  constexpr Int128 kLimit = Int128{1} << 62;
  if (result >= kLimit || result <= -kLimit) return std::nullopt;
  return static_cast<int64_t>(result);
}

std::optional<Decimal> Add(const Decimal& a, const Decimal& b) {
  Decimal left = a;
  Decimal right = b;
  if (!Align(&left, &right)) return std::nullopt;
  if (__builtin_add_overflow(left.digits, right.digits, &left.digits)) return std::nullopt;
  return left;
}

int Compare(const Decimal& a, const Decimal& b) {
  Decimal left = a;
  Decimal right = b;
  // Digits stay below 10^24 and scales below 60: if aligning overflows, the numbers differ by far.
  if (!Align(&left, &right)) {
    const double x = static_cast<double>(a.digits) / std::pow(10.0, a.scale);
    const double y = static_cast<double>(b.digits) / std::pow(10.0, b.scale);
    return x < y ? -1 : (x > y ? 1 : 0);
  }
  return left.digits < right.digits ? -1 : (left.digits > right.digits ? 1 : 0);
}

std::optional<Decimal> RoundedExp(const Decimal& value, int decimals) {
  // Through text, because reading a decimal as a double is correctly rounded there.
  const std::string text = fmt::format("{}e-{}", base::ToText(value.digits), value.scale);
  double exponent = 0;
  std::from_chars(text.data(), text.data() + text.size(), exponent);
  const double scaled = std::exp(exponent) * static_cast<double>(base::PowerOfTen(decimals));
  if (!(scaled < 9e15)) return std::nullopt;
  return Decimal{static_cast<Int128>(std::llrint(scaled)), decimals};
}

Ratio Multiply(Ratio a, Ratio b) {
  const int64_t numerator = a.numerator * b.numerator;
  const int64_t denominator = a.denominator * b.denominator;
  const int64_t common = std::gcd(numerator, denominator);
  return {numerator / common, denominator / common};
}

std::optional<Ratio> ParseRatio(std::string_view text) {
  const size_t slash = text.find('/');
  const std::optional<Decimal> top = ParseDecimal(Trim(text.substr(0, slash)), {});
  std::optional<Decimal> bottom = Decimal{1, 0};
  if (slash != std::string_view::npos) bottom = ParseDecimal(Trim(text.substr(slash + 1)), {});
  if (!top || !bottom || top->digits <= 0 || bottom->digits <= 0) return std::nullopt;
  Decimal a = *top;
  Decimal b = *bottom;
  constexpr Int128 kLimit = Int128{1} << 31;
  if (!Align(&a, &b) || a.digits >= kLimit || b.digits >= kLimit) return std::nullopt;
  return Multiply({static_cast<int64_t>(a.digits), static_cast<int64_t>(b.digits)}, {1, 1});
}

Ratio PeriodRatio(Period from, Period to) {
  const auto days = [](Period period) -> Ratio {
    switch (period) {
      case Period::kDay:
        return {1, 1};
      case Period::kWeek:
        return {7, 1};
      case Period::kMonth:
        return {365, 12};
      case Period::kYear:
        return {365, 1};
    }
    return {1, 1};
  };
  const Ratio source = days(from);
  return Multiply(days(to), {source.denominator, source.numerator});
}

}  // namespace sepakat::ingestion
