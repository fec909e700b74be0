#include "common/measures/survey/estimator.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"
#include "common/measures/survey/student_t.h"

namespace sepakat::measures {
namespace {

absl::Status Nobody() {
  return Invalid("EMPTY_SAMPLE",
                 "no observation with a weight; widen the domain or check the filter");
}

// S^2(u) W^2 / n, see estimate.h.
std::optional<double> SimpleVarianceOf(int64_t n, double weight, double sum, double squares) {
  if (n < 2) return std::nullopt;
  const double mean = sum / weight;
  const double spread = squares / weight - mean * mean;
  return spread * weight * weight / static_cast<double>(n - 1);
}

// Smallest value with F >= p; nothing outside (0, 1].
std::optional<double> Inverse(const SortedSample& sample, double p) {
  if (!(p >= 0 && p <= 1)) return std::nullopt;
  const auto cumulative = sample.cumulative_weights();
  const double target = p * sample.total_weight() * (1 - 1e-14);
  const auto at = std::ranges::lower_bound(cumulative, target);
  return sample
      .values()[std::min<size_t>(static_cast<size_t>(at - cumulative.begin()), sample.size() - 1)];
}

}  // namespace

DomainEstimator::DomainEstimator(const Design& design, const Domains& domains,
                                 EstimateOptions options)
    : design_(design), domains_(domains), options_(options), support_(SupportOf(design, domains)) {}

std::optional<double> DomainEstimator::SimpleVariance(uint32_t domain,
                                                      std::span<const double> influence) const {
  double sum = 0;
  double squares = 0;
  for (const uint32_t row : domains_.rows(domain)) {
    const double weighted = design_.weights()[row] * influence[row];
    sum += weighted;
    squares += weighted * influence[row];
  }
  return SimpleVarianceOf(support_[domain].observations, support_[domain].weight_sum, sum, squares);
}

DomainEstimates DomainEstimator::Complete(const std::vector<absl::StatusOr<double>>& values,
                                          std::span<const double> influence,
                                          IntervalForm form) const {
  const auto variances = VarianceByDomain(design_, domains_, influence);
  DomainEstimates estimates;
  estimates.reserve(values.size());
  for (uint32_t domain = 0; domain < values.size(); ++domain) {
    if (!values[domain].ok()) {
      estimates.emplace_back(values[domain].status());
      continue;
    }
    estimates.emplace_back(MakeEstimate(*values[domain], variances[domain],
                                        SimpleVariance(domain, influence), support_[domain],
                                        df(domain), form, options_));
  }
  return estimates;
}

DomainEstimates DomainEstimator::Total(std::span<const double> values) const {
  std::vector<absl::StatusOr<double>> totals;
  for (uint32_t domain = 0; domain < domains_.count(); ++domain) {
    CompensatedSum total;
    for (const uint32_t row : domains_.rows(domain)) {
      total.Add(design_.weights()[row] * values[row]);
    }
    totals.emplace_back(total.value());
  }
  return Complete(totals, values, IntervalForm::kSymmetric);
}

DomainEstimates DomainEstimator::Mean(std::span<const double> values, IntervalForm form) const {
  return Ratio(values, std::vector<double>(values.size(), 1.0), form);
}

DomainEstimates DomainEstimator::Ratio(std::span<const double> numerators,
                                       std::span<const double> denominators,
                                       IntervalForm form) const {
  std::vector<absl::StatusOr<double>> ratios;
  std::vector<double> influence(design_.rows(), 0.0);
  for (uint32_t domain = 0; domain < domains_.count(); ++domain) {
    CompensatedSum above;
    CompensatedSum below;
    for (const uint32_t row : domains_.rows(domain)) {
      above.Add(design_.weights()[row] * numerators[row]);
      below.Add(design_.weights()[row] * denominators[row]);
    }
    if (support_[domain].observations == 0) {
      ratios.emplace_back(Nobody());
      continue;
    }
    if (below.value() == 0) {
      ratios.emplace_back(Undefined("ZERO_DENOMINATOR",
                                    "the denominator of the ratio adds up to 0 in this domain"));
      continue;
    }
    const double ratio = above.value() / below.value();
    for (const uint32_t row : domains_.rows(domain)) {
      influence[row] = (numerators[row] - ratio * denominators[row]) / below.value();
    }
    ratios.emplace_back(ratio);
  }
  return Complete(ratios, influence, form);
}

DomainEstimates DomainEstimator::Measure(const DomainSamples& samples, Lineariser measure,
                                         IntervalForm form) const {
  return MeasureByDomain(
      samples,
      [&measure](uint32_t, const SortedSample& sample, std::span<double> influence) {
        return measure(sample, influence);
      },
      form);
}

DomainEstimates DomainEstimator::MeasureByDomain(const DomainSamples& samples,
                                                 DomainLineariser measure,
                                                 IntervalForm form) const {
  std::vector<absl::StatusOr<double>> values;
  std::vector<double> influence(design_.rows(), 0.0);
  std::vector<double> sorted;
  for (uint32_t domain = 0; domain < domains_.count(); ++domain) {
    const auto& sample = samples.of(domain);
    if (!sample.ok()) {
      values.emplace_back(sample.status());
      continue;
    }
    sorted.assign(sample->size(), 0.0);
    values.push_back(measure(domain, *sample, sorted));
    if (!values.back().ok()) continue;
    const auto rows = domains_.rows(domain);
    for (size_t i = 0; i < sorted.size(); ++i) influence[rows[sample->order()[i]]] = sorted[i];
  }
  return Complete(values, influence, form);
}

DomainEstimates DomainEstimator::MeasureUnderLine(const DomainSamples& samples,
                                                  const EstimatedLine& line, LineLineariser measure,
                                                  IntervalForm form) const {
  std::vector<absl::StatusOr<UnderLine>> values;
  std::vector<double> influence(design_.rows(), 0.0);
  std::vector<double> sorted;
  for (uint32_t domain = 0; domain < domains_.count(); ++domain) {
    const auto& sample = samples.of(domain);
    if (!sample.ok()) {
      values.emplace_back(sample.status());
      continue;
    }
    sorted.assign(sample->size(), 0.0);
    values.push_back(measure(*sample, line.value, sorted));
    if (!values.back().ok()) continue;
    const auto rows = domains_.rows(domain);
    for (size_t i = 0; i < sorted.size(); ++i) influence[rows[sample->order()[i]]] = sorted[i];
  }

  const auto joint = JointVarianceByDomain(design_, domains_, influence, line.influence);
  int64_t n = 0;
  double weight = 0;
  double line_sum = 0;
  double line_squares = 0;
  for (size_t row = 0; row < design_.rows(); ++row) {
    const double w = design_.weights()[row];
    if (w > 0) ++n;
    weight += w;
    line_sum += w * line.influence[row];
    line_squares += w * line.influence[row] * line.influence[row];
  }
  DomainEstimates estimates;
  for (uint32_t domain = 0; domain < domains_.count(); ++domain) {
    if (!values[domain].ok()) {
      estimates.emplace_back(values[domain].status());
      continue;
    }
    const double slope = values[domain]->slope;
    double sum = slope * line_sum;
    double squares = slope * slope * line_squares;
    for (const uint32_t row : domains_.rows(domain)) {
      const double weighted = design_.weights()[row] * influence[row];
      sum += weighted;
      squares += weighted * (influence[row] + 2 * slope * line.influence[row]);
    }
    std::optional<double> variance;
    if (joint) {
      variance = std::max(0.0, joint->own[domain] + 2 * slope * joint->cross[domain] +
                                   slope * slope * joint->shared);
    }
    estimates.emplace_back(MakeEstimate(values[domain]->estimate, variance,
                                        SimpleVarianceOf(n, weight, sum, squares), support_[domain],
                                        df(domain), form, options_));
  }
  return estimates;
}

DomainEstimates DomainEstimator::WoodruffQuantile(const DomainSamples& samples, double p) const {
  DomainEstimates estimates = Measure(
      samples, [&](const SortedSample& sample, std::span<double> u) -> absl::StatusOr<double> {
        const auto quantile = Inverse(sample, p);
        if (!quantile || p == 0) {
          return Invalid("BAD_FRACTION", fmt::format("the quantile of level {} does not exist", p));
        }
        const auto values = sample.values();
        const auto below =
            static_cast<size_t>(std::ranges::upper_bound(values, *quantile) - values.begin());
        const double share = sample.cumulative_weights()[below - 1] / sample.total_weight();
        for (size_t i = 0; i < u.size(); ++i) {
          u[i] = ((i < below ? 1.0 : 0.0) - share) / sample.total_weight();
        }
        return share;
      });
  for (uint32_t domain = 0; domain < domains_.count(); ++domain) {
    if (!estimates[domain].ok()) continue;
    Estimate& estimate = *estimates[domain];
    const SortedSample& sample = *samples.of(domain);
    const Estimate share = estimate;
    estimate.estimate = *Inverse(sample, p);
    estimate.lower = share.lower ? Inverse(sample, *share.lower) : std::nullopt;
    estimate.upper = share.upper ? Inverse(sample, *share.upper) : std::nullopt;
    estimate.standard_error.reset();
    estimate.cv.reset();
    if (estimate.lower && estimate.upper) {
      const double reach = StudentTQuantile(0.5 + options_.confidence / 2, estimate.design_df);
      estimate.standard_error = (*estimate.upper - *estimate.lower) / (2 * reach);
      if (estimate.estimate != 0 && *estimate.standard_error > 0) {
        estimate.cv = *estimate.standard_error / std::abs(estimate.estimate);
      }
    }
    estimate.quality = Grade(estimate.cv, options_.cuts);
  }
  return estimates;
}

absl::StatusOr<EstimatedLine> EstimateLine(const DomainEstimator& estimator,
                                           const DomainSamples& samples, Lineariser line,
                                           uint32_t domain) {
  const auto& sample = samples.of(domain);
  if (!sample.ok()) return sample.status();
  EstimatedLine result;
  std::vector<double> sorted(sample->size(), 0.0);
  SEPAKAT_ASSIGN_OR_RETURN(result.value, line(*sample, sorted));
  result.influence.assign(estimator.design().rows(), 0.0);
  const auto rows = estimator.domains().rows(domain);
  for (size_t i = 0; i < sorted.size(); ++i) {
    result.influence[rows[sample->order()[i]]] = sorted[i];
  }
  return result;
}

}  // namespace sepakat::measures
