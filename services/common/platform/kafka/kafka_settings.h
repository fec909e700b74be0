// How every Kafka client of the project is configured, and what its errors mean here.
//
// Rules for librdkafka 2.0.2 against a 4.x broker: partitions are assigned with explicit offsets, never
// subscribed; no auto-commit, no offset reset; the producer is idempotent with acks=all; the partition
// is chosen by the project.
// Errors: Unavailable KAFKA_AWAY (try again), NotFound UNKNOWN_TOPIC, OutOfRange OFFSET_GONE,
//   InvalidArgument RECORD_TOO_LARGE, Internal KAFKA_FAILED.
// Thread: pure functions.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/platform/kafka/handles.h"

namespace sepakat::platform {

struct KafkaOptions {
  // `host:port[,host:port]`.
  std::string bootstrap;
  std::string client_id = "sepakat";
  int replication = 1;
  // How long an append may take before it fails with Unavailable.
  int append_timeout_ms = 10'000;
  // Most bytes a reader holds ahead of its polls.
  int fetch_ahead_kib = 32 * 1024;
};

enum class KafkaRole { kProducer, kConsumer };

// `on_conf` may add callbacks before the client is made.
absl::StatusOr<KafkaClient> MakeKafkaClient(
    const KafkaOptions& options, KafkaRole role,
    const std::function<void(rd_kafka_conf_t*)>& on_conf = nullptr);

absl::Status FromKafka(rd_kafka_resp_err_t error, std::string_view doing);

}  // namespace sepakat::platform
