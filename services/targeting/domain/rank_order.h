// Families in the order of need, with weights: ranks, deciles and walks without a full sort.
//
// The order is total: (rank value, family key), worst off first, so two runs agree to the bit.
// Sorted blocks of at most 512 entries carry their count and weights; blocks split when full and
// join their neighbour when nearly empty.
// Thread: one owner. Complexity: insert, erase and rank O(log n + blocks + block size).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "targeting/domain/family.h"

namespace sepakat::targeting {

struct RankKey {
  int64_t value = 0;
  FamilyKey family;
  auto operator<=>(const RankKey&) const = default;
};

struct RankEntry {
  RankKey key;
  uint32_t slot = 0;
  int64_t family_weight = 0;
  int64_t person_weight = 0;
};

// Upper ends of deciles 1 to 9: a family has decile 1 + number of ends that are not above it.
// Absent: beyond the last family.
using DecileEnds = std::array<std::optional<RankKey>, 9>;

// decile = 1 + floor(10 C / W), C the weight before the family, W the total.
int DecileOf(const DecileEnds& ends, const RankKey& key);

class RankOrder {
 public:
  // Requires a key that is not present.
  void Insert(const RankEntry& entry);
  // Requires a key that is present.
  void Erase(const RankKey& key);
  void Clear();

  int64_t size() const { return size_; }
  DecileEnds Ends(bool by_persons) const;
  // Number of families before the key, which need not be present.
  int64_t Before(const RankKey& key) const;
  // Visits entries from the first one not below `from` (absent: from the start) while `visit`
  // returns true.
  void Walk(const std::optional<RankKey>& from,
            const std::function<bool(const RankEntry&)>& visit) const;

 private:
  static constexpr size_t kFull = 512;
  static constexpr size_t kSparse = 64;

  struct Block {
    std::vector<RankEntry> entries;
    int64_t families = 0;
    int64_t persons = 0;
  };

  // Index of the block that holds the key or would hold it.
  size_t BlockOf(const RankKey& key) const;
  void Split(size_t index);
  void JoinIfSparse(size_t index);

  std::vector<Block> blocks_;
  int64_t size_ = 0;
};

}  // namespace sepakat::targeting
