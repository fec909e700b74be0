#include "common/measures/trend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"

namespace sepakat::measures {

absl::StatusOr<Trend> FitTrend(std::span<const SeriesPoint> series) {
  for (const SeriesPoint& point : series) {
    if (std::isfinite(point.time) && std::isfinite(point.value)) continue;
    return Invalid("NOT_FINITE", "a point of the series is missing or infinite; leave it out");
  }
  const auto moves = [&](const SeriesPoint& point) { return point.time != series.front().time; };
  if (std::ranges::none_of(series, moves)) {
    return Undefined("TOO_FEW_POINTS",
                     fmt::format("{} points do not have two different times; a trend needs them",
                                 series.size()));
  }
  // Times are counted from the first: a year has four digits that say nothing.
  const double start = series.front().time;
  const auto n = static_cast<double>(series.size());
  CompensatedSum times, values;
  for (const SeriesPoint& point : series) {
    times.Add(point.time - start);
    values.Add(point.value);
  }
  const double mean_time = times.value() / n;
  const double mean_value = values.value() / n;
  CompensatedSum spread, together;
  for (const SeriesPoint& point : series) {
    const double from_mean = point.time - start - mean_time;
    spread.Add(from_mean * from_mean);
    together.Add(from_mean * (point.value - mean_value));
  }
  Trend trend;
  trend.points = series.size();
  trend.lowest = trend.highest = series.front();
  trend.slope = together.value() / spread.value();
  CompensatedSum residuals;
  for (const SeriesPoint& point : series) {
    const double residual =
        point.value - mean_value - trend.slope * (point.time - start - mean_time);
    residuals.Add(residual * residual);
    if (point.value < trend.lowest.value) trend.lowest = point;
    if (point.value > trend.highest.value) trend.highest = point;
  }
  if (series.size() > 2) {
    trend.standard_error = std::sqrt(residuals.value() / (n - 2) / spread.value());
  }
  return trend;
}

Effectiveness EffectivenessOf(double slope, int direction, double tolerance) {
  const double gain = direction * slope;
  if (gain > tolerance) return Effectiveness::kEffective;
  return gain < -tolerance ? Effectiveness::kIneffective : Effectiveness::kStagnant;
}

}  // namespace sepakat::measures
