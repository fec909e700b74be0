// Keys of the durable log in its database.
//
//   "t/" topic                                  -> partitions [" " lag_ms]    lag: compacted topics
//   only "d/" topic 0x00 partition:u32be base:u64be  -> block                      (block_codec.h)
//
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sepakat::embedded {

inline constexpr std::string_view kTopicPrefix = "t/";

// What all blocks of a partition begin with.
std::string PartitionPrefix(std::string_view topic, int32_t partition);
std::string BlockKey(std::string_view topic, int32_t partition, int64_t base);
// The first offset of the block under a key.
int64_t BaseOf(std::string_view key);

}  // namespace sepakat::embedded
