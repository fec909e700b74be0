// Everything that one run of the command says, before it becomes a table, JSON, CSV, a workbook or
// a page.
//
// Thread: plain values.
#pragma once

#include <optional>
#include <vector>

#include "sepakat/measure/chart.h"
#include "sepakat/measure/comparison.h"
#include "sepakat/measure/evaluation.h"
#include "sepakat/measure/survey_facts.h"

namespace sepakat::measure {

struct Report {
  SurveyFacts survey;
  double confidence = 0.95;
  std::vector<BreakdownFigures> breakdowns;
  std::optional<Comparison> comparison;
  std::vector<Chart> charts;
};

}  // namespace sepakat::measure
