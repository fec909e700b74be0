// Reading a piece of one partition of the log, once, from its beginning to its end.
//
// Errors: those of the log and of `visit`, which ends the reading.
// Thread: pure function over a log that is safe to share. Complexity: linear in the piece.
#pragma once

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "common/runtime/event_log.h"

namespace sepakat::targeting {

// Hands the records from offset `begin` to `end` (exclusive; at most the end of the partition) to
// `visit`.
absl::Status ReadRange(runtime::EventLog* log, const runtime::TopicPartition& at, int64_t begin,
                       int64_t end,
                       const std::function<absl::Status(const runtime::LogRecord&)>& visit);

}  // namespace sepakat::targeting
