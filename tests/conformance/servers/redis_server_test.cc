// The facts about Debian's redis-server and hiredis that the view adapter is built on.
#include "tests/support/servers/redis_server.h"

#include <gtest/gtest.h>
#include <hiredis/hiredis.h>

namespace sepakat::support {
namespace {

struct Free {
  void operator()(redisContext* context) const { redisFree(context); }
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, Free>;

Context Connect(const RedisServer& server, timeval timeout) {
  Context context(redisConnectWithTimeout(RedisServer::kHost, server.port(), timeout));
  EXPECT_EQ(context->err, 0) << context->errstr;
  redisSetTimeout(context.get(), timeout);
  return context;
}

std::string Ask(redisContext* context, const std::string& command) {
  const std::unique_ptr<redisReply, Free> reply(
      static_cast<redisReply*>(redisCommand(context, command.c_str())));
  if (reply == nullptr) return "no reply";
  if (reply->type == REDIS_REPLY_NIL) return "nil";
  if (reply->type == REDIS_REPLY_INTEGER) return std::to_string(reply->integer);
  return std::string(reply->str, static_cast<size_t>(reply->len));
}

constexpr timeval kPatient{.tv_sec = 10, .tv_usec = 0};

TEST(RedisServerTest, KeepsAValueWhileItRuns) {
  const auto server = RedisServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  const Context context = Connect(**server, kPatient);
  EXPECT_EQ(Ask(context.get(), "SET region:0 figure"), "OK");
  EXPECT_EQ(Ask(context.get(), "GET region:0"), "figure");
}

TEST(RedisServerTest, ComesBackEmptyOnTheSamePort) {
  const auto server = RedisServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  const int port = (*server)->port();
  EXPECT_EQ(Ask(Connect(**server, kPatient).get(), "SET region:0 figure"), "OK");
  ASSERT_TRUE((*server)->Restart().ok());
  EXPECT_EQ((*server)->port(), port);
  EXPECT_EQ(Ask(Connect(**server, kPatient).get(), "GET region:0"), "nil");
}

TEST(RedisServerTest, AStalledServerRunsIntoTheTimeoutOfItsClient) {
  const auto server = RedisServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  const Context context = Connect(**server, timeval{.tv_sec = 0, .tv_usec = 100'000});
  (*server)->Pause();
  EXPECT_EQ(Ask(context.get(), "PING"), "no reply");
  EXPECT_NE(context->err, 0);
  (*server)->Resume();
  EXPECT_EQ(Ask(Connect(**server, kPatient).get(), "PING"), "PONG");
}

TEST(RedisServerTest, RunsAScriptThatWritesOnlyWhatIsNewer) {
  const auto server = RedisServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  const Context context = Connect(**server, kPatient);
  const std::string script =
      "local old = redis.call('HGET', KEYS[1], 'version') "
      "if old and tonumber(old) >= tonumber(ARGV[1]) then return 0 end "
      "redis.call('HSET', KEYS[1], 'version', ARGV[1]) return 1";
  const auto write = [&](const char* version) {
    const std::unique_ptr<redisReply, Free> reply(static_cast<redisReply*>(
        redisCommand(context.get(), "EVAL %s 1 region:0 %s", script.c_str(), version)));
    return reply != nullptr ? reply->integer : -1;
  };
  EXPECT_EQ(write("2"), 1);
  EXPECT_EQ(write("1"), 0);
  EXPECT_EQ(write("10"), 1);
  EXPECT_EQ(Ask(context.get(), "HGET region:0 version"), "10");
}

}  // namespace
}  // namespace sepakat::support
