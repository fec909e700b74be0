// Errors across an RPC: canonical code, reason and field survive the way.
//
// The detail travels as a serialized sepakat.common.v1.ErrorDetail (in gRPC: the binary status
// details), so a caller in another language reads the same three things.
// Thread: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace sepakat::platform {

// The same failure, naming the field of the request it speaks of (`context.reason`, `rows[2]`).
absl::Status WithField(absl::Status status, std::string_view field);

// The field attached by WithField(), or empty.
std::string FieldOf(const absl::Status& status);

// Serialized ErrorDetail of a failed status.
std::string EncodeErrorDetail(const absl::Status& status);

// Status of a code and message received with `detail`; a detail that does not parse is ignored.
absl::Status DecodeError(absl::StatusCode code, std::string_view message, std::string_view detail);

}  // namespace sepakat::platform
