// A report as JSON, with full precision and shares as fractions (0.1444, not 14.44 %).
//
// Thread: pure function. Complexity: linear in the figures.
#pragma once

#include <ostream>

#include "sepakat/measure/report.h"

namespace sepakat::measure {

void RenderJson(const Report& report, std::ostream& out);

}  // namespace sepakat::measure
