#include "common/pmt/accuracy.h"

#include <cmath>

#include "common/base/status.h"
#include "common/measures/compensated_sum.h"
#include "common/measures/quantile.h"
#include "common/measures/sample.h"

namespace sepakat::pmt {
namespace {

using measures::Answer;
using measures::CompensatedSum;

constexpr uint32_t kTenths = 10;

absl::StatusOr<double> QuantileOf(std::span<const double> values, std::span<const double> weights,
                                  measures::Fraction share) {
  const measures::Sample sample{values, weights};
  SEPAKAT_RETURN_IF_ERROR(measures::CheckSample(sample));
  return measures::Quantile(measures::SortedSample(sample), share,
                            measures::QuantileDefinition::kObserved);
}

std::vector<Answer> Below(std::span<const double> values, double border) {
  std::vector<Answer> answers;
  answers.reserve(values.size());
  for (const double value : values) answers.push_back(value < border ? Answer::kYes : Answer::kNo);
  return answers;
}

}  // namespace

absl::StatusOr<Cut> FindCut(const Scored& fitted, measures::Fraction share) {
  Cut cut{share, 0, 0};
  SEPAKAT_ASSIGN_OR_RETURN(cut.log_line, QuantileOf(fitted.log_welfare, fitted.weights, share));
  SEPAKAT_ASSIGN_OR_RETURN(cut.score, QuantileOf(fitted.score, fitted.weights, share));
  return cut;
}

absl::StatusOr<CutAccuracy> Judge(const Scored& families, const Cut& cut) {
  const std::vector<Answer> poor = Below(families.log_welfare, cut.log_line);
  const std::vector<Answer> selected = Below(families.score, cut.score);
  SEPAKAT_ASSIGN_OR_RETURN(const measures::TargetingAccuracy found,
                           measures::MeasureTargeting({families.weights, poor, selected}));
  const double all = found.reached + found.leaked + found.missed + found.left_out;
  return CutAccuracy{(found.reached + found.missed) / all, (found.reached + found.leaked) / all,
                     found.exclusion_error, found.inclusion_error};
}

absl::StatusOr<double> ExplainedShare(const Scored& families) {
  SEPAKAT_RETURN_IF_ERROR(measures::CheckSample({families.log_welfare, families.weights}));
  const double mean = measures::Mean({families.log_welfare, families.weights});
  CompensatedSum left;
  CompensatedSum all;
  for (size_t i = 0; i < families.weights.size(); ++i) {
    const double residual = families.log_welfare[i] - families.score[i];
    const double deviation = families.log_welfare[i] - mean;
    left.Add(families.weights[i] * residual * residual);
    all.Add(families.weights[i] * deviation * deviation);
  }
  return 1 - left.value() / all.value();
}

double SmearingFactor(const Scored& families) {
  CompensatedSum sum;
  CompensatedSum weight;
  for (size_t i = 0; i < families.weights.size(); ++i) {
    sum.Add(families.weights[i] * std::exp(families.log_welfare[i] - families.score[i]));
    weight.Add(families.weights[i]);
  }
  return sum.value() / weight.value();
}

absl::StatusOr<std::vector<CalibrationRow>> Calibrate(const Scored& families, double smearing) {
  const measures::Sample sample{families.score, families.weights};
  SEPAKAT_RETURN_IF_ERROR(measures::CheckSample(sample));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<uint32_t> tenth,
                           measures::QuantileGroups(measures::SortedSample(sample), kTenths));
  std::vector<CalibrationRow> rows(kTenths);
  for (size_t i = 0; i < families.weights.size(); ++i) {
    CalibrationRow& row = rows[tenth[i] - 1];
    const double weight = families.weights[i];
    row.weight += weight;
    row.mean_score += weight * families.score[i];
    row.mean_log_welfare += weight * families.log_welfare[i];
    row.predicted_welfare += weight * std::exp(families.score[i]) * smearing;
    row.observed_welfare += weight * std::exp(families.log_welfare[i]);
  }
  for (CalibrationRow& row : rows) {
    if (!(row.weight > 0)) continue;
    row.mean_score /= row.weight;
    row.mean_log_welfare /= row.weight;
    row.predicted_welfare /= row.weight;
    row.observed_welfare /= row.weight;
  }
  return rows;
}

}  // namespace sepakat::pmt
