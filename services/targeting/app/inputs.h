// Reading the inputs of targeting: families and reference data, from offsets we keep ourselves.
//
// Position() is the next offset of every partition that was handed out, so a manifest can name it.
// Errors: those of event_log.h; after an error the reader is opened again at its position.
// Thread: one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"

namespace sepakat::targeting {

using Positions = std::map<runtime::TopicPartition, int64_t>;

class Inputs {
 public:
  explicit Inputs(runtime::EventLog* log) : log_(log) {}

  // Finds the partitions of all input topics; everything starts at offset 0.
  absl::Status Open();
  // Goes on from offsets that were reached before. DataLoss CHECKPOINT_OF_ANOTHER_LOG when they
  // name a partition that is not there.
  absl::Status StartAt(const Positions& reached);
  absl::StatusOr<std::vector<runtime::LogRecord>> Poll(int max_records, int wait_ms);
  // Hands every record below `to` to `visit`, parameters before families, and stops there exactly.
  // DataLoss LOG_SHORTER_THAN_MANIFEST when the log ends before.
  absl::Status Replay(const Positions& to,
                      const std::function<absl::Status(const runtime::LogRecord&)>& visit);
  const Positions& positions() const { return positions_; }

 private:
  absl::Status ReplayTopics(bool families, const Positions& to,
                            const std::function<absl::Status(const runtime::LogRecord&)>& visit);

  runtime::EventLog* log_;
  Positions positions_;
  std::unique_ptr<runtime::LogReader> reader_;
};

}  // namespace sepakat::targeting
