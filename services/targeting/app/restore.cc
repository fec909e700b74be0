// Start: from the log alone to the last publication, and its messages once more.
#include <fmt/format.h>

#include <mutex>

#include "common/base/status.h"
#include "targeting/app/manifest_log.h"
#include "targeting/app/targeting_task.h"

namespace sepakat::targeting {
namespace {

using runtime::LogRecord;
using runtime::Severity;

}  // namespace

// A start that failed halfway left part of the log behind.
void TargetingTask::Forget() {
  const std::lock_guard guard(lock_);
  engine_ = Engine(&engine_.rules());
  recorded_ = {};
  requests_.clear();
  waiting_.clear();
  waiting_families_ = 0;
  advanced_ = false;
  sequences_.clear();
  publication_ = 0;
}

absl::Status TargetingTask::Start() {
  Forget();
  SEPAKAT_RETURN_IF_ERROR(inputs_.Open());
  SEPAKAT_RETURN_IF_ERROR(outbound_.Open());
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<Manifest> last, LastManifests(env_.log, *codec_));
  if (!last.empty()) {
    SEPAKAT_RETURN_IF_ERROR(budget_.CheckStart(last.back().families));
    SEPAKAT_RETURN_IF_ERROR(Restore(last));
  }
  const std::lock_guard guard(lock_);
  MeasureMemory();
  started_ = true;
  return absl::OkStatus();
}

// `last`: the last publication, and the one before it when there is one.
absl::Status TargetingTask::Restore(const std::vector<Manifest>& last) {
  std::vector<Input> inputs;
  const auto take = [&](const LogRecord& record) {
    // What cannot be used was quarantined before the crash.
    Take(record, &inputs).IgnoreError();
    if (std::ssize(inputs) < options_.max_batch) return absl::OkStatus();
    const std::lock_guard guard(lock_);
    ApplyInputs(&inputs);
    return absl::OkStatus();
  };
  Publication publication;
  for (const Manifest& manifest : last) {
    SEPAKAT_RETURN_IF_ERROR(inputs_.Replay(manifest.inputs, take));
    const std::lock_guard guard(lock_);
    ApplyInputs(&inputs);
    // Only the last publication is sent again: nobody needs the crossings of the one before.
    const bool sent = manifest.publication == last.back().publication;
    publication = engine_.Cut(manifest.bulk || !sent);
    publication_ = manifest.publication;
    cut_at_ms_ = manifest.cut_at_ms;
  }
  const Manifest& newest = last.back();
  sequences_ = newest.last_sequences;
  if (engine_.Digest() == newest.state_digest) {
    SequenceMap before = last.size() == 2 ? last.front().last_sequences : SequenceMap{};
    outbound_.Begin(newest, publication, std::move(before), /*manifest_is_durable=*/true);
    return absl::OkStatus();
  }
  // Superseded records may be gone from a compacted log: say everything anew.
  env_.telemetry->Log(
      Severity::kError,
      fmt::format("publication {} cannot be recomputed from the log; all figures are said again",
                  newest.publication),
      {{"reason", "DIGEST_MISMATCH"}});
  const std::lock_guard guard(lock_);
  engine_.SayEverythingAgain();
  must_cut_ = true;
  return absl::OkStatus();
}

}  // namespace sepakat::targeting
