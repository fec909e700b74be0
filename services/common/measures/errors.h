// The two ways in which a measure has no value.
//
// Invalid: the question is wrong (a negative line, k above 1); another question must be asked.
// Undefined: the question is right and these data have no answer (the logarithm of a negative
// income, a share of nothing); the message counts the observations that stand in the way.
// Thread: pure functions.
#pragma once

#include <string_view>

#include "common/base/status.h"

namespace sepakat::measures {

inline absl::Status Invalid(std::string_view reason, std::string_view message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

inline absl::Status Undefined(std::string_view reason, std::string_view message) {
  return base::Error(absl::StatusCode::kFailedPrecondition, reason, message);
}

}  // namespace sepakat::measures
