// Waiting for figures: a command that changes them is done when they have changed.
//
// A publication names the log positions and the parameters that it was computed from, so "contains
// this file" is a comparison of offsets, not a matter of time. Errors: those of monitoring;
// DeadlineExceeded FIGURES_LATE when no such publication came in time, which is no loss: it comes
// by itself. Thread: one.
#pragma once

#include <cstdint>
#include <span>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "sepakat/cli/client.h"
#include "sepakat/common/v1/figure.pb.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"

namespace sepakat::cli {

// The first complete publication seen whose inputs have reached `ends`.
absl::StatusOr<int64_t> WaitForFigures(
    const google::protobuf::RepeatedPtrField<common::v1::LogPosition>& ends, int64_t seconds,
    Client& client, Environment& environment);

// The first complete publication seen that uses these versions of poverty lines.
absl::StatusOr<int64_t> WaitForLines(
    std::span<const reference::events::v1::PovertyLineRecorded> lines, int64_t seconds,
    Client& client, Environment& environment);

}  // namespace sepakat::cli
