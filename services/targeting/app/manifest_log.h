// Manifests read back from the log.
//
// Errors: those of the log; DataLoss MANIFEST_DAMAGED.
// Thread: pure functions over a log that is safe to share.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"
#include "targeting/app/codec.h"

namespace sepakat::targeting {

// The newest publications, at most two, oldest first. Complexity: the end of the topic.
absl::StatusOr<std::vector<Manifest>> LastManifests(runtime::EventLog* log, const Codec& codec);

// The manifest of one publication; absent when the log has none. Complexity: the whole topic.
absl::StatusOr<std::optional<Manifest>> FindManifest(runtime::EventLog* log, const Codec& codec,
                                                     int64_t publication);

}  // namespace sepakat::targeting
