// A report as one page: no network, no script, pictures inside, tables behind them; prints on A4.
//
// Thread: pure function. Complexity: linear in the figures.
#pragma once

#include <string>
#include <string_view>

#include "sepakat/measure/report.h"

namespace sepakat::measure {

// `made_on`: the day of the report, `2026-11-25`.
std::string RenderHtml(const Report& report, Language language, std::string_view made_on);

}  // namespace sepakat::measure
