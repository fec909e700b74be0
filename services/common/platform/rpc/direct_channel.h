// Calls handlers of this process as if they were a network away.
//
// Every message is copied in and out: neither side can change what the other holds. A handler that
// is slower than the caller's timeout ends in DeadlineExceeded, as over gRPC, though only after it
// returned; its effect stands.
// Errors: Unimplemented RPC_UNKNOWN for a method no table has; InvalidArgument RPC_WRONG_MESSAGE.
// Thread: any thread; the handler runs on the caller's.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "common/platform/rpc/rpc_channel.h"
#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/clock.h"

namespace sepakat::platform {

class DirectChannel : public RpcChannel {
 public:
  // The services and the clock outlive the channel.
  DirectChannel(const runtime::Clock* clock, std::vector<const RpcService*> services);

  absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                     google::protobuf::Message* response, const CallOptions& options) override;
  absl::Status ClientStream(std::string_view method, google::protobuf::Message* message,
                            const RpcSend& send, google::protobuf::Message* response,
                            const CallOptions& options) override;

 private:
  absl::StatusOr<const RpcService::Method*> Find(std::string_view method,
                                                 bool client_streaming) const;
  absl::Status Run(const RpcService::Method& method, const RpcReceive& receive,
                   google::protobuf::Message* response, const CallOptions& options) const;

  const runtime::Clock* clock_;
  std::unordered_map<std::string, const RpcService*> services_;
};

}  // namespace sepakat::platform
