#include "targeting/domain/welfare_order.h"

#include <algorithm>
#include <limits>

namespace sepakat::targeting {

using base::Int128;
using base::UInt128;
using measures::Ratio;

bool WelfareOrder::Narrow::Holds(const WelfareEntry& entry) {
  constexpr int64_t kMost = std::numeric_limits<uint32_t>::max();
  return entry.welfare <= kMost && entry.person_weight <= kMost;
}

WelfareOrder::Narrow WelfareOrder::Narrow::Of(const WelfareEntry& entry) {
  return {static_cast<uint32_t>(entry.welfare), static_cast<uint32_t>(entry.person_weight)};
}

WelfareEntry WelfareOrder::Narrow::entry() const { return {welfare_part, 1, weight_part}; }

WelfareOrder::Wide WelfareOrder::Wide::Of(const WelfareEntry& entry) {
  const auto welfare = static_cast<uint64_t>(entry.welfare);
  const auto weight = static_cast<uint64_t>(entry.person_weight);
  return {{static_cast<uint32_t>(welfare >> 16),
           static_cast<uint32_t>((welfare & 0xffff) << 16 | weight >> 20),
           static_cast<uint32_t>(weight & 0xfffff)}};
}

WelfareEntry WelfareOrder::Wide::entry() const {
  return {welfare(), 1, static_cast<int64_t>(uint64_t{words[1] & 0xffff} << 20 | words[2])};
}

WelfareOrder::WelfareOrder(std::vector<WelfareEntry> entries) {
  std::ranges::sort(entries);
  *this = FromSorted(entries);
}

WelfareOrder WelfareOrder::FromSorted(std::span<const WelfareEntry> entries) {
  WelfareOrder order;
  if (!std::ranges::all_of(entries, Narrow::Holds)) order.Widen();
  std::visit(
      [&]<typename Packed>(Tree<Packed>& tree) {
        tree.Build(entries.size(), tree.kDense,
                   [at = entries.begin()]() mutable { return Packed::Of(*at++); });
      },
      order.tree_);
  WelfareSums below;
  for (const WelfareEntry& entry : entries) {
    const Int128 distance = Int128{below.person_weight} * entry.welfare - below.welfare;
    order.spread_ += static_cast<UInt128>(entry.person_weight) * static_cast<UInt128>(distance);
    below += WelfareSums::Of(entry);
  }
  return order;
}

const WelfareSums& WelfareOrder::total() const {
  return std::visit([](const auto& tree) -> const WelfareSums& { return tree.total(); }, tree_);
}

size_t WelfareOrder::MemoryBytes() const {
  return std::visit([](const auto& tree) { return tree.MemoryBytes(); }, tree_);
}

void WelfareOrder::Compact() {
  std::visit([](auto& tree) { tree.Compact(); }, tree_);
}

void WelfareOrder::Widen() {
  const auto* narrow = std::get_if<Tree<Narrow>>(&tree_);
  if (narrow == nullptr) return;
  std::vector<Wide> entries;
  entries.reserve(narrow->size());
  narrow->WalkAll([&](const Narrow& packed) { entries.push_back(Wide::Of(packed.entry())); });
  Tree<Wide> wide;
  wide.Assign(entries);
  tree_ = std::move(wide);
}

// Those at the same welfare stand among the rest, where they add and take the same.
UInt128 WelfareOrder::Spread(const WelfareEntry& entry, const WelfareSums& below) const {
  const WelfareSums& all = total();
  const Int128 welfare = entry.welfare;
  const Int128 distance = welfare * below.person_weight - below.welfare +
                          (all.welfare - below.welfare) -
                          welfare * (all.person_weight - below.person_weight);
  return static_cast<UInt128>(entry.person_weight) * static_cast<UInt128>(distance);
}

void WelfareOrder::Insert(const WelfareEntry& entry) {
  if (!Narrow::Holds(entry)) Widen();
  std::visit(
      [&]<typename Packed>(Tree<Packed>& tree) {
        spread_ += Spread(entry, tree.Before(entry.welfare));
        tree.Insert(Packed::Of(entry));
      },
      tree_);
}

void WelfareOrder::Erase(const WelfareEntry& entry) {
  std::visit(
      [&]<typename Packed>(Tree<Packed>& tree) {
        tree.Erase(Packed::Of(entry));
        spread_ -= Spread(entry, tree.Before(entry.welfare));
      },
      tree_);
}

template <typename Packed>
void WelfareOrder::ChangeTree(std::span<const WelfareChange> changes, Tree<Packed>* tree) {
  std::vector<Packed> removed;
  std::vector<Packed> inserted;
  for (const WelfareChange& change : changes) {
    (change.sign < 0 ? removed : inserted).push_back(Packed::Of(change.entry));
  }
  tree->Change(removed, inserted);
}

void WelfareOrder::Change(std::span<const WelfareChange> changes) {
  if (!std::ranges::all_of(changes, Narrow::Holds, &WelfareChange::entry)) Widen();
  std::vector<int64_t> bounds;
  bounds.reserve(changes.size());
  for (const WelfareChange& change : changes) bounds.push_back(change.entry.welfare);
  const auto add = [this](int sign, UInt128 part) { sign > 0 ? spread_ += part : spread_ -= part; };
  // The changes towards each other, in the order of welfare, and towards those who stand here.
  WelfareSums among;
  const auto add_change = [&](size_t i, const WelfareSums& below) {
    const auto& [entry, sign] = changes[i];
    const Int128 distance = Int128{among.person_weight} * entry.welfare - among.welfare;
    add(sign, static_cast<UInt128>(entry.person_weight) * static_cast<UInt128>(distance));
    add(sign, Spread(entry, below));
    among.Add(WelfareSums::Of(entry), sign);
  };
  std::visit(
      [&](auto& tree) {
        tree.BeforeEach(std::span<const int64_t>(bounds), add_change);
        ChangeTree(changes, &tree);
      },
      tree_);
}

Ratio WelfareOrder::Gini() const {
  const WelfareSums& all = total();
  Int128 denominator = 0;
  if (__builtin_mul_overflow(Int128{all.person_weight}, all.welfare, &denominator)) return {};
  if (denominator == 0) return {};
  return {static_cast<Int128>(spread_), denominator};
}

Ratio WelfareOrder::LorenzShare(int64_t numerator, int64_t denominator) const {
  const WelfareSums& all = total();
  Int128 whole = 0;
  if (all.welfare == 0 || __builtin_mul_overflow(all.welfare, Int128{denominator}, &whole)) {
    return {};
  }
  const Int128 cut = Int128{numerator} * all.person_weight;
  return std::visit(
      [&](const auto& tree) -> Ratio {
        const auto found = tree.FirstWhere([&](const WelfareSums& sums) {
          return Int128{denominator} * sums.person_weight >= cut;
        });
        const Int128 part = cut - Int128{denominator} * found->before.person_weight;
        return {found->before.welfare * denominator + part * found->entry.welfare(), whole};
      },
      tree_);
}

std::optional<int64_t> WelfareOrder::Quantile(int64_t numerator, int64_t denominator) const {
  const WelfareSums& all = total();
  if (all.families == 0) return std::nullopt;
  const Int128 cut = Int128{numerator} * all.person_weight;
  return std::visit(
      [&](const auto& tree) {
        return tree
            .FirstWhere([&](const WelfareSums& sums) {
              return Int128{denominator} * sums.person_weight >= cut;
            })
            ->entry.welfare();
      },
      tree_);
}

}  // namespace sepakat::targeting
