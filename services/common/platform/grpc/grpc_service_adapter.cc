#include "common/platform/grpc/grpc_service_adapter.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/method_handler.h>

#include <chrono>

#include "common/base/status.h"
#include "common/base/text.h"
#include "common/platform/grpc/grpc_status.h"

namespace sepakat::platform {
namespace {

using google::protobuf::Message;
using MessageTraits = grpc::SerializationTraits<Message>;

// Monotonic microseconds, as runtime::Clock counts them in production.
int64_t DeadlineUs(const grpc::ServerContext& context) {
  const auto deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return 0;
  const auto left = deadline - std::chrono::system_clock::now();
  const auto at = std::chrono::steady_clock::now() + left;
  return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
}

CallContext MakeCall(grpc::ServerContext* context) {
  CallContext call;
  const auto trace = context->client_metadata().find("traceparent");
  if (trace != context->client_metadata().end()) {
    call.traceparent.assign(trace->second.data(), trace->second.size());
  }
  if (const auto auth = context->auth_context(); auth != nullptr && auth->IsPeerAuthenticated()) {
    const auto identity = auth->GetPeerIdentity();
    if (!identity.empty()) call.principal.assign(identity.front().data(), identity.front().size());
  }
  call.deadline_us = DeadlineUs(*context);
  call.cancelled = [context] { return context->IsCancelled(); };
  return call;
}

grpc::Status Answer(const RpcService::Method& method, grpc::ServerContext* context,
                    const RpcReceive& receive, grpc::ByteBuffer* out) {
  auto response = method.new_response();
  absl::Status status = RunMethod(method, MakeCall(context), receive, response.get());
  if (!status.ok()) return ToGrpc(status);
  bool own = false;
  return MessageTraits::Serialize(*response, out, &own);
}

absl::StatusOr<bool> Parse(grpc::ByteBuffer* buffer, Message* into) {
  if (!MessageTraits::Deserialize(buffer, into).ok()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "RPC_MALFORMED",
                       base::Concat("the request is not a ", into->GetDescriptor()->full_name()));
  }
  return true;
}

}  // namespace

GrpcServiceAdapter::GrpcServiceAdapter(const RpcService* service) {
  paths_.reserve(service->methods().size());
  for (const auto& [name, method] : service->methods()) {
    paths_.push_back(base::Concat("/", service->full_name(), "/", name));
    const char* path = paths_.back().c_str();
    method.client_streaming ? AddClientStream(method, path) : AddUnary(method, path);
  }
}

void GrpcServiceAdapter::AddUnary(const RpcService::Method& method, const char* path) {
  using Handler =
      grpc::internal::RpcMethodHandler<GrpcServiceAdapter, grpc::ByteBuffer, grpc::ByteBuffer>;
  auto run = [&method](GrpcServiceAdapter*, grpc::ServerContext* context,
                       const grpc::ByteBuffer* request, grpc::ByteBuffer* out) {
    auto receive = [request](Message* into) -> absl::StatusOr<bool> {
      grpc::ByteBuffer copy(*request);  // shares the slices; parsing consumes the handle
      return Parse(&copy, into);
    };
    return Answer(method, context, receive, out);
  };
  AddMethod(new grpc::internal::RpcServiceMethod(path, grpc::internal::RpcMethod::NORMAL_RPC,
                                                 new Handler(run, this)));
}

void GrpcServiceAdapter::AddClientStream(const RpcService::Method& method, const char* path) {
  using Handler = grpc::internal::ClientStreamingHandler<GrpcServiceAdapter, grpc::ByteBuffer,
                                                         grpc::ByteBuffer>;
  auto run = [&method](GrpcServiceAdapter*, grpc::ServerContext* context,
                       grpc::ServerReader<grpc::ByteBuffer>* reader, grpc::ByteBuffer* out) {
    auto receive = [reader, context](Message* into) -> absl::StatusOr<bool> {
      grpc::ByteBuffer buffer;
      if (reader->Read(&buffer)) return Parse(&buffer, into);
      if (!context->IsCancelled()) return false;
      return base::Error(absl::StatusCode::kCancelled, "RPC_CANCELLED",
                         "the caller ended the stream before its end");
    };
    return Answer(method, context, receive, out);
  };
  AddMethod(new grpc::internal::RpcServiceMethod(path, grpc::internal::RpcMethod::CLIENT_STREAMING,
                                                 new Handler(run, this)));
}

}  // namespace sepakat::platform
