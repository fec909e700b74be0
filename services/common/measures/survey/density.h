// The density of a variable at a point, by a Gaussian kernel.
//
//   f(x) = sum w phi((x - y)/h) / (W h),   h = s W^(-1/5)
// with s the weighted standard deviation and W the weight sum, i.e. the estimated population size
// (Osier 2009, section 4; the bandwidth of Eurostat's programs and of `convey` and `vardpoor`).
// Quantiles are linearised with it, so their errors are estimates of a second order: another
// bandwidth gives another error.
// Thread: pure functions. Complexity: O(n).
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

// In the unit of the values. FailedPrecondition NO_SPREAD when all values are equal.
absl::StatusOr<double> Bandwidth(const SortedSample& sample);

// f(x), in 1 / (unit of the values).
double Density(const SortedSample& sample, double at, double bandwidth);
// The derivative by x of sum w y [y <= x]: sum w y phi((x - y)/h) / h.
double TotalDensity(const SortedSample& sample, double at, double bandwidth);
// The mean of another variable at x: sum w b phi((x - y)/h) / sum w phi((x - y)/h) (Nadaraya 1964,
// Watson 1964). `others` in the order of the sample's input.
double MeanAt(const SortedSample& sample, std::span<const double> others, double at,
              double bandwidth);

}  // namespace sepakat::measures
