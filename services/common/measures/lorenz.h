// The Lorenz curve and the ratios of shares read from it.
//
// L(p) is the share of all welfare that the poorest share p of the weight has: piecewise linear
// between the points (C_i / W, T_i / T), where C and T are running sums of w and w y. Units are
// divided at a border, so L does not depend on the order of equal values.
//   Lorenz share of the lowest 40 %      L(0.4): the World Bank reads < 12 % as high, 12-17 % as
//                                        medium and > 17 % as low inequality
//   Palma                                (1 - L(0.9)) / L(0.4)          Palma (2011)
//   Quintile share ratio (S80/S20)       sum w y [y > Q(4/5)] / sum w y [y <= Q(1/5)], Eurostat
// The quintile share ratio follows the indicator's definition by thresholds, where units on the
// threshold all count as poor; with many equal values it differs from the ratio of Lorenz shares.
// Errors: InvalidArgument BAD_PARAMETER; FailedPrecondition NON_POSITIVE_MEAN,
// NON_POSITIVE_SHARE (the poor group has no welfare to divide by).
// Thread: pure functions. Complexity: O(log n) for each point.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/quantile.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

struct CurvePoint {
  double population = 0;  // share 0..1, from the poorest
  double share = 0;       // of welfare (Lorenz) or of benefits (concentration)
};

// p in 0..1.
absl::StatusOr<double> LorenzShare(const SortedSample& sample, double p);

// The points p = 0, 1/segments, ..., 1.
absl::StatusOr<std::vector<CurvePoint>> LorenzCurve(const SortedSample& sample, uint32_t segments);

absl::StatusOr<double> Palma(const SortedSample& sample);

absl::StatusOr<double> QuintileShareRatio(const SortedSample& sample,
                                          QuantileDefinition definition);

}  // namespace sepakat::measures
