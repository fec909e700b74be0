// Influences of poverty measures whose line was estimated from the same survey.
//
// A measure theta(z) of a domain under an estimated line z has the influence
//   u = (influence with the line held still) + theta'(z) * (influence of the line)
// (Osier 2009, section 4.3). The first part is written here and is 0 outside the domain; the second
// reaches every row from which the line was estimated, whatever its domain, and is added by
// DomainEstimator::MeasureUnderLine, or by WithOwnLine when a domain has a line of its own.
//   P_0      ([y < z] - P_0)/W                    P_0' = f(z), see density.h
//   P_a      ([y < z]((z - y)/z)^a - P_a)/W       P_a' = a sum w [y < z] ((z - y)/z)^(a-1) y/z^2 /
//   W Watts    ([y < z] ln(z/y) - Watts)/W          Watts' = P_0 / z m, the median of the poor:
//   F(m) = F(z)/2, so
//            (([y < z] - P_0)/2 - ([y <= m] - P_0/2)) / (W f(m)),   m' = f(z) / (2 f(m))
//   gap      1 - m/z:  -u_m / z,  gap' = m/z^2 - m'/z
// Under a fixed line the slope is not used (poverty_columns.h is then shorter). Measures of the
// inequality among the poor are given for a fixed line only, exact derivatives:
//   SST = sum_i sum_j w_i w_j max(g_i, g_j)/W^2, g = ((z - y)/z)+
//       u = 2 sum_j w_j max(g, g_j)/W^2 - 2 SST/W
//   Sen = P_1 + (P_0 - P_1) G_p (the replication-invariant form), G_p the Gini of the poor
//       u = u_P1 + (u_P0 - u_P1) G_p + (P_0 - P_1) u_Gp
// Writes influences in the order of `sample`. Thread: pure functions. Complexity: O(n).
// Errors: those of the measures and of density.h; FailedPrecondition NO_DENSITY, NOBODY_POOR.
#pragma once

#include <span>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/measures/relative_line.h"
#include "common/measures/sample.h"
#include "common/measures/survey/estimator.h"

namespace sepakat::measures {

// `order` 0, 1, 2.
absl::StatusOr<UnderLine> LinearisePoverty(const SortedSample& sample, double line, int order,
                                           std::span<double> influence);
absl::StatusOr<UnderLine> LineariseWatts(const SortedSample& sample, double line,
                                         std::span<double> influence);

// The median of the poor by the first definition of quantile.h.
absl::StatusOr<UnderLine> LineariseMedianOfThePoor(const SortedSample& sample, double line,
                                                   std::span<double> influence);
absl::StatusOr<UnderLine> LineariseRelativeMedianGap(const SortedSample& sample, double line,
                                                     std::span<double> influence);

absl::StatusOr<double> LineariseSenShorrocksThon(const SortedSample& sample, double line,
                                                 std::span<double> influence);
absl::StatusOr<double> LineariseSen(const SortedSample& sample, double line,
                                    std::span<double> influence);

// A measure under the line that `rule` gives for the same sample: a regency under its own line.
absl::StatusOr<double> WithOwnLine(const SortedSample& sample, const RelativeLine& rule,
                                   LineLineariser measure, std::span<double> influence);

}  // namespace sepakat::measures
