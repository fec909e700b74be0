// Families in the order of need, with weights: ranks, deciles and walks without a full sort.
//
// The order is total: (rank value, family key), worst off first, so two runs agree to the bit. An
// entry names its family by its slot; its key is read from the records where values tie. Weights
// are those of families or of persons, whichever the deciles go by.
// Thread: one owner. Complexity: insert, erase, rank and decile ends O(log n), less for many
// changes at once; 12 bytes per family, 24 in an order that has seen a value or weight beyond 32
// bits.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "targeting/domain/record_store.h"
#include "targeting/domain/sum_tree.h"

namespace sepakat::targeting {

struct RankKey {
  int64_t value = 0;
  FamilyKey family;
  auto operator<=>(const RankKey&) const = default;
};

// One family of the order; its key is that of its slot.
struct RankEntry {
  int64_t value = 0;
  uint32_t slot = 0;
  int64_t weight = 0;
  bool operator==(const RankEntry&) const = default;
};

struct RankSums {
  int64_t families = 0;
  int64_t weight = 0;

  RankSums& operator+=(const RankSums& other) {
    families += other.families;
    weight += other.weight;
    return *this;
  }
  RankSums& operator-=(const RankSums& other) {
    families -= other.families;
    weight -= other.weight;
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
  // `records` outlives the order and knows the key of every slot.
  explicit RankOrder(const RecordStore* records) : tree_(Tree<Narrow>(Order{records})) {}

  // Requires a family that is not present.
  void Insert(const RankEntry& entry);
  // Requires the entry that was inserted for the family.
  void Erase(const RankEntry& entry);
  // Many at once, in any order: first all of `removed`, which were inserted, then `inserted`. A
  // family may stand in both. Sorts them.
  void Change(std::vector<RankEntry>* removed, std::vector<RankEntry>* inserted);
  // Replaces everything, in any order.
  void Assign(std::vector<RankEntry> entries);

  int64_t size() const;
  DecileEnds Ends() const;
  // Number of families before the key, which need not be present.
  int64_t Before(const RankKey& key) const { return SumsBefore(key).families; }
  RankSums SumsBefore(const RankKey& key) const;
  RankSums total() const;
  // Visits slots from the first family not below `from` (absent: from the start) while `visit`
  // returns true.
  void Walk(const std::optional<RankKey>& from,
            const std::function<bool(const RankKey& key, uint32_t slot)>& visit) const;

  // After many changes: takes as little memory as it can.
  void Compact();
  size_t MemoryBytes() const;

 private:
  // Members without defaults: the tree's leaves are not touched before they are used.
  template <typename Value, typename Weight>
  struct Packed {
    Value value;
    Weight weight;
    uint32_t slot;

    static bool Holds(const RankEntry& entry) {
      return static_cast<Value>(entry.value) == entry.value &&
             static_cast<Weight>(entry.weight) == entry.weight;
    }
    static Packed Of(const RankEntry& entry) {
      return {static_cast<Value>(entry.value), static_cast<Weight>(entry.weight), entry.slot};
    }
    bool operator==(const Packed& other) const {
      return value == other.value && slot == other.slot;
    }
  };
  using Narrow = Packed<int32_t, uint32_t>;
  using Wide = Packed<int64_t, int64_t>;

  struct Order {
    const RecordStore* records;  // Null until given: Order{} makes it so.

    FamilyKey key(uint32_t slot) const { return records->key(slot); }
    template <typename Entry>
    bool Less(const Entry& a, const Entry& b) const {
      if (a.value != b.value) return a.value < b.value;
      return a.slot != b.slot && key(a.slot) < key(b.slot);
    }
    template <typename Entry>
    bool Less(const Entry& a, const RankKey& bound) const {
      return a.value != bound.value ? a.value < bound.value : key(a.slot) < bound.family;
    }
    template <typename Entry>
    bool Less(const RankKey& bound, const Entry& a) const {
      return a.value != bound.value ? bound.value < a.value : bound.family < key(a.slot);
    }
    template <typename Entry>
    void Add(const Entry& entry, RankSums* sums) const {
      *sums += RankSums{1, static_cast<int64_t>(entry.weight)};
    }
    template <typename Entry>
    void Take(const Entry& entry, RankSums* sums) const {
      *sums -= RankSums{1, static_cast<int64_t>(entry.weight)};
    }
  };
  template <typename Entry>
  using Tree = SumTree<Entry, RankSums, Order>;

  const Order& order() const;
  // From now on for wide entries.
  void Widen();
  void Sort(std::vector<RankEntry>* entries) const;

  std::variant<Tree<Narrow>, Tree<Wide>> tree_;
};

}  // namespace sepakat::targeting
