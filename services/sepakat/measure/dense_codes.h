// Pairs of codes as one code: what combinations of columns are made of.
//
// Thread: pure function. Complexity: linear, memory in the number of pairs that occur.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace sepakat::measure {

struct DenseCodes {
  // By row: place in `pairs`.
  std::vector<uint32_t> codes;
  // Pairs that occur, in order of first appearance.
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
};

// Both have one code per row.
DenseCodes Combine(std::span<const uint32_t> first, std::span<const uint32_t> second);

}  // namespace sepakat::measure
