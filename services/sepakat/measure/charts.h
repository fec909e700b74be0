// The pictures of a report: Lorenz curves, poverty by line, figures by group, growth incidence,
// concentration of programmes, contributions to a multidimensional measure.
//
// Only what was measured is drawn: no line, no picture of poverty. Curves have at most a hundred
// segments.
// Thread: pure function. Complexity: one sort per survey and curve.
#pragma once

#include <vector>

#include "sepakat/measure/chart.h"
#include "sepakat/measure/comparison.h"
#include "sepakat/measure/survey_run.h"

namespace sepakat::measure {

// `later`, `comparison`: nullptr when one survey was measured.
std::vector<Chart> MakeCharts(const SurveyRun& survey, const std::vector<BreakdownFigures>& figures,
                              const SurveyRun* later, const Comparison* comparison);

}  // namespace sepakat::measure
