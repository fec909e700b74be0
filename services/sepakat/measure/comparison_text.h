// A comparison of two surveys as tables and sentences.
//
// Thread: pure functions.
#pragma once

#include <string>
#include <vector>

#include "sepakat/measure/comparison.h"
#include "sepakat/measure/report_tables.h"

namespace sepakat::measure {

// Changes of figures, decompositions of each line, by sector, growth at chosen percentiles.
std::vector<TextTable> ComparisonTables(const Comparison& comparison, Language language);

// What dominance and growth say, each in a sentence.
std::vector<std::string> ComparisonSentences(const Comparison& comparison, Language language);

}  // namespace sepakat::measure
