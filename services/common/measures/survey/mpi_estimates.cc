#include "common/measures/survey/mpi_estimates.h"

#include <cstdint>

#include "common/base/status.h"

namespace sepakat::measures {

absl::StatusOr<MpiEstimates> EstimateMpi(const Design& design, const Domains& domains,
                                         const MpiSpecification& specification,
                                         std::span<const Deprivations> units,
                                         EstimateOptions options, IntervalForm form) {
  SEPAKAT_RETURN_IF_ERROR(CheckMpiSample(specification, {units, design.weights()}));
  const auto scores = Scores(specification, {units, design.weights()});
  const int64_t least = LeastPoorScore(specification);
  const auto whole = static_cast<double>(Denominator(specification));
  std::vector<bool> measured(units.size());
  std::vector<double> poor(units.size(), 0.0);
  std::vector<double> censored_score(units.size(), 0.0);  // out of D
  for (size_t row = 0; row < units.size(); ++row) {
    measured[row] = scores[row].has_value();
    if (!measured[row] || *scores[row] < least) continue;
    poor[row] = 1;
    censored_score[row] = static_cast<double>(*scores[row]);
  }
  const Domains complete = domains.Only(measured);
  const DomainEstimator estimator(design, complete, options);

  MpiEstimates result;
  std::vector<double> column(units.size());
  const auto fill = [&](auto value) {
    for (size_t row = 0; row < units.size(); ++row) column[row] = value(row);
  };
  result.headcount = estimator.Mean(poor, form);
  fill([&](size_t row) { return censored_score[row] / whole; });
  result.adjusted = estimator.Mean(column, form);
  result.intensity = estimator.Ratio(column, poor, form);
  for (size_t j = 0; j < specification.indicators.size(); ++j) {
    const auto deprived = [&](size_t row) {
      return (units[row].deprived >> j & 1) != 0 ? 1.0 : 0.0;
    };
    MpiEstimates::Indicator& indicator = result.indicators.emplace_back();
    fill(deprived);
    indicator.raw = estimator.Mean(column, form);
    fill([&](size_t row) { return deprived(row) * poor[row]; });
    indicator.censored = estimator.Mean(column, form);
    const auto weight = static_cast<double>(specification.indicators[j].weight);
    for (double& value : column) value *= weight;
    indicator.contribution = estimator.Ratio(column, censored_score, form);
  }
  for (const MpiDimension& dimension : specification.dimensions) {
    fill([&](size_t row) {
      int64_t weight = 0;
      for (size_t j = 0; j < specification.indicators.size(); ++j) {
        const MpiIndicator& indicator = specification.indicators[j];
        const bool deprived = (units[row].deprived >> j & 1) != 0;
        if (deprived && indicator.dimension == dimension.id) weight += indicator.weight;
      }
      return static_cast<double>(weight) * poor[row];
    });
    result.dimension_contributions.push_back(estimator.Ratio(column, censored_score, form));
  }
  return result;
}

}  // namespace sepakat::measures
