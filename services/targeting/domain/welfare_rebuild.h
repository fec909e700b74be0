// The welfare orders of a region and of the regions inside it, built at once from its families:
// what a restart needs, and every Gini coefficient and quantile of a register with it.
//
// Families are sorted once, for the outermost region; those of the regions inside keep that order
// when they are dealt to them, level by level. The result is that of inserting them one by one.
// Thread: one object per thread; two may build regions of one tree at the same time when neither
// lies inside the other, or when one builds its own region alone. Complexity: linear in the
// families and levels; 64 bytes per family besides the orders.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "targeting/domain/region_tree.h"

namespace sepakat::targeting {

struct PlacedWelfare {
  WelfareEntry entry;
  uint32_t region = 0;  // where the family hangs
};

class WelfareRebuild {
 public:
  // Of a village the order is lent for the call.
  using Visit = std::function<void(uint32_t region, const WelfareOrder& order)>;

  // `tree` outlives this and gets no region meanwhile.
  explicit WelfareRebuild(RegionTree* tree);

  // `families` are all families inside `region`, in any order.
  void BuildAlone(uint32_t region, std::vector<PlacedWelfare> families, const Visit& visit);
  void BuildAllInside(uint32_t region, std::vector<PlacedWelfare> families, const Visit& visit);

 private:
  void Sort(std::vector<PlacedWelfare>* families);
  void Build(uint32_t region, std::span<const PlacedWelfare> sorted, const Visit& visit);
  // Builds `region`, deals its families to its children, and goes on with them. `other` is as long
  // as `sorted`.
  void Descend(uint32_t region, std::span<PlacedWelfare> sorted, std::span<PlacedWelfare> other,
               const Visit& visit);
  // The region around `region` that is on `level`.
  uint32_t Ancestor(uint32_t region, int level) const {
    return around_[region * kLevels + static_cast<size_t>(level)];
  }

  static constexpr size_t kLevels = 5;

  RegionTree* tree_;
  std::vector<uint32_t> around_;  // ancestors of every region by level, itself included
  std::vector<size_t> places_;    // by region: where its next family goes
  std::vector<PlacedWelfare> scratch_;
  std::vector<WelfareEntry> entries_;
};

}  // namespace sepakat::targeting
