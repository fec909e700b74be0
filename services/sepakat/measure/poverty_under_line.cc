#include "sepakat/measure/poverty_under_line.h"

#include <algorithm>
#include <vector>

#include "common/base/status.h"
#include "common/measures/fgt_sample.h"
#include "common/measures/survey/linearise_poverty.h"

namespace sepakat::measure {

using measures::LinearisePoverty;
using measures::SortedSample;
using measures::UnderLine;
using Influence = std::span<double>;

absl::StatusOr<UnderLine> NumberOfPoor(const SortedSample& sample, double line,
                                       Influence influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const UnderLine share, LinearisePoverty(sample, line, 0, influence));
  const double weight = sample.total_weight();
  for (double& u : influence) u = weight * u + share.estimate;
  return UnderLine{weight * share.estimate, weight * share.slope};
}

absl::StatusOr<UnderLine> GapOfThePoor(const SortedSample& sample, double line,
                                       Influence influence) {
  std::vector<double> below(influence.size());
  SEPAKAT_ASSIGN_OR_RETURN(const UnderLine share, LinearisePoverty(sample, line, 0, below));
  SEPAKAT_ASSIGN_OR_RETURN(const UnderLine gap, LinearisePoverty(sample, line, 1, influence));
  if (share.estimate == 0) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "NOBODY_POOR",
                       "nobody is below the line");
  }
  const double ratio = gap.estimate / share.estimate;
  for (size_t i = 0; i < below.size(); ++i) {
    influence[i] = (influence[i] - ratio * below[i]) / share.estimate;
  }
  return UnderLine{ratio, (gap.slope - ratio * share.slope) / share.estimate};
}

absl::StatusOr<UnderLine> Shortfall(const SortedSample& sample, double line, Influence influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const measures::Poverty poverty,
                           measures::MeasurePoverty(sample.sample(), measures::PovertyLines(line)));
  for (size_t i = 0; i < influence.size(); ++i) {
    influence[i] = std::max(0.0, line - sample.values()[i]);
  }
  return UnderLine{poverty.shortfall, poverty.poor_weight};
}

absl::StatusOr<UnderLine> ShareBetween(const SortedSample& sample, double line, double from,
                                       double to, Influence influence) {
  UnderLine above{1, 0};
  if (to > 0) {
    SEPAKAT_ASSIGN_OR_RETURN(above, LinearisePoverty(sample, to * line, 0, influence));
    above.slope *= to;
  } else {
    std::ranges::fill(influence, 0.0);
  }
  if (from == 0) return above;
  std::vector<double> lower(influence.size());
  SEPAKAT_ASSIGN_OR_RETURN(const UnderLine below, LinearisePoverty(sample, from * line, 0, lower));
  for (size_t i = 0; i < lower.size(); ++i) influence[i] -= lower[i];
  return UnderLine{above.estimate - below.estimate, above.slope - from * below.slope};
}

}  // namespace sepakat::measure
