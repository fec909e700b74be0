// Poverty measures of Foster, Greer and Thorbecke (1984) from exact integer sums.
//
//   P_a = sum w [y < z] ((z - y) / z)^a / sum w          a = 0 headcount, 1 gap, 2 severity
//
// `w` is the person weight of a family (family weight times size), `y` its welfare per head, `z`
// the poverty line that applies to it; a family is poor strictly below its line. Because P_a
// divides by z, sums are kept apart per line and joined only when they are read: each quotient
// floor(S * 2^40 / z^a) is an integer, their sum over W * 2^40 is the measure. Integer sums commute
// and cancel, so adding and removing families in any order leaves the same bits.
//
// Bounds, checked at intake (InIntakeBounds): y < 2^48, z < 2^40, w < 2^36, and W < 2^46 for a
// region; so S1 < 2^86 and S2 < 2^126 fit in 128 bits.
// Thread: values. Complexity: constant per family, linear in the number of lines at readout.
#pragma once

#include <cstdint>
#include <span>

#include "common/base/fixed_point.h"

namespace sepakat::measures {

inline constexpr int64_t kWelfareEnd = int64_t{1} << 48;
inline constexpr int64_t kLineEnd = int64_t{1} << 40;
inline constexpr int64_t kPersonWeightEnd = int64_t{1} << 36;
inline constexpr int64_t kRegionWeightEnd = int64_t{1} << 46;

// True if a family with this welfare and person weight keeps every sum inside its type.
bool InIntakeBounds(int64_t welfare, int64_t person_weight);

// The sums of all families to which one line applies.
struct FgtSums {
  int64_t families = 0;       // unweighted number of families with known welfare
  int64_t weight = 0;         // sum w
  int64_t poor_families = 0;  // families below the line, weighted by family weight
  int64_t poor_weight = 0;    // sum w [y < z]
  base::Int128 gap = 0;       // sum w (z - y)+
  base::Int128 gap_squared = 0;

  bool operator==(const FgtSums&) const = default;
  FgtSums& operator+=(const FgtSums& other);
  // Adds (sign = 1) or takes away (sign = -1) one family.
  void Add(int64_t line, int64_t welfare, int64_t family_weight, int64_t person_weight, int sign);
};

// Sums under one line, and the line.
struct LineSums {
  int64_t line = 0;
  FgtSums sums;
};

// numerator / denominator, not yet divided.
struct Ratio {
  base::Int128 numerator = 0;
  base::Int128 denominator = 0;
  bool operator==(const Ratio&) const = default;
};

// P_order over all lines, order 0..2. Denominator 0 when nobody has a known welfare and line.
Ratio Fgt(std::span<const LineSums> lines, int order);

}  // namespace sepakat::measures
