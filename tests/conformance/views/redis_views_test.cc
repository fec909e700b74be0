// The suite on a real Redis, and what happens when it is away, frozen or comes back empty.

#include "common/platform/redis/redis_views.h"

#include <chrono>

#include "common/base/status.h"
#include "tests/conformance/views/views_suite.h"
#include "tests/support/servers/redis_server.h"

namespace sepakat::runtime {
namespace {

using platform::RedisOptions;
using platform::RedisViews;
using support::RedisServer;

class SteadyClock : public Clock {
 public:
  int64_t NowMs() const override { return MonotonicUs() / 1000; }
  int64_t MonotonicUs() const override {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
};

// A Redis of its own for each test: it is empty, and may be broken.
class RedisHarness : public ViewsHarness {
 public:
  RedisHarness() {
    auto started = RedisServer::Start();
    EXPECT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    views_ =
        std::make_unique<RedisViews>(RedisOptions{RedisServer::kHost, server_->port()}, &clock_);
  }
  Views& views() override { return *views_; }
  RedisServer& server() { return *server_; }

 private:
  SteadyClock clock_;
  std::unique_ptr<RedisServer> server_;
  std::unique_ptr<RedisViews> views_;
};

INSTANTIATE_TEST_SUITE_P(Redis, ViewsTest,
                         testing::Values(ViewsSubject{
                             "Redis", [] { return std::make_unique<RedisHarness>(); }}));

class RedisFaultsTest : public testing::Test {
 protected:
  Views& views() { return harness_.views(); }
  RedisServer& server() { return harness_.server(); }
  absl::Status Put(const std::string& key, int64_t version, const std::string& body) {
    const ViewDocument documents[] = {{key, version, body}};
    return views().PutIfNewer(documents);
  }
  // Calls until it works: the breaker closes again after a second.
  absl::Status Eventually(const std::function<absl::Status()>& call) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    absl::Status status = call();
    while (!status.ok() && std::chrono::steady_clock::now() < deadline) status = call();
    return status;
  }

  RedisHarness harness_;
};

TEST_F(RedisFaultsTest, ACacheThatCameBackEmptyTellsItByItsGenerationAndIsFilledAgain) {
  ASSERT_TRUE(views().SetGeneration("first").ok());
  ASSERT_TRUE(Put("k", 9, "nine").ok());
  ASSERT_TRUE(server().Restart().ok());
  ASSERT_TRUE(Eventually([&] { return views().Generation().status(); }).ok());
  EXPECT_EQ(views().Generation().value_or("?"), "");
  ASSERT_TRUE(Put("k", 3, "three").ok()) << "an old version is new to an empty cache";
  const std::string keys[] = {"k"};
  EXPECT_EQ(views().Get(keys)->at(0)->body, "three");
}

TEST_F(RedisFaultsTest, ASubscriptionComesBackByItself) {
  Mailbox mailbox;
  const auto subscription = views().Subscribe("publications", mailbox.Receiver());
  ASSERT_TRUE(subscription.ok());
  WaitUntilListening(views(), "publications", mailbox);
  ASSERT_TRUE(server().Restart().ok());
  WaitUntilListening(views(), "publications", mailbox);
}

TEST_F(RedisFaultsTest, AFrozenServerCostsOneTimeoutAndThenNothing) {
  ASSERT_TRUE(Put("k", 1, "one").ok());
  server().Pause();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(base::ReasonOf(Put("k", 2, "two")), "REDIS_AWAY");
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(Put("k", 2, "two").code(), absl::StatusCode::kUnavailable);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(900));
  server().Resume();
  EXPECT_TRUE(Eventually([&] { return Put("k", 3, "three"); }).ok());
}

TEST_F(RedisFaultsTest, ALateAnswerNeverAnswersTheNextQuestion) {
  ASSERT_TRUE(Put("a", 1, "A").ok());
  ASSERT_TRUE(Put("b", 1, "B").ok());
  server().Pause();
  const std::string ask_a[] = {"a"};
  EXPECT_FALSE(views().Get(ask_a).ok());
  server().Resume();
  const std::string ask_b[] = {"b"};
  absl::StatusOr<std::vector<std::optional<ViewDocument>>> found;
  ASSERT_TRUE(Eventually([&] {
                found = views().Get(ask_b);
                return found.status();
              }).ok());
  EXPECT_EQ(found->at(0)->body, "B");
}

TEST_F(RedisFaultsTest, ViewsMayBeMadeBeforeTheirRedisIsThere) {
  server().Stop();
  SteadyClock clock;
  RedisViews early({RedisServer::kHost, server().port()}, &clock);
  EXPECT_EQ(early.Generation().status().code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(server().Restart().ok());
  EXPECT_TRUE(Eventually([&] { return early.Generation().status(); }).ok());
}

}  // namespace
}  // namespace sepakat::runtime
