// The region master on disk: where it is, and the villages of one regency.
//
// Errors: NotFound REGIONS_MISSING when no region master is found, or the file has no village of
// the regency. Thread: pure functions but for the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "sepakat/cli/command.h"
#include "sepakat/generate/plan.h"

namespace sepakat::cli {

// `given`, else $SEPAKAT_REGIONS, else `../reference/regions.csv` beside the program's folder
// (where the build puts it).
absl::StatusOr<std::string> FindRegionMaster(const Environment& environment,
                                             const std::string& given);

// Villages below `regency` in a `kode,nama` CSV, in its order.
absl::StatusOr<std::vector<generate::Village>> VillagesOf(std::string_view csv,
                                                          std::string_view regency);

}  // namespace sepakat::cli
