// Where a series of yearly figures is going.
//
//   slope          ordinary least squares of value on time, per unit of time
//   standard_error of the slope from the residuals, with n - 2 degrees of freedom; none for n = 2
// A series that bounces can still fall: the verdict is the sign of the slope read with the figure's
// direction, not the last step. A missing year is left out, never 0; an outlier, a changed method
// or a typing error must be taken out before, for it moves the slope.
// The error speaks of scatter about a straight line, not of the sampling errors of the figures.
// Errors: FailedPrecondition TOO_FEW_POINTS; InvalidArgument NOT_FINITE.
// Thread: pure functions. Complexity: linear.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "absl/status/statusor.h"

namespace sepakat::measures {

struct SeriesPoint {
  double time = 0;
  double value = 0;
};

struct Trend {
  size_t points = 0;
  double slope = 0;
  std::optional<double> standard_error;
  SeriesPoint lowest;  // the earlier of equal ones
  SeriesPoint highest;
};

// Needs two different times.
absl::StatusOr<Trend> FitTrend(std::span<const SeriesPoint> series);

enum class Effectiveness { kEffective, kStagnant, kIneffective };

// `direction` +1 when higher is better, -1 when lower is better; kStagnant while |slope| is within
// `tolerance`.
Effectiveness EffectivenessOf(double slope, int direction, double tolerance);

}  // namespace sepakat::measures
