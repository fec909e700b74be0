// What only the gRPC side has: health, reflection, limits, ports and an end in bounded time.

#include "common/platform/grpc/grpc_server.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/sync_stream.h>
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

namespace sepakat::platform {
namespace {

namespace v1 = budgeting::v1;
using support::kBudgeting;

std::string AddressOf(const GrpcServer& server) {
  return "127.0.0.1:" + std::to_string(server.Port());
}

// The health protocol by hand: HealthCheckRequest{service=1} -> HealthCheckResponse{status=1}.
// 1 is SERVING, 2 NOT_SERVING.
int HealthOf(const GrpcServer& server, const std::string& service) {
  auto channel = grpc::CreateChannel(AddressOf(server), grpc::InsecureChannelCredentials());
  std::string bytes;
  if (!service.empty()) {
    bytes = {'\x0a', static_cast<char>(service.size())};
    bytes += service;
  }
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  const grpc::internal::RpcMethod method("/grpc.health.v1.Health/Check",
                                         grpc::internal::RpcMethod::NORMAL_RPC, channel);
  const grpc::Status status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel.get(), method, &context, request, &response);
  if (!status.ok()) return -static_cast<int>(status.error_code());
  grpc::Slice answer;
  EXPECT_TRUE(response.DumpToSingleSlice(&answer).ok());
  return answer.size() == 2 ? answer.begin()[1] : 0;
}

class GrpcServerTest : public testing::Test {
 protected:
  GrpcServerTest() : service_(kBudgeting) { support::FillBudgeting(&service_); }

  RpcService service_;
};

TEST_F(GrpcServerTest, HealthFollowsWhatTheServiceSays) {
  GrpcServer server({}, {&service_});
  ASSERT_TRUE(server.Start().ok());
  EXPECT_EQ(HealthOf(server, kBudgeting), 2);
  server.SetServing(true);
  EXPECT_EQ(HealthOf(server, kBudgeting), 1);
  EXPECT_EQ(HealthOf(server, ""), 1);
  EXPECT_EQ(HealthOf(server, "sepakat.nobody.v1.Nobody"), -static_cast<int>(grpc::NOT_FOUND));
}

// One question of the reflection protocol, by hand; the answer's bytes.
std::string Reflect(const GrpcServer& server, std::string question) {
  auto channel = grpc::CreateChannel(AddressOf(server), grpc::InsecureChannelCredentials());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  const grpc::internal::RpcMethod method(
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      grpc::internal::RpcMethod::BIDI_STREAMING, channel);
  using Factory = grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>;
  const std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> stream(
      Factory::Create(channel.get(), method, &context));
  const grpc::Slice slice(question);
  EXPECT_TRUE(stream->Write(grpc::ByteBuffer(&slice, 1)));
  grpc::ByteBuffer answer;
  EXPECT_TRUE(stream->Read(&answer));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  grpc::Slice bytes;
  EXPECT_TRUE(answer.DumpToSingleSlice(&bytes).ok());
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

TEST_F(GrpcServerTest, ReflectionListsTheServicesAndTheirMethods) {
  GrpcServer server({}, {&service_});
  ASSERT_TRUE(server.Start().ok());
  const std::string list_services("\x3a\x00", 2);  // field 7, empty
  EXPECT_NE(Reflect(server, list_services).find(kBudgeting), std::string::npos);
  std::string file_of_symbol = {'\x22', static_cast<char>(std::string(kBudgeting).size())};
  file_of_symbol += kBudgeting;  // field 4
  EXPECT_NE(Reflect(server, file_of_symbol).find("ApprovePlan"), std::string::npos);
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
