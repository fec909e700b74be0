// The published figures of one region, read from its sums.
//
// Each is numerator and denominator in exact integers. Weighted counts come over
// 10^weight_decimals, reduced to whole numbers where they are whole (always in a register);
// denominator 0 means that nothing is known. Order of measures::Catalogue(). Thread: pure
// functions. Complexity: linear in the measures and line classes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/measures/catalogue.h"
#include "common/measures/fgt.h"
#include "targeting/domain/parameters.h"
#include "targeting/domain/region_sums.h"
#include "targeting/domain/welfare_order.h"

namespace sepakat::targeting {

struct FigureValue {
  const measures::Measure* measure = nullptr;
  measures::Ratio ratio;
  int64_t unknown_families = 0;
  int64_t observed_families = 0;
  bool operator==(const FigureValue&) const = default;
};

std::vector<FigureValue> ReadFigures(const RegionSums& sums, const WelfareOrder& distribution,
                                     const std::vector<LineClass>& classes, const MpiCounter& mpi,
                                     const Population& population);

// P_order of a region, over its line classes.
measures::Ratio ReadFgt(const RegionSums& sums, const std::vector<LineClass>& classes, int order);

}  // namespace sepakat::targeting
