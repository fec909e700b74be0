// Yes, no, or not known: what a survey says about one question of one unit.
//
// A missing answer stays kUnknown until the rule of the measure that reads it says what becomes of
// the unit; it is never silently a no. Thread: a value.
#pragma once

#include <cstdint>

namespace sepakat::measures {

enum class Answer : uint8_t { kNo, kYes, kUnknown };

}  // namespace sepakat::measures
