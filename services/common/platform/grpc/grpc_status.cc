#include "common/platform/grpc/grpc_status.h"

#include "common/base/status.h"
#include "common/base/text.h"
#include "common/platform/rpc/error_detail.h"

namespace sepakat::platform {

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.raw_code()),
                      std::string(status.message()), EncodeErrorDetail(status));
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  if (!status.error_details().empty()) {
    return DecodeError(code, status.error_message(), status.error_details());
  }
  return base::Error(code, base::Concat("RPC_", absl::StatusCodeToString(code)),
                     status.error_message());
}

}  // namespace sepakat::platform
