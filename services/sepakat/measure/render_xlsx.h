// A report as a workbook: a sheet of facts, a sheet of figures with numbers to reckon with, and
// sheets for a comparison.
//
// Errors: those of the file system, as Internal FILE_FAILED with the path.
// Thread: pure but for the file. Complexity: linear in the figures, all in memory.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "sepakat/measure/report.h"

namespace sepakat::measure {

absl::Status WriteXlsx(const Report& report, Language language, const std::string& path);

}  // namespace sepakat::measure
