// Whole things shared out by weight: the method of the largest remainder.
//
// Everyone first gets the whole part of units x weight / sum of weights; what is left goes one by
// one to the largest remainders, of equal ones to the earlier. Exact; nobody gets more than its
// weight while there are not more units than weight.
// Thread: pure function. Complexity: O(n log n).
#pragma once

#include <cstdint>
#include <vector>

namespace sepakat::budgeting {

// Requires non-negative weights and 0 <= units <= their sum, which fits 62 bits.
std::vector<int64_t> SharedOut(int64_t units, const std::vector<int64_t>& weights);

}  // namespace sepakat::budgeting
