// The gateway on a real socket: page, stream and its two ends.

#include "gateway/gateway_app.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "common/base/status.h"
#include "nlohmann/json.hpp"
#include "sepakat/monitoring/events/v1/monitoring_events.pb.h"
#include "tests/support/gateway/gateway_rig.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::gateway {
namespace {

using support::BodyOf;
using support::Fetch;
using support::GatewayRig;
using support::RawClient;
using support::StatusOf;

class GatewayAppTest : public testing::Test {
 protected:
  GatewayAppTest() {
    std::ofstream(folder_.path() / "index.html") << "<p>page</p>";
    std::ofstream(folder_.path() / "contract.yaml") << "openapi: '3.0.3'\n";
    rig_.options.web_folder = folder_.path();
    rig_.options.openapi_file = folder_.path() / "contract.yaml";
    rig_.options.metrics = [] { return std::string("sepakat_up 1\n"); };
  }
  int Start() {
    const absl::Status status = rig_.app().Start();
    EXPECT_TRUE(status.ok()) << status;
    return rig_.app().Port();
  }
  void Publish(int64_t publication) {
    monitoring::events::v1::PublicationNotice notice;
    notice.set_publication(publication);
    auto* changed = notice.add_regions();
    changed->set_population("register");
    changed->set_region("33.26");
    const runtime::ViewDocument documents[] = {
        {"publications/latest", publication, notice.SerializeAsString()}};
    ASSERT_TRUE(rig_.views.PutIfNewer(documents).ok());
    ASSERT_TRUE(rig_.views.Publish({"publications", notice.SerializeAsString()}).ok());
  }
  static void OpenStream(RawClient& client, const std::string& headers = "") {
    client.Send("GET /v1/stream?population=register HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    client.ReadUntil("\r\n\r\n");
  }

  support::TemporaryFolder folder_{"gateway-app-test"};
  GatewayRig rig_;
};

TEST_F(GatewayAppTest, ServesThePageTheContractHealthAndMetrics) {
  const int port = Start();
  EXPECT_EQ(BodyOf(Fetch(port, "GET", "/")), "<p>page</p>");
  EXPECT_EQ(BodyOf(Fetch(port, "GET", "/peta")), "<p>page</p>");
  EXPECT_EQ(BodyOf(Fetch(port, "GET", "/v1/openapi.yaml")), "openapi: '3.0.3'\n");
  EXPECT_EQ(BodyOf(Fetch(port, "GET", "/healthz")), "ok\n");
  EXPECT_EQ(BodyOf(Fetch(port, "GET", "/metrics")), "sepakat_up 1\n");
}

TEST_F(GatewayAppTest, AnUnknownPathOfTheInterfaceIsAProblemAndNotThePage) {
  const std::string answer = Fetch(Start(), "GET", "/v1/nothing");
  EXPECT_EQ(StatusOf(answer), 404);
  EXPECT_EQ(nlohmann::json::parse(BodyOf(answer))["code"], "NO_SUCH_PATH");
}

TEST_F(GatewayAppTest, HealthTellsWhatIsMissing) {
  rig_.options.healthy = [] {
    return base::Error(absl::StatusCode::kUnavailable, "STARTING", "targeting is still reading");
  };
  const std::string answer = Fetch(Start(), "GET", "/healthz");
  EXPECT_EQ(StatusOf(answer), 503);
  EXPECT_EQ(BodyOf(answer), "targeting is still reading\n");
}

TEST_F(GatewayAppTest, AFinishedPublicationReachesAnOpenStream) {
  RawClient client(Start());
  OpenStream(client);
  EXPECT_NE(client.ReadUntil("\n\n").find("event: hello"), std::string::npos);
  Publish(41);
  const std::string frame = client.ReadUntil("\n\n");
  EXPECT_TRUE(frame.starts_with("id: 41\nevent: publication\ndata: {")) << frame;
  const auto notice = nlohmann::json::parse(frame.substr(frame.find('{')));
  EXPECT_EQ(notice["publication"], "41");
  EXPECT_EQ(notice["regions"][0]["region"], "33.26");
}

TEST_F(GatewayAppTest, AClientThatComesBackGetsWhatItMissed) {
  const int port = Start();
  for (int64_t publication = 1; publication <= 3; ++publication) Publish(publication);
  RawClient client(port);
  OpenStream(client, "Last-Event-ID: 1\r\n");
  client.ReadUntil("\n\n");
  EXPECT_TRUE(client.ReadUntil("\n\n").starts_with("id: 2\n"));
  EXPECT_TRUE(client.ReadUntil("\n\n").starts_with("id: 3\n"));
}

TEST_F(GatewayAppTest, AGatewayThatStartsLateKnowsTheNewestPublication) {
  Publish(77);
  RawClient client(Start());
  OpenStream(client);
  EXPECT_NE(client.ReadUntil("\n\n").find("\"publication\":\"77\""), std::string::npos);
}

TEST_F(GatewayAppTest, StopClosesStreamsAndATakenPortIsRefused) {
  const int port = Start();
  GatewayRig other;
  other.options.http.port = port;
  EXPECT_EQ(base::ReasonOf(other.app().Start()), "PORT_IN_USE");
  RawClient client(port);
  OpenStream(client);
  rig_.app().Stop();
  client.ReadToEnd();
  Publish(5);
}

}  // namespace
}  // namespace sepakat::gateway
