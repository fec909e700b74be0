// Bytes of a run of records, as the outbox and the embedded log store them.
//
//   run     = record*
//   record  = topic partition key has_value value header_count (name value)* timestamp
//   text    = length:u32le bytes
//
// Errors: DataLoss RUN_DAMAGED when the bytes end inside a record.
// Thread: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"

namespace sepakat::runtime {

// Bytes that AppendEncoded adds.
size_t EncodedSize(const OutRecord& record);
void AppendEncoded(const OutRecord& record, std::string* bytes);
absl::StatusOr<std::vector<OutRecord>> DecodeRun(std::string_view bytes);

}  // namespace sepakat::runtime
