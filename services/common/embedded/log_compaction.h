// Takes superseded records out of one partition of the durable log.
//
// A record goes when a newer one with the same key stands in the partition and its whole block is
// older than the limit. Neighbouring blocks that became small are joined; every offset stays
// covered by exactly one block, and each replacement is one atomic write, so readers and crashes
// see either side of it. The last block stays as it is, and so does a key's last record, also when
// its value is null. Errors: those of platform/rocksdb/database.h, DataLoss LOG_DAMAGED.
// Complexity: reads the partition twice; about 40 bytes of memory per key. Thread: any, one at a
// time.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace sepakat::platform {
class Database;
}

namespace sepakat::embedded {

struct CompactionRange {
  std::string topic;
  int32_t partition = 0;
  // Offsets below are looked at.
  int64_t end = 0;
  // Records with this time or a later one stay.
  int64_t keep_from_ms = 0;
};

// Gives the number of records taken out.
absl::StatusOr<int64_t> CompactPartition(platform::Database& database,
                                         const CompactionRange& range);

}  // namespace sepakat::embedded
