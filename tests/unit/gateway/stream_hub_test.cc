#include "gateway/wire/stream_hub.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace sepakat::gateway {
namespace {

class FakeClient : public platform::SseClient {
 public:
  bool Send(std::shared_ptr<const std::string> frame) override {
    if (gone) return false;
    frames.push_back(*frame);
    return true;
  }
  bool gone = false;
  std::vector<std::string> frames;
};

std::string Frame(int publication, const std::string& json) {
  return "id: " + std::to_string(publication) + "\nevent: publication\ndata: " + json + "\n\n";
}
const std::string kReload = "event: reload\ndata: {}\n\n";

std::shared_ptr<FakeClient> Join(StreamHub& hub, const std::string& last_seen = "") {
  auto client = std::make_shared<FakeClient>();
  hub.Join(client, last_seen, 1000);
  return client;
}
// What came after the greeting.
std::vector<std::string> Rest(const FakeClient& client) {
  return {client.frames.begin() + 1, client.frames.end()};
}

TEST(StreamHubTest, ANewClientIsGreetedWithTheNewestPublicationAndTheTime) {
  StreamHub hub;
  hub.Announce(7, "{}");
  const auto client = Join(hub);
  ASSERT_EQ(client->frames.size(), 1u);
  EXPECT_EQ(client->frames[0],
            "retry: 1000\nevent: hello\ndata: {\"publication\":\"7\",\"nowMs\":\"1000\"}\n\n");
}

TEST(StreamHubTest, EveryClientHearsEveryNoticeInOrder) {
  StreamHub hub;
  const auto a = Join(hub);
  const auto b = Join(hub);
  hub.Announce(1, "{\"n\":1}");
  hub.Announce(2, "{\"n\":2}");
  const std::vector<std::string> expected = {Frame(1, "{\"n\":1}"), Frame(2, "{\"n\":2}")};
  EXPECT_EQ(Rest(*a), expected);
  EXPECT_EQ(Rest(*b), expected);
}

TEST(StreamHubTest, AnOlderNoticeIsDroppedAndASecondOneOfTheSamePublicationIsNot) {
  StreamHub hub;
  const auto client = Join(hub);
  hub.Announce(5, "a");
  hub.Announce(4, "b");
  hub.Announce(5, "c");
  EXPECT_EQ(Rest(*client), (std::vector<std::string>{Frame(5, "a"), Frame(5, "c")}));
}

TEST(StreamHubTest, AClientThatComesBackGetsWhatItMissedOrTheWordReload) {
  const struct {
    const char* last_seen;
    std::vector<std::string> rest;
  } kCases[] = {
      {"", {}},
      {"10", {}},
      {"8", {Frame(9, "n"), Frame(10, "n")}},
      {"7", {Frame(8, "n"), Frame(9, "n"), Frame(10, "n")}},
      {"6", {kReload}},   // 7 is out of the ring
      {"99", {kReload}},  // of another server's life
      {"x", {}},
  };
  for (const auto& c : kCases) {
    StreamHub hub(3);
    for (int publication = 1; publication <= 10; ++publication) hub.Announce(publication, "n");
    EXPECT_EQ(Rest(*Join(hub, c.last_seen)), c.rest) << c.last_seen;
  }
}

TEST(StreamHubTest, AClientThatLeftIsForgotten) {
  StreamHub hub;
  const auto stays = Join(hub);
  const auto leaves = Join(hub);
  leaves->gone = true;
  hub.Heartbeat();
  EXPECT_EQ(hub.clients(), 1u);
  EXPECT_EQ(stays->frames.back(), ": heartbeat\n\n");
}

TEST(StreamHubTest, NoticesThatWereLostMakeClientsReload) {
  StreamHub hub;
  const auto client = Join(hub);
  hub.Announce(5, "five");
  hub.CatchUp(5, "five");
  EXPECT_EQ(Rest(*client), (std::vector<std::string>{Frame(5, "five")}));
  hub.CatchUp(8, "eight");
  EXPECT_EQ(client->frames.back(), kReload);
  EXPECT_EQ(Rest(*Join(hub, "5")), (std::vector<std::string>{kReload}));
  EXPECT_EQ(Rest(*Join(hub, "8")), (std::vector<std::string>{}));
}

TEST(StreamHubTest, TheFirstCatchUpOnlySetsTheStart) {
  StreamHub hub;
  const auto client = Join(hub);
  hub.CatchUp(3, "three");
  EXPECT_EQ(client->frames.size(), 1u);
  EXPECT_NE(Join(hub)->frames[0].find("\"publication\":\"3\""), std::string::npos);
}

}  // namespace
}  // namespace sepakat::gateway
