#include "sepakat/measure/evaluation.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <numeric>

#include "common/base/status.h"
#include "common/measures/survey/linearise_quantile.h"
#include "sepakat/measure/dense_codes.h"

namespace sepakat::measure {
namespace {

using measures::Design;
using measures::DomainEstimates;
using measures::DomainEstimator;
using measures::Domains;
using measures::DomainSamples;
using measures::SortedSample;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
static_assert(kUnknownGroup == Domains::kOutside);

// Lines that the survey itself gives, estimated from everybody.
absl::StatusOr<std::vector<std::optional<measures::EstimatedLine>>> EstimateLines(
    const Plan& plan, const Design& design) {
  std::vector<std::optional<measures::EstimatedLine>> lines(plan.lines().size());
  std::unique_ptr<Domains> everybody;
  std::unique_ptr<DomainEstimator> estimator;
  std::optional<DomainSamples> samples;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!plan.lines()[i].is_relative()) continue;
    if (!samples) {
      const Universe& universe = plan.universes()[plan.WelfareUniverseNumber()];
      everybody = std::make_unique<Domains>(Domains::Whole(design.rows()).Only(universe.keep));
      estimator = std::make_unique<DomainEstimator>(design, *everybody);
      SEPAKAT_ASSIGN_OR_RETURN(samples,
                               DomainSamples::Create(design, *everybody, *universe.values));
    }
    SEPAKAT_ASSIGN_OR_RETURN(
        lines[i],
        measures::EstimateLine(*estimator, *samples,
                               [&](const SortedSample& sample, std::span<double> influence) {
                                 return measures::LineariseRelativeLine(
                                     sample, plan.lines()[i].spec.relative, influence);
                               }));
  }
  return lines;
}

// Errors of all statistics of one part by measuring again.
class Replication {
 public:
  // `column`: what samples sort, by row; not read without samples.
  Replication(const Plan& plan, const DomainEstimator& estimator, const DomainSamples* samples,
              std::span<const double> column, std::vector<const Statistic*> statistics)
      : plan_(plan),
        estimator_(estimator),
        samples_(samples),
        column_(column),
        statistics_(std::move(statistics)) {
    for (size_t line = 0; line < plan.lines().size(); ++line) {
      if (plan.lines()[line].is_relative()) relative_.push_back(line);
    }
  }

  // Statistic after statistic, each with one variance per domain.
  std::vector<std::optional<double>> Variances(const measures::ReplicateWeights& replicates) {
    return measures::ReplicateVariances(
        replicates, [this](std::span<const double> weights) { return Measure(weights); },
        measures::ReplicateCentre::kMeanOfReplicates);
  }

 private:
  std::vector<double> Measure(std::span<const double> weights) {
    const Domains& domains = estimator_.domains();
    std::vector<absl::StatusOr<SortedSample>> reweighted;
    for (uint32_t domain = 0; samples_ != nullptr && domain < domains.count(); ++domain) {
      const auto& sample = samples_->of(domain);
      if (!sample.ok()) {
        reweighted.emplace_back(sample.status());
        continue;
      }
      const auto rows = domains.rows(domain);
      own_.clear();
      values_.clear();
      for (const uint32_t row : rows) {
        own_.push_back(weights[row]);
        values_.push_back(column_[row]);
      }
      const bool any = std::ranges::any_of(own_, [](double weight) { return weight > 0; });
      if (any) {
        reweighted.emplace_back(SortedSample({values_, own_}));
      } else {
        reweighted.emplace_back(absl::FailedPreconditionError("no weight"));
      }
    }
    const std::vector<double> lines = Lines(weights);
    const Reweighted part{domains, weights, reweighted, lines};
    std::vector<double> values(statistics_.size() * domains.count(), kUndefined);
    for (size_t i = 0; i < statistics_.size(); ++i) {
      statistics_[i]->Points(part, std::span(values).subspan(i * domains.count(), domains.count()));
    }
    return values;
  }

  std::vector<double> Lines(std::span<const double> weights) {
    std::vector<double> lines(plan_.lines().size(), kUndefined);
    if (relative_.empty()) return lines;
    const Universe& universe = plan_.universes()[plan_.WelfareUniverseNumber()];
    own_.clear();
    values_.clear();
    for (size_t row = 0; row < universe.keep.size(); ++row) {
      if (!universe.keep[row]) continue;
      values_.push_back((*universe.values)[row]);
      own_.push_back(weights[row]);
    }
    const SortedSample everybody({values_, own_});
    for (const size_t line : relative_) {
      const auto value = measures::LineOf(everybody, plan_.lines()[line].spec.relative);
      if (value.ok()) lines[line] = *value;
    }
    return lines;
  }

  const Plan& plan_;
  const DomainEstimator& estimator_;
  const DomainSamples* samples_;
  std::span<const double> column_;
  std::vector<const Statistic*> statistics_;
  std::vector<size_t> relative_;
  std::vector<double> own_;
  std::vector<double> values_;
};

// Figures of one universe of one breakdown, by number of the planned figure.
class PartRun {
 public:
  PartRun(const Plan& plan, const Design& design, size_t universe, const Split& split,
          const EvaluationOptions& options)
      : plan_(plan),
        options_(options),
        universe_(plan.universes()[universe]),
        domains_(Domains(split.labels, static_cast<uint32_t>(split.domains.size()))
                     .Only(universe_.keep)),
        estimator_(design, domains_, options.estimates) {
    for (size_t i = 0; i < plan.figures().size(); ++i) {
      if (plan.figures()[i].universe == universe) numbers_.push_back(i);
    }
  }

  const std::vector<size_t>& numbers() const { return numbers_; }

  absl::StatusOr<std::vector<DomainEstimates>> Run(
      const std::vector<std::optional<measures::EstimatedLine>>& lines) {
    std::optional<DomainSamples> samples;
    if (universe_.values && std::ranges::any_of(numbers_, [this](size_t i) {
          return plan_.figures()[i].statistic->needs_order();
        })) {
      SEPAKAT_ASSIGN_OR_RETURN(
          samples, DomainSamples::Create(estimator_.design(), domains_, *universe_.values));
    }
    const Part part{estimator_, samples ? &*samples : nullptr, lines};
    std::vector<DomainEstimates> results;
    std::vector<const Statistic*> statistics;
    for (const size_t i : numbers_) {
      statistics.push_back(plan_.figures()[i].statistic.get());
      results.push_back(statistics.back()->Estimate(part));
    }
    if (options_.replicates != nullptr) {
      const std::span<const double> column =
          universe_.values ? std::span<const double>(*universe_.values) : std::span<const double>();
      Replication replication(plan_, estimator_, part.samples, column, statistics);
      TakeErrors(replication.Variances(*options_.replicates), statistics, &results);
    } else if (options_.symmetric_intervals) {
      for (DomainEstimates& estimates : results) MakeSymmetric(&estimates);
    }
    return results;
  }

 private:
  measures::IntervalForm FormOf(const Statistic& statistic) const {
    return options_.symmetric_intervals ? measures::IntervalForm::kSymmetric : statistic.form();
  }

  void TakeErrors(const std::vector<std::optional<double>>& variances,
                  const std::vector<const Statistic*>& statistics,
                  std::vector<DomainEstimates>* results) const {
    for (size_t i = 0; i < results->size(); ++i) {
      for (uint32_t domain = 0; domain < domains_.count(); ++domain) {
        auto& estimate = (*results)[i][domain];
        if (!estimate.ok()) continue;
        const measures::DomainSupport& support = estimator_.support()[domain];
        estimate = measures::MakeEstimate(estimate->estimate,
                                          variances[i * domains_.count() + domain], std::nullopt,
                                          support, options_.replicates->df().value_or(support.df()),
                                          FormOf(*statistics[i]), options_.estimates);
      }
    }
  }

  void MakeSymmetric(DomainEstimates* estimates) const {
    for (uint32_t domain = 0; domain < estimates->size(); ++domain) {
      auto& estimate = (*estimates)[domain];
      if (!estimate.ok() || !estimate->standard_error) continue;
      const double variance = *estimate->standard_error * *estimate->standard_error;
      const std::optional<double> effect = estimate->design_effect;
      estimate = measures::MakeEstimate(estimate->estimate, variance, std::nullopt,
                                        estimator_.support()[domain], estimate->design_df,
                                        measures::IntervalForm::kSymmetric, options_.estimates);
      estimate->design_effect = effect;
    }
  }

  const Plan& plan_;
  const EvaluationOptions& options_;
  const Universe& universe_;
  Domains domains_;
  DomainEstimator estimator_;
  std::vector<size_t> numbers_;
};

}  // namespace

Split SplitBy(const Frame& frame, const Breakdown& by) {
  Split split;
  if (by.empty()) {
    split.domains.emplace_back();
    split.labels.assign(frame.size(), 0);
    return split;
  }
  for (size_t i = 0; i < by.size(); ++i) {
    const Groups groups = frame.GroupsOf(by[i]);
    const auto part = [&](uint32_t key) {
      return DomainPart{by[i].text, groups.keys[key].value, groups.keys[key].label};
    };
    if (i == 0) {
      split.labels = groups.labels;
      for (uint32_t key = 0; key < groups.keys.size(); ++key) split.domains.push_back({part(key)});
      continue;
    }
    const DenseCodes both = Combine(split.labels, groups.labels);
    // Combinations that occur, in the order of their parts.
    std::vector<uint32_t> order(both.pairs.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&both](uint32_t pair) { return both.pairs[pair]; });
    std::vector<uint32_t> place(both.pairs.size(), kUnknownGroup);
    std::vector<Domain> domains;
    for (const uint32_t pair : order) {
      const auto [before, key] = both.pairs[pair];
      if (before == kUnknownGroup || key == kUnknownGroup) continue;
      place[pair] = static_cast<uint32_t>(domains.size());
      domains.push_back(split.domains[before]);
      domains.back().push_back(part(key));
    }
    split.domains = std::move(domains);
    for (size_t row = 0; row < split.labels.size(); ++row) {
      split.labels[row] = place[both.codes[row]];
    }
  }
  return split;
}

absl::StatusOr<std::vector<BreakdownFigures>> Evaluate(const Plan& plan, const Design& design,
                                                       const std::vector<Breakdown>& breakdowns,
                                                       const EvaluationOptions& options) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto lines, EstimateLines(plan, design));
  std::vector<BreakdownFigures> all;
  for (const Breakdown& by : breakdowns) {
    const Split split = SplitBy(plan.frame(), by);
    BreakdownFigures figures{.by = by, .domains = split.domains};
    for (size_t row = 0; row < split.labels.size(); ++row) {
      if (split.labels[row] != kUnknownGroup || !plan.rules().only[row]) continue;
      ++figures.unknown;
      figures.unknown_weight += plan.frame().weights()[row];
    }
    const size_t count = split.domains.size();
    figures.figures.resize(plan.figures().size() * count);
    for (size_t universe = 0; universe < plan.universes().size(); ++universe) {
      PartRun run(plan, design, universe, split, options);
      if (run.numbers().empty()) continue;
      SEPAKAT_ASSIGN_OR_RETURN(std::vector<DomainEstimates> results, run.Run(lines));
      for (size_t i = 0; i < results.size(); ++i) {
        const size_t number = run.numbers()[i];
        for (size_t domain = 0; domain < count; ++domain) {
          figures.figures[number * count + domain] = {
              plan.figures()[number].subject, split.domains[domain], std::move(results[i][domain])};
        }
      }
    }
    all.push_back(std::move(figures));
  }
  return all;
}

}  // namespace sepakat::measure
