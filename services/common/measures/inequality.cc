#include "common/measures/inequality.h"

#include <fmt/format.h>

#include <cmath>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"
#include "common/measures/log_ratio.h"

namespace sepakat::measures {
namespace {

struct Scale {
  double weight;
  double mean;
};

absl::Status RequirePositiveMean(double mean) {
  if (mean > 0) return absl::OkStatus();
  return Undefined(
      "NON_POSITIVE_MEAN",
      "the mean is 0 or less, so shares of it say nothing; check the welfare column or "
      "use an absolute measure");
}

absl::StatusOr<Scale> ScaleOf(Sample sample) {
  SEPAKAT_RETURN_IF_ERROR(CheckSample(sample));
  const double weight = TotalWeight(sample);
  const double mean = Total(sample) / weight;
  SEPAKAT_RETURN_IF_ERROR(RequirePositiveMean(mean));
  return Scale{weight, mean};
}

// OK if no weighted observation is negative, or 0 unless `admit_zero`.
absl::Status RequirePositiveValues(Sample sample, bool admit_zero) {
  size_t refused = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double y = sample.values[i];
    if (sample.weights[i] > 0 && (y < 0 || (y == 0 && !admit_zero))) ++refused;
  }
  if (refused == 0) return absl::OkStatus();
  return Undefined(
      admit_zero ? "NEGATIVE_VALUES" : "NON_POSITIVE_VALUES",
      fmt::format("{} of {} observations are {}, where this measure has no value; leave "
                  "them out by a stated rule, or use Gini or GE(2)",
                  refused, sample.size(), admit_zero ? "negative" : "0 or less"));
}

// sum w f(y, (y - mu)/mu) / W. The mean of deviations is 0, so each term may take off a multiple of
// its own: small inequality then keeps its digits.
template <typename Function>
double MeanOfTerms(Sample sample, Scale scale, Function f) {
  CompensatedSum sum;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double w = sample.weights[i];
    if (w == 0) continue;
    const double y = sample.values[i];
    sum.Add(w * f(y, (y - scale.mean) / scale.mean));
  }
  return sum.value() / scale.weight;
}

double LogDeviation(Sample sample, Scale scale) {
  return MeanOfTerms(sample, scale, [&](double y, double deviation) {
    return deviation - LogRatio(y, scale.mean);
  });
}

// sum w (y/mu)^a / W - 1.
double PowerDeviation(Sample sample, Scale scale, double a) {
  return MeanOfTerms(sample, scale, [&](double y, double deviation) {
    const double power = y == 0 ? -1 : std::expm1(a * LogRatio(y, scale.mean));
    return power - a * deviation;
  });
}

absl::StatusOr<double> Finite(double value) {
  if (std::isfinite(value)) return value;
  return Undefined("PARAMETER_TOO_LARGE",
                   "the measure leaves the range of numbers; choose a parameter nearer to 0");
}

}  // namespace

absl::StatusOr<double> Gini(const SortedSample& sample) {
  SEPAKAT_RETURN_IF_ERROR(RequirePositiveMean(sample.mean()));
  const auto values = sample.values();
  const auto below = sample.cumulative_weights();
  // Half the mean difference is the sum over gaps between neighbours of (weight below) times
  // (weight above): terms of one sign, so nothing cancels.
  CompensatedSum sum;
  CompensatedSum above;
  for (size_t i = sample.size() - 1; i > 0; --i) {
    above.Add(sample.weights()[i]);
    sum.Add(below[i - 1] * above.value() * (values[i] - values[i - 1]));
  }
  return sum.value() / (sample.total_weight() * sample.total());
}

absl::StatusOr<double> GeneralisedEntropy(Sample sample, double a) {
  if (!std::isfinite(a)) {
    return Invalid("BAD_PARAMETER", "the parameter of a generalised entropy is a number");
  }
  if (a == 0) return MeanLogDeviation(sample);
  if (a == 1) return TheilT(sample);
  SEPAKAT_ASSIGN_OR_RETURN(const Scale scale, ScaleOf(sample));
  if (a == 2) {
    return MeanOfTerms(sample, scale, [](double, double d) { return d * d / 2; });
  }
  SEPAKAT_RETURN_IF_ERROR(RequirePositiveValues(sample, a > 0));
  return Finite(PowerDeviation(sample, scale, a) / (a * (a - 1)));
}

absl::StatusOr<double> MeanLogDeviation(Sample sample) {
  SEPAKAT_ASSIGN_OR_RETURN(const Scale scale, ScaleOf(sample));
  SEPAKAT_RETURN_IF_ERROR(RequirePositiveValues(sample, /*admit_zero=*/false));
  return LogDeviation(sample, scale);
}

absl::StatusOr<double> TheilT(Sample sample) {
  SEPAKAT_ASSIGN_OR_RETURN(const Scale scale, ScaleOf(sample));
  SEPAKAT_RETURN_IF_ERROR(RequirePositiveValues(sample, /*admit_zero=*/true));
  return MeanOfTerms(sample, scale, [&](double y, double deviation) {
    const double term = y == 0 ? 0 : y / scale.mean * LogRatio(y, scale.mean);
    return term - deviation;
  });
}

absl::StatusOr<double> Atkinson(Sample sample, double aversion) {
  if (!std::isfinite(aversion) || aversion <= 0) {
    return Invalid("BAD_PARAMETER",
                   fmt::format("an inequality aversion of {} is not above 0", aversion));
  }
  SEPAKAT_ASSIGN_OR_RETURN(const Scale scale, ScaleOf(sample));
  SEPAKAT_RETURN_IF_ERROR(RequirePositiveValues(sample, aversion < 1));
  if (aversion == 1) return -std::expm1(-LogDeviation(sample, scale));
  const double a = 1 - aversion;
  return Finite(-std::expm1(std::log1p(PowerDeviation(sample, scale, a)) / a));
}

absl::StatusOr<double> Hoover(Sample sample) {
  SEPAKAT_ASSIGN_OR_RETURN(const Scale scale, ScaleOf(sample));
  return MeanOfTerms(sample, scale, [](double, double d) { return std::abs(d); }) / 2;
}

absl::StatusOr<double> CoefficientOfVariation(Sample sample) {
  SEPAKAT_ASSIGN_OR_RETURN(const double ge2, GeneralisedEntropy(sample, 2));
  return std::sqrt(2 * ge2);
}

absl::StatusOr<double> Kolm(Sample sample, double aversion) {
  if (!std::isfinite(aversion) || aversion <= 0) {
    return Invalid("BAD_PARAMETER",
                   fmt::format("an inequality aversion of {} is not above 0", aversion));
  }
  SEPAKAT_RETURN_IF_ERROR(CheckSample(sample));
  const double weight = TotalWeight(sample);
  const double mean = Total(sample) / weight;
  CompensatedSum sum;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double x = aversion * (mean - sample.values[i]);
    if (sample.weights[i] > 0) sum.Add(sample.weights[i] * (std::expm1(x) - x));
  }
  return Finite(std::log1p(sum.value() / weight) / aversion);
}

}  // namespace sepakat::measures
