#include "common/measures/survey/density.h"

#include <cmath>
#include <numbers>

#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

double Kernel(double u) {
  return std::exp(-u * u / 2) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

}  // namespace

absl::StatusOr<double> Bandwidth(const SortedSample& sample) {
  const double mean = sample.mean();
  double squares = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double away = sample.values()[i] - mean;
    squares += sample.weights()[i] * away * away;
  }
  if (squares == 0) {
    return Undefined("NO_SPREAD", "all values are equal; a quantile then has no density");
  }
  return std::sqrt(squares / sample.total_weight()) * std::pow(sample.total_weight(), -0.2);
}

double Density(const SortedSample& sample, double at, double bandwidth) {
  double sum = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    sum += sample.weights()[i] * Kernel((at - sample.values()[i]) / bandwidth);
  }
  return sum / (sample.total_weight() * bandwidth);
}

double TotalDensity(const SortedSample& sample, double at, double bandwidth) {
  double sum = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    sum += sample.weights()[i] * sample.values()[i] * Kernel((at - sample.values()[i]) / bandwidth);
  }
  return sum / bandwidth;
}

double MeanAt(const SortedSample& sample, std::span<const double> others, double at,
              double bandwidth) {
  double sum = 0;
  double weight = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double near = sample.weights()[i] * Kernel((at - sample.values()[i]) / bandwidth);
    sum += near * others[sample.order()[i]];
    weight += near;
  }
  return sum / weight;
}

}  // namespace sepakat::measures
