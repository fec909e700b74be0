#include "common/measures/fgt_sample.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"
#include "common/measures/log_ratio.h"

namespace sepakat::measures {

absl::StatusOr<Poverty> MeasurePoverty(Sample sample, const PovertyLines& lines) {
  SEPAKAT_RETURN_IF_ERROR(CheckPoverty(sample, lines));
  CompensatedSum weight, poor, gaps, squares, shortfall;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double w = sample.weights[i];
    weight.Add(w);
    const double missing = lines.at(i) - sample.values[i];
    if (missing <= 0) continue;
    const double gap = missing / lines.at(i);
    poor.Add(w);
    gaps.Add(w * gap);
    squares.Add(w * gap * gap);
    shortfall.Add(w * missing);
  }
  Poverty poverty;
  poverty.poor_weight = poor.value();
  poverty.total_weight = weight.value();
  poverty.shortfall = shortfall.value();
  poverty.fgt = {poor.value() / weight.value(), gaps.value() / weight.value(),
                 squares.value() / weight.value()};
  if (poor.value() > 0) poverty.gap_of_the_poor = gaps.value() / poor.value();
  return poverty;
}

absl::StatusOr<double> Watts(Sample sample, const PovertyLines& lines) {
  SEPAKAT_RETURN_IF_ERROR(CheckPoverty(sample, lines));
  CompensatedSum weight, logs;
  size_t without_log = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double w = sample.weights[i];
    weight.Add(w);
    if (sample.values[i] >= lines.at(i) || w == 0) continue;
    if (sample.values[i] <= 0) {
      ++without_log;
      continue;
    }
    logs.Add(-w * LogRatio(sample.values[i], lines.at(i)));
  }
  if (without_log > 0) {
    return Undefined(
        "NON_POSITIVE_POOR",
        fmt::format("{} of {} observations have a welfare of 0 or less, whose logarithm "
                    "the Watts index needs; leave them out by a stated rule, or use P2",
                    without_log, sample.size()));
  }
  return logs.value() / weight.value();
}

absl::StatusOr<double> Sen(const SortedSample& sample, double line, SenForm form) {
  SEPAKAT_RETURN_IF_ERROR(CheckLines(PovertyLines(line), sample.size()));
  const auto values = sample.values();
  const auto weights = sample.weights();
  const auto poor = static_cast<size_t>(std::ranges::lower_bound(values, line) - values.begin());
  const double q = poor == 0 ? 0.0 : sample.cumulative_weights()[poor - 1];
  if (q == 0) return 0.0;
  const double head = form == SenForm::kOriginal ? 1.0 : 0.0;
  CompensatedSum sum;
  // Counted from the least poor, so that the number of poorer persons is never a difference.
  CompensatedSum less_poor;
  for (size_t i = poor; i-- > 0;) {
    const double w = weights[i];
    sum.Add(w * (line - values[i]) * (less_poor.value() + (w + head) / 2));
    less_poor.Add(w);
  }
  return 2 * sum.value() / ((q + head) * sample.total_weight() * line);
}

absl::StatusOr<double> SenShorrocksThon(const SortedSample& sample, double line) {
  SEPAKAT_RETURN_IF_ERROR(CheckLines(PovertyLines(line), sample.size()));
  const auto values = sample.values();
  const auto weights = sample.weights();
  const double total = sample.total_weight();
  CompensatedSum sum;
  for (size_t i = 0; i < values.size() && values[i] < line; ++i) {
    const double w = weights[i];
    const double not_poorer = total - sample.cumulative_weights()[i] + w / 2;
    sum.Add(w * ((line - values[i]) / line) * not_poorer);
  }
  return 2 * sum.value() / (total * total);
}

}  // namespace sepakat::measures
