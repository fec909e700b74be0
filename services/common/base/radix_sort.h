// A stable sort by an unsigned key in time linear in the number of values: least significant digit
// first.
//
// Only the bits in which keys differ from the least one are looked at, in digits of at most 11
// bits, so a column of close numbers costs one or two passes. A few values are sorted by
// comparison. Thread: pure function. Complexity: O(n) per digit, room for as many values again.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace sepakat::base {

inline constexpr int kRadixDigitBits = 11;
inline constexpr size_t kRadixLeast = 1024;

// `key_of(value)` gives a uint64_t. `scratch` keeps its room for the next call.
template <typename T, typename KeyOf>
void RadixSort(std::vector<T>* values, std::vector<T>* scratch, const KeyOf& key_of) {
  if (values->size() < kRadixLeast) {
    std::ranges::stable_sort(*values, {}, key_of);
    return;
  }
  uint64_t least = key_of(values->front());
  uint64_t most = least;
  for (const T& value : *values) {
    least = std::min<uint64_t>(least, key_of(value));
    most = std::max<uint64_t>(most, key_of(value));
  }
  const int bits = std::bit_width(most - least);
  const int passes = (bits + kRadixDigitBits - 1) / kRadixDigitBits;
  if (passes == 0) return;
  const int digit_bits = (bits + passes - 1) / passes;
  const uint64_t digit_mask = (uint64_t{1} << digit_bits) - 1;
  scratch->resize(values->size());
  for (int pass = 0; pass < passes; ++pass) {
    const auto digit_of = [&](const T& value) {
      return (key_of(value) - least) >> (pass * digit_bits) & digit_mask;
    };
    std::array<size_t, size_t{1} << kRadixDigitBits> place{};
    for (const T& value : *values) ++place[digit_of(value)];
    size_t sum = 0;
    for (size_t& at : place) {
      const size_t count = at;
      at = sum;
      sum += count;
    }
    T* const to = scratch->data();
    for (const T& value : *values) to[place[digit_of(value)]++] = value;
    values->swap(*scratch);
  }
}

}  // namespace sepakat::base
