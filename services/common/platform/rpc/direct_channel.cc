#include "common/platform/rpc/direct_channel.h"

#include "common/base/status.h"
#include "common/base/text.h"

namespace sepakat::platform {
namespace {

using google::protobuf::Message;

absl::Status Copy(const Message& from, Message* to) {
  if (from.GetDescriptor() != to->GetDescriptor()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "RPC_WRONG_MESSAGE",
                       base::Concat("expected ", to->GetDescriptor()->full_name(), ", got ",
                                    from.GetDescriptor()->full_name()));
  }
  to->CopyFrom(from);
  return absl::OkStatus();
}

}  // namespace

DirectChannel::DirectChannel(const runtime::Clock* clock, std::vector<const RpcService*> services)
    : clock_(clock) {
  for (const RpcService* service : services) services_[service->full_name()] = service;
}

absl::StatusOr<const RpcService::Method*> DirectChannel::Find(std::string_view method,
                                                              bool client_streaming) const {
  const size_t slash = method.find('/');
  if (slash != std::string_view::npos) {
    auto service = services_.find(std::string(method.substr(0, slash)));
    if (service != services_.end()) {
      const RpcService::Method* found = service->second->Find(method.substr(slash + 1));
      if (found != nullptr && found->client_streaming == client_streaming) return found;
    }
  }
  return base::Error(absl::StatusCode::kUnimplemented, "RPC_UNKNOWN",
                     base::Concat("nobody here answers ", method));
}

absl::Status DirectChannel::Run(const RpcService::Method& method, const RpcReceive& receive,
                                Message* response, const CallOptions& options) const {
  const int64_t deadline_us = clock_->MonotonicUs() + options.timeout_ms * 1000;
  CallContext call;
  call.traceparent = options.traceparent;
  call.deadline_us = deadline_us;
  call.cancelled = [this, deadline_us] { return clock_->MonotonicUs() >= deadline_us; };
  auto answer = method.new_response();
  SEPAKAT_RETURN_IF_ERROR(RunMethod(method, call, receive, answer.get()));
  if (clock_->MonotonicUs() >= deadline_us) {
    return base::Error(absl::StatusCode::kDeadlineExceeded, "RPC_TIMEOUT",
                       base::Concat(method.name, " took longer than ", options.timeout_ms, " ms"));
  }
  return Copy(*answer, response);
}

absl::Status DirectChannel::Unary(std::string_view method, const Message& request,
                                  Message* response, const CallOptions& options) {
  SEPAKAT_ASSIGN_OR_RETURN(const RpcService::Method* found, Find(method, false));
  bool taken = false;
  auto receive = [&](Message* into) -> absl::StatusOr<bool> {
    if (taken) return false;
    taken = true;
    SEPAKAT_RETURN_IF_ERROR(Copy(request, into));
    return true;
  };
  return Run(*found, receive, response, options);
}

absl::Status DirectChannel::ClientStream(std::string_view method, Message* message,
                                         const RpcSend& send, Message* response,
                                         const CallOptions& options) {
  SEPAKAT_ASSIGN_OR_RETURN(const RpcService::Method* found, Find(method, true));
  absl::Status producer = absl::OkStatus();
  auto receive = [&](Message* into) -> absl::StatusOr<bool> {
    message->Clear();
    absl::StatusOr<bool> more = send(message);
    if (!more.ok()) {
      producer = more.status();
      return base::Error(absl::StatusCode::kCancelled, "RPC_CANCELLED",
                         "the caller ended the stream before its end");
    }
    if (!*more) return false;
    SEPAKAT_RETURN_IF_ERROR(Copy(*message, into));
    return true;
  };
  absl::Status status = Run(*found, receive, response, options);
  return producer.ok() ? status : producer;
}

}  // namespace sepakat::platform
