#include "tests/support/servers/redis_server.h"

#include <hiredis/hiredis.h>

#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"

namespace sepakat::support {
namespace {

constexpr std::chrono::seconds kPatience(20);
constexpr int kPortAttempts = 3;

bool AnswersPing(int port) {
  const timeval timeout{.tv_sec = 0, .tv_usec = 500'000};
  struct Free {
    void operator()(redisContext* context) const { redisFree(context); }
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
  };
  const std::unique_ptr<redisContext, Free> context(
      redisConnectWithTimeout(RedisServer::kHost, port, timeout));
  if (context == nullptr || context->err != 0) return false;
  if (redisSetTimeout(context.get(), timeout) != REDIS_OK) return false;
  const std::unique_ptr<redisReply, Free> reply(
      static_cast<redisReply*>(redisCommand(context.get(), "PING")));
  return reply != nullptr && reply->type == REDIS_REPLY_STATUS &&
         std::string_view(reply->str, static_cast<size_t>(reply->len)) == "PONG";
}

}  // namespace

RedisServer::RedisServer(int port) : folder_("sepakat-redis"), port_(port) {
  process_ = std::make_unique<ServerProcess>(
      std::vector<std::string>{"redis-server", "--bind", kHost, "--port", absl::StrCat(port),
                               "--save", "", "--appendonly", "no", "--dir",
                               folder_.path().string()},
      folder_.path() / "redis.log");
}

absl::StatusOr<std::unique_ptr<RedisServer>> RedisServer::Start() {
  absl::Status status;
  for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
    std::unique_ptr<RedisServer> server(new RedisServer(FreePort()));
    status = server->StartAndWait();
    if (status.ok()) return server;
    if (base::ReasonOf(status) != "SERVER_ENDED") break;
  }
  return status;
}

std::string RedisServer::address() const { return absl::StrCat(kHost, ":", port_); }

absl::Status RedisServer::StartAndWait() {
  SEPAKAT_RETURN_IF_ERROR(process_->Start());
  return WaitUntilReady(*process_, absl::StrCat("Redis at ", address()), kPatience,
                        [this] { return AnswersPing(port_); });
}

absl::Status RedisServer::Restart() {
  process_->Stop();
  return StartAndWait();
}

}  // namespace sepakat::support
