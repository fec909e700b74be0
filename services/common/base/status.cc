#include "common/base/status.h"

#include <fmt/format.h>

#include "absl/strings/cord.h"
#include "common/base/indonesian_payload.h"

namespace sepakat::base {
namespace {

constexpr char kReasonUrl[] = "sepakat/reason";

}  // namespace

absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message) {
  absl::Status status(code, std::string(message));
  status.SetPayload(kReasonUrl, absl::Cord(std::string(reason)));
  return status;
}

std::string ReasonOf(const absl::Status& status) {
  if (auto payload = status.GetPayload(kReasonUrl)) return std::string(*payload);
  return absl::StatusCodeToString(status.code());
}

absl::Status Annotate(const absl::Status& status, std::string_view where) {
  if (status.ok()) return status;
  absl::Status annotated(status.code(),
                         fmt::format("{}: {}", where, std::string(status.message())));
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    const bool sentence = url == kIndonesianUrl;
    annotated.SetPayload(
        url, sentence ? absl::Cord(fmt::format("{}: {}", where, std::string(payload))) : payload);
  });
  return annotated;
}

bool IsRetriable(const absl::Status& status) {
  if (ReasonOf(status) == "DISK_FULL") return false;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kResourceExhausted:
      return true;
    default:
      return false;
  }
}

}  // namespace sepakat::base
