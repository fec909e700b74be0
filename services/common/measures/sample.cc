#include "common/measures/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

struct Ranked {
  double value;
  uint32_t position;
};

}  // namespace

absl::Status CheckSample(Sample sample) {
  if (sample.values.size() != sample.weights.size()) {
    return Invalid("LENGTH_MISMATCH",
                   fmt::format("{} values and {} weights; give one weight per value",
                               sample.values.size(), sample.weights.size()));
  }
  SEPAKAT_RETURN_IF_ERROR(CheckWeights(sample.weights));
  for (size_t i = 0; i < sample.size(); ++i) {
    if (std::isfinite(sample.values[i])) continue;
    return Invalid(
        "NOT_FINITE",
        fmt::format("row {}: the value is missing or infinite; leave such rows out before "
                    "measuring and report how many",
                    i + 1));
  }
  return absl::OkStatus();
}

absl::Status CheckWeights(std::span<const double> weights) {
  if (weights.empty()) {
    return Invalid("EMPTY_SAMPLE", "no observation; widen the domain or check the filter");
  }
  if (weights.size() > std::numeric_limits<uint32_t>::max()) {
    return Invalid("TOO_MANY_ROWS",
                   fmt::format("{} rows; a sample holds at most {}", weights.size(),
                               std::numeric_limits<uint32_t>::max()));
  }
  bool weighs = false;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i])) {
      return Invalid("NOT_FINITE", fmt::format("row {}: the weight is missing or infinite; leave "
                                               "such rows out before measuring and report how many",
                                               i + 1));
    }
    if (weights[i] < 0) {
      return Invalid(
          "NEGATIVE_WEIGHT",
          fmt::format("row {}: the weight is negative; correct it at the source", i + 1));
    }
    weighs = weighs || weights[i] > 0;
  }
  if (weighs) return absl::OkStatus();
  return Invalid("NO_WEIGHT",
                 fmt::format("all {} weights are 0; nobody is represented", weights.size()));
}

double TotalWeight(Sample sample) {
  CompensatedSum sum;
  for (const double w : sample.weights) sum.Add(w);
  return sum.value();
}

double Total(Sample sample) {
  CompensatedSum sum;
  for (size_t i = 0; i < sample.size(); ++i) sum.Add(sample.weights[i] * sample.values[i]);
  return sum.value();
}

double Mean(Sample sample) { return Total(sample) / TotalWeight(sample); }

SortedSample::SortedSample(Sample sample) {
  const size_t n = sample.size();
  std::vector<Ranked> ranked(n);
  for (size_t i = 0; i < n; ++i) ranked[i] = {sample.values[i], static_cast<uint32_t>(i)};
  std::ranges::sort(ranked, [](const Ranked& a, const Ranked& b) {
    return a.value != b.value ? a.value < b.value : a.position < b.position;
  });
  values_.resize(n);
  weights_.resize(n);
  cumulative_weights_.resize(n);
  cumulative_totals_.resize(n);
  order_.resize(n);
  CompensatedSum weight;
  CompensatedSum total;
  for (size_t i = 0; i < n; ++i) {
    order_[i] = ranked[i].position;
    values_[i] = ranked[i].value;
    weights_[i] = sample.weights[order_[i]];
    weight.Add(weights_[i]);
    total.Add(weights_[i] * values_[i]);
    cumulative_weights_[i] = weight.value();
    cumulative_totals_[i] = total.value();
  }
}

}  // namespace sepakat::measures
