#include "common/measures/survey/linearise_inequality.h"

#include <cmath>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"
#include "common/measures/inequality.h"

namespace sepakat::measures {
namespace {

// sum w f(y).
template <typename Function>
double WeightedSum(const SortedSample& sample, Function f) {
  CompensatedSum sum;
  for (size_t i = 0; i < sample.size(); ++i) sum.Add(sample.weights()[i] * f(sample.values()[i]));
  return sum.value();
}

template <typename Function>
void Write(const SortedSample& sample, std::span<double> influence, Function u) {
  for (size_t i = 0; i < sample.size(); ++i) influence[i] = u(sample.values()[i]);
}

}  // namespace

absl::StatusOr<double> LineariseGini(const SortedSample& sample, GiniForm form,
                                     std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(double gini, Gini(sample));
  const double weight = sample.total_weight();
  const double total = sample.total();
  const bool last = form == GiniForm::kLastPerson;
  if (last) {
    CompensatedSum excess;
    for (size_t i = 0; i < sample.size(); ++i) {
      const double w = sample.weights()[i];
      excess.Add(w * (w - 1) * sample.values()[i]);
    }
    gini += excess.value() / (weight * total);
  }
  for (size_t i = 0; i < sample.size(); ++i) {
    const double y = sample.values()[i];
    double above = 2 * (total - sample.cumulative_totals()[i] + sample.cumulative_weights()[i] * y);
    if (last) above += (2 * sample.weights()[i] - 1) * y;
    influence[i] = above / (weight * total) - (1 + gini) * (1 / weight + y / total);
  }
  return gini;
}

absl::StatusOr<double> LineariseGeneralisedEntropy(const SortedSample& sample, double a,
                                                   std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double entropy, GeneralisedEntropy(sample.sample(), a));
  const double weight = sample.total_weight();
  const double total = sample.total();
  if (a == 0) {
    const double mean_log = WeightedSum(sample, [](double y) { return std::log(y); }) / weight;
    Write(sample, influence,
          [&](double y) { return (mean_log - std::log(y)) / weight + y / total - 1 / weight; });
    return entropy;
  }
  if (a == 1) {
    const auto y_log_y = [](double y) { return y == 0 ? 0.0 : y * std::log(y); };
    const double theta = WeightedSum(sample, y_log_y) / total;
    Write(sample, influence,
          [&](double y) { return (y_log_y(y) - theta * y) / total - y / total + 1 / weight; });
    return entropy;
  }
  // In units of the mean, so that no power leaves the range of a double before the result does.
  const double mean = sample.mean();
  const auto power = [&](double y) {
    return a == 2 ? y / mean * (y / mean) : std::pow(y / mean, a);
  };
  const double sum = WeightedSum(sample, power);
  const double g = sum / weight;
  Write(sample, influence, [&](double y) {
    return g / (a * (a - 1)) * ((a - 1) / weight - a * y / total + power(y) / sum);
  });
  return entropy;
}

absl::StatusOr<double> LineariseAtkinson(const SortedSample& sample, double aversion,
                                         std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double atkinson, Atkinson(sample.sample(), aversion));
  const double weight = sample.total_weight();
  const double total = sample.total();
  const double mean = sample.mean();
  const double equal_share = 1 - atkinson;  // equally distributed equivalent, in units of the mean
  if (aversion == 1) {
    const double mean_log = WeightedSum(sample, [](double y) { return std::log(y); }) / weight;
    Write(sample, influence, [&](double y) {
      return -equal_share * ((std::log(y) - mean_log + 1) / weight - y / total);
    });
    return atkinson;
  }
  const double e = 1 - aversion;
  const auto power = [&](double y) { return std::pow(y / mean, e); };
  const double mean_power = WeightedSum(sample, power) / weight;
  Write(sample, influence, [&](double y) {
    return -equal_share * ((power(y) / mean_power - 1) / (e * weight) + 1 / weight - y / total);
  });
  return atkinson;
}

absl::StatusOr<double> LineariseHoover(const SortedSample& sample, std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double hoover, Hoover(sample.sample()));
  const double mean = sample.mean();
  double below = 0;
  for (size_t i = 0; i < sample.size() && sample.values()[i] <= mean; ++i) {
    below += sample.weights()[i];
  }
  const double tilt = 2 * below / sample.total_weight() - 1;
  Write(sample, influence, [&](double y) {
    return (std::abs(y - mean) + tilt * (y - mean) - 2 * hoover * y) / (2 * sample.total());
  });
  return hoover;
}

absl::StatusOr<double> LineariseCoefficientOfVariation(const SortedSample& sample,
                                                       std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double cv, CoefficientOfVariation(sample.sample()));
  SEPAKAT_RETURN_IF_ERROR(LineariseGeneralisedEntropy(sample, 2, influence).status());
  for (double& u : influence) u = cv == 0 ? 0.0 : u / cv;
  return cv;
}

absl::StatusOr<double> LineariseKolm(const SortedSample& sample, double aversion,
                                     std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double kolm, Kolm(sample.sample(), aversion));
  const double weight = sample.total_weight();
  const double mean = sample.mean();
  // Measured from the mean, where exp(a (mu - y)) has the weighted mean exp(a Kolm).
  const double centre = std::exp(aversion * kolm);
  Write(sample, influence, [&](double y) {
    return (y - mean + (std::exp(aversion * (mean - y)) / centre - 1) / aversion) / weight;
  });
  return kolm;
}

}  // namespace sepakat::measures
