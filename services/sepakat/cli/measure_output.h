// How `sepakat measure` hands over its report: printed, and written to any number of files.
//
// A file's format is that of its name: .json, .csv, .xlsx, .html, .txt.
// Errors: InvalidArgument OUTPUT_FORMAT; those of files.h.
// Thread: one.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "sepakat/cli/command.h"
#include "sepakat/measure/report.h"

namespace sepakat::cli {

struct MeasureOutput {
  // table, json, csv or html.
  std::string format = "table";
  std::vector<std::string> files;
  // id or en; empty: Indonesian for pages and workbooks, English for the table.
  std::string language;
};

void AddOutputOptions(CLI::App& command, MeasureOutput& output);

// Before anything is measured.
absl::Status CheckOutput(const MeasureOutput& output);

absl::Status WriteReport(const measure::Report& report, const MeasureOutput& output,
                         Environment& environment);

}  // namespace sepakat::cli
