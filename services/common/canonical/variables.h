// The canonical variables of a family: names, numbers, legal values.
//
// The one list that code books translate into and that rules and models speak of. Numbers are those
// of protos/sepakat/common/v1/family.proto (a test compares them), where every code is explained;
// codes follow the Regsosek 2022 questionnaire whatever the instrument was. Thread: constant data.
// Complexity: a search in about sixty names.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sepakat::canonical {

struct VariableInfo {
  std::string_view name;
  int number;
  // Legal values, both included.
  int32_t low;
  int32_t high;
};

// True for values that are codes of answers, false for counts, years and square metres.
constexpr bool IsCoded(int32_t high) { return high <= 12 || high == 26; }

// Ascending by number.
std::span<const VariableInfo> AllVariables();
// nullptr when no variable has this name.
const VariableInfo* FindVariable(std::string_view name);

}  // namespace sepakat::canonical
