#include "common/regression/folds.h"

#include <algorithm>
#include <map>
#include <utility>

namespace sepakat::regression {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014).
uint64_t Next(uint64_t* state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

std::vector<uint32_t> SplitByUnit(std::span<const int64_t> units, size_t rows, uint32_t folds,
                                  uint64_t seed) {
  // Units by their first row, so that their labels do not matter.
  std::vector<size_t> unit_of(rows);
  std::map<int64_t, size_t> known;
  for (size_t row = 0; row < rows; ++row) {
    unit_of[row] = units.empty() ? row : known.try_emplace(units[row], known.size()).first->second;
  }
  const size_t count = units.empty() ? rows : known.size();
  std::vector<std::pair<uint64_t, size_t>> drawn;
  for (size_t unit = 0; unit < count; ++unit) drawn.emplace_back(Next(&seed), unit);
  std::ranges::sort(drawn);
  std::vector<uint32_t> fold(count);
  for (size_t place = 0; place < count; ++place) {
    fold[drawn[place].second] = static_cast<uint32_t>(place % folds);
  }
  std::vector<uint32_t> by_row(rows);
  for (size_t row = 0; row < rows; ++row) by_row[row] = fold[unit_of[row]];
  return by_row;
}

}  // namespace sepakat::regression
