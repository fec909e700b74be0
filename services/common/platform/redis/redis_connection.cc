#include "common/platform/redis/redis_connection.h"

#include <fmt/format.h>

#include <cerrno>

#include "common/base/status.h"

namespace sepakat::platform {
namespace {

timeval ToTimeval(int ms) { return {ms / 1000, (ms % 1000) * 1000}; }

absl::Status RedisAway(std::string_view why) {
  return base::Error(absl::StatusCode::kUnavailable, "REDIS_AWAY",
                     fmt::format("Redis does not answer: {}", why));
}

}  // namespace

absl::StatusOr<std::unique_ptr<RedisConnection>> RedisConnection::Open(
    const RedisOptions& options) {
  const timeval timeout = ToTimeval(options.timeout_ms);
  redisContext* context = redisConnectWithTimeout(options.host.c_str(), options.port, timeout);
  if (context == nullptr) return RedisAway("out of memory");
  std::unique_ptr<RedisConnection> connection(new RedisConnection(context));
  if (context->err != 0) return connection->Away();
  if (redisSetTimeout(context, timeout) != REDIS_OK) return connection->Away();
  return connection;
}

absl::Status RedisConnection::Away() const { return RedisAway(context_->errstr); }

absl::StatusOr<std::vector<RedisReply>> RedisConnection::Pipeline(
    std::span<const std::vector<std::string>> commands) {
  for (const std::vector<std::string>& command : commands) {
    SEPAKAT_RETURN_IF_ERROR(Append(command));
  }
  std::vector<RedisReply> replies;
  for (size_t i = 0; i < commands.size(); ++i) {
    void* raw = nullptr;
    if (redisGetReply(context_.get(), &raw) != REDIS_OK) return Away();
    RedisReply reply(static_cast<redisReply*>(raw));
    if (reply->type == REDIS_REPLY_ERROR) return RedisAway(reply->str);
    replies.push_back(std::move(reply));
  }
  return replies;
}

absl::Status RedisConnection::Append(const std::vector<std::string>& command) {
  std::vector<const char*> words;
  std::vector<size_t> sizes;
  for (const std::string& word : command) {
    words.push_back(word.data());
    sizes.push_back(word.size());
  }
  const int appended = redisAppendCommandArgv(context_.get(), static_cast<int>(words.size()),
                                              words.data(), sizes.data());
  return appended == REDIS_OK ? absl::OkStatus() : Away();
}

absl::Status RedisConnection::Send(const std::vector<std::string>& command) {
  SEPAKAT_RETURN_IF_ERROR(Append(command));
  int sent = 0;
  while (sent == 0) {
    if (redisBufferWrite(context_.get(), &sent) != REDIS_OK) return Away();
  }
  return absl::OkStatus();
}

absl::StatusOr<RedisReply> RedisConnection::NextMessage() {
  void* raw = nullptr;
  if (redisGetReply(context_.get(), &raw) == REDIS_OK) {
    return RedisReply(static_cast<redisReply*>(raw));
  }
  if (context_->err == REDIS_ERR_IO && errno == EAGAIN) {
    context_->err = 0;  // Only the wait ran out; a subscription has no reply to mix up.
    context_->errstr[0] = '\0';
    return RedisReply();
  }
  return Away();
}

}  // namespace sepakat::platform
