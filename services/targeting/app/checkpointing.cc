// Checkpoints beside publications: when one is due, one block at a time, and what is told of it.
#include <fmt/format.h>

#include <mutex>

#include "common/base/status.h"
#include "targeting/app/targeting_task.h"

namespace sepakat::targeting {

using runtime::Severity;

void TargetingTask::NoteAcknowledged() {
  if (env_.files == nullptr || !outbound_.idle()) return;
  const std::lock_guard guard(lock_);
  if (acknowledged_.publication == outbound_.manifest().publication) return;
  acknowledged_ = outbound_.manifest();
}

bool TargetingTask::CheckpointDue() const {
  if (!started_ || publication_ == 0 || acknowledged_.publication != publication_) return false;
  if (publication_ == last_checkpoint_publication_) return false;
  const int64_t since_ms = (env_.clock->MonotonicUs() - last_checkpoint_us_) / 1000;
  return since_ms >= options_.checkpoint_interval_ms ||
         engine_.counts().changed - last_checkpoint_changed_ >= options_.checkpoint_families;
}

absl::StatusOr<bool> TargetingTask::Relay() {
  if (env_.files == nullptr) return false;
  std::string block;
  {
    const std::lock_guard guard(lock_);
    const int64_t began_us = env_.clock->MonotonicUs();
    if (!checkpoint_.active()) {
      if (!CheckpointDue()) return false;
      checkpoint_began_us_ = began_us;
      checkpoint_.Begin(engine_, acknowledged_, requests_);
    }
    block = checkpoint_.NextBlock(engine_);
    env_.telemetry->Observe("sepakat_targeting_checkpoint_lock_seconds",
                            static_cast<double>(env_.clock->MonotonicUs() - began_us) / 1e6, {});
  }
  const absl::StatusOr<bool> complete = checkpoint_.Write(block);
  if (!complete.ok() || *complete) CheckpointEnded(complete);
  return true;
}

// A checkpoint that failed costs time at the next start and nothing else: the service goes on.
void TargetingTask::CheckpointEnded(const absl::StatusOr<bool>& complete) {
  const int64_t now_us = env_.clock->MonotonicUs();
  int64_t publication = 0;
  {
    const std::lock_guard guard(lock_);
    publication = checkpoint_.publication();
    checkpoint_.End();
    last_checkpoint_us_ = now_us;
    last_checkpoint_changed_ = engine_.counts().changed;
    if (complete.ok()) last_checkpoint_publication_ = publication;
  }
  runtime::Telemetry& telemetry = *env_.telemetry;
  if (!complete.ok()) {
    const std::string reason = base::ReasonOf(complete.status());
    telemetry.Add("sepakat_targeting_checkpoints_failed_total", 1, {{"reason", reason}});
    telemetry.Log(Severity::kError,
                  fmt::format("no checkpoint of publication {} in {}: {}", publication,
                              env_.files->Describe(), std::string(complete.status().message())),
                  {{"reason", reason}});
    return;
  }
  telemetry.Add("sepakat_targeting_checkpoints_total", 1, {});
  telemetry.Set("sepakat_targeting_checkpoint_publication", static_cast<double>(publication), {});
  telemetry.Set("sepakat_targeting_checkpoint_bytes", static_cast<double>(checkpoint_.bytes()), {});
  telemetry.Observe("sepakat_targeting_checkpoint_seconds",
                    static_cast<double>(now_us - checkpoint_began_us_) / 1e6, {});
  telemetry.Log(Severity::kInfo,
                fmt::format("checkpoint of publication {}: {} bytes in {} ms", publication,
                            checkpoint_.bytes(), (now_us - checkpoint_began_us_) / 1000),
                {});
}

}  // namespace sepakat::targeting
