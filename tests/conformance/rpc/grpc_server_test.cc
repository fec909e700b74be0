// What only the gRPC side has: health, reflection, limits, ports and an end in bounded time.

#include "common/platform/grpc/grpc_server.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "common/base/status.h"
#include "common/platform/grpc/grpc_channel.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "tests/support/rpc/empty_services.h"
#include "tests/support/rpc/grpc_probe.h"

namespace sepakat::platform {
namespace {

namespace v1 = budgeting::v1;
using support::kBudgeting;

std::string AddressOf(const GrpcServer& server) {
  return "127.0.0.1:" + std::to_string(server.Port());
}

using support::HealthOf;
using support::ReflectedFileOf;
using support::ReflectedServices;

class GrpcServerTest : public testing::Test {
 protected:
  GrpcServerTest() : service_(kBudgeting) { support::FillBudgeting(&service_); }

  RpcService service_;
};

TEST_F(GrpcServerTest, HealthFollowsWhatTheServiceSays) {
  GrpcServer server({}, {&service_});
  ASSERT_TRUE(server.Start().ok());
  EXPECT_EQ(HealthOf(AddressOf(server), kBudgeting), 2);
  server.SetServing(true);
  EXPECT_EQ(HealthOf(AddressOf(server), kBudgeting), 1);
  EXPECT_EQ(HealthOf(AddressOf(server), ""), 1);
  EXPECT_EQ(HealthOf(AddressOf(server), "sepakat.nobody.v1.Nobody"),
            -static_cast<int>(grpc::NOT_FOUND));
}

TEST_F(GrpcServerTest, ReflectionListsTheServicesAndTheirMethods) {
  GrpcServer server({}, {&service_});
  ASSERT_TRUE(server.Start().ok());
  EXPECT_NE(ReflectedServices(AddressOf(server)).find(kBudgeting), std::string::npos);
  EXPECT_NE(ReflectedFileOf(AddressOf(server), kBudgeting).find("ApprovePlan"), std::string::npos);
}

TEST_F(GrpcServerTest, ATakenPortIsOneClearSentence) {
  GrpcServer first({}, {&service_});
  ASSERT_TRUE(first.Start().ok());
  GrpcServer second({.port = first.Port()}, {&service_});
  const absl::Status status = second.Start();
  EXPECT_EQ(base::ReasonOf(status), "PORT_IN_USE");
  EXPECT_NE(std::string(status.message()).find(AddressOf(first)), std::string::npos) << status;
}

TEST_F(GrpcServerTest, AnIncompleteTableIsNotServed) {
  RpcService empty(kBudgeting);
  GrpcServer server({}, {&empty});
  const absl::Status status = server.Start();
  EXPECT_EQ(base::ReasonOf(status), "RPC_TABLE_INCOMPLETE");
  EXPECT_NE(std::string(status.message()).find("ApprovePlan: has no handler"), std::string::npos);
}

TEST_F(GrpcServerTest, AMessageOverTheLimitIsRefusedAndTheServerGoesOn) {
  GrpcServer server({.max_message_bytes = 1024}, {&service_});
  ASSERT_TRUE(server.Start().ok());
  GrpcChannel channel({.target = AddressOf(server)});
  v1::GetPlanRequest large;
  large.set_plan_id(std::string(4096, 'x'));
  const std::string method = std::string(kBudgeting) + "/GetPlan";
  EXPECT_EQ(channel.Call<v1::GetPlanResponse>(method, large, {20'000, ""}).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(channel.Call<v1::GetPlanResponse>(method, v1::GetPlanRequest(), {20'000, ""}).ok());
}

TEST_F(GrpcServerTest, StopEndsInBoundedTimeAlthoughAHandlerIsBusy) {
  std::atomic<bool> inside = false;
  service_.Unary<v1::GetPlanRequest, v1::GetPlanResponse>(
      "GetPlan",
      [&](const CallContext& call,
          const v1::GetPlanRequest&) -> absl::StatusOr<v1::GetPlanResponse> {
        inside = true;
        while (!call.cancelled()) std::this_thread::yield();
        return v1::GetPlanResponse();
      });
  GrpcServer server({}, {&service_});
  ASSERT_TRUE(server.Start().ok());
  const std::string address = AddressOf(server);
  std::jthread caller([&] {
    GrpcChannel channel({.target = address});
    EXPECT_FALSE(channel
                     .Call<v1::GetPlanResponse>(std::string(kBudgeting) + "/GetPlan",
                                                v1::GetPlanRequest(), {60'000, ""})
                     .ok());
  });
  while (!inside) std::this_thread::yield();
  const auto begin = std::chrono::steady_clock::now();
  server.Stop(100);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(GrpcServerTest, AChannelFindsAServiceThatCameBackOnTheSamePort) {
  auto server =
      std::make_unique<GrpcServer>(GrpcServerOptions{}, std::vector<const RpcService*>{&service_});
  ASSERT_TRUE(server->Start().ok());
  const int port = server->Port();
  GrpcChannel channel({.target = AddressOf(*server)});
  const std::string method = std::string(kBudgeting) + "/GetPlan";
  const auto call = [&] {
    return channel.Call<v1::GetPlanResponse>(method, v1::GetPlanRequest(), {1'000, ""}).status();
  };
  ASSERT_TRUE(call().ok());
  server.reset();
  EXPECT_TRUE(base::IsRetriable(call()));
  server = std::make_unique<GrpcServer>(GrpcServerOptions{.port = port},
                                        std::vector<const RpcService*>{&service_});
  ASSERT_TRUE(server->Start().ok());
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  absl::Status status = call();
  while (!status.ok() && std::chrono::steady_clock::now() < deadline) status = call();
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace sepakat::platform
