// Sends runs of records to Kafka and waits until every one of them is durable (acks=all).
//
// One append at a time. The producer is idempotent and never times a record out by itself, so what
// is durable of an append is, per partition, its first records: no gap that a reader would take for
// repeats. After any error the client is thrown away with what it still held; the caller sends the
// same records again.
// Errors: those of kafka_client.h; a deadline that passes is Unavailable KAFKA_AWAY.
// Thread: any.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "common/platform/kafka/handles.h"
#include "common/platform/kafka/kafka_options.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {

class KafkaProducer {
 public:
  explicit KafkaProducer(KafkaOptions options) : options_(std::move(options)) {}

  absl::Status Append(std::span<const runtime::OutRecord> records);

 private:
  struct Delivery;
  using Deadline = std::chrono::steady_clock::time_point;

  absl::Status Open();
  void Discard();
  // One attempt with the current client; `fatal` tells that a fresh client may succeed at once.
  absl::Status Send(std::span<const runtime::OutRecord> records, Deadline deadline, bool* fatal);
  absl::Status Enqueue(const runtime::OutRecord& record, Delivery* delivery, Deadline deadline);
  rd_kafka_topic_t* Topic(const std::string& name);
  bool HasFatalError() const;

  const KafkaOptions options_;
  std::mutex mutex_;
  KafkaOwned<rd_kafka_t> client_;
  std::map<std::string, KafkaOwned<rd_kafka_topic_t>> topics_;  // Destroyed before the client.
};

}  // namespace sepakat::platform
