// Bytes of a block of the durable log: records of one partition that were appended together.
//
//   block   = span:u32 records | span:u32 size:u32 packed
//               span    offsets that the block covers from its base on; its highest bit tells that
//                       the records are packed: `size` bytes before LZ4 made `packed` of them
//   records = record*
//   record  = delta:u32 timestamp:i64 key flag:u8 [value] header_count:u32 (name value)*
//               flag 1: there is a value; the record's offset is the block's base plus its delta
//   text    = length:u32 bytes                  key, value, name
//   numbers are little-endian
//
// Blocks are packed once, before they are written anywhere: what a log costs is what it writes.
// Offsets may be missing inside a block: compaction takes superseded records out.
// Errors: DataLoss LOG_DAMAGED names topic, partition and base when the bytes end inside a record,
// do not unpack to what was packed, or hold more than told. A flipped bit is the storage's to find:
// it keeps a checksum with every block. Thread: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"

namespace sepakat::embedded {

class BlockWriter {
 public:
  // The record gets the next offset.
  void Add(const runtime::OutRecord& record);
  // A record that had its offset before; deltas ascend.
  void AddAt(uint32_t delta, const runtime::LogRecord& record);
  // Offsets up to here are covered, with or without records.
  void CoverTo(uint32_t span) { span_ = span; }
  uint32_t span() const { return span_; }
  // Bytes of the records before they are packed.
  size_t size() const { return records_.size(); }
  // The bytes; nothing may be added any more.
  std::string Finish() &&;

 private:
  std::string records_;
  uint32_t span_ = 0;
};

// Offsets that a block covers, without reading its records.
absl::StatusOr<uint32_t> SpanOf(std::string_view block);

// The records from `from` on of the block of `topic` and `partition` whose first offset is `base`.
absl::StatusOr<std::vector<runtime::LogRecord>> ReadBlock(std::string_view block,
                                                          std::string_view topic, int32_t partition,
                                                          int64_t base, int64_t from);

}  // namespace sepakat::embedded
