#include "common/base/fixed_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "common/base/status.h"

namespace sepakat::base {
namespace {

absl::Status NotANumber(std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "NOT_A_NUMBER",
               fmt::format("not a decimal number ({})", what));
}

absl::Status TooLarge() {
  return Error(absl::StatusCode::kOutOfRange, "NUMBER_TOO_LARGE",
               "number has more digits than can be kept");
}

UInt128 Magnitude(Int128 value) {
  return value < 0 ? UInt128{0} - static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

std::string UnsignedText(UInt128 value) {
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  std::ranges::reverse(digits);
  return digits;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string ToText(Int128 value) {
  return fmt::format("{}{}", value < 0 ? "-" : "", UnsignedText(Magnitude(value)));
}

absl::StatusOr<Int128> ParseInt128(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return NotANumber("empty");
  Int128 value = 0;
  for (char c : text) {
    if (!IsDigit(c)) return NotANumber("unexpected character");
    if (__builtin_mul_overflow(value, Int128{10}, &value) ||
        __builtin_sub_overflow(value, Int128{c - '0'}, &value)) {
      return TooLarge();
    }
  }
  if (negative) return value;
  if (value == std::numeric_limits<Int128>::min()) return TooLarge();
  return -value;
}

int64_t PowerOfTen(int exponent) {
  int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

absl::StatusOr<int64_t> ParseScaled(std::string_view text, int decimals, char decimal_mark) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const size_t mark = text.find(decimal_mark);
  const std::string_view whole = text.substr(0, mark);
  const std::string_view fraction =
      mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1);
  if (whole.empty() && fraction.empty()) return NotANumber("empty");
  if (!std::ranges::all_of(whole, IsDigit) || !std::ranges::all_of(fraction, IsDigit)) {
    return NotANumber("unexpected character");
  }
  int64_t value = 0;
  const auto append = [&value](char digit) {
    return !__builtin_mul_overflow(value, int64_t{10}, &value) &&
           !__builtin_add_overflow(value, int64_t{digit - '0'}, &value);
  };
  for (char c : whole) {
    if (!append(c)) return TooLarge();
  }
  const size_t kept = static_cast<size_t>(decimals);
  for (size_t i = 0; i < kept; ++i) {
    if (!append(i < fraction.size() ? fraction[i] : '0')) return TooLarge();
  }
  if (fraction.size() > kept) {
    const std::string_view rest = fraction.substr(kept);
    const bool tie =
        rest[0] == '5' && std::ranges::all_of(rest.substr(1), [](char c) { return c == '0'; });
    if (rest[0] > '5' || (rest[0] == '5' && (!tie || value % 2 != 0))) {
      if (__builtin_add_overflow(value, int64_t{1}, &value)) return TooLarge();
    }
  }
  return negative ? -value : value;
}

std::string ScaledToText(Int128 value, int decimals) {
  std::string digits = UnsignedText(Magnitude(value));
  const size_t fraction = static_cast<size_t>(decimals);
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  if (fraction > 0) digits.insert(digits.size() - fraction, 1, '.');
  return fmt::format("{}{}", value < 0 ? "-" : "", digits);
}

std::string QuotientText(Int128 numerator, Int128 denominator, int decimals) {
  if (denominator == 0) return {};
  const bool negative = (numerator < 0) != (denominator < 0);
  const UInt128 divisor = Magnitude(denominator);
  UInt128 quotient = Magnitude(numerator) / divisor;
  UInt128 remainder = Magnitude(numerator) % divisor;
  std::string text = UnsignedText(quotient);
  for (int i = 0; i < decimals; ++i) {
    // remainder < divisor <= 2^127, so ten times it may pass 128 bits: add stepwise instead.
    int digit = 0;
    UInt128 rest = 0;
    for (int k = 0; k < 10; ++k) {
      if (rest >= divisor - remainder) {
        rest -= divisor - remainder;
        ++digit;
      } else {
        rest += remainder;
      }
    }
    remainder = rest;
    text.push_back(static_cast<char>('0' + digit));
  }
  const UInt128 complement = divisor - remainder;
  const bool odd = (text.back() - '0') % 2 != 0;
  if (remainder > complement || (remainder == complement && odd)) {
    size_t i = text.size();
    while (i > 0 && text[i - 1] == '9') text[--i] = '0';
    if (i == 0) {
      text.insert(text.begin(), '1');
    } else {
      ++text[i - 1];
    }
  }
  const size_t fraction = static_cast<size_t>(decimals);
  if (fraction > 0) text.insert(text.size() - fraction, 1, '.');
  const bool zero = std::ranges::all_of(text, [](char c) { return c == '0' || c == '.'; });
  return fmt::format("{}{}", negative && !zero ? "-" : "", text);
}

Int128 QuotientShift40(Int128 numerator, Int128 denominator) {
  const Int128 whole = numerator / denominator;
  const Int128 rest = numerator % denominator;
  return (whole << 40) + ((rest << 40) / denominator);
}

}  // namespace sepakat::base
