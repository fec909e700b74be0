// Numbers as people read them, in two languages: 1.234,5 and 1,234.5.
//
// Thread: pure functions.
#pragma once

#include <optional>
#include <string>

#include "sepakat/measure/figure.h"
#include "sepakat/measure/remark.h"

namespace sepakat::measure {

// With `decimals` digits behind the mark and groups of three before it.
std::string NumberShown(double value, int decimals, Language language);

// A value of a figure: shares in percent, counts whole, welfare and indices with digits that fit
// their size.
// `-` when absent.
std::string ValueShown(std::optional<double> value, Unit unit, Language language);

}  // namespace sepakat::measure
