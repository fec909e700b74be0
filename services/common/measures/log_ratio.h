// ln(value / base) with all its digits, for values near the base and far below it.
//
// Near the base the logarithm of a rounded quotient loses the digits of a small difference; far
// below it the difference from the base loses those of the value. Requires both above 0.
// Thread: pure function.
#pragma once

#include <cmath>

namespace sepakat::measures {

inline double LogRatio(double value, double base) {
  const double difference = (value - base) / base;
  return std::abs(difference) < 0.5 ? std::log1p(difference) : std::log(value / base);
}

}  // namespace sepakat::measures
