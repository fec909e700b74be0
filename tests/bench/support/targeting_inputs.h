// What targeting must know before families mean anything: a poverty line and fourteen programmes,
// one for each of the deprivations that a programme answers.
//
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/runtime/event_log.h"
#include "google/protobuf/message.h"

namespace sepakat::bench {

// A record of partition 0 with an envelope of source `bench`.
runtime::OutRecord BenchRecord(std::string_view topic, std::string key, int64_t sequence,
                               const google::protobuf::Message& message);

void AddParameters(runtime::EventLog* log);

}  // namespace sepakat::bench
