#include "sepakat/measure/fraction_text.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace sepakat::measure {
namespace {

constexpr size_t kMostDigits = 9;

bool Whole(std::string_view digits, int64_t* number) {
  const bool plain = !digits.empty() && digits.size() <= kMostDigits &&
                     std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (plain) std::from_chars(digits.data(), digits.data() + digits.size(), *number);
  return plain;
}

}  // namespace

std::optional<measures::Fraction> ParseFraction(std::string_view text) {
  measures::Fraction fraction;
  if (const size_t bar = text.find('/'); bar != std::string_view::npos) {
    if (!Whole(text.substr(0, bar), &fraction.numerator) ||
        !Whole(text.substr(bar + 1), &fraction.denominator)) {
      return std::nullopt;
    }
  } else {
    const size_t point = text.find('.');
    const std::string_view behind =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    std::string digits(text.substr(0, point));
    digits.append(behind);
    if (!Whole(digits, &fraction.numerator)) return std::nullopt;
    for (size_t i = 0; i < behind.size(); ++i) fraction.denominator *= 10;
  }
  if (fraction.denominator < 1 || fraction.numerator > fraction.denominator) return std::nullopt;
  const int64_t common = std::gcd(fraction.numerator, fraction.denominator);
  return measures::Fraction{fraction.numerator / common, fraction.denominator / common};
}

}  // namespace sepakat::measure
