// The welfare distribution of one region, kept exact: Gini coefficient, quantiles, Lorenz shares.
//
//   G = S / (W Y)     S = sum over pairs w_i w_j |y_i - y_j|, W = sum w, Y = sum w y
//
// `w` is the person weight of a family, `y` its welfare per head. Inserting (w, y) changes S by
// w (y W< - Y< + Y> - y W>), with sums over the families below and above y; taking it out first and
// subtracting the same undoes that, to the bit. Ties add nothing, so their order does not matter.
// Many changes at once are signed families: each adds the same towards those that stood before, and
// the pairs among them add their signed products.
// S is kept modulo 2^128: whatever passes in between, it is right whenever W Y < 2^127, which the
// readout checks (S <= W Y because G <= 1).
//
// Quantile k/q is the smallest y with q cum(y) >= k W, never interpolated; a Lorenz share counts
// the family on the cut in part. All are integer fractions.
// Source of the update: pairwise form of the Gini coefficient (Sen 1973).
// Thread: one owner. Complexity: O(log n) per insertion, removal and reading, less for many changes
// at once; 8 bytes per family, 12 in an order that has seen a value of 2^32 or more, in leaves that
// are half to quite full.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "common/base/fixed_point.h"
#include "common/measures/fgt.h"
#include "targeting/domain/sum_tree.h"

namespace sepakat::targeting {

// Welfare per head and person weight of one family, within the intake limits (measures/fgt.h).
struct WelfareEntry {
  int64_t welfare = 0;
  int64_t person_weight = 0;

  WelfareEntry() = default;
  WelfareEntry(int64_t welfare_per_head, int64_t size, int64_t family_weight)
      : welfare(welfare_per_head), person_weight(size * family_weight) {}
  auto operator<=>(const WelfareEntry&) const = default;
};

struct WelfareSums {
  int64_t families = 0;
  int64_t person_weight = 0;
  base::Int128 welfare = 0;  // sum w y

  WelfareSums& operator+=(const WelfareSums& other) { return Add(other, 1); }
  WelfareSums& operator-=(const WelfareSums& other) { return Add(other, -1); }
  WelfareSums& Add(const WelfareSums& other, int sign) {
    families += sign * other.families;
    person_weight += sign * other.person_weight;
    welfare += sign * other.welfare;
    return *this;
  }
  static WelfareSums Of(const WelfareEntry& entry) {
    return {1, entry.person_weight, base::Int128{entry.person_weight} * entry.welfare};
  }
};

// A family that joins (sign 1) or leaves (sign -1).
struct WelfareChange {
  WelfareEntry entry;
  int sign = 1;
};

class WelfareOrder {
 public:
  WelfareOrder() = default;
  // All at once; sorts.
  explicit WelfareOrder(std::vector<WelfareEntry> entries);
  // Requires ascending entries. O(n).
  static WelfareOrder FromSorted(std::span<const WelfareEntry> entries);

  void Insert(const WelfareEntry& entry);
  // Requires an entry that was inserted.
  void Erase(const WelfareEntry& entry);
  // Many at once, ascending by entry; what leaves was there, and no entry both joins and leaves.
  void Change(std::span<const WelfareChange> changes);

  const WelfareSums& total() const;
  // Denominator 0 when there is no welfare to share, or when it would not fit (see above).
  measures::Ratio Gini() const;
  // Share of all welfare that the poorest `numerator`/`denominator` of the persons have.
  // Denominator 0 as above.
  measures::Ratio LorenzShare(int64_t numerator, int64_t denominator) const;
  // Absent without families.
  std::optional<int64_t> Quantile(int64_t numerator, int64_t denominator) const;

  // After many changes: takes as little memory as it can.
  void Compact();
  size_t MemoryBytes() const;

 private:
  // Both parts below 2^32.
  struct Narrow {
    uint32_t welfare_part;
    uint32_t weight_part;

    static bool Holds(const WelfareEntry& entry);
    static Narrow Of(const WelfareEntry& entry);
    WelfareEntry entry() const;
    int64_t welfare() const { return welfare_part; }
    auto operator<=>(const Narrow&) const = default;
  };
  // Welfare (48 bits) and person weight (36), in words of descending significance, so that the
  // order of words is the order of welfare.
  struct Wide {
    std::array<uint32_t, 3> words;

    static Wide Of(const WelfareEntry& entry);
    WelfareEntry entry() const;
    int64_t welfare() const {
      return static_cast<int64_t>(uint64_t{words[0]} << 16 | words[1] >> 16);
    }
    auto operator<=>(const Wide&) const = default;
  };
  struct Order {
    template <typename Packed>
    bool Less(const Packed& a, const Packed& b) const {
      return a < b;
    }
    template <typename Packed>
    bool Less(const Packed& a, int64_t bound) const {
      return a.welfare() < bound;
    }
    template <typename Packed>
    bool Less(int64_t bound, const Packed& a) const {
      return bound < a.welfare();
    }
    template <typename Packed>
    void Add(const Packed& packed, WelfareSums* sums) const {
      sums->Add(WelfareSums::Of(packed.entry()), 1);
    }
    template <typename Packed>
    void Take(const Packed& packed, WelfareSums* sums) const {
      sums->Add(WelfareSums::Of(packed.entry()), -1);
    }
  };
  template <typename Packed>
  using Tree = SumTree<Packed, WelfareSums, Order>;

  // What a family at `welfare` adds to S per person, given the sums of those below it.
  base::UInt128 Spread(const WelfareEntry& entry, const WelfareSums& below) const;
  template <typename Packed>
  static void ChangeTree(std::span<const WelfareChange> changes, Tree<Packed>* tree);
  // From now on for wide entries.
  void Widen();

  std::variant<Tree<Narrow>, Tree<Wide>> tree_;
  base::UInt128 spread_ = 0;  // S
};

}  // namespace sepakat::targeting
