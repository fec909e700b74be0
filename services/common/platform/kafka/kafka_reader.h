// Reads assigned partitions from explicit offsets; its own client, its own queue.
//
// A broker that is away shows as silence. Records that came before an error are given first.
// Errors: OutOfRange OFFSET_GONE, NotFound UNKNOWN_TOPIC, others of kafka_client.h; the reader is
// of no further use then. Thread: one at a time.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/platform/kafka/handles.h"
#include "common/platform/kafka/kafka_options.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {

class KafkaReader final : public runtime::LogReader {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaReader>> Open(
      const KafkaOptions& options, std::span<const runtime::StartOffset> from);

  absl::StatusOr<std::vector<runtime::LogRecord>> Poll(int max_records, int wait_ms) override;

 private:
  KafkaReader(KafkaOwned<rd_kafka_t> client, int64_t queue_bytes)
      : client_(std::move(client)),
        queue_(rd_kafka_queue_get_consumer(client_.get())),
        queue_bytes_(queue_bytes) {}

  // Adds a record, or remembers an error that will not pass.
  void Take(const rd_kafka_message_t& message, std::vector<runtime::LogRecord>* records);

  // librdkafka 2.0.2 stops fetching while its queue is full and then looks again only once a
  // second, or when it has something else to do: once the queue is drained, a question to the
  // leader of the partition makes it look at once.
  void WakeFetcher(const runtime::LogRecord& last);

  KafkaOwned<rd_kafka_t> client_;
  KafkaOwned<rd_kafka_queue_t> queue_;  // What the client fetched; released before the client.
  std::vector<rd_kafka_message_t*> ready_;
  const int64_t queue_bytes_;
  int64_t drained_bytes_ = 0;
  absl::Status failed_;
};

}  // namespace sepakat::platform
