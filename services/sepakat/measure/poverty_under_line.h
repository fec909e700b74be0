// Poverty measures under a line that the survey itself gave, made of P0, P1 and P2.
//
// Each writes the influence of every row while the line stands still, and says how the measure
// moves with the line (common/measures/survey/linearise_poverty.h).
//   number of the poor   W P0:          u = W u_P0 + P0,  slope W P0'
//   gap of the poor      P1/P0:         u = (u_P1 - IG u_P0)/P0
//   shortfall            sum w (z - y)+: u = (z - y)+,    slope sum w [y < z]
//   between two lines    P0(b z) - P0(a z)
// Thread: pure functions. Complexity: O(n). Errors: those of linearise_poverty.h; NOBODY_POOR.
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "common/measures/sample.h"
#include "common/measures/survey/estimator.h"

namespace sepakat::measure {

absl::StatusOr<measures::UnderLine> NumberOfPoor(const measures::SortedSample& sample, double line,
                                                 std::span<double> influence);
absl::StatusOr<measures::UnderLine> GapOfThePoor(const measures::SortedSample& sample, double line,
                                                 std::span<double> influence);
absl::StatusOr<measures::UnderLine> Shortfall(const measures::SortedSample& sample, double line,
                                              std::span<double> influence);
// The share from `from` lines up to below `to` lines; `to` 0: without end.
absl::StatusOr<measures::UnderLine> ShareBetween(const measures::SortedSample& sample, double line,
                                                 double from, double to,
                                                 std::span<double> influence);

}  // namespace sepakat::measure
