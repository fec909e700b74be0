#include "common/measures/column_sums.h"

#include <algorithm>

namespace sepakat::measures {
namespace {

using base::Int128;
using base::UInt128;

// So many families are counted in 32 bits before they are added to the sums: weights below
// kSmallWeight cannot overflow.
constexpr size_t kBlock = 64;
constexpr uint64_t kSmallWeight = uint64_t{1} << 26;

constexpr size_t kLanes = 4;
constexpr size_t kGroups = (kMaskIndicators + 1) / kLanes;
typedef uint32_t Lanes __attribute__((vector_size(kLanes * sizeof(uint32_t))));

struct Block {
  size_t begin = 0;
  size_t count = 0;
  uint64_t largest = 0;
  std::array<uint64_t, kBlock> weight;  // persons
};

void Weigh(const FamilyColumns& families, Block* block) {
  uint64_t seen = 0;  // has every bit that a weight has
  for (size_t i = 0; i < block->count; ++i) {
    block->weight[i] =
        uint64_t{families.family_weight[block->begin + i]} * families.size[block->begin + i];
    seen |= block->weight[i];
  }
  block->largest = seen;
}

// All ones when the condition holds, else 0.
uint64_t Filled(bool holds) { return uint64_t{0} - static_cast<uint64_t>(holds); }

void SumFgt(const FamilyColumns& families, const Block& block, uint32_t line, FgtSums* sums) {
  uint64_t known = 0;
  uint64_t weight = 0;
  uint64_t poor_families = 0;
  uint64_t poor_weight = 0;
  UInt128 gap = 0;
  UInt128 gap_squared = 0;
  const uint32_t* welfare = families.welfare.data() + block.begin;
  const uint32_t* family_weight = families.family_weight.data() + block.begin;
  for (size_t i = 0; i < block.count; ++i) {
    const uint64_t y = welfare[i];
    const uint64_t w = block.weight[i];
    const uint64_t is_known = Filled(y != kWelfareUnknown);
    const uint64_t is_poor = Filled(y < line);
    const uint64_t shortfall = (line - y) & is_poor;
    known += is_known & 1;
    weight += w & is_known;
    poor_families += family_weight[i] & is_poor;
    poor_weight += w & is_poor;
    gap += UInt128{shortfall} * w;
    gap_squared += UInt128{shortfall * shortfall} * w;
  }
  sums->families += static_cast<int64_t>(known);
  sums->weight += static_cast<int64_t>(weight);
  sums->poor_families += static_cast<int64_t>(poor_families);
  sums->poor_weight += static_cast<int64_t>(poor_weight);
  sums->gap += static_cast<Int128>(gap);
  sums->gap_squared += static_cast<Int128>(gap_squared);
}

Lanes BitsOf(size_t group) {
  Lanes bits{};
  for (size_t lane = 0; lane < kLanes; ++lane) bits[lane] = 1U << (group * kLanes + lane);
  return bits;
}

// Requires weights below kSmallWeight.
void SumMpi(const FamilyColumns& families, const Block& block, const MpiMasks& masks,
            MpiMaskSums* sums) {
  uint64_t persons = 0;
  uint64_t poor_persons = 0;
  uint64_t score = 0;
  const Lanes bits0 = BitsOf(0);
  const Lanes bits1 = BitsOf(1);
  const Lanes bits2 = BitsOf(2);
  const Lanes bits3 = BitsOf(3);
  std::array<Lanes, kGroups> deprived{};
  std::array<Lanes, kGroups> censored{};
  const uint16_t* column = families.deprived.data() + block.begin;
  for (size_t i = 0; i < block.count; ++i) {
    const uint16_t mask = column[i];
    const uint64_t w = block.weight[i] & Filled((mask & kAnswerMissing) == 0);
    const uint32_t c = masks.CensoredScore(mask);
    const uint64_t is_poor = Filled(c != 0);
    persons += w;
    poor_persons += w & is_poor;
    score += w * c;
    const Lanes set = Lanes{} + mask;
    const Lanes weights = Lanes{} + static_cast<uint32_t>(w);
    const Lanes poor = Lanes{} + static_cast<uint32_t>(is_poor);
    const auto count = [&](size_t group, const Lanes& bits) {
      const Lanes of_indicator = weights & reinterpret_cast<Lanes>((set & bits) == bits);
      deprived[group] += of_indicator;
      censored[group] += of_indicator & poor;
    };
    count(0, bits0);
    count(1, bits1);
    count(2, bits2);
    count(3, bits3);
  }
  sums->persons += static_cast<int64_t>(persons);
  sums->poor_persons += static_cast<int64_t>(poor_persons);
  sums->score += score;
  for (size_t i = 0; i < kMaskIndicators; ++i) {
    sums->deprived[i] += deprived[i / kLanes][i % kLanes];
    sums->censored[i] += censored[i / kLanes][i % kLanes];
  }
}

// Weights that fit no 32-bit counter: survey weights of a few families for many.
void SumMpiOneByOne(const FamilyColumns& families, const Block& block, const MpiMasks& masks,
                    MpiMaskSums* sums) {
  for (size_t i = 0; i < block.count; ++i) {
    sums->Add(masks, families.deprived[block.begin + i], static_cast<int64_t>(block.weight[i]), 1);
  }
}

}  // namespace

ColumnSums SumColumns(const FamilyColumns& families, uint32_t line, const MpiMasks& masks) {
  ColumnSums sums;
  Block block;
  for (; block.begin < families.welfare.size(); block.begin += kBlock) {
    block.count = std::min(kBlock, families.welfare.size() - block.begin);
    Weigh(families, &block);
    SumFgt(families, block, line, &sums.fgt);
    if (block.largest < kSmallWeight) {
      SumMpi(families, block, masks, &sums.mpi);
    } else {
      SumMpiOneByOne(families, block, masks, &sums.mpi);
    }
  }
  return sums;
}

}  // namespace sepakat::measures
