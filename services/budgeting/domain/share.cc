#include "budgeting/domain/share.h"

#include <algorithm>
#include <numeric>

#include "common/base/fixed_point.h"

namespace sepakat::budgeting {

using base::Int128;

std::vector<int64_t> SharedOut(int64_t units, const std::vector<int64_t>& weights) {
  const int64_t sum = std::accumulate(weights.begin(), weights.end(), int64_t{0});
  if (units == sum) return weights;
  struct Rest {
    size_t at = 0;
    int64_t remainder = 0;
  };
  std::vector<int64_t> shares(weights.size(), 0);
  std::vector<Rest> rests;
  rests.reserve(weights.size());
  int64_t left = units;
  for (size_t i = 0; i < weights.size(); ++i) {
    const Int128 part = Int128{units} * weights[i];
    shares[i] = static_cast<int64_t>(part / sum);
    left -= shares[i];
    rests.push_back({i, static_cast<int64_t>(part % sum)});
  }
  std::ranges::stable_sort(rests, std::ranges::greater(), &Rest::remainder);
  for (int64_t i = 0; i < left; ++i) ++shares[rests[static_cast<size_t>(i)].at];
  return shares;
}

}  // namespace sepakat::budgeting
