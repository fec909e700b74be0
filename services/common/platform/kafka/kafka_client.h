// Creates librdkafka clients from options, and translates librdkafka's errors.
//
// Rules for 2.0.2: nothing is subscribed, committed, paused or sought; offsets are ours; an offset
// that the broker does not have is an error, never a jump.
// Errors: Unavailable for everything that may pass, NotFound UNKNOWN_TOPIC, OutOfRange OFFSET_GONE,
//   InvalidArgument RECORD_TOO_LARGE, PermissionDenied, Internal KAFKA_FAILED.
// Thread: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/platform/kafka/handles.h"
#include "common/platform/kafka/kafka_options.h"

namespace sepakat::platform {

using KafkaSettings = std::vector<std::pair<const char*, std::string>>;
using DeliveryCallback = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);

// A client with the settings common to all, and `settings` of its own. `options.telemetry` hears
// what librdkafka logs. Errors: InvalidArgument KAFKA_SETTING names the setting that was refused.
absl::StatusOr<KafkaOwned<rd_kafka_t>> NewKafkaClient(rd_kafka_type_t type,
                                                      const KafkaOptions& options,
                                                      const KafkaSettings& settings,
                                                      DeliveryCallback on_delivery = nullptr);

absl::Status FromKafka(rd_kafka_resp_err_t error, std::string_view doing);

}  // namespace sepakat::platform
