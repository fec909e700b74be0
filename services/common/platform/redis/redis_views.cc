#include "common/platform/redis/redis_views.h"

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <thread>

#include "common/base/status.h"

namespace sepakat::platform {
namespace {

using runtime::ViewDocument;
using Command = std::vector<std::string>;

constexpr size_t kPipeline = 100;
constexpr int64_t kBreakUs = 1'000'000;
// Waits of a subscription without a word: then it asks, and then it takes the connection for dead.
constexpr int kAskAfter = 20;
constexpr int kGiveUpAfter = 40;
constexpr char kGenerationKey[] = "sepakat:generation";
constexpr char kPutIfNewer[] =
    "local v = redis.call('HGET', KEYS[1], 'v') "
    "if v and tonumber(v) >= tonumber(ARGV[1]) then return 0 end "
    "redis.call('HSET', KEYS[1], 'v', ARGV[1], 'b', ARGV[2]) return 1";

std::string_view TextOf(const redisReply& reply) { return {reply.str, reply.len}; }

std::optional<ViewDocument> ToDocument(const std::string& key, const redisReply& reply) {
  if (reply.type != REDIS_REPLY_ARRAY || reply.elements != 2 ||
      reply.element[0]->type != REDIS_REPLY_STRING ||
      reply.element[1]->type != REDIS_REPLY_STRING) {
    return std::nullopt;
  }
  ViewDocument document{key, 0, std::string(TextOf(*reply.element[1]))};
  const std::string_view version = TextOf(*reply.element[0]);
  std::from_chars(version.data(), version.data() + version.size(), document.version);
  return document;
}

// A thread that listens on a connection of its own and opens a new one when that breaks.
class Listener final : public runtime::ViewSubscription {
 public:
  Listener(RedisOptions options, std::string channel,
           std::function<void(std::string_view body)> on_message)
      : options_(std::move(options)),
        channel_(std::move(channel)),
        on_message_(std::move(on_message)),
        thread_([this](const std::stop_token& stop) { Run(stop); }) {}

 private:
  void Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (!Listen(stop).ok()) Wait(stop);
    }
  }

  absl::Status Listen(const std::stop_token& stop) {
    SEPAKAT_ASSIGN_OR_RETURN(const auto connection, RedisConnection::Open(options_));
    const Command subscribe[] = {{"SUBSCRIBE", channel_}};
    SEPAKAT_RETURN_IF_ERROR(connection->Pipeline(subscribe).status());
    int silent = 0;
    while (!stop.stop_requested()) {
      SEPAKAT_ASSIGN_OR_RETURN(const RedisReply reply, connection->NextMessage());
      silent = reply == nullptr ? silent + 1 : 0;
      if (silent == kAskAfter) SEPAKAT_RETURN_IF_ERROR(connection->Send({"PING"}));
      if (silent == kGiveUpAfter) return absl::UnavailableError("silent");
      if (reply != nullptr && reply->type == REDIS_REPLY_ARRAY && reply->elements == 3) {
        on_message_(TextOf(*reply->element[2]));
      }
    }
    return absl::OkStatus();
  }

  void Wait(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, std::chrono::milliseconds(200), [] { return false; });
  }

  const RedisOptions options_;
  const std::string channel_;
  const std::function<void(std::string_view body)> on_message_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace

RedisViews::RedisViews(RedisOptions options, const runtime::Clock* clock)
    : options_(std::move(options)), clock_(clock) {}

absl::StatusOr<std::vector<RedisReply>> RedisViews::Run(std::span<const Command> commands) {
  const std::lock_guard guard(mutex_);
  if (clock_->MonotonicUs() < closed_until_us_) {
    return base::Error(absl::StatusCode::kUnavailable, "REDIS_AWAY",
                       "Redis failed a moment ago; it is tried again shortly");
  }
  absl::Status status;
  if (connection_ == nullptr) {
    auto opened = RedisConnection::Open(options_);
    if (opened.ok()) {
      connection_ = *std::move(opened);
    } else {
      status = opened.status();
    }
  }
  if (connection_ != nullptr) {
    auto replies = connection_->Pipeline(commands);
    if (replies.ok()) return replies;
    status = replies.status();
  }
  connection_ = nullptr;
  closed_until_us_ = clock_->MonotonicUs() + kBreakUs;
  return status;
}

absl::Status RedisViews::PutIfNewer(std::span<const ViewDocument> documents) {
  while (!documents.empty()) {
    const auto part = documents.first(std::min(documents.size(), kPipeline));
    std::vector<Command> commands;
    for (const ViewDocument& document : part) {
      commands.push_back({"EVAL", kPutIfNewer, "1", document.key, std::to_string(document.version),
                          document.body});
    }
    SEPAKAT_RETURN_IF_ERROR(Run(commands).status());
    documents = documents.subspan(part.size());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::optional<ViewDocument>>> RedisViews::Get(
    std::span<const std::string> keys) {
  std::vector<Command> commands;
  for (const std::string& key : keys) commands.push_back({"HMGET", key, "v", "b"});
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<RedisReply> replies, Run(commands));
  std::vector<std::optional<ViewDocument>> documents;
  for (size_t i = 0; i < keys.size(); ++i) documents.push_back(ToDocument(keys[i], *replies[i]));
  return documents;
}

absl::Status RedisViews::Publish(const runtime::ViewMessage& message) {
  const Command command[] = {{"PUBLISH", message.channel, message.body}};
  return Run(command).status();
}

absl::StatusOr<std::unique_ptr<runtime::ViewSubscription>> RedisViews::Subscribe(
    std::string_view channel, std::function<void(std::string_view body)> on_message) {
  return std::make_unique<Listener>(options_, std::string(channel), std::move(on_message));
}

absl::StatusOr<std::string> RedisViews::Generation() {
  const Command command[] = {{"GET", kGenerationKey}};
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<RedisReply> replies, Run(command));
  return replies[0]->type == REDIS_REPLY_STRING ? std::string(TextOf(*replies[0])) : "";
}

absl::Status RedisViews::SetGeneration(std::string_view generation) {
  const Command command[] = {{"SET", kGenerationKey, std::string(generation)}};
  return Run(command).status();
}

}  // namespace sepakat::platform
