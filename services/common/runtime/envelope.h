// The envelope of every event: CloudEvents 1.0 in binary mode, plus what makes repeats harmless.
//
// Headers: ce_specversion, ce_id, ce_source, ce_type, ce_time, content-type, sequence, cause,
// schema_revision, traceparent. `ce_id` is derived, never random. `sequence` is dense per
// (source, topic, partition): a reader that keeps the highest one it applied drops every repeat.
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/runtime/event_log.h"

namespace sepakat::runtime {

struct Envelope {
  std::string id;
  // Service that says it, for example `sepakat/targeting`.
  std::string source;
  // Full protobuf name of the payload.
  std::string type;
  int64_t time_ms = 0;
  int64_t sequence = 0;
  // Id of the event that caused this one; empty for none.
  std::string cause;
  int32_t schema_revision = 1;
  std::string traceparent;
};

Headers ToHeaders(const Envelope& envelope);
// Absent when a required header is missing or malformed.
std::optional<Envelope> FromHeaders(const Headers& headers);

}  // namespace sepakat::runtime
