// Calls a service in another process over gRPC.
//
// One HTTP/2 connection per channel, re-opened by itself. Every call has a deadline and carries
// `traceparent`; retries are the caller's (base::IsRetriable), those of gRPC are switched off.
// Thread: any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "common/platform/rpc/rpc_channel.h"

namespace sepakat::platform {

struct GrpcChannelOptions {
  std::string target;  // `host:port`
  int max_message_bytes = 64 << 20;
  int64_t keepalive_ms = 20'000;
};

class GrpcChannel : public RpcChannel {
 public:
  explicit GrpcChannel(const GrpcChannelOptions& options);
  ~GrpcChannel() override;

  absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                     google::protobuf::Message* response, const CallOptions& options) override;
  absl::Status ClientStream(std::string_view method, google::protobuf::Message* message,
                            const RpcSend& send, google::protobuf::Message* response,
                            const CallOptions& options) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sepakat::platform
