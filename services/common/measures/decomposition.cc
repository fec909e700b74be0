#include "common/measures/decomposition.h"

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

using Fgt = std::array<double, kFgtOrders>;

// FGT of the welfare ratios y/z times numerator/denominator. The poor are told apart without the
// quotient, so that factor 1 reproduces the poor of the unscaled survey.
Fgt Scaled(const Survey& survey, double numerator, double denominator) {
  CompensatedSum weight, poor, gaps, squares;
  for (size_t i = 0; i < survey.sample.size(); ++i) {
    const double w = survey.sample.weights[i];
    weight.Add(w);
    const double line = survey.lines.at(i) * denominator;
    const double missing = line - survey.sample.values[i] * numerator;
    if (missing <= 0) continue;
    const double gap = missing / line;
    poor.Add(w);
    gaps.Add(w * gap);
    squares.Add(w * gap * gap);
  }
  return {poor.value() / weight.value(), gaps.value() / weight.value(),
          squares.value() / weight.value()};
}

double MeanRatio(const Survey& survey) {
  CompensatedSum total;
  for (size_t i = 0; i < survey.sample.size(); ++i) {
    total.Add(survey.sample.weights[i] * (survey.sample.values[i] / survey.lines.at(i)));
  }
  return total.value() / TotalWeight(survey.sample);
}

}  // namespace

absl::StatusOr<GrowthDecomposition> DecomposeGrowth(const Survey& before, const Survey& after) {
  SEPAKAT_RETURN_IF_ERROR(CheckPoverty(before.sample, before.lines));
  SEPAKAT_RETURN_IF_ERROR(CheckPoverty(after.sample, after.lines));
  GrowthDecomposition result;
  result.mean_before = MeanRatio(before);
  result.mean_after = MeanRatio(after);
  if (result.mean_before <= 0 || result.mean_after <= 0) {
    return Undefined("NON_POSITIVE_MEAN",
                     "a mean of 0 or less cannot be scaled to another; check the welfare columns");
  }
  result.growth_rate = (result.mean_after - result.mean_before) / result.mean_before;
  const Fgt first = Scaled(before, 1, 1);
  const Fgt second = Scaled(after, 1, 1);
  const Fgt grown = Scaled(before, result.mean_after, result.mean_before);
  const Fgt redistributed = Scaled(after, result.mean_before, result.mean_after);
  for (size_t order = 0; order < result.orders.size(); ++order) {
    GrowthRedistribution& parts = result.orders[order];
    parts.before = first[order];
    parts.after = second[order];
    parts.change = second[order] - first[order];
    parts.growth = grown[order] - first[order];
    parts.redistribution = redistributed[order] - first[order];
    parts.residual = parts.change - parts.growth - parts.redistribution;
    parts.shapley_growth = (parts.growth + (second[order] - redistributed[order])) / 2;
    parts.shapley_redistribution = (parts.redistribution + (second[order] - grown[order])) / 2;
    parts.bias_of_growth = parts.growth - parts.change;
    if (parts.before > 0 && result.growth_rate != 0) {
      parts.total_elasticity = parts.change / parts.before / result.growth_rate;
      parts.neutral_elasticity = parts.growth / parts.before / result.growth_rate;
    }
  }
  return result;
}

std::optional<double> PointElasticity(const Poverty& poverty, size_t order) {
  if (order == 0 || order >= poverty.fgt.size() || poverty.fgt[order] <= 0) return std::nullopt;
  return -static_cast<double>(order) * (poverty.fgt[order - 1] - poverty.fgt[order]) /
         poverty.fgt[order];
}

}  // namespace sepakat::measures
