// Weighted quantiles by the definitions in use, and equal groups.
//
// With observations in ascending order, C_i the weight up to and including observation i and W the
// total, the quantile of level k/q is the smallest y_i with q C_i >= k W: an observed value
// (Hyndman and Fan's first definition, weighted; the rule of `convey` and of this system). Other
// definitions differ where q C_i = k W exactly, as with equal weights at round levels:
//   the mean of y_i and the next value   Eurostat's written definition (EU-SILC 131-rev/04)
//   the next value                       what `laeken` 0.5.2, which cites Eurostat, computes
// All give the smallest value at level 0 and the largest at level 1. None is R's default (type 7),
// which interpolates and ignores weights. A difference of definition moves thresholds, hence rates:
// a published figure names it.
// Errors: InvalidArgument BAD_FRACTION, BAD_GROUPS. Thread: pure functions.
// Complexity: O(log n) for a quantile, O(n) for groups.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/fraction.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

enum class QuantileDefinition {
  kObserved,        // smallest y with q C >= k W
  kAveragedAtTies,  // its mean with the next value where q C = k W
  kNextAtTies,      // the next value where q C = k W
};

absl::StatusOr<double> Quantile(const SortedSample& sample, Fraction level,
                                QuantileDefinition definition);
double Median(const SortedSample& sample, QuantileDefinition definition);

// The same over the `count` smallest observations only (the median of the poor). Requires that
// they have weight.
absl::StatusOr<double> QuantileOfLowest(const SortedSample& sample, size_t count, Fraction level,
                                        QuantileDefinition definition);

// The group 1..groups of each observation in the order of the input, 1 the poorest:
// 1 + floor(groups C / W), C the weight before the observation. Units are never split and the order
// of equal values is that of the input, so a large unit on a border makes groups unequal.
absl::StatusOr<std::vector<uint32_t>> QuantileGroups(const SortedSample& sample, uint32_t groups);

}  // namespace sepakat::measures
