#include "sepakat/measure/statistic.h"

#include <algorithm>
#include <limits>

#include "common/base/status.h"
#include "common/measures/compensated_sum.h"
#include "common/measures/relative_line.h"
#include "common/measures/survey/linearise_concentration.h"
#include "common/measures/survey/linearise_quantile.h"

namespace sepakat::measure {
namespace {

using measures::CompensatedSum;
using measures::DomainEstimates;
using measures::Domains;
using measures::SortedSample;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double At(const SharedColumn& column, uint32_t row) { return column ? (*column)[row] : 1.0; }

double WeightedSum(const Reweighted& part, uint32_t domain, const SharedColumn& column) {
  CompensatedSum sum;
  for (const uint32_t row : part.domains.rows(domain)) sum.Add(part.weights[row] * At(column, row));
  return sum.value();
}

class Ratio final : public Statistic {
 public:
  Ratio(SharedColumn numerator, SharedColumn denominator, RatioOptions options)
      : numerator_(std::move(numerator)),
        denominator_(std::move(denominator)),
        options_(std::move(options)) {}

  DomainEstimates Estimate(const Part& part) const override {
    DomainEstimates estimates = denominator_
                                    ? part.estimator.Ratio(*numerator_, *denominator_, form())
                                    : part.estimator.Mean(*numerator_, form());
    for (uint32_t domain = 0; domain < estimates.size(); ++domain) {
      if (IsUndefined(part.estimator.domains(), domain)) estimates[domain] = options_.reason;
    }
    return estimates;
  }

  void Points(const Reweighted& part, std::span<double> by_domain) const override {
    for (uint32_t domain = 0; domain < by_domain.size(); ++domain) {
      const double below = WeightedSum(part, domain, denominator_);
      by_domain[domain] = below == 0 || IsUndefined(part.domains, domain)
                              ? kUndefined
                              : WeightedSum(part, domain, numerator_) / below;
    }
  }

  measures::IntervalForm form() const override {
    return options_.is_share ? measures::IntervalForm::kLogit : measures::IntervalForm::kSymmetric;
  }
  bool needs_order() const override { return false; }

 private:
  bool IsUndefined(const Domains& domains, uint32_t domain) const {
    return options_.undefined && std::ranges::any_of(domains.rows(domain), [this](uint32_t row) {
             return (*options_.undefined)[row];
           });
  }

  SharedColumn numerator_;
  SharedColumn denominator_;
  RatioOptions options_;
};

class Total final : public Statistic {
 public:
  explicit Total(SharedColumn column) : column_(std::move(column)) {}

  DomainEstimates Estimate(const Part& part) const override {
    if (column_) return part.estimator.Total(*column_);
    return part.estimator.Total(std::vector<double>(part.estimator.design().rows(), 1.0));
  }
  void Points(const Reweighted& part, std::span<double> by_domain) const override {
    for (uint32_t domain = 0; domain < by_domain.size(); ++domain) {
      by_domain[domain] = WeightedSum(part, domain, column_);
    }
  }
  bool needs_order() const override { return false; }

 private:
  SharedColumn column_;
};

// Calls `measure` for each domain that has a sample.
template <typename Measure>
void OnSamples(const Reweighted& part, std::span<double> by_domain, Measure measure) {
  std::vector<double> unused;
  for (uint32_t domain = 0; domain < by_domain.size(); ++domain) {
    const auto& sample = part.samples[domain];
    by_domain[domain] = kUndefined;
    if (!sample.ok()) continue;
    unused.assign(sample->size(), 0.0);
    const absl::StatusOr<double> value = measure(*sample, std::span<double>(unused));
    if (value.ok()) by_domain[domain] = *value;
  }
}

class Sorted : public Statistic {
 public:
  explicit Sorted(Linearised measure) : measure_(std::move(measure)) {}

  DomainEstimates Estimate(const Part& part) const override {
    return part.estimator.Measure(*part.samples, measure_, form());
  }
  void Points(const Reweighted& part, std::span<double> by_domain) const override {
    OnSamples(part, by_domain, measure_);
  }

 private:
  Linearised measure_;
};

// Bare estimates, where no error is known.
DomainEstimates WithoutErrors(DomainEstimates estimates) {
  for (auto& estimate : estimates) {
    if (!estimate.ok()) continue;
    estimate->standard_error.reset();
    estimate->lower.reset();
    estimate->upper.reset();
    estimate->design_effect.reset();
    estimate->cv.reset();
    estimate->quality = measures::Quality::kUnknown;
  }
  return estimates;
}

class Unlinearised final : public Sorted {
 public:
  using Sorted::Sorted;

  DomainEstimates Estimate(const Part& part) const override {
    return WithoutErrors(Sorted::Estimate(part));
  }
};

class UnderOwnLine final : public Statistic {
 public:
  UnderOwnLine(size_t line, LinearisedUnderLine measure, UnderLineOptions options)
      : line_(line), measure_(std::move(measure)), options_(options) {}

  DomainEstimates Estimate(const Part& part) const override {
    DomainEstimates estimates =
        part.estimator.MeasureUnderLine(*part.samples, *part.lines[line_], measure_, form());
    return options_.linearised ? std::move(estimates) : WithoutErrors(std::move(estimates));
  }
  void Points(const Reweighted& part, std::span<double> by_domain) const override {
    OnSamples(part, by_domain,
              [&](const SortedSample& sample, std::span<double> unused) -> absl::StatusOr<double> {
                SEPAKAT_ASSIGN_OR_RETURN(const measures::UnderLine value,
                                         measure_(sample, part.lines[line_], unused));
                return value.estimate;
              });
  }
  measures::IntervalForm form() const override {
    return options_.is_share ? measures::IntervalForm::kLogit : measures::IntervalForm::kSymmetric;
  }

 private:
  size_t line_;
  LinearisedUnderLine measure_;
  UnderLineOptions options_;
};

class Concentration final : public Statistic {
 public:
  Concentration(SharedColumn benefits, double share)
      : benefits_(std::move(benefits)), share_(share) {}

  DomainEstimates Estimate(const Part& part) const override {
    return part.estimator.MeasureByDomain(
        *part.samples,
        [&](uint32_t domain, const SortedSample& sample, std::span<double> influence) {
          return Of(sample, part.estimator.domains().rows(domain), influence);
        });
  }

  void Points(const Reweighted& part, std::span<double> by_domain) const override {
    std::vector<double> unused;
    for (uint32_t domain = 0; domain < by_domain.size(); ++domain) {
      by_domain[domain] = kUndefined;
      if (!part.samples[domain].ok()) continue;
      unused.resize(part.samples[domain]->size());
      const absl::StatusOr<double> value =
          Of(*part.samples[domain], part.domains.rows(domain), unused);
      if (value.ok()) by_domain[domain] = *value;
    }
  }

 private:
  absl::StatusOr<double> Of(const SortedSample& sample, std::span<const uint32_t> rows,
                            std::span<double> influence) const {
    std::vector<double> benefits;
    benefits.reserve(rows.size());
    for (const uint32_t row : rows) benefits.push_back((*benefits_)[row]);
    if (share_ == 0) return measures::LineariseConcentrationIndex(sample, benefits, influence);
    SEPAKAT_ASSIGN_OR_RETURN(const double held, measures::LineariseConcentrationShare(
                                                    sample, benefits, share_, influence));
    for (double& one : influence) one /= share_;
    return held / share_;
  }

  SharedColumn benefits_;
  double share_;
};

class Quantile final : public Statistic {
 public:
  Quantile(measures::Fraction level, measures::QuantileDefinition definition)
      : level_(level), definition_(definition) {}

  DomainEstimates Estimate(const Part& part) const override {
    DomainEstimates estimates = part.estimator.WoodruffQuantile(*part.samples, level_.value());
    for (uint32_t domain = 0; domain < estimates.size(); ++domain) {
      if (!estimates[domain].ok()) continue;
      const auto value = measures::Quantile(*part.samples->of(domain), level_, definition_);
      if (value.ok()) estimates[domain]->estimate = *value;
    }
    return estimates;
  }
  void Points(const Reweighted& part, std::span<double> by_domain) const override {
    OnSamples(part, by_domain, [this](const SortedSample& sample, std::span<double>) {
      return measures::Quantile(sample, level_, definition_);
    });
  }

 private:
  measures::Fraction level_;
  measures::QuantileDefinition definition_;
};

}  // namespace

StatisticPtr RatioStatistic(SharedColumn numerator, SharedColumn denominator,
                            RatioOptions options) {
  return std::make_unique<Ratio>(std::move(numerator), std::move(denominator), std::move(options));
}

StatisticPtr TotalStatistic(SharedColumn column) {
  return std::make_unique<Total>(std::move(column));
}

StatisticPtr SortedStatistic(Linearised measure) {
  return std::make_unique<Sorted>(std::move(measure));
}

StatisticPtr UnlinearisedStatistic(Linearised measure) {
  return std::make_unique<Unlinearised>(std::move(measure));
}

StatisticPtr UnderLineStatistic(size_t line, LinearisedUnderLine measure,
                                UnderLineOptions options) {
  return std::make_unique<UnderOwnLine>(line, std::move(measure), options);
}

StatisticPtr ConcentrationStatistic(SharedColumn benefits, double share) {
  return std::make_unique<Concentration>(std::move(benefits), share);
}

StatisticPtr LineStatistic(measures::RelativeLine rule) {
  return SortedStatistic([rule](const SortedSample& sample, std::span<double> influence) {
    return measures::LineariseRelativeLine(sample, rule, influence);
  });
}

StatisticPtr QuantileStatistic(measures::Fraction level, measures::QuantileDefinition definition) {
  return std::make_unique<Quantile>(level, definition);
}

}  // namespace sepakat::measure
