#include "targeting/app/log_range.h"

#include <memory>
#include <vector>

#include "common/base/status.h"

namespace sepakat::targeting {
namespace {

constexpr int kBatch = 4096;
constexpr int kWaitMs = 50;

}  // namespace

absl::Status ReadRange(runtime::EventLog* log, const runtime::TopicPartition& at, int64_t begin,
                       int64_t end,
                       const std::function<absl::Status(const runtime::LogRecord&)>& visit) {
  const runtime::StartOffset start{at, begin};
  SEPAKAT_ASSIGN_OR_RETURN(const std::unique_ptr<runtime::LogReader> reader,
                           log->OpenReader({&start, 1}));
  for (int64_t next = begin; next < end;) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<runtime::LogRecord> records,
                             reader->Poll(kBatch, kWaitMs));
    for (const runtime::LogRecord& record : records) {
      next = record.offset + 1;
      if (record.offset < end) SEPAKAT_RETURN_IF_ERROR(visit(record));
    }
  }
  return absl::OkStatus();
}

}  // namespace sepakat::targeting
