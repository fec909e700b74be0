// One connection to Redis, used by one thread at a time.
//
// After any error or timeout the connection is thrown away: a late reply would answer the next
// command.
// Errors: Unavailable REDIS_AWAY.
// Thread: one at a time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hiredis/hiredis.h"

namespace sepakat::platform {

struct RedisOptions {
  std::string host = "127.0.0.1";
  int port = 6379;
  int timeout_ms = 100;
};

struct RedisReplyRelease {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using RedisReply = std::unique_ptr<redisReply, RedisReplyRelease>;

class RedisConnection {
 public:
  static absl::StatusOr<std::unique_ptr<RedisConnection>> Open(const RedisOptions& options);

  // Sends all commands, then reads all replies. An error reply of Redis is an error here too.
  absl::StatusOr<std::vector<RedisReply>> Pipeline(
      std::span<const std::vector<std::string>> commands);

  // Sends a command whose reply NextMessage() will give: on a subscription nothing else may.
  absl::Status Send(const std::vector<std::string>& command);
  // Waits for the next message of a subscription; nullptr when none came in time.
  absl::StatusOr<RedisReply> NextMessage();

 private:
  struct Release {
    void operator()(redisContext* context) const { redisFree(context); }
  };

  explicit RedisConnection(redisContext* context) : context_(context) {}
  absl::Status Away() const;
  absl::Status Append(const std::vector<std::string>& command);

  std::unique_ptr<redisContext, Release> context_;
};

}  // namespace sepakat::platform
