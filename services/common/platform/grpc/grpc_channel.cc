#include "common/platform/grpc/grpc_channel.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <memory>

#include "common/base/status.h"
#include "common/base/text.h"
#include "common/platform/grpc/grpc_status.h"

namespace sepakat::platform {
namespace {

using google::protobuf::Message;
using grpc::internal::RpcMethod;

void Prepare(const CallOptions& options, grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(options.timeout_ms));
  if (!options.traceparent.empty()) context.AddMetadata("traceparent", options.traceparent);
}

}  // namespace

class GrpcChannel::Impl {
 public:
  explicit Impl(const GrpcChannelOptions& options) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(options.max_message_bytes);
    arguments.SetMaxSendMessageSize(options.max_message_bytes);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, static_cast<int>(options.keepalive_ms));
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 5'000);
    // A service that comes back is found again within a second.
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    // This one is how long a connection may take to come about, not a pause.
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 10'000);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
    channel =
        grpc::CreateCustomChannel(options.target, grpc::InsecureChannelCredentials(), arguments);
  }

  std::shared_ptr<grpc::Channel> channel;
};

GrpcChannel::GrpcChannel(const GrpcChannelOptions& options)
    : impl_(std::make_unique<Impl>(options)) {}
GrpcChannel::~GrpcChannel() = default;

absl::Status GrpcChannel::Unary(std::string_view method, const Message& request, Message* response,
                                const CallOptions& options) {
  const std::string path = base::Concat("/", method);
  grpc::ClientContext context;
  Prepare(options, context);
  const RpcMethod rpc(path.c_str(), RpcMethod::NORMAL_RPC, impl_->channel);
  return FromGrpc(grpc::internal::BlockingUnaryCall<Message, Message>(impl_->channel.get(), rpc,
                                                                      &context, request, response));
}

absl::Status GrpcChannel::ClientStream(std::string_view method, Message* message,
                                       const RpcSend& send, Message* response,
                                       const CallOptions& options) {
  const std::string path = base::Concat("/", method);
  grpc::ClientContext context;
  Prepare(options, context);
  const RpcMethod rpc(path.c_str(), RpcMethod::CLIENT_STREAMING, impl_->channel);
  std::unique_ptr<grpc::ClientWriter<Message>> writer(
      grpc::internal::ClientWriterFactory<Message>::Create(impl_->channel.get(), rpc, &context,
                                                           response));
  while (true) {
    message->Clear();
    absl::StatusOr<bool> more = send(message);
    if (!more.ok()) {
      context.TryCancel();
      writer->Finish();
      return more.status();
    }
    // A failed write means that the server has answered already; Finish() tells what.
    if (!*more || !writer->Write(*message)) break;
  }
  writer->WritesDone();
  return FromGrpc(writer->Finish());
}

}  // namespace sepakat::platform
