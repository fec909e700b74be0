#include "common/measures/growth_incidence.h"

#include <cmath>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

absl::Status Check(const GrowthIncidenceQuestion& question) {
  if (question.segments < 2 || question.segments > 1'000'000) {
    return Invalid("BAD_PARAMETER", "a growth incidence curve has 2 to 1000000 segments");
  }
  if (!std::isfinite(question.years) || question.years <= 0) {
    return Invalid("BAD_PARAMETER", "the years between two surveys are above 0");
  }
  if (!(question.headcount_before >= 0 && question.headcount_before <= 1)) {
    return Invalid("BAD_PARAMETER", "a headcount lies between 0 and 1");
  }
  return absl::OkStatus();
}

std::optional<double> YearlyGrowth(double before, double after, double years) {
  if (before <= 0 || after <= 0) return std::nullopt;
  return std::pow(after / before, 1 / years) - 1;
}

// The mean growth of the points whose level is at most `highest`.
std::optional<double> MeanGrowth(const std::vector<GrowthIncidencePoint>& points, double highest) {
  CompensatedSum sum;
  size_t count = 0;
  for (const GrowthIncidencePoint& point : points) {
    if (point.level.value() > highest) break;
    if (!point.growth) return std::nullopt;
    sum.Add(*point.growth);
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum.value() / static_cast<double>(count);
}

}  // namespace

absl::StatusOr<GrowthIncidence> MeasureGrowthIncidence(const SortedSample& before,
                                                       const SortedSample& after,
                                                       const GrowthIncidenceQuestion& question) {
  SEPAKAT_RETURN_IF_ERROR(Check(question));
  const std::optional<double> growth_of_mean =
      YearlyGrowth(before.mean(), after.mean(), question.years);
  if (!growth_of_mean) {
    return Undefined("NON_POSITIVE_MEAN", "a mean of 0 or less has no rate of growth");
  }
  GrowthIncidence incidence;
  incidence.growth_of_mean = *growth_of_mean;
  incidence.growth_of_median = YearlyGrowth(Median(before, question.definition),
                                            Median(after, question.definition), question.years);
  for (uint32_t i = 1; i < question.segments; ++i) {
    GrowthIncidencePoint& point = incidence.points.emplace_back();
    point.level = {i, question.segments};
    SEPAKAT_ASSIGN_OR_RETURN(point.before, Quantile(before, point.level, question.definition));
    SEPAKAT_ASSIGN_OR_RETURN(point.after, Quantile(after, point.level, question.definition));
    point.growth = YearlyGrowth(point.before, point.after, question.years);
  }
  incidence.mean_growth = MeanGrowth(incidence.points, 1);
  incidence.pro_poor_rate = MeanGrowth(incidence.points, question.headcount_before);
  return incidence;
}

}  // namespace sepakat::measures
