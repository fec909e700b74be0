// Where poverty lines come from, and the line of each observation.
//
//   538371          one line for all, in the unit of welfare
//   60%median       relative: a share of the median, the mean or a quantile (60%mean, 50%q0.4)
//   column:gk       a column of the file holds each row's line
//   table:FILE      a TOML file of lines by region, as `sepakat reference show poverty_lines_2025`
// Errors: InvalidArgument LINE_SPEC, REFERENCE_INVALID (the table).
// Thread: values, pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/relative_line.h"
#include "sepakat/measure/frame.h"

namespace sepakat::measure {

// One line of a region table.
struct RegionLine {
  std::string region;
  double value = 0;
  // Days since 1970-01-01.
  int32_t valid_from = 0;
  // 0: both kinds of area, 1: urban, 2: rural.
  int urban_rural = 0;
};

struct LineSpec {
  enum Kind { kValue, kRelative, kColumn, kTable };
  Kind kind = kValue;
  // As it was written.
  std::string text;
  double value = 0;
  measures::RelativeLine relative;
  // Column or path.
  std::string source;
  std::vector<RegionLine> table;
};

// `column:` and `table:` name their source; the table is read by the caller.
absl::StatusOr<LineSpec> ParseLine(std::string_view text);

// The [[poverty_line]] entries of a TOML file.
absl::StatusOr<std::vector<RegionLine>> ReadLineTable(std::string_view file_name,
                                                      std::string_view toml);

// The line of one place: of the deepest region of the table that holds it, the entry for its kind
// of area before the one for both, the latest of those valid on `day` (absent: the latest of all).
// NaN: none.
double LineAt(const std::vector<RegionLine>& table, std::string_view region, int urban_rural,
              std::optional<int32_t> day);

// The line of each observation; NaN where its region is not known or has none.
std::vector<double> LinesByRegion(const Frame& frame, const std::vector<RegionLine>& table,
                                  std::optional<int32_t> day);

}  // namespace sepakat::measure
