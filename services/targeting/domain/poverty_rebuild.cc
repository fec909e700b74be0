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

void SumVillages(const measures::FamilyColumns& families, std::span<const FamilyRange> ranges,
                 const measures::MpiMasks& masks, std::vector<RegionPoverty>* by_region) {
  for (const FamilyRange& range : ranges) {
    const measures::ColumnSums sums =
        measures::SumColumns(families.Part(range.begin, range.end), range.line, masks);
    RegionPoverty& region = (*by_region)[range.region];
    region.mpi += sums.mpi;
    const auto at = std::ranges::lower_bound(region.lines, range.line_class, std::less<>{},
                                             &RegionSums::LineEntry::line_class);
    if (at != region.lines.end() && at->line_class == range.line_class) {
      at->sums += sums.fgt;
    } else {
      region.lines.insert(at, {range.line_class, sums.fgt});
    }
  }
}

// A region is created after the ones around it.
void RollUp(const RegionTree& tree, std::vector<RegionPoverty>* by_region) {
  for (uint32_t region = tree.size() - 1; region > RegionTree::kNation; --region) {
    (*by_region)[tree.at(region).parent] += (*by_region)[region];
  }
}

}  // namespace sepakat::targeting
