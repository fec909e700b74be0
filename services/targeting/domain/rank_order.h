// Families in the order of need, with weights: ranks, deciles and walks without a full sort.
//
// The order is total: (rank value, family key), worst off first, so two runs agree to the bit.
// Thread: one owner. Complexity: insert, erase, rank and decile ends O(log n).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "targeting/domain/family.h"
#include "targeting/domain/sum_tree.h"

namespace sepakat::targeting {

struct RankKey {
  int64_t value = 0;
  FamilyKey family;
  auto operator<=>(const RankKey&) const = default;
};

// Compared by its key alone.
struct RankEntry {
  RankKey key;
  uint32_t slot = 0;
  int64_t family_weight = 0;
  int64_t person_weight = 0;

  auto operator<=>(const RankEntry& other) const { return key <=> other.key; }
  bool operator==(const RankEntry& other) const { return key == other.key; }
  auto operator<=>(const RankKey& other) const { return key <=> other; }
};

struct RankSums {
  int64_t families = 0;
  int64_t family_weight = 0;
  int64_t person_weight = 0;

  RankSums& operator+=(const RankEntry& entry) {
    return Add({1, entry.family_weight, entry.person_weight}, 1);
  }
  RankSums& operator-=(const RankEntry& entry) {
    return Add({1, entry.family_weight, entry.person_weight}, -1);
  }
  RankSums& operator+=(const RankSums& other) { return Add(other, 1); }
  RankSums& operator-=(const RankSums& other) { return Add(other, -1); }
  int64_t weight(bool by_persons) const { return by_persons ? person_weight : family_weight; }

 private:
  RankSums& Add(const RankSums& other, int sign) {
    families += sign * other.families;
    family_weight += sign * other.family_weight;
    person_weight += sign * other.person_weight;
    return *this;
  }
};

// Upper ends of deciles 1 to 9: a family has decile 1 + number of ends that are not above it.
// Absent: beyond the last family.
using DecileEnds = std::array<std::optional<RankKey>, 9>;

// decile = 1 + floor(10 C / W), C the weight before the family, W the total.
int DecileOf(const DecileEnds& ends, const RankKey& key);

class RankOrder {
 public:
  // Requires a key that is not present.
  void Insert(const RankEntry& entry) { tree_.Insert(entry); }
  // Requires the entry that was inserted under its key.
  void Erase(const RankEntry& entry) { tree_.Erase(entry); }
  // Replaces everything, in any order.
  void Assign(std::vector<RankEntry> entries);

  int64_t size() const { return tree_.total().families; }
  DecileEnds Ends(bool by_persons) const;
  // Number of families before the key, which need not be present.
  int64_t Before(const RankKey& key) const { return tree_.Before(key).families; }
  // Visits entries from the first one not below `from` (absent: from the start) while `visit`
  // returns true.
  void Walk(const std::optional<RankKey>& from,
            const std::function<bool(const RankEntry&)>& visit) const;

 private:
  SumTree<RankEntry, RankSums> tree_;
};

}  // namespace sepakat::targeting
