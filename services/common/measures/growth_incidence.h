// How fast welfare grew at each place of the distribution, and whether growth favoured the poor.
//
// Growth incidence curve, Ravallion and Chen (2003), per year over the years between the surveys:
//   g(p) = (Q1(p) / Q0(p))^(1/years) - 1        Q the quantile of level p in each survey
// It compares places, not people: whoever stood at p before may stand elsewhere now. Above 0
// everywhere, poverty fell for every line (first-order dominance); falling in p, inequality fell.
//   growth_of_mean   of mean welfare; growth_of_median: g(1/2)
//   mean_growth      mean of g over the points
//   pro_poor_rate    mean of g over the points p <= P0 before: Ravallion and Chen's rate of
//                    pro-poor growth; above growth_of_mean when growth favoured the poor
// Values are in the prices of one survey, or are welfare ratios y/z.
// Errors: InvalidArgument BAD_PARAMETER; FailedPrecondition NON_POSITIVE_MEAN.
// Thread: pure functions. Complexity: O(points log n).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/quantile.h"

namespace sepakat::measures {

struct GrowthIncidencePoint {
  Fraction level;
  double before = 0;
  double after = 0;
  std::optional<double> growth;  // none from or to a value of 0 or less
};

struct GrowthIncidence {
  std::vector<GrowthIncidencePoint> points;  // levels 1/segments, ..., (segments - 1)/segments
  double growth_of_mean = 0;
  std::optional<double> growth_of_median;
  std::optional<double> mean_growth;    // none if any point has no growth
  std::optional<double> pro_poor_rate;  // none if nobody was poor, or a poor point has no growth
};

struct GrowthIncidenceQuestion {
  uint32_t segments = 100;
  double years = 1;
  double headcount_before = 0;  // P0 of the survey before, 0..1
  QuantileDefinition definition = QuantileDefinition::kObserved;
};

absl::StatusOr<GrowthIncidence> MeasureGrowthIncidence(const SortedSample& before,
                                                       const SortedSample& after,
                                                       const GrowthIncidenceQuestion& question);

}  // namespace sepakat::measures
