#include "tests/bench/national/poverty_cells.h"

#include <set>

namespace sepakat::bench {

using base::Int128;

std::vector<Int128> FgtRow(const measures::FgtSums& sums) {
  return {sums.families,    sums.weight, sums.poor_families,
          sums.poor_weight, sums.gap,    sums.gap_squared};
}

void ForEachRegion(const NationalRegister& source, const std::vector<uint32_t>& by_village,
                   const targeting::RegionTree& tree,
                   const std::function<void(int level, uint32_t number, uint32_t region)>& visit) {
  std::set<uint32_t> visited;
  for (uint32_t v = 0; v < kVillages; ++v) {
    const Village& village = source.villages()[v];
    uint32_t region = by_village[v];
    const std::array<uint32_t, 5> numbers = {0, village.province, village.regency, village.district,
                                             v};
    for (int level = 4; level >= 0 && visited.insert(region).second; --level) {
      visit(level, numbers[static_cast<size_t>(level)], region);
      region = tree.at(region).parent;
    }
  }
}

PovertyCells CellsOf(const NationalRegister& source, const std::vector<uint32_t>& by_village,
                     const targeting::RegionTree& tree,
                     const std::vector<targeting::RegionPoverty>& by_region) {
  PovertyCells cells;
  ForEachRegion(source, by_village, tree, [&](int level, uint32_t number, uint32_t region) {
    const targeting::RegionPoverty& poverty = by_region[region];
    bool any = false;
    for (const auto& [line_class, sums] : poverty.lines) {
      if (sums.families == 0) continue;
      any = true;
      cells.fgt[{level, number, line_class}] = FgtRow(sums);
    }
    if (!any) return;
    const measures::MpiMaskSums& mpi = poverty.mpi;
    std::vector<Int128>& row = cells.mpi[{level, number, 0}];
    row = {mpi.persons, mpi.poor_persons, mpi.score};
    row.insert(row.end(), mpi.deprived.begin(), mpi.deprived.begin() + kIndicators);
    row.insert(row.end(), mpi.censored.begin(), mpi.censored.begin() + kIndicators);
  });
  return cells;
}

void AddPeerRow(std::span<const Int128> row, PovertyCells* cells) {
  const auto level = static_cast<int>(row[0]);
  const auto number = static_cast<uint32_t>(row[1]);
  const std::span<const Int128> sums = row.subspan(3);
  if (sums[0] == 0) return;
  cells->fgt[{level, number, static_cast<int32_t>(row[2])}] = {sums.begin(), sums.begin() + 6};
  std::vector<Int128>& mpi = cells->mpi[{level, number, 0}];
  mpi.resize(3 + 2 * kIndicators);
  mpi[0] += sums[1];
  for (size_t i = 1; i < mpi.size(); ++i) mpi[i] += sums[i + 5];
}

}  // namespace sepakat::bench
