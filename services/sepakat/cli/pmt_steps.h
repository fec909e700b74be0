// The steps of `sepakat pmt`, and how their results are printed. Internal to the command line.
#pragma once

#include <ostream>

#include "sepakat/cli/command.h"
#include "sepakat/pmt/fit.h"

namespace sepakat::cli {

void AddPmtFit(CLI::App& group, Action& chosen);
void AddPmtScore(CLI::App& group, Action& chosen);

// Standing above everything a local model gives.
inline constexpr std::string_view kLocalEstimate =
    "Estimasi lokal dari satu survei; bukan desil resmi (a local estimate, never the official "
    "decile)";

void PrintFitTable(const pmt::FitReport& report, const pmt::FitOptions& options, std::ostream& out);
// Numbers with all their digits.
void PrintFitJson(const pmt::FitReport& report, const pmt::FitOptions& options, std::ostream& out);

}  // namespace sepakat::cli
