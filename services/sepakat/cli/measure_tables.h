// A report as aligned tables for people and as CSV for programs.
//
// Thread: pure functions.
#pragma once

#include <ostream>

#include "sepakat/measure/report.h"

namespace sepakat::cli {

void PrintFiguresTable(const measure::Report& report, measure::Language language,
                       std::ostream& out);

// Full precision, shares as fractions; one line per figure.
void PrintFiguresCsv(const measure::Report& report, std::ostream& out);

}  // namespace sepakat::cli
