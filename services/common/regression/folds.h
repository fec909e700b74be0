// A seeded split of sampling units into folds of nearly equal size.
//
// All rows of a unit fall into one fold: rows of one village are alike, and a model must be judged
// on villages that it has not seen. The same seed gives the same split on every machine. Thread:
// pure function. Complexity: linear in the rows, and in the units times their logarithm.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sepakat::regression {

// The fold 0 .. folds-1 of each row; `units` labels the unit of each row, empty: every row its own.
std::vector<uint32_t> SplitByUnit(std::span<const int64_t> units, size_t rows, uint32_t folds,
                                  uint64_t seed);

}  // namespace sepakat::regression
