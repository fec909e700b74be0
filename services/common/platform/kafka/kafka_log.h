// The EventLog on Apache Kafka.
//
// Nothing waits for the cluster when it is opened; the first call does.
// Thread: any.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "common/platform/kafka/kafka_admin.h"
#include "common/platform/kafka/kafka_options.h"
#include "common/platform/kafka/kafka_producer.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {

class KafkaLog final : public runtime::EventLog {
 public:
  // Errors: InvalidArgument KAFKA_SETTING.
  static absl::StatusOr<std::unique_ptr<KafkaLog>> Open(const KafkaOptions& options);

  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics) override;
  absl::StatusOr<int32_t> Partitions(std::string_view topic) override;
  absl::Status Append(std::span<const runtime::OutRecord> records) override;
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at) override;
  absl::StatusOr<std::unique_ptr<runtime::LogReader>> OpenReader(
      std::span<const runtime::StartOffset> from) override;

 private:
  KafkaLog(const KafkaOptions& options, std::unique_ptr<KafkaAdmin> admin);
  // NotFound UNKNOWN_TOPIC unless the partition exists.
  absl::Status CheckPlace(const std::string& topic, int32_t partition);

  const KafkaOptions options_;
  const std::unique_ptr<KafkaAdmin> admin_;
  KafkaProducer producer_;
};

}  // namespace sepakat::platform
