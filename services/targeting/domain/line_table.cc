#include "targeting/domain/line_table.h"

#include <algorithm>
#include <limits>

#include "common/base/fixed_point.h"

namespace sepakat::targeting {

LineTable::LineTable(const ParameterSet& parameters) {
  for (const auto& [key, line] : parameters.lines) {
    if (!Check(line, parameters.population).ok()) continue;
    const int64_t value =
        base::ParseScaled(line.value, parameters.population.welfare_decimals).value_or(0);
    const LineClass line_class{value, line.version, line.region};
    auto it = std::ranges::find(classes_, line_class);
    if (it == classes_.end()) {
      it = classes_.insert(classes_.end(), line_class);
    } else if (it->regions != line.region) {
      it->regions += "," + line.region;
    }
    by_region_[line.region].push_back(static_cast<uint32_t>(lines_.size()));
    lines_.push_back({line.region, line.urban_rural, line.valid_from,
                      static_cast<int32_t>(it - classes_.begin())});
  }
  for (auto& [region, own] : by_region_) {
    std::ranges::sort(own, [this](uint32_t a, uint32_t b) {
      const auto rank = [this](uint32_t i) {
        return std::tuple(lines_[i].urban_rural == 0, lines_[i].urban_rural,
                          -int64_t{lines_[i].valid_from});
      };
      return rank(a) < rank(b);
    });
  }
}

std::vector<uint32_t> LineTable::Candidates(std::string_view region,
                                            const std::vector<uint32_t>& of_parent) const {
  std::vector<uint32_t> candidates;
  const auto it = by_region_.find(region);
  if (it != by_region_.end()) candidates = it->second;
  candidates.insert(candidates.end(), of_parent.begin(), of_parent.end());
  return candidates;
}

int32_t LineTable::ClassOf(std::span<const uint32_t> candidates, int urban_rural,
                           int32_t observed_on) const {
  const int32_t day = observed_on == 0 ? std::numeric_limits<int32_t>::max() : observed_on;
  const Line* first = nullptr;  // earliest line of the most special group that fits
  for (uint32_t index : candidates) {
    const Line& line = lines_[index];
    if (line.urban_rural != 0 && line.urban_rural != urban_rural) continue;
    if (line.valid_from <= day) return line.line_class;
    const bool same_group = first == nullptr || (line.region == first->region &&
                                                 line.urban_rural == first->urban_rural);
    if (same_group) first = &line;
  }
  return first == nullptr ? -1 : first->line_class;
}

}  // namespace sepakat::targeting
