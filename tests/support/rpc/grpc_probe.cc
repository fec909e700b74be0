#include "tests/support/rpc/grpc_probe.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/sync_stream.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string_view>

namespace sepakat::support {
namespace {

// A protobuf message with one text field.
std::string TextField(int number, std::string_view text) {
  std::string bytes = {static_cast<char>(number << 3 | 2), static_cast<char>(text.size())};
  bytes += text;
  return bytes;
}

void SetDeadline(grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice bytes;
  EXPECT_TRUE(buffer.DumpToSingleSlice(&bytes).ok());
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

// One question of the reflection protocol.
std::string Reflect(const std::string& address, const std::string& question) {
  auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  grpc::ClientContext context;
  SetDeadline(&context);
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
  return BytesOf(answer);
}

}  // namespace

int HealthOf(const std::string& address, const std::string& service) {
  auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  const grpc::Slice slice(service.empty() ? std::string() : TextField(1, service));
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  SetDeadline(&context);
  const grpc::internal::RpcMethod method("/grpc.health.v1.Health/Check",
                                         grpc::internal::RpcMethod::NORMAL_RPC, channel);
  const grpc::Status status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel.get(), method, &context, request, &response);
  if (!status.ok()) return -static_cast<int>(status.error_code());
  const std::string answer = BytesOf(response);  // Field 1, a number.
  return answer.size() == 2 ? answer[1] : 0;
}

std::string ReflectedServices(const std::string& address) {
  return Reflect(address, TextField(7, ""));
}

std::string ReflectedFileOf(const std::string& address, const std::string& symbol) {
  return Reflect(address, TextField(4, symbol));
}

}  // namespace sepakat::support
