// Estimates with design errors for all domains of a survey at once.
//
//   const DomainEstimator estimator(design, domains);
//   const auto samples = DomainSamples::Create(design, domains, welfare);
//   estimator.Mean(welfare);
//   estimator.Measure(*samples, LineariseGini);
//   const auto line = EstimateLine(whole, *all, sixty_percent_of_median);
//   estimator.MeasureUnderLine(*samples, *line, LineariseRelativeMedianGap);
//
// The error of a nonlinear measure is that of the total of its linearised values: the influence
// u_k = d measure / d weight_k of each row (Deville 1999, Survey Methodology 25(2); Osier 2009,
// Survey Research Methods 3(3); Woodruff 1971 for ratios). A measure says its value and influences
// for one sample (linearise_*.h, "Lineariser"); this class gathers the influences of all domains
// into one column and asks the design once (variance.h).
//
// A domain where a measure is undefined (nobody in it, division by zero) carries the reason instead
// of an estimate; the other domains are not affected.
// Thread: values; the design and the domains must outlive the estimator. Complexity per call:
// O(rows), however many domains.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/measures/survey/design.h"
#include "common/measures/survey/domain_samples.h"
#include "common/measures/survey/domains.h"
#include "common/measures/survey/estimate.h"
#include "common/measures/survey/variance.h"

namespace sepakat::measures {

using DomainEstimates = std::vector<absl::StatusOr<Estimate>>;

// Says a measure of `sample` and writes its influences, in the order of `sample`.
using Lineariser = absl::FunctionRef<absl::StatusOr<double>(const SortedSample& sample,
                                                            std::span<double> influence)>;

// The same where more than the sample must be known of the domain, such as a second column.
using DomainLineariser = absl::FunctionRef<absl::StatusOr<double>(
    uint32_t domain, const SortedSample& sample, std::span<double> influence)>;

// A measure under a poverty line that was itself estimated: `slope` is the derivative of the
// measure by the line, and `influence` that of the measure while the line stands still.
struct UnderLine {
  double estimate = 0;
  double slope = 0;
};
using LineLineariser = absl::FunctionRef<absl::StatusOr<UnderLine>(
    const SortedSample& sample, double line, std::span<double> influence)>;

// A poverty line estimated from the survey, with its influence on each row of the whole design.
struct EstimatedLine {
  double value = 0;
  std::vector<double> influence;
};

class DomainEstimator {
 public:
  DomainEstimator(const Design& design, const Domains& domains, EstimateOptions options = {});

  const Design& design() const { return design_; }
  const Domains& domains() const { return domains_; }
  std::span<const DomainSupport> support() const { return support_; }
  const EstimateOptions& options() const { return options_; }
  double df(uint32_t domain) const {
    return options_.df == DomainDf::kWholeDesign ? design_.df() : support_[domain].df();
  }

  // sum w y. Columns have one entry per row; rows outside all domains are not read.
  DomainEstimates Total(std::span<const double> values) const;
  // sum w y / sum w; for a 0/1 column the share.
  DomainEstimates Mean(std::span<const double> values,
                       IntervalForm form = IntervalForm::kSymmetric) const;
  // sum w y / sum w x; influence (y - R x) / sum w x. FailedPrecondition ZERO_DENOMINATOR.
  DomainEstimates Ratio(std::span<const double> numerators, std::span<const double> denominators,
                        IntervalForm form = IntervalForm::kSymmetric) const;

  DomainEstimates Measure(const DomainSamples& samples, Lineariser measure,
                          IntervalForm form = IntervalForm::kSymmetric) const;
  DomainEstimates MeasureByDomain(const DomainSamples& samples, DomainLineariser measure,
                                  IntervalForm form = IntervalForm::kSymmetric) const;
  // Adds what the uncertainty of a line that all domains share contributes to each measure.
  DomainEstimates MeasureUnderLine(const DomainSamples& samples, const EstimatedLine& line,
                                   LineLineariser measure,
                                   IntervalForm form = IntervalForm::kSymmetric) const;

  // The p-quantile, smallest y with F(y) >= p, and Woodruff's (1952) interval: F at the quantile,
  // its error and interval are taken back through the inverse of F. The standard error is the
  // length of the interval over 2 t. As svyquantile() of R's `survey` 4.1 with interval "mean".
  // A bound that falls outside the sample is absent, and so is then the error.
  DomainEstimates WoodruffQuantile(const DomainSamples& samples, double p) const;

 private:
  DomainEstimates Complete(const std::vector<absl::StatusOr<double>>& values,
                           std::span<const double> influence, IntervalForm form) const;
  std::optional<double> SimpleVariance(uint32_t domain, std::span<const double> influence) const;

  const Design& design_;
  const Domains& domains_;
  EstimateOptions options_;
  std::vector<DomainSupport> support_;
};

// Estimates a line from one domain of `estimator` (usually all rows) by `line`, such as
// LineariseRelativeLine, and places its influence on the rows.
absl::StatusOr<EstimatedLine> EstimateLine(const DomainEstimator& estimator,
                                           const DomainSamples& samples, Lineariser line,
                                           uint32_t domain = 0);

}  // namespace sepakat::measures
