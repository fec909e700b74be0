// The weights of a survey against a census or projection: where they do not add up, totals are off.
//
// A census is one number, or a CSV with a region code and its population per line. Regions of the
// survey and of the table belong together by code; a region of the table holds all below it.
// Errors: InvalidArgument CENSUS_INVALID with the line.
// Thread: values, pure functions. Complexity: regions of the survey times entries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "sepakat/measure/frame.h"
#include "sepakat/measure/remark.h"

namespace sepakat::measure {

struct CensusEntry {
  std::string region;
  double population = 0;
};

// A single number is the population of `0`, everybody. The header line names the columns, of which
// the first two are read.
absl::StatusOr<std::vector<CensusEntry>> ReadCensus(std::string_view text);

// False when one number for everybody is all that is known.
bool IsByRegion(const std::vector<CensusEntry>& census);

// Relative differences above `tolerance`, the largest first, and what they do to the figures. A
// census by region needs a frame whose request named the region.
std::vector<Remark> CompareWithCensus(const Frame& frame, const std::vector<CensusEntry>& census,
                                      double tolerance);

}  // namespace sepakat::measure
