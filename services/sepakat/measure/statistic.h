// How one figure is worked out for every domain of a breakdown, with its design error or under
// other weights.
//
// A statistic belongs to a universe: the observations on which it is defined (welfare known, line
// known, asked). Estimate() gives estimates with linearised errors; Points() the bare values under
// replicate weights. Thread: values that never change once built. Complexity: linear in the
// observations, whatever the number of domains; order-based ones use the samples that the part
// sorted once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/sample.h"
#include "common/measures/survey/domain_samples.h"
#include "common/measures/survey/estimator.h"
#include "common/measures/survey/linearise_poverty.h"

namespace sepakat::measure {

// One breakdown of one universe.
struct Part {
  const measures::DomainEstimator& estimator;
  // In the order of the universe's values; nullptr when no statistic needs order.
  const measures::DomainSamples* samples = nullptr;
  // Lines that the survey itself gives, by the number of the line; absent ones do not move.
  const std::vector<std::optional<measures::EstimatedLine>>& lines;
};

// The same under other weights.
struct Reweighted {
  const measures::Domains& domains;
  std::span<const double> weights;
  std::span<const absl::StatusOr<measures::SortedSample>> samples;
  const std::vector<double>& lines;
};

class Statistic {
 public:
  virtual ~Statistic() = default;
  virtual measures::DomainEstimates Estimate(const Part& part) const = 0;
  // NaN where undefined.
  virtual void Points(const Reweighted& part, std::span<double> by_domain) const = 0;
  virtual measures::IntervalForm form() const { return measures::IntervalForm::kSymmetric; }
  // False when the universe's values must be sorted for it.
  virtual bool needs_order() const { return true; }
};

using StatisticPtr = std::unique_ptr<const Statistic>;
using SharedColumn = std::shared_ptr<const std::vector<double>>;
using Linearised = std::function<absl::StatusOr<double>(const measures::SortedSample& sample,
                                                        std::span<double> influence)>;
using LinearisedUnderLine = std::function<absl::StatusOr<measures::UnderLine>(
    const measures::SortedSample& sample, double line, std::span<double> influence)>;

// sum w y / sum w x; without `denominator` x is 1. A share gets an interval inside 0..1. Domains
// that hold a row of `undefined` are refused with `reason`.
struct RatioOptions {
  bool is_share = false;
  std::shared_ptr<const std::vector<bool>> undefined = {};
  absl::Status reason = {};
};
StatisticPtr RatioStatistic(SharedColumn numerator, SharedColumn denominator, RatioOptions options);
// sum w y; without a column sum w.
StatisticPtr TotalStatistic(SharedColumn column);
// A measure of the sorted sample.
StatisticPtr SortedStatistic(Linearised measure);
// The same where no linearised error is known: replicates give one.
StatisticPtr UnlinearisedStatistic(Linearised measure);
// A measure under line number `line`, which the survey itself gave.
struct UnderLineOptions {
  // False: how the measure moves is not known, and replicates alone give an error.
  bool linearised = true;
  bool is_share = false;
};
StatisticPtr UnderLineStatistic(size_t line, LinearisedUnderLine measure,
                                UnderLineOptions options = {});
// The estimated line itself, the same in all domains.
StatisticPtr LineStatistic(measures::RelativeLine rule);
// The index of the concentration curve of benefits (one per row), or at `share` > 0 its Coady,
// Grosh and Hoddinott quotient.
StatisticPtr ConcentrationStatistic(SharedColumn benefits, double share);
StatisticPtr QuantileStatistic(measures::Fraction level, measures::QuantileDefinition definition);

}  // namespace sepakat::measure
