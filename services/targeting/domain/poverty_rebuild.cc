#include "targeting/domain/poverty_rebuild.h"

#include <algorithm>

namespace sepakat::targeting {

RegionPoverty& RegionPoverty::operator+=(const RegionPoverty& other) {
  mpi += other.mpi;
  std::vector<RegionSums::LineEntry> joined;
  joined.reserve(lines.size() + other.lines.size());
  auto mine = lines.begin();
  for (const RegionSums::LineEntry& theirs : other.lines) {
    for (; mine != lines.end() && mine->line_class < theirs.line_class; ++mine) {
      joined.push_back(*mine);
    }
    joined.push_back(theirs);
    if (mine != lines.end() && mine->line_class == theirs.line_class) {
      joined.back().sums += mine->sums;
      ++mine;
    }
  }
  joined.insert(joined.end(), mine, lines.end());
  lines = std::move(joined);
  return *this;
}

namespace {

measures::FgtSums& LineOf(int32_t line_class, RegionPoverty* region) {
  auto at = std::ranges::lower_bound(region->lines, line_class, std::less<>{},
                                     &RegionSums::LineEntry::line_class);
  if (at == region->lines.end() || at->line_class != line_class) {
    at = region->lines.insert(at, {line_class, {}});
  }
  return at->sums;
}

}  // namespace

void AddFamily(const RegionTree& tree, const FamilyPoverty& family, const measures::MpiMasks& masks,
               int sign, std::vector<RegionPoverty>* by_region) {
  const int64_t persons = int64_t{family.family_weight} * family.size;
  for (uint32_t index = family.region;; index = tree.at(index).parent) {
    RegionPoverty& region = (*by_region)[index];
    region.mpi.Add(masks, family.deprived, persons, sign);
    if (family.welfare != measures::kWelfareUnknown) {
      LineOf(family.line_class, &region)
          .Add(family.line, family.welfare, family.family_weight, persons, sign);
    }
    if (index == RegionTree::kNation) return;
  }
}

void SumVillages(const measures::FamilyColumns& families, std::span<const FamilyRange> ranges,
                 const measures::MpiMasks& masks, std::vector<RegionPoverty>* by_region) {
  for (const FamilyRange& range : ranges) {
    const measures::ColumnSums sums =
        measures::SumColumns(families.Part(range.begin, range.end), range.line, masks);
    RegionPoverty& region = (*by_region)[range.region];
    region.mpi += sums.mpi;
    LineOf(range.line_class, &region) += sums.fgt;
  }
}

// A region is created after the ones around it.
void RollUp(const RegionTree& tree, std::vector<RegionPoverty>* by_region) {
  for (uint32_t region = tree.size() - 1; region > RegionTree::kNation; --region) {
    (*by_region)[tree.at(region).parent] += (*by_region)[region];
  }
}

}  // namespace sepakat::targeting
