#include "common/measures/dominance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

constexpr double kRounding = 1e-12;

// Walks both samples over their values together.
class JointWalk {
 public:
  JointWalk(const SortedSample& first, const SortedSample& second)
      : first_(first), second_(second) {}

  bool AtEnd() const { return i_ == first_.size() && j_ == second_.size(); }
  // The next value of either; infinity at the end.
  double Next() const { return std::min(Value(first_, i_), Value(second_, j_)); }
  // Takes in everything at Next().
  void Advance() {
    const double value = Next();
    while (Value(first_, i_) == value && i_ < first_.size()) ++i_;
    while (Value(second_, j_) == value && j_ < second_.size()) ++j_;
  }
  // Difference of the shares taken in, first minus second.
  double Difference() const {
    const double difference = Share(first_, i_) - Share(second_, j_);
    return std::abs(difference) <= kRounding ? 0 : difference;
  }

 private:
  static double Value(const SortedSample& sample, size_t at) {
    return at == sample.size() ? std::numeric_limits<double>::infinity() : sample.values()[at];
  }
  static double Share(const SortedSample& sample, size_t count) {
    return count == 0 ? 0 : sample.cumulative_weights()[count - 1] / sample.total_weight();
  }

  const SortedSample& first_;
  const SortedSample& second_;
  size_t i_ = 0;
  size_t j_ = 0;
};

// Gathers the ordering from differences of poverty, first minus second, at ascending lines.
class OrderingRecord {
 public:
  // The difference holds just above `line`; the last sign other than 0 held up to it.
  void Add(double line, double difference) {
    if (difference == 0) return;
    const Ordering here = difference > 0 ? Ordering::kSecondHasLess : Ordering::kFirstHasLess;
    if (last_ != Ordering::kEqual && here != last_) result_.crossings.push_back({line, here});
    last_ = here;
  }

  Dominance Take() {
    result_.ordering = result_.crossings.empty() ? last_ : Ordering::kCrossing;
    return std::move(result_);
  }

 private:
  Dominance result_;
  Ordering last_ = Ordering::kEqual;
};

Dominance CompareShares(JointWalk walk, LineRange lines) {
  OrderingRecord record;
  while (!walk.AtEnd()) {
    const double from = walk.Next();
    walk.Advance();
    // F is constant for lines above `from` up to and including the next value.
    if (from < lines.highest && walk.Next() >= lines.lowest) record.Add(from, walk.Difference());
  }
  return record.Take();
}

Dominance CompareShortfalls(JointWalk walk, LineRange lines, double scale) {
  OrderingRecord record;
  CompensatedSum shortfall;
  const auto rounded = [scale](double difference) {
    return std::abs(difference) <= kRounding * scale ? 0 : difference;
  };
  while (!walk.AtEnd()) {
    const double from = walk.Next();
    walk.Advance();
    const double slope = walk.Difference();
    const double until = walk.AtEnd() ? from : walk.Next();
    const double start = std::max(from, lines.lowest);
    const double end = std::min(until, lines.highest);
    if (start <= end) {
      const double at_start = rounded(shortfall.value() + slope * (start - from));
      const double at_end = rounded(shortfall.value() + slope * (end - from));
      record.Add(start, at_start);
      const bool turns = at_start != 0 && (at_start > 0) != (at_end > 0);
      record.Add(turns ? start + (end - start) * at_start / (at_start - at_end) : start, at_end);
    } else if (walk.AtEnd() && lines.lowest > from) {
      // Every line lies above all values: shortfalls differ by the difference of the means.
      record.Add(lines.lowest, rounded(shortfall.value()));
    }
    shortfall.Add(slope * (until - from));
  }
  return record.Take();
}

}  // namespace

absl::StatusOr<Dominance> CompareDistributions(const SortedSample& first,
                                               const SortedSample& second, DominanceOrder order,
                                               LineRange lines) {
  if (!(lines.lowest <= lines.highest)) {
    return Invalid("BAD_RANGE", fmt::format("the range of lines {} to {} is empty", lines.lowest,
                                            lines.highest));
  }
  const JointWalk walk(first, second);
  if (order == DominanceOrder::kFirst) return CompareShares(walk, lines);
  double scale = 0;
  for (const double end : {first.values().front(), first.values().back(), second.values().front(),
                           second.values().back(), lines.lowest, lines.highest}) {
    if (std::isfinite(end)) scale = std::max(scale, std::abs(end));
  }
  return CompareShortfalls(walk, lines, scale);
}

}  // namespace sepakat::measures
