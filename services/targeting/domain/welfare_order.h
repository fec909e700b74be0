// The welfare distribution of one region, kept exact: Gini coefficient, quantiles, Lorenz shares.
//
//   G = S / (W Y)     S = sum over pairs w_i w_j |y_i - y_j|, W = sum w, Y = sum w y
//
// `w` is the person weight of a family, `y` its welfare per head. Inserting (w, y) changes S by
// w (y W< - Y< + Y> - y W>), with sums over the families below and above y; taking it out first and
// subtracting the same undoes that, to the bit. Ties add nothing, so their order does not matter.
// S is kept modulo 2^128: whatever passes in between, it is right whenever W Y < 2^127, which the
// readout checks (S <= W Y because G <= 1).
//
// Quantile k/q is the smallest y with q cum(y) >= k W, never interpolated; a Lorenz share counts
// the family on the cut in part. All are integer fractions.
// Source of the update: pairwise form of the Gini coefficient (Sen 1973).
// Thread: one owner. Complexity: O(log n) per insertion, removal and reading; 12 bytes per family
// in leaves that are half to quite full.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/fixed_point.h"
#include "common/measures/fgt.h"
#include "targeting/domain/sum_tree.h"

namespace sepakat::targeting {

// Welfare (48 bits), size (8) and family weight (36) of one family, in the order of welfare.
class WelfareEntry {
 public:
  WelfareEntry() = default;
  // Requires the intake limits (measures/fgt.h).
  WelfareEntry(int64_t welfare, int64_t size, int64_t family_weight);

  int64_t welfare() const { return static_cast<int64_t>(High() >> 16); }
  int64_t family_weight() const { return static_cast<int64_t>((High() & 0xff) << 28 | words_[2]); }
  int64_t person_weight() const {
    return static_cast<int64_t>(High() >> 8 & 0xff) * family_weight();
  }
  // Words in descending significance, so that the order of words is the order of welfare.
  auto operator<=>(const WelfareEntry&) const = default;
  bool operator<(int64_t bound) const { return welfare() < bound; }
  friend bool operator<(int64_t bound, const WelfareEntry& entry) {
    return bound < entry.welfare();
  }

 private:
  uint64_t High() const { return uint64_t{words_[0]} << 32 | words_[1]; }

  std::array<uint32_t, 3> words_{};
};

struct WelfareSums {
  int64_t families = 0;
  int64_t family_weight = 0;
  int64_t person_weight = 0;
  base::Int128 welfare = 0;  // sum w y

  WelfareSums& operator+=(const WelfareEntry& entry) { return Add(entry, 1); }
  WelfareSums& operator-=(const WelfareEntry& entry) { return Add(entry, -1); }
  WelfareSums& operator+=(const WelfareSums& other) { return Add(other, 1); }
  WelfareSums& operator-=(const WelfareSums& other) { return Add(other, -1); }

 private:
  WelfareSums& Add(const WelfareEntry& entry, int sign) {
    const int64_t persons = entry.person_weight();
    families += sign;
    family_weight += sign * entry.family_weight();
    person_weight += sign * persons;
    welfare += sign * base::Int128{persons} * entry.welfare();
    return *this;
  }
  WelfareSums& Add(const WelfareSums& other, int sign) {
    families += sign * other.families;
    family_weight += sign * other.family_weight;
    person_weight += sign * other.person_weight;
    welfare += sign * other.welfare;
    return *this;
  }
};

class WelfareOrder {
 public:
  WelfareOrder() = default;
  // All at once; sorts.
  explicit WelfareOrder(std::vector<WelfareEntry> entries);

  void Insert(const WelfareEntry& entry);
  // Requires an entry that was inserted.
  void Erase(const WelfareEntry& entry);

  const WelfareSums& total() const { return tree_.total(); }
  // Denominator 0 when there is no welfare to share, or when it would not fit (see above).
  measures::Ratio Gini() const;
  // Share of all welfare that the poorest `numerator`/`denominator` of the persons have.
  // Denominator 0 as above.
  measures::Ratio LorenzShare(int64_t numerator, int64_t denominator) const;
  // Absent without families.
  std::optional<int64_t> Quantile(int64_t numerator, int64_t denominator) const;

 private:
  // What one family adds to S while the others stand.
  base::UInt128 Spread(const WelfareEntry& entry) const;

  SumTree<WelfareEntry, WelfareSums> tree_;
  base::UInt128 spread_ = 0;  // S
};

}  // namespace sepakat::targeting
