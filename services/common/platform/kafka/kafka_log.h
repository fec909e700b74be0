// The EventLog on Apache Kafka, through librdkafka.
//
// Appends wait for the acknowledgement of every record. After an error some records may be on the log
// all the same; the caller sends them again under the same ids. A producer that turned fatal is
// replaced at the next append. Topics are created by EnsureTopics only; compacted ones keep superseded
// records for seven days, all others for ever.
// Errors: those of kafka_settings.h and event_log.h.
// Thread: any; a reader from one at a time.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "common/platform/kafka/kafka_settings.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {

class KafkaLog final : public runtime::EventLog {
 public:
  // Does not wait for the broker: the first call that needs it does.
  static absl::StatusOr<std::unique_ptr<KafkaLog>> Open(const KafkaOptions& options);
  ~KafkaLog() override;

  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics) override;
  absl::StatusOr<int32_t> Partitions(std::string_view topic) override;
  absl::Status Append(std::span<const runtime::OutRecord> records) override;
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at) override;
  absl::StatusOr<std::unique_ptr<runtime::LogReader>> OpenReader(
      std::span<const runtime::StartOffset> from) override;

 private:
  class Producer;

  explicit KafkaLog(const KafkaOptions& options) : options_(options) {}
  // The producer in use; a new one when the last one turned fatal.
  absl::StatusOr<std::shared_ptr<Producer>> CurrentProducer();
  absl::StatusOr<int32_t> AskPartitions(const std::string& topic);

  const KafkaOptions options_;
  std::mutex mutex_;
  std::shared_ptr<Producer> producer_;  // Shared with appends under way when it is replaced.
  std::map<std::string, int32_t, std::less<>> partitions_;
};

}  // namespace sepakat::platform
