// Creates topics by the admin API.
//
// Errors: those of kafka_settings.h; a topic that exists is no error.
// Thread: any.
#pragma once

#include <span>

#include "absl/status/status.h"
#include "common/platform/kafka/handles.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {

absl::Status CreateTopics(rd_kafka_t* client, std::span<const runtime::TopicSpec> topics,
                          int replication);

}  // namespace sepakat::platform
