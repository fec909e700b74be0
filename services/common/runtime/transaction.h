// What a handler may do with state: read it, change it and say events, all or nothing.
//
// Reads see the changes made before in the same transaction. Events said here leave the service
// only after the commit, in this order, with ids and sequences that do not change when they are
// sent again. Events that pass kMaxRecordBytes fail their record or command (InvalidArgument
// RECORD_TOO_LARGE). Thread: the task that created it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"

namespace sepakat::runtime {

// An event to be said: envelope parts that the service decides; the rest is filled in.
struct OutEvent {
  std::string topic;
  // Absent: murmur2 of the key.
  std::optional<int32_t> partition = {};
  std::string key;
  // Full protobuf name and encoded payload; absent payload is a null value.
  std::string type;
  std::optional<std::string> payload;
  // Id of the event that caused it. Empty: the record being handled, when there is one.
  std::string cause = {};
  // W3C trace context. Empty: that of the record being handled.
  std::string traceparent = {};
  // Headers beside the envelope.
  Headers extra_headers = {};
};

class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view key) = 0;
  // Loads keys that will be read, in one store call.
  virtual absl::Status Prefetch(const std::vector<std::string>& keys) = 0;
  // Committed keys and changes of this transaction in [from, to), ascending.
  virtual absl::Status Scan(
      std::string_view from, std::string_view to,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) = 0;
  virtual void Put(std::string key, std::string value) = 0;
  virtual void Delete(std::string key) = 0;
  virtual void Say(OutEvent event) = 0;
  // Instant of this transaction.
  virtual int64_t NowMs() const = 0;
};

}  // namespace sepakat::runtime
