// Whether one distribution has less poverty than another for every line, or only for some.
//
// First order: the share of persons below the line, F(z) = sum w [y < z] / W, compared at every z.
// If it is nowhere higher and somewhere lower, every FGT measure agrees for every line.
// Second order: the mean shortfall D(z) = sum w (z - y)+ / W, the area under F. It decides P1, P2
// and all measures that see a transfer to a poorer person as a gain; first order implies it.
// If curves cross, the ranking depends on the line, and the crossings say where it turns.
// Compared exactly at the observed values, between which F is constant and D straight; differences
// below 1e-12 (of 1 for F, of the largest |y| or border for D) are rounding and count as none.
// Source: Atkinson (1987), Foster and Shorrocks (1988).
// This orders the two samples; whether the populations differ is a question for their errors.
// Errors: InvalidArgument BAD_RANGE. Thread: pure functions. Complexity: O(n0 + n1).
#pragma once

#include <limits>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

enum class DominanceOrder { kFirst, kSecond };

enum class Ordering {
  kEqual,
  kFirstHasLess,   // the first distribution has less poverty, or as much, at every line
  kSecondHasLess,  // the second has
  kCrossing,
};

struct Crossing {
  double line = 0;  // up to this line the one before the crossing holds, above it the other
  // Which distribution has less poverty just above the crossing.
  Ordering above = Ordering::kEqual;
};

struct Dominance {
  Ordering ordering = Ordering::kEqual;
  std::vector<Crossing> crossings;  // ascending; none unless kCrossing
};

// The poverty lines that come into question, both ends included.
struct LineRange {
  double lowest = -std::numeric_limits<double>::infinity();
  double highest = std::numeric_limits<double>::infinity();
};

absl::StatusOr<Dominance> CompareDistributions(const SortedSample& first,
                                               const SortedSample& second, DominanceOrder order,
                                               LineRange lines = {});

}  // namespace sepakat::measures
