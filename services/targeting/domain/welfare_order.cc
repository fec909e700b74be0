#include "targeting/domain/welfare_order.h"

#include <algorithm>

namespace sepakat::targeting {

using base::Int128;
using base::UInt128;
using measures::Ratio;

WelfareEntry::WelfareEntry(int64_t welfare, int64_t size, int64_t family_weight) {
  const auto weight = static_cast<uint64_t>(family_weight);
  const uint64_t high =
      static_cast<uint64_t>(welfare) << 16 | static_cast<uint64_t>(size) << 8 | weight >> 28;
  words_ = {static_cast<uint32_t>(high >> 32), static_cast<uint32_t>(high),
            static_cast<uint32_t>(weight & 0xfffffff)};
}

WelfareOrder::WelfareOrder(std::vector<WelfareEntry> entries) {
  std::ranges::sort(entries);
  tree_.Assign(entries);
  WelfareSums below;
  for (const WelfareEntry& entry : entries) {
    const Int128 distance = Int128{below.person_weight} * entry.welfare() - below.welfare;
    spread_ += static_cast<UInt128>(entry.person_weight()) * static_cast<UInt128>(distance);
    below += entry;
  }
}

UInt128 WelfareOrder::Spread(const WelfareEntry& entry) const {
  const WelfareSums below = tree_.Before(entry.welfare());
  const WelfareSums& all = tree_.total();
  // Those at the same welfare stand among the rest, where they add and take the same.
  const Int128 welfare = entry.welfare();
  const Int128 distance = welfare * below.person_weight - below.welfare +
                          (all.welfare - below.welfare) -
                          welfare * (all.person_weight - below.person_weight);
  return static_cast<UInt128>(entry.person_weight()) * static_cast<UInt128>(distance);
}

void WelfareOrder::Insert(const WelfareEntry& entry) {
  spread_ += Spread(entry);
  tree_.Insert(entry);
}

void WelfareOrder::Erase(const WelfareEntry& entry) {
  tree_.Erase(entry);
  spread_ -= Spread(entry);
}

Ratio WelfareOrder::Gini() const {
  const WelfareSums& all = tree_.total();
  Int128 denominator = 0;
  if (__builtin_mul_overflow(Int128{all.person_weight}, all.welfare, &denominator)) return {};
  if (denominator == 0) return {};
  return {static_cast<Int128>(spread_), denominator};
}

Ratio WelfareOrder::LorenzShare(int64_t numerator, int64_t denominator) const {
  const WelfareSums& all = tree_.total();
  Int128 whole = 0;
  if (all.welfare == 0 || __builtin_mul_overflow(all.welfare, Int128{denominator}, &whole)) {
    return {};
  }
  const Int128 cut = Int128{numerator} * all.person_weight;
  const auto found = tree_.FirstWhere(
      [&](const WelfareSums& sums) { return Int128{denominator} * sums.person_weight >= cut; });
  const Int128 part = cut - Int128{denominator} * found->before.person_weight;
  return {found->before.welfare * denominator + part * found->entry.welfare(), whole};
}

std::optional<int64_t> WelfareOrder::Quantile(int64_t numerator, int64_t denominator) const {
  const WelfareSums& all = tree_.total();
  if (all.families == 0) return std::nullopt;
  const Int128 cut = Int128{numerator} * all.person_weight;
  return tree_
      .FirstWhere(
          [&](const WelfareSums& sums) { return Int128{denominator} * sums.person_weight >= cut; })
      ->entry.welfare();
}

}  // namespace sepakat::targeting
