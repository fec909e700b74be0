#include "common/base/language.h"

#include "absl/strings/cord.h"
#include "common/base/indonesian_payload.h"
#include "common/base/status.h"

namespace sepakat::base {

absl::Status WithIndonesian(absl::Status status, std::string_view sentence) {
  if (!status.ok()) status.SetPayload(kIndonesianUrl, absl::Cord(std::string(sentence)));
  return status;
}

bool SpeaksIndonesian(const absl::Status& status) {
  return status.GetPayload(kIndonesianUrl).has_value();
}

std::string MessageIn(Language language, const absl::Status& status) {
  if (language == Language::kIndonesian) {
    if (auto payload = status.GetPayload(kIndonesianUrl)) return std::string(*payload);
  }
  return std::string(status.message());
}

absl::Status ErrorInBoth(absl::StatusCode code, std::string_view reason, std::string_view id,
                         std::string_view en) {
  return WithIndonesian(Error(code, reason, en), id);
}

}  // namespace sepakat::base
