// The radix sort is a stable sort.
#include "common/base/radix_sort.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <utility>

namespace sepakat::base {
namespace {

using Item = std::pair<uint64_t, size_t>;  // key and place

std::vector<Item> Items(size_t count, uint64_t least, uint64_t most) {
  std::mt19937_64 random(count + most);
  std::uniform_int_distribution<uint64_t> key(least, most);
  std::vector<Item> items;
  for (size_t i = 0; i < count; ++i) items.emplace_back(key(random), i);
  return items;
}

TEST(RadixSortTest, SortsByKeyAndKeepsTheOrderOfEqualKeys) {
  constexpr uint64_t kMost = std::numeric_limits<uint64_t>::max();
  for (const size_t count : {size_t{0}, size_t{1}, kRadixLeast - 1, kRadixLeast, size_t{20'000}}) {
    for (const auto& [least, most] :
         std::vector<std::pair<uint64_t, uint64_t>>{{0, 0},
                                                    {7, 7},
                                                    {0, 1},
                                                    {0, 2047},
                                                    {0, 2048},
                                                    {1'000'000, 5'000'000},
                                                    {0, kMost},
                                                    {kMost - 3, kMost}}) {
      std::vector<Item> sorted = Items(count, least, most);
      std::vector<Item> expected = sorted;
      std::ranges::stable_sort(expected, {}, &Item::first);
      std::vector<Item> scratch;
      RadixSort(&sorted, &scratch, [](const Item& item) { return item.first; });
      EXPECT_EQ(sorted, expected) << count << " keys of " << least << " to " << most;
    }
  }
}

}  // namespace
}  // namespace sepakat::base
