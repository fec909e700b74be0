// An exact share k/q: the level of a quantile, the cut-off of a multidimensional measure.
//
// Kept as two integers because 1/3 and 3/10 have no double: who stands exactly on the cut must not
// be decided by rounding. Thread: a value. Errors: InvalidArgument BAD_FRACTION.
#pragma once

#include <cstdint>

#include "absl/status/status.h"

namespace sepakat::measures {

struct Fraction {
  int64_t numerator = 0;
  int64_t denominator = 1;

  bool operator==(const Fraction&) const = default;
  double value() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }
};

// OK for 0 <= k <= q with 1 <= q <= 10^9.
absl::Status CheckFraction(Fraction fraction);

// The sign of q part - k whole, with parts that differ from k/q by less than the rounding of their
// sums (2^-46 of the whole, about 1.4e-14) taken as equal: integer weights are compared exactly,
// and ten weights of 0.1 still make three tenths after the third. Requires whole >= 0.
int CompareShare(double part, double whole, Fraction fraction);

}  // namespace sepakat::measures
