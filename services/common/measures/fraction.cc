#include "common/measures/fraction.h"

#include <fmt/format.h>

#include <cmath>

#include "common/measures/errors.h"

namespace sepakat::measures {

absl::Status CheckFraction(Fraction fraction) {
  constexpr int64_t kLargest = 1'000'000'000;
  if (fraction.denominator < 1 || fraction.denominator > kLargest || fraction.numerator < 0 ||
      fraction.numerator > fraction.denominator) {
    return Invalid("BAD_FRACTION",
                   fmt::format("{}/{} is no share between 0 and 1 with a denominator of 1 to {}",
                               fraction.numerator, fraction.denominator, kLargest));
  }
  return absl::OkStatus();
}

int CompareShare(double part, double whole, Fraction fraction) {
  const double q = static_cast<double>(fraction.denominator);
  const double difference = q * part - static_cast<double>(fraction.numerator) * whole;
  if (std::abs(difference) <= std::ldexp(q * whole, -46)) return 0;
  return difference > 0 ? 1 : -1;
}

}  // namespace sepakat::measures
