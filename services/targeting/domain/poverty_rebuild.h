// Poverty of every region at once, from families in columns: what the engine needs when a line, a
// cut-off or weights change, or when a register is read back.
//
//   SumVillages(...)   families -> sums of the regions they hang in; parts may run side by side
//   RollUp(...)        adds every region to the one around it, once
//   AddFamily(...)     keeps them current: one family in or out, from its village to the nation
//
// Families of a village lie side by side, in one range for each line that applies to some of them.
// Sums are integers, so any division of the ranges gives the same bits, and the same as the sums
// kept family by family (region_sums.h).
// Thread: SumVillages() on ranges of disjoint regions at the same time; RollUp() alone.
// Complexity: linear in the families, then in the regions times their lines.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/measures/column_sums.h"
#include "targeting/domain/region_sums.h"
#include "targeting/domain/region_tree.h"

namespace sepakat::targeting {

struct RegionPoverty {
  measures::MpiMaskSums mpi;
  // By line class, ascending.
  std::vector<RegionSums::LineEntry> lines;

  bool operator==(const RegionPoverty&) const = default;
  RegionPoverty& operator+=(const RegionPoverty& other);
};

// Families [begin, end) of the columns: they hang in one region, under one line.
struct FamilyRange {
  uint32_t region = 0;
  int32_t line_class = 0;
  uint32_t line = 0;
  size_t begin = 0;
  size_t end = 0;
};

// One family as it counts.
struct FamilyPoverty {
  uint32_t region = 0;
  int32_t line_class = 0;
  uint32_t line = 0;
  uint32_t welfare = measures::kWelfareUnknown;
  uint32_t family_weight = 0;
  uint8_t size = 0;
  uint16_t deprived = measures::kAnswerMissing;
};

// Adds (sign = 1) or takes away (sign = -1) a family in its region and all around it.
void AddFamily(const RegionTree& tree, const FamilyPoverty& family, const measures::MpiMasks& masks,
               int sign, std::vector<RegionPoverty>* by_region);

// Adds each range to `by_region`, which has a place for every region.
void SumVillages(const measures::FamilyColumns& families, std::span<const FamilyRange> ranges,
                 const measures::MpiMasks& masks, std::vector<RegionPoverty>* by_region);

// From the sums of what hangs in each region to those of everything inside it.
void RollUp(const RegionTree& tree, std::vector<RegionPoverty>* by_region);

}  // namespace sepakat::targeting
