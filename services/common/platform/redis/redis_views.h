// Read models in Redis: the Views of distributed mode.
//
// A document is a hash `v` (version) and `b` (body); "only if newer" is decided by a script in
// Redis. Writes go out in pipelines of 100. After an error the connection is replaced, and for a
// second every call fails at once, so that a stalled Redis never holds a service up. Subscriptions
// have a connection and a thread of their own and come back by themselves.
// Errors: Unavailable REDIS_AWAY.
// Thread: any.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "common/platform/redis/redis_connection.h"
#include "common/runtime/clock.h"
#include "common/runtime/views.h"

namespace sepakat::platform {

class RedisViews final : public runtime::Views {
 public:
  // Does not wait for Redis. `clock` outlives the views.
  RedisViews(RedisOptions options, const runtime::Clock* clock);

  absl::Status PutIfNewer(std::span<const runtime::ViewDocument> documents) override;
  absl::StatusOr<std::vector<std::optional<runtime::ViewDocument>>> Get(
      std::span<const std::string> keys) override;
  absl::Status Publish(const runtime::ViewMessage& message) override;
  absl::StatusOr<std::unique_ptr<runtime::ViewSubscription>> Subscribe(
      std::string_view channel, std::function<void(std::string_view body)> on_message) override;
  absl::StatusOr<std::string> Generation() override;
  absl::Status SetGeneration(std::string_view generation) override;

 private:
  absl::StatusOr<std::vector<RedisReply>> Run(std::span<const std::vector<std::string>> commands);

  const RedisOptions options_;
  const runtime::Clock* const clock_;
  std::mutex mutex_;  // One command at a time over one connection.
  std::unique_ptr<RedisConnection> connection_;
  int64_t closed_until_us_ = 0;
};

}  // namespace sepakat::platform
