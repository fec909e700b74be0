// Start: from a checkpoint or the beginning of the log to the last publication, and its messages
// once more.
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

// A start that failed halfway, or a checkpoint that cannot be used, left part of the state behind.
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
  acknowledged_ = {};
}

absl::Status TargetingTask::Reopen() {
  Forget();
  return inputs_.Open();
}

absl::Status TargetingTask::Start() {
  const int64_t began_us = env_.clock->MonotonicUs();
  SEPAKAT_RETURN_IF_ERROR(outbound_.Open());
  SEPAKAT_RETURN_IF_ERROR(Reopen());
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<Manifest> last, LastManifests(env_.log, *codec_));
  bool restored = last.empty();
  if (!restored) SEPAKAT_RETURN_IF_ERROR(budget_.CheckStart(last.back().families));
  if (env_.files != nullptr) {
    SEPAKAT_RETURN_IF_ERROR(RemoveUnfinished(env_.files));
    if (!restored) {
      SEPAKAT_ASSIGN_OR_RETURN(restored, RestoreFromCheckpoints(last));
    }
  }
  absl::Status status;
  if (!restored) status = Restore(last, 0);
  if (base::ReasonOf(status) == "DIGEST_MISMATCH") {
    // Superseded records may be gone from a compacted log: say everything anew.
    env_.telemetry->Log(
        Severity::kError,
        fmt::format("{}; all figures are said again", std::string(status.message())),
        {{"reason", "DIGEST_MISMATCH"}});
    const std::lock_guard guard(lock_);
    engine_.SayEverythingAgain();
    must_cut_ = true;
    status = absl::OkStatus();
  }
  SEPAKAT_RETURN_IF_ERROR(status);
  const std::lock_guard guard(lock_);
  MeasureMemory();
  last_checkpoint_us_ = env_.clock->MonotonicUs();
  last_checkpoint_changed_ = engine_.counts().changed;
  started_ = true;
  env_.telemetry->Set("sepakat_targeting_start_seconds",
                      static_cast<double>(last_checkpoint_us_ - began_us) / 1e6, {});
  return absl::OkStatus();
}

absl::StatusOr<bool> TargetingTask::RestoreFromCheckpoints(const std::vector<Manifest>& last) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> names, Checkpoints(env_.files));
  for (const std::string& name : names) {
    const absl::Status status = RestoreFromCheckpoint(name, last);
    if (status.ok()) return true;
    if (base::IsRetriable(status)) return status;
    const std::string reason = base::ReasonOf(status);
    env_.telemetry->Add("sepakat_targeting_checkpoints_refused_total", 1, {{"reason", reason}});
    env_.telemetry->Log(Severity::kError,
                        fmt::format("{} in {} is not used: {}", name, env_.files->Describe(),
                                    std::string(status.message())),
                        {{"reason", reason}, {"file", name}});
    SEPAKAT_RETURN_IF_ERROR(Reopen());
  }
  return false;
}

absl::Status TargetingTask::RestoreFromCheckpoint(const std::string& name,
                                                  const std::vector<Manifest>& last) {
  SEPAKAT_ASSIGN_OR_RETURN(const Manifest manifest, Load(name));
  const int64_t newest = last.back().publication;
  if (manifest.publication > newest) {
    return base::Error(
        absl::StatusCode::kDataLoss, "CHECKPOINT_AHEAD_OF_LOG",
        fmt::format("it is of publication {}, the log ends with {}", manifest.publication, newest));
  }
  SEPAKAT_RETURN_IF_ERROR(Restore(last, manifest.publication));
  const std::lock_guard guard(lock_);
  last_checkpoint_publication_ = manifest.publication;
  env_.telemetry->Log(Severity::kInfo,
                      fmt::format("restored publication {} from the checkpoint of {}", newest,
                                  manifest.publication),
                      {});
  return absl::OkStatus();
}

absl::StatusOr<Manifest> TargetingTask::Load(const std::string& name) {
  SEPAKAT_ASSIGN_OR_RETURN(CheckpointReader reader, CheckpointReader::Open(env_.files, name));
  const CheckpointHeader& header = reader.header();
  SEPAKAT_ASSIGN_OR_RETURN(const Manifest manifest, codec_->DecodeManifest(header.manifest));
  SEPAKAT_RETURN_IF_ERROR(inputs_.StartAt(manifest.inputs));
  const std::lock_guard guard(lock_);
  for (const ParameterText& parameter : header.parameters) {
    LogRecord record;
    record.topic = parameter.topic;
    record.value = parameter.payload;
    SEPAKAT_ASSIGN_OR_RETURN(const Input input, codec_->Decode(record));
    if (input.parameter) engine_.Stage(*input.parameter);
  }
  SEPAKAT_RETURN_IF_ERROR(
      reader.ReadFamilies([&](const FamilyUpdate& family) { return engine_.Apply(family); }));
  // What the cut says was said before.
  (void)engine_.Cut(/*bulk=*/true);
  for (const SaidRegion& said : header.empty_regions) {
    engine_.RestoreSaid(said.population, said.region, said.figures);
  }
  engine_.RestoreCounts(header.counts);
  recorded_ = engine_.parameters();
  requests_ = header.requests;
  if (engine_.Digest() != manifest.state_digest) {
    return base::Error(absl::StatusCode::kDataLoss, "CHECKPOINT_DIGEST_MISMATCH",
                       fmt::format("its state has digest {}, publication {} had {}",
                                   engine_.Digest(), manifest.publication, manifest.state_digest));
  }
  return manifest;
}

// `last`: the last publication, and the one before it when there is one.
absl::Status TargetingTask::Restore(const std::vector<Manifest>& last, int64_t publication) {
  std::vector<Input> inputs;
  const auto take = [&](const LogRecord& record) {
    // What cannot be used was quarantined before the crash.
    Take(record, &inputs).IgnoreError();
    if (std::ssize(inputs) < options_.max_batch) return absl::OkStatus();
    const std::lock_guard guard(lock_);
    ApplyInputs(&inputs);
    return absl::OkStatus();
  };
  const Manifest& newest = last.back();
  Publication said;
  for (const Manifest& manifest : last) {
    if (manifest.publication < publication) continue;
    SEPAKAT_RETURN_IF_ERROR(inputs_.Replay(manifest.inputs, take));
    const std::lock_guard guard(lock_);
    publication_ = manifest.publication;
    cut_at_ms_ = manifest.cut_at_ms;
    if (manifest.publication == publication) continue;
    ApplyInputs(&inputs);
    // Only the last publication is sent again: nobody needs the crossings of the one before.
    said = engine_.Cut(manifest.bulk || manifest.publication != newest.publication);
  }
  sequences_ = newest.last_sequences;
  if (engine_.Digest() != newest.state_digest) {
    return base::Error(
        absl::StatusCode::kDataLoss, "DIGEST_MISMATCH",
        fmt::format("publication {} cannot be recomputed from the log", newest.publication));
  }
  if (newest.publication == publication) {
    // Its messages were all on the log before the checkpoint was written.
    const std::lock_guard guard(lock_);
    acknowledged_ = newest;
    return absl::OkStatus();
  }
  SequenceMap before = last.size() == 2 ? last.front().last_sequences : SequenceMap{};
  outbound_.Begin(newest, said, std::move(before), /*manifest_is_durable=*/true);
  return absl::OkStatus();
}

}  // namespace sepakat::targeting
