// Influences of the concentration index and of points of the concentration curve.
//
// Benefits b by rank of welfare y (benefit_incidence.h), T = sum w b, W = sum w, R the rank of the
// middle person of a unit, q the curve there, C the index:
//   index  u = ((b W/T)(2 R - 1 - C) + 2 (1 - q) - 1 - C) / W
//          (Kakwani, Wagstaff and van Doorslaer 1997, J. Econometrics 77: their a - 1 - C for equal
//          weights; no density is needed, and units of equal welfare are one piece)
//   curve  u = ((b - m) [y <= z] + p m - L b) / T    with z the p-quantile of welfare and m the
//          mean benefit at z (Davidson and Duclos 1997, Econometrica 65(6); for b = y, where m is
//          z, Langel and Tille 2011)
// m is a mean under the kernel of density.h, so errors of points depend on its bandwidth.
// Writes influences in the order of `welfare`. Errors: those of ConcentrationCurve. Thread: pure
// functions. Complexity: O(n).
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

// `benefits` in the order of the input that `welfare` was sorted from.
absl::StatusOr<double> LineariseConcentrationIndex(const SortedSample& welfare,
                                                   std::span<const double> benefits,
                                                   std::span<double> influence);
// C(p), 0 < p <= 1.
absl::StatusOr<double> LineariseConcentrationShare(const SortedSample& welfare,
                                                   std::span<const double> benefits, double p,
                                                   std::span<double> influence);

}  // namespace sepakat::measures
