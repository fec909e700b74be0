#include "common/platform/host/exit_code.h"

#include "common/base/status.h"

namespace sepakat::platform {

int ExitCodeOf(const absl::Status& status) {
  const std::string reason = base::ReasonOf(status);
  if (status.ok()) return 0;
  if (reason == "PORT_IN_USE" || reason == "DIRECTORY_IN_USE") return 69;
  if (reason == "REGISTER_TOO_LARGE") return 71;
  if (reason == "DISK_FULL") return 74;
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return 64;
    case absl::StatusCode::kNotFound:
      return 66;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return 69;
    case absl::StatusCode::kDataLoss:
      return 74;
    case absl::StatusCode::kPermissionDenied:
      return 77;
    default:
      return 70;
  }
}

}  // namespace sepakat::platform
