#include "targeting/app/manifest_log.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "targeting/app/log_range.h"

namespace sepakat::targeting {
namespace {

using runtime::LogRecord;

// Manifests read back from the end at first; repeats of one publication are rare.
constexpr int64_t kTail = 16;

// Every manifest from offset `begin` to `end`.
absl::Status Read(runtime::EventLog* log, const Codec& codec, int64_t begin, int64_t end,
                  const std::function<void(Manifest)>& visit) {
  return ReadRange(log, {std::string(runtime::topics::kManifest), 0}, begin, end,
                   [&](const LogRecord& record) -> absl::Status {
                     SEPAKAT_ASSIGN_OR_RETURN(Manifest manifest,
                                              codec.DecodeManifest(record.value.value_or("")));
                     visit(std::move(manifest));
                     return absl::OkStatus();
                   });
}

absl::StatusOr<int64_t> End(runtime::EventLog* log) {
  return log->EndOffset({std::string(runtime::topics::kManifest), 0});
}

}  // namespace

absl::StatusOr<std::vector<Manifest>> LastManifests(runtime::EventLog* log, const Codec& codec) {
  SEPAKAT_ASSIGN_OR_RETURN(const int64_t end, End(log));
  for (int64_t begin = std::max<int64_t>(0, end - kTail);; begin = 0) {
    std::map<int64_t, Manifest> found;
    SEPAKAT_RETURN_IF_ERROR(Read(log, codec, begin, end, [&](Manifest manifest) {
      found[manifest.publication] = std::move(manifest);
      if (found.size() > 2) found.erase(found.begin());
    }));
    if (found.size() < 2 && begin != 0) continue;
    std::vector<Manifest> last;
    last.reserve(found.size());
    for (auto& [publication, manifest] : found) last.push_back(std::move(manifest));
    return last;
  }
}

absl::StatusOr<std::optional<Manifest>> FindManifest(runtime::EventLog* log, const Codec& codec,
                                                     int64_t publication) {
  SEPAKAT_ASSIGN_OR_RETURN(const int64_t end, End(log));
  std::optional<Manifest> found;
  SEPAKAT_RETURN_IF_ERROR(Read(log, codec, 0, end, [&](Manifest manifest) {
    if (manifest.publication == publication) found = std::move(manifest);
  }));
  return found;
}

}  // namespace sepakat::targeting
