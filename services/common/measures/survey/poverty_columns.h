// Poverty under fixed lines as columns whose weighted mean is the measure.
//
//   P_a   ((z - y)/z)^a where y < z, else 0        Watts  ln(z/y) where y < z, else 0
// The mean of a column and its error are those of any mean (DomainEstimator::Mean), exactly, since
// a fixed line has no error; the gap of the poor is the ratio of the columns of order 1 and 0.
// Lines may differ by row. For lines estimated from the same survey see linearise_poverty.h.
// Thread: pure functions. Complexity: O(n).
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/poverty_line.h"

namespace sepakat::measures {

// `order` 0, 1, 2. Rows with a missing value get it back (NaN) and belong outside the domains.
std::vector<double> GapColumn(std::span<const double> values, const PovertyLines& lines, int order);

// FailedPrecondition NON_POSITIVE_POOR when somebody has y <= 0.
absl::StatusOr<std::vector<double>> WattsColumn(std::span<const double> values,
                                                const PovertyLines& lines);

}  // namespace sepakat::measures
