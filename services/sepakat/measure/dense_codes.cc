#include "sepakat/measure/dense_codes.h"

#include "absl/container/flat_hash_map.h"

namespace sepakat::measure {

DenseCodes Combine(std::span<const uint32_t> first, std::span<const uint32_t> second) {
  DenseCodes dense;
  dense.codes.reserve(first.size());
  absl::flat_hash_map<uint64_t, uint32_t> known;
  uint64_t above = 0;
  for (size_t row = 0; row < first.size(); ++row) {
    const uint64_t pair = (uint64_t{first[row]} << 32) | second[row];
    if (row > 0 && pair == above) {
      dense.codes.push_back(dense.codes.back());
      continue;
    }
    above = pair;
    const auto [place, added] = known.try_emplace(pair, static_cast<uint32_t>(dense.pairs.size()));
    if (added) dense.pairs.emplace_back(first[row], second[row]);
    dense.codes.push_back(place->second);
  }
  return dense;
}

}  // namespace sepakat::measure
