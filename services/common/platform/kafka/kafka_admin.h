// Topics of a Kafka cluster: which there are, creating them, where they end.
//
// Errors: those of kafka_client.h, FailedPrecondition PARTITIONS_DIFFER.
// Thread: any.
#pragma once

#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/platform/kafka/handles.h"
#include "common/platform/kafka/kafka_options.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {

class KafkaAdmin {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaAdmin>> Open(KafkaOptions options);

  // Creates what is missing and returns when every partition has a leader.
  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics);
  // Asked once per topic: partition counts are fixed.
  absl::StatusOr<int32_t> Partitions(std::string_view topic);
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at);

 private:
  using Counts = std::map<std::string, int32_t, std::less<>>;

  KafkaAdmin(KafkaOptions options, KafkaOwned<rd_kafka_t> client)
      : options_(std::move(options)), client_(std::move(client)) {}

  // Topics whose partitions all have a leader, with the number of partitions.
  absl::StatusOr<Counts> AskForTopics();
  absl::Status Create(std::span<const runtime::TopicSpec* const> topics);

  const KafkaOptions options_;
  const KafkaOwned<rd_kafka_t> client_;
  std::mutex mutex_;
  Counts known_;
};

}  // namespace sepakat::platform
