#include "common/measures/quantile.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "common/measures/errors.h"

namespace sepakat::measures {

absl::StatusOr<double> QuantileOfLowest(const SortedSample& sample, size_t count, Fraction level,
                                        QuantileDefinition definition) {
  SEPAKAT_RETURN_IF_ERROR(CheckFraction(level));
  const auto values = sample.values();
  const auto below = sample.cumulative_weights().first(count);
  const double whole = below.back();
  const auto first_with = [&](auto reached) {
    return static_cast<size_t>(std::ranges::partition_point(below, std::not_fn(reached)) -
                               below.begin());
  };
  // At level 0 the first observation that weighs anything; above, the first that reaches the level.
  const size_t at = level.numerator == 0
                        ? first_with([](double c) { return c > 0; })
                        : first_with([&](double c) { return CompareShare(c, whole, level) >= 0; });
  if (definition == QuantileDefinition::kObserved || level.numerator == 0 ||
      CompareShare(below[at], whole, level) != 0) {
    return values[at];
  }
  const size_t next = first_with([&](double c) { return c > below[at]; });
  if (next == count) return values[at];
  if (definition == QuantileDefinition::kNextAtTies) return values[next];
  return (values[at] + values[next]) / 2;
}

absl::StatusOr<double> Quantile(const SortedSample& sample, Fraction level,
                                QuantileDefinition definition) {
  return QuantileOfLowest(sample, sample.size(), level, definition);
}

double Median(const SortedSample& sample, QuantileDefinition definition) {
  return *Quantile(sample, {1, 2}, definition);
}

absl::StatusOr<std::vector<uint32_t>> QuantileGroups(const SortedSample& sample, uint32_t groups) {
  if (groups == 0 || groups > 1'000'000) {
    return Invalid("BAD_GROUPS", fmt::format("{} groups; choose 1 to 1000000", groups));
  }
  std::vector<uint32_t> group_of(sample.size());
  const double whole = sample.total_weight();
  uint32_t group = 1;
  double before = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    while (group < groups && CompareShare(before, whole, {group, groups}) >= 0) ++group;
    group_of[sample.order()[i]] = group;
    before = sample.cumulative_weights()[i];
  }
  return group_of;
}

}  // namespace sepakat::measures
