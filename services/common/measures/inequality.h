// Inequality of a weighted sample.
//
// y is welfare, w the weight, W = sum w, mu = sum w y / W. All measures but Kolm's are pure numbers
// that stay the same when every y is multiplied by one factor, and are 0 when all are equal.
//   Gini         sum_i sum_j w_i w_j |y_i - y_j| / (2 W^2 mu)
//   GE(a)        (sum w (y/mu)^a / W - 1) / (a (a - 1))        Shorrocks (1980)
//   GE(0), MLD   sum w ln(mu/y) / W          mean logarithmic deviation, Theil's second measure
//   GE(1)        sum w (y/mu) ln(y/mu) / W   Theil's first measure, T
//   GE(2)        half the squared coefficient of variation
//   Atkinson(e)  1 - (sum w (y/mu)^(1-e) / W)^(1/(1-e)); e = 1: 1 - geometric mean / mu
//   Hoover       sum w |y - mu| / (2 W mu)   (Pietra, Ricci-Schutz, Robin Hood)
//   CV           standard deviation / mu; with regions as units and their population as weight this
//                is Williamson's index
//   Kolm(a)      ln(sum w exp(a (mu - y)) / W) / a, in the unit of y; stays the same when every y
//                grows by one amount
// Libraries number Theil's measures differently: trust the formula, not the parameter. On regions
// or classes instead of persons each gives inequality between groups only.
// Errors: those of CheckSample; FailedPrecondition NON_POSITIVE_MEAN, NON_POSITIVE_VALUES (a
// logarithm or power needs y > 0), NEGATIVE_VALUES (needs y >= 0), PARAMETER_TOO_LARGE (the result
// leaves the range of a double); InvalidArgument BAD_PARAMETER.
// Thread: pure functions. Complexity: linear; nothing allocated.
#pragma once

#include "absl/status/statusor.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

// Negative values are admitted while the mean is positive; the index may then pass 1.
absl::StatusOr<double> Gini(const SortedSample& sample);

// y = 0 is admitted for a > 0, y < 0 only for a = 2. An `a` close to 0 or 1 without being it loses
// as many digits as it is close.
absl::StatusOr<double> GeneralisedEntropy(Sample sample, double a);
absl::StatusOr<double> MeanLogDeviation(Sample sample);
absl::StatusOr<double> TheilT(Sample sample);

// aversion > 0. y = 0 is admitted for aversion < 1.
absl::StatusOr<double> Atkinson(Sample sample, double aversion);

absl::StatusOr<double> Hoover(Sample sample);
absl::StatusOr<double> CoefficientOfVariation(Sample sample);

// aversion > 0, in 1 / (unit of y).
absl::StatusOr<double> Kolm(Sample sample, double aversion);

}  // namespace sepakat::measures
