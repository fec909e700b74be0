// Sets of values that a rule's case speaks of: codes, half-open bands, bands of a quotient.
//
// A place is a cut of the number line: just before a value, or just behind it. So `below 7.2`,
// `to 10` and `above 10` are told apart exactly, for whole numbers and for quotients alike, without
// floating point. Bounds have at most six decimals.
// Thread: values.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace sepakat::rules {

inline constexpr int64_t kMicro = 1'000'000;
// Largest magnitude of a bound: place times divisor stays below 2^63.
inline constexpr int64_t kLargestBoundMicro = 2'147'483'647 * kMicro;

// Twice the value in millionths, plus one behind it.
using Place = int64_t;
inline constexpr Place kFirstPlace = std::numeric_limits<int64_t>::min();
inline constexpr Place kEndPlace = std::numeric_limits<int64_t>::max();

constexpr Place Before(int64_t value_micro) { return 2 * value_micro; }
constexpr Place Behind(int64_t value_micro) { return 2 * value_micro + 1; }

// The values between two places.
struct Range {
  Place first = kFirstPlace;
  Place end = kEndPlace;

  bool empty() const { return first >= end; }
  bool operator==(const Range&) const = default;
};

// One whole number.
constexpr Range Exactly(int64_t value) { return {Before(value * kMicro), Behind(value * kMicro)}; }

// Ascending and disjoint.
using Ranges = std::vector<Range>;

Ranges Union(Ranges ranges);
Ranges Intersection(const Ranges& a, const Ranges& b);
// What of `all` is not in `taken`.
Ranges Difference(const Ranges& all, const Ranges& taken);
// Ranges that hold no whole number taken away, the others narrowed to their outermost ones.
Ranges WholeNumbers(const Ranges& ranges);

// For people: `4 to 7`, `above 10`, `from 7.2 to below 9`; joined by commas.
std::string Words(const Ranges& ranges);

}  // namespace sepakat::rules
