// Observations by group.
//
// Thread: values, pure function. Complexity: linear.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace sepakat::measure {

inline constexpr uint32_t kUnknownGroup = std::numeric_limits<uint32_t>::max();

struct Groups {
  struct Key {
    // As the file or the book codes it, and as people read it.
    std::string value;
    std::string label;
  };
  std::vector<Key> keys;
  // By observation: place in `keys` or kUnknownGroup.
  std::vector<uint32_t> labels;
};

// Drops the keys that no observation has and renumbers the labels; `sort`: numbers by size, then
// texts.
void Tidy(bool sort, Groups* groups);

}  // namespace sepakat::measure
