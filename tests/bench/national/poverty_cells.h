// Sums of our regions as the rows that peers give, for comparing all of them.
//
// Thread: pure functions.
#pragma once

#include <array>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "targeting/domain/poverty_rebuild.h"
#include "tests/bench/register/national_register.h"

namespace sepakat::bench {

// By level (0 nation to 4 village), number of the region on its level, and line class.
using CellKey = std::tuple<int, uint32_t, int32_t>;
using Cells = std::map<CellKey, std::vector<base::Int128>>;

// FGT: families, persons, poor families, poor persons, gap, gap squared. MPI: persons, poor
// persons, score, then by indicator uncensored and censored; their line class is 0.
struct PovertyCells {
  Cells fgt;
  Cells mpi;
  bool operator==(const PovertyCells&) const = default;
};

std::vector<base::Int128> FgtRow(const measures::FgtSums& sums);

// Visits the region of every level and number; `by_village` as MakeRegions() gives it.
void ForEachRegion(const NationalRegister& source, const std::vector<uint32_t>& by_village,
                   const targeting::RegionTree& tree,
                   const std::function<void(int level, uint32_t number, uint32_t region)>& visit);

PovertyCells CellsOf(const NationalRegister& source, const std::vector<uint32_t>& by_village,
                     const targeting::RegionTree& tree,
                     const std::vector<targeting::RegionPoverty>& by_region);

// Adds a row of a peer: level, number, class, families, persons, poor families, poor persons, gap,
// gap squared, MPI poor persons, score, uncensored and censored by indicator.
void AddPeerRow(std::span<const base::Int128> row, PovertyCells* cells);

}  // namespace sepakat::bench
