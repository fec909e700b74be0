#include "sepakat/measure/groups.h"

#include <algorithm>
#include <cmath>

#include "sepakat/measure/table_builder.h"

namespace sepakat::measure {
namespace {

// Numbers by size, then texts.
bool Before(const Groups::Key& a, const Groups::Key& b) {
  const double x = ParseNumber(a.value, {});
  const double y = ParseNumber(b.value, {});
  if (std::isnan(x) != std::isnan(y)) return std::isnan(y);
  if (!std::isnan(x) && x != y) return x < y;
  return a.value < b.value;
}

}  // namespace

void Tidy(bool sort, Groups* groups) {
  std::vector<bool> present(groups->keys.size(), false);
  for (const uint32_t label : groups->labels) {
    if (label != kUnknownGroup) present[label] = true;
  }
  std::vector<uint32_t> order;
  for (uint32_t key = 0; key < groups->keys.size(); ++key) {
    if (present[key]) order.push_back(key);
  }
  if (sort) {
    std::ranges::stable_sort(order, [groups](uint32_t a, uint32_t b) {
      return Before(groups->keys[a], groups->keys[b]);
    });
  }
  std::vector<uint32_t> place(groups->keys.size(), kUnknownGroup);
  std::vector<Groups::Key> keys;
  for (const uint32_t key : order) {
    place[key] = static_cast<uint32_t>(keys.size());
    keys.push_back(std::move(groups->keys[key]));
  }
  groups->keys = std::move(keys);
  for (uint32_t& label : groups->labels) {
    if (label != kUnknownGroup) label = place[label];
  }
}

}  // namespace sepakat::measure
