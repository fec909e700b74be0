#include "targeting/domain/rank_order.h"

#include <algorithm>
#include <limits>

namespace sepakat::targeting {

int DecileOf(const DecileEnds& ends, const RankKey& key) {
  int decile = 1;
  for (const std::optional<RankKey>& end : ends) {
    if (end && *end <= key) ++decile;
  }
  return decile;
}

const RankOrder::Order& RankOrder::order() const {
  return std::visit([](const auto& tree) -> const Order& { return tree.order(); }, tree_);
}

void RankOrder::Widen() {
  const auto* narrow = std::get_if<Tree<Narrow>>(&tree_);
  if (narrow == nullptr) return;
  std::vector<Wide> entries;
  entries.reserve(narrow->size());
  narrow->WalkAll([&](const Narrow& packed) {
    entries.push_back({packed.value, int64_t{packed.weight}, packed.slot});
  });
  Tree<Wide> wide(order());
  wide.Assign(entries);
  tree_ = std::move(wide);
}

void RankOrder::Sort(std::vector<RankEntry>* entries) const {
  std::ranges::sort(*entries, [order = order()](const RankEntry& a, const RankEntry& b) {
    return order.Less(a, b);
  });
}

void RankOrder::Insert(const RankEntry& entry) {
  if (!Narrow::Holds(entry)) Widen();
  std::visit([&]<typename Entry>(Tree<Entry>& tree) { tree.Insert(Entry::Of(entry)); }, tree_);
}

void RankOrder::Erase(const RankEntry& entry) {
  std::visit([&]<typename Entry>(Tree<Entry>& tree) { tree.Erase(Entry::Of(entry)); }, tree_);
}

void RankOrder::Change(std::vector<RankEntry>* removed, std::vector<RankEntry>* inserted) {
  if (!std::ranges::all_of(*inserted, Narrow::Holds)) Widen();
  Sort(removed);
  Sort(inserted);
  std::visit(
      [&]<typename Entry>(Tree<Entry>& tree) {
        const auto packed = [](const std::vector<RankEntry>& entries) {
          std::vector<Entry> result;
          result.reserve(entries.size());
          for (const RankEntry& entry : entries) result.push_back(Entry::Of(entry));
          return result;
        };
        tree.Change(packed(*removed), packed(*inserted));
      },
      tree_);
}

void RankOrder::Assign(std::vector<RankEntry> entries) {
  Sort(&entries);
  const Order kept = order();
  const auto assign = [&]<typename Entry>(Tree<Entry> tree) {
    tree.Build(entries.size(), tree.kDense,
               [at = entries.begin()]() mutable { return Entry::Of(*at++); });
    tree_ = std::move(tree);
  };
  if (std::ranges::all_of(entries, Narrow::Holds)) {
    assign(Tree<Narrow>(kept));
  } else {
    assign(Tree<Wide>(kept));
  }
}

void RankOrder::Compact() {
  std::visit([](auto& tree) { tree.Compact(); }, tree_);
}

int64_t RankOrder::size() const { return total().families; }

RankSums RankOrder::total() const {
  return std::visit([](const auto& tree) { return tree.total(); }, tree_);
}

RankSums RankOrder::SumsBefore(const RankKey& key) const {
  return std::visit([&](const auto& tree) { return tree.Before(key); }, tree_);
}

size_t RankOrder::MemoryBytes() const {
  return std::visit([](const auto& tree) { return tree.MemoryBytes(); }, tree_);
}

// The end of decile k is the first family with 10 C >= k W: the one after the first whose weight
// brings the sum there.
DecileEnds RankOrder::Ends() const {
  return std::visit(
      [](const auto& tree) {
        DecileEnds ends;
        const int64_t total = tree.total().weight;
        if (total == 0) return ends;
        for (size_t k = 1; k <= ends.size(); ++k) {
          const auto reaching = tree.FirstWhere([&](const RankSums& sums) {
            return 10 * sums.weight >= static_cast<int64_t>(k) * total;
          });
          tree.Walk(reaching->entry, [&](const auto& entry) {
            if (entry == reaching->entry) return true;
            ends[k - 1] = {entry.value, tree.order().key(entry.slot)};
            return false;
          });
        }
        return ends;
      },
      tree_);
}

void RankOrder::Walk(const std::optional<RankKey>& from,
                     const std::function<bool(const RankKey& key, uint32_t slot)>& visit) const {
  const RankKey least{std::numeric_limits<int64_t>::min(), {}};
  std::visit(
      [&](const auto& tree) {
        tree.Walk(from.value_or(least), [&](const auto& entry) {
          return visit({entry.value, tree.order().key(entry.slot)}, entry.slot);
        });
      },
      tree_);
}

}  // namespace sepakat::targeting
