// A chart as one piece of SVG, to stand inside a page.
//
// Text is real text, colours tell apart under the usual kinds of colour blindness and on paper, and
// every picture says its title and reading to a screen reader.
// Thread: pure functions. Complexity: linear in the points.
#pragma once

#include <string>
#include <string_view>

#include "sepakat/measure/chart.h"

namespace sepakat::measure {

std::string DrawSvg(const Chart& chart, Language language);

// `<` -> `&lt;` and so on, for text and attributes.
std::string Escaped(std::string_view text);

}  // namespace sepakat::measure
