// absl::Status <-> grpc::Status; the only place that knows both.
//
// Code and message map one to one; reason and field travel in the binary details
// (rpc/error_detail.h).
// Thread: pure functions.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace sepakat::platform {

grpc::Status ToGrpc(const absl::Status& status);
// A failure without detail gets the reason RPC_<code>, since it comes from the transport.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace sepakat::platform
