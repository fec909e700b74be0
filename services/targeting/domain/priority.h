// Regions of one parent in the order of their need, with the parts of each score.
//
// Four relative parts in millionths, each times its weight: the region's share of the parent's poor
// persons; its P0 and its P1 relative to the highest among its sisters; and the mean of its
// deprivation headcounts, each relative to the highest. 1,000,000 would be the worst in everything.
// Divisions round down, ties go to the smaller code, so the order is exact.
// Thread: pure functions. Complexity: linear in the regions, and their sort.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "targeting/domain/region_sums.h"

namespace sepakat::targeting {

// Weights of the four parts in millionths; they add up to one million.
struct PriorityWeights {
  std::string_view version;
  int64_t poor_share = 0;
  int64_t p0 = 0;
  int64_t p1 = 0;
  int64_t deprivations = 0;
};
inline constexpr PriorityWeights kPriorityWeights = {"sepakat-2025", 300'000, 300'000, 200'000,
                                                     200'000};

struct ScorePart {
  std::string_view measure;
  int64_t score_micro = 0;
  bool operator==(const ScorePart&) const = default;
};

struct RegionScore {
  std::string region;
  int32_t rank = 0;
  int64_t score_micro = 0;
  std::vector<ScorePart> parts;
  bool operator==(const RegionScore&) const = default;
};

struct RegionInput {
  std::string region;
  const RegionSums* sums = nullptr;
};

// Regions without families are left out.
std::vector<RegionScore> RankRegions(const std::vector<RegionInput>& regions,
                                     const std::vector<LineClass>& classes,
                                     const PriorityWeights& weights);

}  // namespace sepakat::targeting
