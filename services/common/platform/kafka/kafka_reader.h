// Reads assigned partitions from explicit offsets.
//
// Nothing is polled ahead beyond the fetch cap: a task that does not poll stops the fetching.
// Thread: one at a time.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "common/platform/kafka/kafka_settings.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {

class KafkaReader final : public runtime::LogReader {
 public:
  static absl::StatusOr<std::unique_ptr<runtime::LogReader>> Open(
      const KafkaOptions& options, std::span<const runtime::StartOffset> from);
  ~KafkaReader() override;

  absl::StatusOr<std::vector<runtime::LogRecord>> Poll(int max_records, int wait_ms) override;

 private:
  explicit KafkaReader(KafkaClient client) : client_(std::move(client)) {}

  KafkaClient client_;
};

}  // namespace sepakat::platform
