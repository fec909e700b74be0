#include "targeting/domain/rank_order.h"

#include <algorithm>
#include <limits>

namespace sepakat::targeting {

int DecileOf(const DecileEnds& ends, const RankKey& key) {
  int decile = 1;
  for (const std::optional<RankKey>& end : ends) {
    if (end && *end <= key) ++decile;
  }
  return decile;
}

void RankOrder::Assign(std::vector<RankEntry> entries) {
  std::ranges::sort(entries);
  tree_.Assign(entries);
}

// The end of decile k is the first family with 10 C >= k W: the one after the first whose weight
// brings the sum there.
DecileEnds RankOrder::Ends(bool by_persons) const {
  DecileEnds ends;
  const int64_t total = tree_.total().weight(by_persons);
  if (total == 0) return ends;
  for (size_t k = 1; k <= ends.size(); ++k) {
    const auto reaching = tree_.FirstWhere([&](const RankSums& sums) {
      return 10 * sums.weight(by_persons) >= static_cast<int64_t>(k) * total;
    });
    tree_.Walk(reaching->entry, [&](const RankEntry& entry) {
      if (entry == reaching->entry) return true;
      ends[k - 1] = entry.key;
      return false;
    });
  }
  return ends;
}

void RankOrder::Walk(const std::optional<RankKey>& from,
                     const std::function<bool(const RankEntry&)>& visit) const {
  tree_.Walk(from.value_or(RankKey{std::numeric_limits<int64_t>::min(), {}}), visit);
}

}  // namespace sepakat::targeting
