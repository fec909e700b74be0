#include "tests/conformance/views/views_suite.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace sepakat::runtime {
namespace {

constexpr char kProbe[] = "probe";

}  // namespace

void ViewsTest::Put(const std::string& key, int64_t version, const std::string& body) {
  const ViewDocument documents[] = {{key, version, body}};
  const absl::Status status = views().PutIfNewer(documents);
  ASSERT_TRUE(status.ok()) << status;
}

std::optional<ViewDocument> ViewsTest::Get(const std::string& key) {
  const std::string keys[] = {key};
  const auto found = views().Get(keys);
  EXPECT_TRUE(found.ok()) << found.status();
  return found.ok() ? found->at(0) : std::nullopt;
}

std::function<void(std::string_view)> Mailbox::Receiver() {
  return [this](std::string_view body) {
    const std::lock_guard guard(mutex_);
    messages_.emplace_back(body);
    wake_.notify_all();
  };
}

std::vector<std::string> Mailbox::WaitFor(const std::string& last) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::seconds(20),
                 [&] { return std::ranges::count(messages_, last) > 0; });
  std::vector<std::string> heard = messages_;
  std::erase(heard, kProbe);
  return heard;
}

size_t Mailbox::size() {
  const std::lock_guard guard(mutex_);
  return messages_.size();
}

void WaitUntilListening(Views& views, const std::string& channel, Mailbox& mailbox) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const size_t before = mailbox.size();
  while (mailbox.size() == before && std::chrono::steady_clock::now() < deadline) {
    views.Publish({channel, kProbe}).IgnoreError();
    std::this_thread::yield();
  }
  ASSERT_GT(mailbox.size(), before) << "nobody listens";
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ViewsTest);

TEST_P(ViewsTest, ADocumentComesBackAsItWasPut) {
  const std::string body("\0binary\xff\r\n", 10);
  Put("figures/register/33.26", 7, body);
  const auto found = Get("figures/register/33.26");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->key, "figures/register/33.26");
  EXPECT_EQ(found->version, 7);
  EXPECT_EQ(found->body, body);
}

TEST_P(ViewsTest, AMissingKeyIsAbsentAtItsPlace) {
  Put("a", 1, "A");
  Put("c", 1, "C");
  const std::string keys[] = {"a", "b", "c"};
  const auto found = views().Get(keys);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 3u);
  EXPECT_EQ((*found)[0]->body, "A");
  EXPECT_FALSE((*found)[1].has_value());
  EXPECT_EQ((*found)[2]->body, "C");
}

TEST_P(ViewsTest, OnlyANewerVersionReplacesADocument) {
  const struct {
    int64_t version;
    const char* body;
    const char* expected;
  } kSteps[] = {{5, "five", "five"}, {4, "four", "five"}, {5, "again", "five"},
                {6, "six", "six"},   {-1, "old", "six"},  {int64_t{1} << 52, "far", "far"}};
  for (const auto& step : kSteps) {
    Put("k", step.version, step.body);
    EXPECT_EQ(Get("k")->body, step.expected) << step.version;
  }
}

TEST_P(ViewsTest, WritersThatRaceLeaveTheNewest) {
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([this, writer] {
      for (int64_t version = 1 + writer; version <= 200; version += 4) {
        Put("raced", version, std::to_string(version));
      }
    });
  }
  writers.clear();
  EXPECT_EQ(Get("raced")->version, 200);
  EXPECT_EQ(Get("raced")->body, "200");
}

TEST_P(ViewsTest, ManyDocumentsGoInOneCall) {
  std::vector<ViewDocument> documents;
  std::vector<std::string> keys;
  for (int i = 0; i < 1000; ++i) {
    documents.push_back({"many/" + std::to_string(i), 1, std::string(200, 'x')});
    keys.push_back(documents.back().key);
  }
  ASSERT_TRUE(views().PutIfNewer(documents).ok());
  const auto found = views().Get(keys);
  ASSERT_TRUE(found.ok()) << found.status();
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE((*found)[static_cast<size_t>(i)].has_value()) << i;
}

TEST_P(ViewsTest, NothingIsAskedForNothing) {
  EXPECT_TRUE(views().PutIfNewer({}).ok());
  const auto found = views().Get({});
  ASSERT_TRUE(found.ok());
  EXPECT_TRUE(found->empty());
}

TEST_P(ViewsTest, AMessageReachesAllWhoListenOnItsChannelInOrder) {
  Mailbox first;
  Mailbox second;
  Mailbox other;
  const auto subscriptions = {views().Subscribe("publications", first.Receiver()),
                              views().Subscribe("publications", second.Receiver()),
                              views().Subscribe("alerts", other.Receiver())};
  for (const auto& subscription : subscriptions) ASSERT_TRUE(subscription.ok());
  WaitUntilListening(views(), "publications", first);
  WaitUntilListening(views(), "publications", second);
  WaitUntilListening(views(), "alerts", other);
  for (const char* body : {"1", "2", "3"})
    ASSERT_TRUE(views().Publish({"publications", body}).ok());
  ASSERT_TRUE(views().Publish({"alerts", "end"}).ok());
  EXPECT_EQ(first.WaitFor("3"), (std::vector<std::string>{"1", "2", "3"}));
  EXPECT_EQ(second.WaitFor("3"), (std::vector<std::string>{"1", "2", "3"}));
  EXPECT_EQ(other.WaitFor("end"), (std::vector<std::string>{"end"}));
}

TEST_P(ViewsTest, AnEndedSubscriptionHearsNothingMore) {
  Mailbox ended;
  Mailbox witness;
  auto subscription = views().Subscribe("publications", ended.Receiver());
  const auto other = views().Subscribe("publications", witness.Receiver());
  ASSERT_TRUE(subscription.ok() && other.ok());
  WaitUntilListening(views(), "publications", ended);
  WaitUntilListening(views(), "publications", witness);
  subscription->reset();
  const size_t heard = ended.size();
  ASSERT_TRUE(views().Publish({"publications", "after"}).ok());
  ASSERT_EQ(witness.WaitFor("after"), (std::vector<std::string>{"after"}));
  EXPECT_EQ(ended.size(), heard);
}

TEST_P(ViewsTest, TheGenerationIsEmptyUntilItIsSet) {
  const auto fresh = views().Generation();
  ASSERT_TRUE(fresh.ok()) << fresh.status();
  EXPECT_EQ(*fresh, "");
  ASSERT_TRUE(views().SetGeneration("filled-42").ok());
  EXPECT_EQ(views().Generation().value_or("?"), "filled-42");
}

}  // namespace sepakat::runtime
