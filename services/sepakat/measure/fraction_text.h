// Exact shares as people write them: `1/3`, `0.2`.
//
// Thread: pure function.
#pragma once

#include <optional>
#include <string_view>

#include "common/measures/fraction.h"

namespace sepakat::measure {

// Absent for anything else, below 0, above 1, or with more than nine digits.
std::optional<measures::Fraction> ParseFraction(std::string_view text);

}  // namespace sepakat::measure
