#include "common/runtime/event_log.h"

#include <fmt/format.h>

#include "common/base/status.h"

namespace sepakat::runtime {

absl::Status CheckSizes(std::span<const OutRecord> records) {
  for (const OutRecord& record : records) {
    size_t size = record.key.size() + (record.value ? record.value->size() : 0);
    size += record.headers.bytes().size();
    if (size > kMaxRecordBytes) {
      return base::Error(absl::StatusCode::kInvalidArgument, "RECORD_TOO_LARGE",
                         fmt::format("a record of {} bytes for {} passes the limit of {} bytes",
                                     size, record.topic, kMaxRecordBytes));
    }
  }
  return absl::OkStatus();
}

}  // namespace sepakat::runtime
