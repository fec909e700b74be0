// What a bare librdkafka consumer reaches on a topic: it reads every record and only counts.
//
// Thread: one.
#pragma once

#include <cstdint>
#include <string>

namespace sepakat::bench {

// Records per second over all partitions of `topic`, from the first record until `records` were
// read.
double BareConsumerRate(const std::string& bootstrap, const std::string& topic, int32_t partitions,
                        int64_t records);

}  // namespace sepakat::bench
