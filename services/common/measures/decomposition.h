// How much of a change in poverty came from growth of the mean and how much from redistribution.
//
// P(m, L) is poverty when the welfare ratios y/z of distribution L are scaled to mean m; 0 is the
// survey before, 1 the one after. Datt and Ravallion (1992), with the survey before as reference:
//   growth         G = P(m1, L0) - P(m0, L0)
//   redistribution R = P(m0, L1) - P(m0, L0)
//   residual         = change - G - R
// With the survey after as reference the residual has the other sign. It is no error to be hidden:
// for the headcount it can exceed both parts. Averaging both references leaves none (Shapley 1953,
// Kakwani 2000):
//   shapley_growth = (P(m1,L0) - P(m0,L0) + P(m1,L1) - P(m0,L1)) / 2, redistribution likewise
// Poverty bias of growth, McCulloch and Baulch (2000): -(change - G), positive when the poor gained
// more than growth alone would have given them.
// Elasticity: relative change of poverty per relative change of the mean, as it happened (total)
// and by growth alone (neutral); nothing when poverty was 0 or the mean did not move.
// Welfare enters as y/z, so each survey uses its own lines in its own prices; the mean is that of
// y/z, and with one line the ratio of means is that of welfare in constant lines.
// Errors: those of CheckPoverty; FailedPrecondition NON_POSITIVE_MEAN.
// Thread: pure functions. Complexity: four passes; nothing allocated.
#pragma once

#include <array>
#include <optional>

#include "absl/status/statusor.h"
#include "common/measures/fgt_sample.h"

namespace sepakat::measures {

// One survey of two that are compared.
struct Survey {
  Sample sample;
  PovertyLines lines;
};

struct GrowthRedistribution {
  double before = 0;
  double after = 0;
  double change = 0;
  double growth = 0;
  double redistribution = 0;
  double residual = 0;
  double shapley_growth = 0;
  double shapley_redistribution = 0;
  double bias_of_growth = 0;
  std::optional<double> total_elasticity;
  std::optional<double> neutral_elasticity;
};

struct GrowthDecomposition {
  double mean_before = 0;  // of y/z
  double mean_after = 0;
  double growth_rate = 0;                               // of the mean
  std::array<GrowthRedistribution, kFgtOrders> orders;  // P0, P1, P2
};

absl::StatusOr<GrowthDecomposition> DecomposeGrowth(const Survey& before, const Survey& after);

// The elasticity of P_order, order 1 or 2, to a small growth that leaves relative welfare as it is:
//   -order (P_(order-1) - P_order) / P_order                          Kakwani (1993)
// Nothing when P_order is 0. That of the headcount needs the density at the line.
std::optional<double> PointElasticity(const Poverty& poverty, size_t order);

}  // namespace sepakat::measures
