// Bytes of a block of the durable log: records of one partition that were appended together.
//
//   block   = span:u32 record*                  span: offsets that the block covers from its base
//   on record  = delta:u32 timestamp:i64 key flag:u8 [value] header_count:u32 (name value)* text =
//   length:u32 bytes                  key, value, name; flag 1: there is a value numbers are
//   little-endian; the offset of a record is the block's base plus its delta
//
// Offsets may be missing inside a block: compaction takes superseded records out.
// Errors: DataLoss LOG_DAMAGED when the bytes end inside a record or more is there than told.
// Thread: pure functions.
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
  BlockWriter();
  // The record gets the next offset.
  void Add(const runtime::OutRecord& record);
  // A record that had its offset before; deltas ascend.
  void AddAt(uint32_t delta, const runtime::LogRecord& record);
  // Offsets up to here are covered, with or without records.
  void CoverTo(uint32_t span) { span_ = span; }
  uint32_t span() const { return span_; }
  size_t size() const { return bytes_.size(); }
  // The bytes; nothing may be added any more.
  std::string Finish() &&;

 private:
  std::string bytes_;
  uint32_t span_ = 0;
};

// Offsets that a block covers, without reading its records.
absl::StatusOr<uint32_t> SpanOf(std::string_view block);

// The records from `from` on of the block of `topic` and `partition` whose first offset is `base`.
absl::StatusOr<std::vector<runtime::LogRecord>> ReadBlock(std::string_view block,
                                                          std::string_view topic, int32_t partition,
                                                          int64_t base, int64_t from);

}  // namespace sepakat::embedded
