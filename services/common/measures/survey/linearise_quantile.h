// Influences of quantiles and of the lines that are shares of them.
//
// A quantile q of level p solves F(q) = p; by implicit differentiation its influence is
//   u = -([y <= q] - p) / (W f(q))         Deville (1999), Osier (2009), formula 4.2
// with f estimated by density.h. Woodruff's interval (DomainEstimator::WoodruffQuantile) needs no
// density and is the usual choice for a published quantile; the influence is what lines and share
// ratios are built from. A line share * q has the influence share * u, and share * mean has
// share * (y - mean) / W.
// Writes influences in the order of `sample`. Thread: pure functions. Complexity: O(n).
// Errors: those of quantile.h, relative_line.h, density.h; FailedPrecondition NO_DENSITY when there
// is nobody near the quantile.
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "common/measures/relative_line.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

absl::StatusOr<double> LineariseQuantile(const SortedSample& sample, Fraction level,
                                         QuantileDefinition definition,
                                         std::span<double> influence);

absl::StatusOr<double> LineariseRelativeLine(const SortedSample& sample, const RelativeLine& rule,
                                             std::span<double> influence);

}  // namespace sepakat::measures
