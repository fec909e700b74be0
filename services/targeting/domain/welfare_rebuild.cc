#include "targeting/domain/welfare_rebuild.h"

#include <algorithm>

#include "common/base/radix_sort.h"

namespace sepakat::targeting {

WelfareRebuild::WelfareRebuild(RegionTree* tree)
    : tree_(tree), around_(tree->size() * kLevels, RegionTree::kNone), places_(tree->size()) {
  // A region is created after the ones around it.
  for (uint32_t region = 0; region < tree->size(); ++region) {
    const RegionNode& node = tree->at(region);
    for (int level = 0; level < node.level; ++level) {
      around_[region * kLevels + static_cast<size_t>(level)] = Ancestor(node.parent, level);
    }
    around_[region * kLevels + static_cast<size_t>(node.level)] = region;
  }
}

// By welfare in linear time; then the families of one welfare, which are few, by the rest.
void WelfareRebuild::Sort(std::vector<PlacedWelfare>* families) {
  base::RadixSort(families, &scratch_, [](const PlacedWelfare& family) {
    return static_cast<uint64_t>(family.entry.welfare);
  });
  for (auto begin = families->begin(); begin != families->end();) {
    const int64_t welfare = begin->entry.welfare;
    auto end = begin + 1;
    while (end != families->end() && end->entry.welfare == welfare) ++end;
    if (end - begin > 1)
      std::sort(begin, end, [](const auto& a, const auto& b) { return a.entry < b.entry; });
    begin = end;
  }
}

void WelfareRebuild::Build(uint32_t region, std::span<const PlacedWelfare> sorted,
                           const Visit& visit) {
  entries_.clear();
  entries_.reserve(sorted.size());
  for (const PlacedWelfare& family : sorted) entries_.push_back(family.entry);
  WelfareOrder order = WelfareOrder::FromSorted(entries_);
  RegionNode& node = tree_->at(region);
  if (node.welfare == nullptr) {
    visit(region, order);
    return;
  }
  *node.welfare = std::move(order);
  visit(region, *node.welfare);
}

void WelfareRebuild::BuildAlone(uint32_t region, std::vector<PlacedWelfare> families,
                                const Visit& visit) {
  Sort(&families);
  Build(region, families, visit);
}

void WelfareRebuild::BuildAllInside(uint32_t region, std::vector<PlacedWelfare> families,
                                    const Visit& visit) {
  Sort(&families);
  scratch_.resize(families.size());
  std::vector<PlacedWelfare> other = std::move(scratch_);
  Descend(region, families, other, visit);
  scratch_ = std::move(other);
}

void WelfareRebuild::Descend(uint32_t region, std::span<PlacedWelfare> sorted,
                             std::span<PlacedWelfare> other, const Visit& visit) {
  Build(region, sorted, visit);
  const RegionNode& node = tree_->at(region);
  if (node.children.empty()) return;
  const int level = node.level + 1;
  for (const uint32_t child : node.children) places_[child] = 0;
  for (const PlacedWelfare& family : sorted) {
    if (family.region != region) ++places_[Ancestor(family.region, level)];
  }
  size_t dealt = 0;
  for (const uint32_t child : node.children) {
    const size_t count = places_[child];
    places_[child] = dealt;
    dealt += count;
  }
  for (const PlacedWelfare& family : sorted) {
    if (family.region != region) other[places_[Ancestor(family.region, level)]++] = family;
  }
  size_t begin = 0;
  for (const uint32_t child : node.children) {
    const size_t count = places_[child] - begin;
    Descend(child, other.subspan(begin, count), sorted.subspan(begin, count), visit);
    begin += count;
  }
}

}  // namespace sepakat::targeting
