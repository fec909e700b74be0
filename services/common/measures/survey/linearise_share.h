// Influences of shares of the total: Lorenz shares, Palma ratio, quintile share ratio.
//
// The total of the poorest share p, border units divided, is A(p) = sum w y [y <= q] + (p W - C(q))
// q with q the quantile and C(q) the weight up to it. Its derivative by a weight needs no density:
//   u_A = (y - q) [y <= q] + p q              (Langel and Tille 2011, Survey Methodology 37(1))
//   L(p) = A(p)/T:  u = (u_A - L y)/T
// The quintile share ratio by thresholds, S = B/A with A = sum w y [y <= q1], B = sum w y [y > q4],
// moves with its thresholds instead (Osier 2009, section 4.5):
//   u_A = y [y <= q1] + A'(q1) u_q1,  A'(q) = density of the total at q, u_q as
//   linearise_quantile.h u_B = y - (y [y <= q4] + A'(q4) u_q4),   u = (A u_B - B u_A)/A^2
// which smooths q f(q)/f(q) by the kernel; both give nearly the same error.
// Writes influences in the order of `sample`. Thread: pure functions. Complexity: O(n).
// Errors: those of lorenz.h and density.h.
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "common/measures/quantile.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

// p in 0..1.
absl::StatusOr<double> LineariseLorenzShare(const SortedSample& sample, double p,
                                            std::span<double> influence);
absl::StatusOr<double> LinearisePalma(const SortedSample& sample, std::span<double> influence);
absl::StatusOr<double> LineariseQuintileShareRatio(const SortedSample& sample,
                                                   QuantileDefinition definition,
                                                   std::span<double> influence);

}  // namespace sepakat::measures
