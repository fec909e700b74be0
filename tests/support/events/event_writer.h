// Writes events to a log as another service would: with an envelope and a dense sequence.
//
// Thread: one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "common/runtime/clock.h"
#include "common/runtime/event_log.h"
#include "google/protobuf/message.h"

namespace sepakat::support {

class EventWriter {
 public:
  EventWriter(runtime::EventLog* log, const runtime::Clock* clock, std::string source)
      : log_(log), clock_(clock), source_(std::move(source)) {}

  // Appends to partition 0.
  absl::Status Write(std::string_view topic, std::string key,
                     const google::protobuf::Message& event);

 private:
  runtime::EventLog* const log_;
  const runtime::Clock* const clock_;
  const std::string source_;
  std::map<std::string, int64_t> sequences_;
};

}  // namespace sepakat::support
