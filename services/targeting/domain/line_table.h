// Which poverty line applies to a family.
//
// The most special line that fits: region before its ancestors, urban or rural before both, and of
// these the latest one valid on the day of observation. A family observed before the first of them
// is measured by that first one; a family without a date by the latest.
// Thread: values. Complexity: linear in the few lines of a region and its ancestors.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "targeting/domain/parameters.h"
#include "targeting/domain/region_sums.h"

namespace sepakat::targeting {

class LineTable {
 public:
  LineTable() = default;
  // Lines that do not pass Check() are left out.
  explicit LineTable(const ParameterSet& parameters);

  // Candidates of a region, most special first: its own lines, then its parent's candidates.
  std::vector<uint32_t> Candidates(std::string_view region,
                                   const std::vector<uint32_t>& of_parent) const;
  // Line class of a family, -1 when no line fits. `urban_rural` 0 when unknown.
  int32_t ClassOf(std::span<const uint32_t> candidates, int urban_rural, int32_t observed_on) const;

  const std::vector<LineClass>& classes() const { return classes_; }

 private:
  struct Line {
    std::string region;
    int urban_rural = 0;
    int32_t valid_from = 0;
    int32_t line_class = 0;
  };
  std::vector<Line> lines_;
  std::vector<LineClass> classes_;
  // Own lines of a region in order of precedence.
  std::map<std::string, std::vector<uint32_t>, std::less<>> by_region_;
};

}  // namespace sepakat::targeting
