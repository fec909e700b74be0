#include "common/measures/survey/estimate.h"

#include <cmath>

#include "common/measures/survey/student_t.h"

namespace sepakat::measures {
namespace {

void SetInterval(Estimate& estimate, IntervalForm form, double confidence) {
  const double reach = StudentTQuantile(0.5 + confidence / 2, estimate.design_df);
  if (!std::isfinite(reach)) return;
  const double p = estimate.estimate;
  const double error = *estimate.standard_error;
  if (form == IntervalForm::kSymmetric) {
    estimate.lower = p - reach * error;
    estimate.upper = p + reach * error;
    return;
  }
  if (!(p > 0 && p < 1)) return;
  const double centre = std::log(p / (1 - p));
  const double half = reach * error / (p * (1 - p));
  estimate.lower = 1 / (1 + std::exp(half - centre));
  estimate.upper = 1 / (1 + std::exp(-half - centre));
}

}  // namespace

Quality Grade(std::optional<double> cv, const QualityCuts& cuts) {
  if (!cv) return Quality::kUnknown;
  if (*cv <= cuts.good) return Quality::kGood;
  return *cv <= cuts.caution ? Quality::kCaution : Quality::kUnreliable;
}

std::string_view QualityTextId(Quality quality) {
  switch (quality) {
    case Quality::kGood:
      return "baik";
    case Quality::kCaution:
      return "gunakan dengan hati-hati";
    case Quality::kUnreliable:
      return "tidak andal";
    case Quality::kUnknown:
      break;
  }
  return "tidak diketahui";
}

std::string_view QualityTextEn(Quality quality) {
  switch (quality) {
    case Quality::kGood:
      return "good";
    case Quality::kCaution:
      return "use with caution";
    case Quality::kUnreliable:
      return "unreliable";
    case Quality::kUnknown:
      break;
  }
  return "unknown";
}

Estimate MakeEstimate(double estimate, std::optional<double> variance,
                      std::optional<double> simple_variance, const DomainSupport& support,
                      double df, IntervalForm form, const EstimateOptions& options) {
  Estimate result;
  result.estimate = estimate;
  result.design_df = df;
  result.observations = support.observations;
  result.weight_sum = support.weight_sum;
  if (!variance || !std::isfinite(*variance)) return result;
  result.standard_error = std::sqrt(*variance);
  SetInterval(result, form, options.confidence);
  if (simple_variance && *simple_variance > 0) result.design_effect = *variance / *simple_variance;
  if (estimate != 0 && *variance > 0) result.cv = *result.standard_error / std::abs(estimate);
  result.quality = Grade(result.cv, options.cuts);
  return result;
}

}  // namespace sepakat::measures
