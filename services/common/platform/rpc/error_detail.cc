#include "common/platform/rpc/error_detail.h"

#include "absl/strings/cord.h"
#include "common/base/status.h"
#include "sepakat/common/v1/request.pb.h"

namespace sepakat::platform {
namespace {

constexpr char kFieldUrl[] = "sepakat/field";

}  // namespace

absl::Status WithField(absl::Status status, std::string_view field) {
  if (!status.ok() && !field.empty()) status.SetPayload(kFieldUrl, absl::Cord(std::string(field)));
  return status;
}

std::string FieldOf(const absl::Status& status) {
  if (auto payload = status.GetPayload(kFieldUrl)) return std::string(*payload);
  return "";
}

std::string EncodeErrorDetail(const absl::Status& status) {
  common::v1::ErrorDetail detail;
  detail.set_reason(base::ReasonOf(status));
  detail.set_field(FieldOf(status));
  detail.set_message(std::string(status.message()));
  return detail.SerializeAsString();
}

absl::Status DecodeError(absl::StatusCode code, std::string_view message, std::string_view detail) {
  common::v1::ErrorDetail decoded;
  const bool known = decoded.ParseFromArray(detail.data(), static_cast<int>(detail.size())) &&
                     !decoded.reason().empty();
  if (!known) return absl::Status(code, std::string(message));
  return WithField(base::Error(code, decoded.reason(), message), decoded.field());
}

}  // namespace sepakat::platform
