#include "common/measures/survey/replicate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

absl::Status CheckSingle(const Design& design) {
  const SinglePsu rule = design.rules().single_psu;
  if (rule == SinglePsu::kFail || rule == SinglePsu::kCertainty) return absl::OkStatus();
  const int64_t single = design.single_psu_strata();
  if (single == 0) return absl::OkStatus();
  return Undefined("SINGLE_PSU",
                   fmt::format("{} strata have one primary unit, which cannot be resampled; choose "
                               "the rule certainty, or errors by linearisation",
                               single));
}

// A uniform number below `end`. Bits that would favour the small ones are drawn again.
uint32_t Below(uint32_t end, absl::FunctionRef<uint64_t()> random) {
  const uint64_t unfair = -uint64_t{end} % end;  // 2^64 mod end
  uint64_t bits = random();
  while (bits < unfair) bits = random();
  return static_cast<uint32_t>(bits % end);
}

bool IsResampled(const Design::Cell& cell) { return !cell.census && cell.units > 1; }

}  // namespace

ReplicateWeights::ReplicateWeights(const Design& design)
    : base_(design.weights().begin(), design.weights().end()),
      psu_of_row_(design.rows()),
      psus_(static_cast<uint32_t>(design.psus())) {
  const auto& begin = design.levels()[0].unit_begin;
  for (uint32_t unit = 0; unit < psus_; ++unit) {
    for (uint32_t at = begin[unit]; at < begin[unit + 1]; ++at) {
      psu_of_row_[design.order()[at]] = unit;
    }
  }
}

absl::StatusOr<ReplicateWeights> ReplicateWeights::Jk1(const Design& design) {
  if (design.strata() > 1) {
    return Undefined("STRATIFIED",
                     "a jackknife over all primary units ignores the strata and overstates the "
                     "error; use JKn");
  }
  return Jackknife(design);
}

absl::StatusOr<ReplicateWeights> ReplicateWeights::Jkn(const Design& design) {
  return Jackknife(design);
}

absl::StatusOr<ReplicateWeights> ReplicateWeights::Jackknife(const Design& design) {
  SEPAKAT_RETURN_IF_ERROR(CheckSingle(design));
  ReplicateWeights result(design);
  for (const Design::Cell& cell : design.levels()[0].cells) {
    if (!IsResampled(cell)) continue;
    const double n = cell.units;
    for (uint32_t dropped = 0; dropped < cell.units; ++dropped) {
      result.deletions_.push_back({cell.first_unit, cell.units, cell.first_unit + dropped});
      result.replicate_scales_.push_back((n - 1) / n * (1 - cell.sampled_fraction));
    }
  }
  return result;
}

absl::StatusOr<ReplicateWeights> ReplicateWeights::BootstrapFrom(const Design& design,
                                                                 int replicates,
                                                                 RandomBits random) {
  if (replicates < 2) {
    return Invalid("BAD_REPLICATES",
                   fmt::format("{} replicates give no spread; 200 and more are usual", replicates));
  }
  SEPAKAT_RETURN_IF_ERROR(CheckSingle(design));
  ReplicateWeights result(design);
  result.factors_.assign(static_cast<size_t>(replicates) * result.psus_, 1.0);
  result.scale_ = 1.0 / (replicates - 1);
  result.replicate_scales_.assign(static_cast<size_t>(replicates), 1.0);
  std::vector<uint32_t> drawn;
  for (int r = 0; r < replicates; ++r) {
    double* factors = result.factors_.data() + static_cast<size_t>(r) * result.psus_;
    for (const Design::Cell& cell : design.levels()[0].cells) {
      if (!IsResampled(cell)) continue;
      drawn.assign(cell.units, 0);
      for (uint32_t i = 0; i + 1 < cell.units; ++i) ++drawn[Below(cell.units, random)];
      const double l = std::sqrt(1 - cell.sampled_fraction);
      const double per_draw = cell.units / (cell.units - 1.0);
      for (uint32_t i = 0; i < cell.units; ++i) {
        factors[cell.first_unit + i] = 1 - l + l * drawn[i] * per_draw;
      }
    }
  }
  return result;
}

absl::StatusOr<ReplicateWeights> ReplicateWeights::Given(const Design& design,
                                                         std::vector<std::vector<double>> columns,
                                                         double scale,
                                                         std::vector<double> replicate_scales) {
  if (columns.size() < 2 || !(scale > 0) || !std::isfinite(scale)) {
    return Invalid("BAD_REPLICATES",
                   fmt::format("{} columns with scale {}; two columns and a scale above 0 are the "
                               "least",
                               columns.size(), scale));
  }
  if (replicate_scales.empty()) replicate_scales.assign(columns.size(), 1.0);
  if (replicate_scales.size() != columns.size()) {
    return Invalid("LENGTH_MISMATCH", fmt::format("{} scales for {} columns",
                                                  replicate_scales.size(), columns.size()));
  }
  for (size_t r = 0; r < columns.size(); ++r) {
    if (columns[r].size() != design.rows()) {
      return Invalid("LENGTH_MISMATCH", fmt::format("replicate {} has {} weights for {} rows",
                                                    r + 1, columns[r].size(), design.rows()));
    }
    if (!(replicate_scales[r] >= 0) || !std::isfinite(replicate_scales[r])) {
      return Invalid("BAD_REPLICATES",
                     fmt::format("replicate {} has the scale {}", r + 1, replicate_scales[r]));
    }
    for (size_t row = 0; row < columns[r].size(); ++row) {
      if (!std::isfinite(columns[r][row])) {
        return Invalid("NOT_FINITE",
                       fmt::format("replicate {}, row {}: the weight is missing", r + 1, row + 1));
      }
      if (columns[r][row] < 0) {
        return Invalid("NEGATIVE_WEIGHT",
                       fmt::format("replicate {}, row {}: the weight is negative", r + 1, row + 1));
      }
    }
  }
  ReplicateWeights result(design);
  result.given_ = std::move(columns);
  result.scale_ = scale;
  result.replicate_scales_ = std::move(replicate_scales);
  result.df_ = static_cast<double>(result.given_.size()) - 1;
  return result;
}

void ReplicateWeights::Fill(size_t r, std::span<double> weights) const {
  if (!given_.empty()) {
    std::ranges::copy(given_[r], weights.begin());
    return;
  }
  if (!factors_.empty()) {
    const double* factors = factors_.data() + r * psus_;
    for (size_t row = 0; row < base_.size(); ++row) {
      weights[row] = base_[row] * factors[psu_of_row_[row]];
    }
    return;
  }
  const Deletion& deletion = deletions_[r];
  const double others = deletion.units / (deletion.units - 1.0);
  for (size_t row = 0; row < base_.size(); ++row) {
    const uint32_t psu = psu_of_row_[row];
    const bool in_stratum = psu - deletion.first < deletion.units;
    weights[row] = base_[row] * (!in_stratum ? 1.0 : psu == deletion.dropped ? 0.0 : others);
  }
}

std::vector<std::optional<double>> ReplicateVariances(const ReplicateWeights& replicates,
                                                      Remeasure measure, ReplicateCentre centre) {
  const std::vector<double> estimates = measure(replicates.base());
  std::vector<std::vector<double>> moved;
  std::vector<double> weights(replicates.base().size());
  for (size_t r = 0; r < replicates.count(); ++r) {
    replicates.Fill(r, weights);
    moved.push_back(measure(weights));
  }
  std::vector<std::optional<double>> variances;
  for (size_t i = 0; i < estimates.size(); ++i) {
    double sum = 0;
    int counted = 0;
    for (size_t r = 0; r < moved.size(); ++r) {
      if (std::isnan(moved[r][i]) || replicates.replicate_scales()[r] == 0) continue;
      sum += moved[r][i];
      ++counted;
    }
    if (counted < 2 || std::isnan(estimates[i])) {
      variances.emplace_back();
      continue;
    }
    const double from = centre == ReplicateCentre::kEstimate ? estimates[i] : sum / counted;
    double variance = 0;
    for (size_t r = 0; r < moved.size(); ++r) {
      if (std::isnan(moved[r][i])) continue;
      variance += replicates.replicate_scales()[r] * (moved[r][i] - from) * (moved[r][i] - from);
    }
    variances.emplace_back(replicates.scale() * variance);
  }
  return variances;
}

DomainEstimates EstimateByReplicates(const DomainEstimator& estimator,
                                     const ReplicateWeights& replicates, Remeasure measure,
                                     ReplicateCentre centre, IntervalForm form) {
  const std::vector<double> values = measure(replicates.base());
  const auto variances = ReplicateVariances(replicates, measure, centre);
  DomainEstimates estimates;
  for (uint32_t domain = 0; domain < values.size(); ++domain) {
    if (std::isnan(values[domain])) {
      estimates.emplace_back(Undefined("UNDEFINED", "the measure has no value in this domain"));
      continue;
    }
    const DomainSupport& support = estimator.support()[domain];
    estimates.emplace_back(MakeEstimate(values[domain], variances[domain], std::nullopt, support,
                                        replicates.df().value_or(estimator.df(domain)), form,
                                        estimator.options()));
  }
  return estimates;
}

}  // namespace sepakat::measures
