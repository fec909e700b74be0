#include "targeting/app/targeting_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <mutex>

#include "common/base/status.h"
#include "common/runtime/envelope.h"
#include "common/runtime/topics.h"

namespace sepakat::targeting {
namespace {

using runtime::LogRecord;
using runtime::Severity;

// Inputs that may wait in memory before a publication is cut whatever the clock says.
constexpr size_t kMaxWaiting = 32'768;
// Between two looks at the memory of the engine while little changes.
constexpr int64_t kMeasureUs = 5'000'000;

}  // namespace

TargetingTask::TargetingTask(const TargetingOptions& options, const RuleSet* rules,
                             runtime::Env env, const Codec* codec)
    : options_(options),
      env_(env),
      codec_(codec),
      inputs_(env.log),
      outbound_(env.log, codec),
      last_cut_us_(std::numeric_limits<int64_t>::min() / 2),
      budget_(options.memory_budget_mib),
      measured_us_(last_cut_us_),
      engine_(rules),
      checkpoint_(env.files, codec) {}

absl::Status TargetingTask::Take(const LogRecord& record, std::vector<Input>* inputs) {
  NoteRequest(record);
  absl::StatusOr<Input> input = codec_->Decode(record);
  if (!input.ok()) return input.status();
  if (input->family) {
    SEPAKAT_RETURN_IF_ERROR(CheckIntake(*input->family));
    ++waiting_families_;
  }
  if (input->parameter) NoteParameter(*input->parameter);
  if (input->family || input->parameter) inputs->push_back(*std::move(input));
  return absl::OkStatus();
}

absl::StatusOr<bool> TargetingTask::Poll(int wait_ms) {
  if (!outbound_.idle()) {
    SEPAKAT_RETURN_IF_ERROR(Send());
    return true;
  }
  const absl::Status room = budget_.CheckRoom(engine_bytes_, waiting_families_);
  env_.telemetry->Set("sepakat_targeting_memory_budget_full", room.ok() ? 0 : 1, {});
  if (!room.ok()) {
    // What waits is published first.
    if (!advanced_) return room;
    SEPAKAT_RETURN_IF_ERROR(Cut());
    SEPAKAT_RETURN_IF_ERROR(Send());
    return true;
  }
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<LogRecord> records,
                           inputs_.Poll(options_.max_batch, WaitMs(wait_ms)));
  advanced_ |= !records.empty();
  for (const LogRecord& record : records) {
    if (const absl::Status status = Take(record, &waiting_); !status.ok()) {
      Quarantine(record, status);
    }
  }
  SEPAKAT_RETURN_IF_ERROR(SendQuarantined());
  const bool drained = std::ssize(records) < options_.max_batch;
  if (!Due(drained)) return !records.empty();
  SEPAKAT_RETURN_IF_ERROR(Cut());
  SEPAKAT_RETURN_IF_ERROR(Send());
  return true;
}

absl::Status TargetingTask::Send() {
  SEPAKAT_RETURN_IF_ERROR(outbound_.Send());
  NoteAcknowledged();
  return absl::OkStatus();
}

bool TargetingTask::Due(bool drained) const {
  if (must_cut_) return true;
  if (!advanced_) return false;
  if (waiting_.size() >= kMaxWaiting || LeftMs(options_.bulk_interval_ms) == 0) return true;
  return drained && !Bulk() && LeftMs(options_.min_interval_ms) == 0;
}

bool TargetingTask::Bulk() const { return waiting_families_ > options_.bulk_families; }

int64_t TargetingTask::LeftMs(int64_t interval_ms) const {
  const int64_t since_ms = (env_.clock->MonotonicUs() - last_cut_us_) / 1000;
  return std::max<int64_t>(0, interval_ms - since_ms);
}

int TargetingTask::WaitMs(int wait_ms) const {
  if (!advanced_) return wait_ms;
  const int64_t left_ms = LeftMs(Bulk() ? options_.bulk_interval_ms : options_.min_interval_ms);
  return static_cast<int>(std::min<int64_t>(left_ms, wait_ms));
}

void TargetingTask::ApplyInputs(std::vector<Input>* inputs) {
  const auto refuse = [this](const absl::Status& status) {
    env_.telemetry->Add("sepakat_targeting_inputs_refused_total", 1,
                        {{"reason", base::ReasonOf(status)}});
    env_.telemetry->Log(Severity::kError, std::string(status.message()),
                        {{"reason", base::ReasonOf(status)}});
  };
  for (const Input& input : *inputs) {
    if (input.parameter) engine_.Stage(*input.parameter);
  }
  for (const Input& input : *inputs) {
    if (!input.family) continue;
    if (const absl::Status status = engine_.Apply(*input.family); !status.ok()) refuse(status);
  }
  inputs->clear();
  waiting_families_ = 0;
}

absl::Status TargetingTask::Cut() {
  const int64_t began_us = env_.clock->MonotonicUs();
  Manifest manifest;
  manifest.bulk = Bulk();
  manifest.cut_at_ms = env_.clock->NowMs();
  manifest.inputs = inputs_.positions();
  Publication publication;
  {
    const std::lock_guard guard(lock_);
    checkpoint_.Preserve(engine_, waiting_);
    ApplyInputs(&waiting_);
    last_cut_us_ = began_us;
    must_cut_ = false;
    advanced_ = false;
    publication = engine_.Cut(manifest.bulk);
    manifest.publication = ++publication_;
    manifest.state_digest = engine_.Digest();
    manifest.parameters = engine_.parameters().InUse(engine_.rules());
    manifest.families = engine_.families();
    manifest.conflicts = engine_.counts().conflicts;
    cut_at_ms_ = manifest.cut_at_ms;
  }
  outbound_.Begin(std::move(manifest), publication, sequences_, /*manifest_is_durable=*/false);
  sequences_ = outbound_.manifest().last_sequences;
  Report(publication, began_us);
  const bool stale = env_.clock->MonotonicUs() - measured_us_ >= kMeasureUs;
  if (outbound_.manifest().bulk || stale) MeasureMemory();
  return absl::OkStatus();
}

void TargetingTask::MeasureMemory() {
  measured_us_ = env_.clock->MonotonicUs();
  PopulationState::Memory memory;
  for (const auto& [id, state] : engine_.populations()) memory += state->MemoryBytes();
  engine_bytes_ = static_cast<int64_t>(memory.total());
  const auto tell = [this](std::string_view part, size_t bytes) {
    env_.telemetry->Set("sepakat_targeting_memory_bytes", static_cast<double>(bytes),
                        {{"part", std::string(part)}});
  };
  tell("records", memory.records.records);
  tell("index", memory.records.index);
  tell("features", memory.records.features);
  tell("shared", memory.records.shared);
  tell("orders", memory.orders);
  tell("regions", memory.regions);
}

void TargetingTask::Report(const Publication& publication, int64_t began_us) const {
  runtime::Telemetry& telemetry = *env_.telemetry;
  telemetry.Add("sepakat_targeting_publications_total", 1, {});
  telemetry.Add("sepakat_targeting_crossings_total",
                static_cast<double>(publication.crossings.size()), {});
  telemetry.Set("sepakat_targeting_families", static_cast<double>(engine_.families()), {});
  telemetry.Set("sepakat_targeting_conflicts", static_cast<double>(engine_.counts().conflicts), {});
  telemetry.Set("sepakat_targeting_late_versions", static_cast<double>(engine_.counts().late), {});
  telemetry.Set("sepakat_targeting_repeated", static_cast<double>(engine_.counts().repeated), {});
  telemetry.Observe("sepakat_targeting_cut_seconds",
                    static_cast<double>(env_.clock->MonotonicUs() - began_us) / 1e6, {});
}

// Records are quarantined as the runtime's tasks do it: as they came, with reason and origin.
void TargetingTask::Quarantine(const LogRecord& record, const absl::Status& why) {
  runtime::OutRecord out;
  out.topic = runtime::topics::QuarantineOf(record.topic);
  out.key = record.key;
  out.value = record.value;
  out.timestamp_ms = record.timestamp_ms;
  runtime::Envelope envelope;
  envelope.id = fmt::format("quarantine/{}/{}/{}", record.topic, record.partition, record.offset);
  envelope.source = kSource;
  envelope.type = record.headers.Find("ce_type").value_or("unknown");
  envelope.time_ms = record.timestamp_ms;
  envelope.sequence = ++sequences_[DestinationOf(out.topic, 0)];
  envelope.cause = record.headers.Find("ce_id").value_or("");
  out.headers = ToHeaders(envelope);
  out.headers.Add("reason", base::ReasonOf(why));
  out.headers.Add("origin_topic", record.topic);
  out.headers.Add("origin_partition", fmt::format("{}", record.partition));
  out.headers.Add("origin_offset", fmt::format("{}", record.offset));
  quarantined_.push_back(std::move(out));
  env_.telemetry->Add("sepakat_records_quarantined_total", 1,
                      {{"topic", record.topic}, {"reason", base::ReasonOf(why)}});
}

absl::Status TargetingTask::SendQuarantined() {
  if (quarantined_.empty()) return absl::OkStatus();
  SEPAKAT_RETURN_IF_ERROR(env_.log->Append(quarantined_));
  quarantined_.clear();
  return absl::OkStatus();
}

absl::Status TargetingTask::Read(
    const std::function<absl::Status(const Engine&, int64_t, int64_t)>& query) const {
  const std::lock_guard guard(lock_);
  SEPAKAT_RETURN_IF_ERROR(Started());
  return query(engine_, publication_, cut_at_ms_);
}

absl::StatusOr<VerificationReport> TargetingTask::Verify(int64_t publication) const {
  const std::unique_lock guard(verifying_, std::try_to_lock);
  if (!guard) {
    return base::Error(absl::StatusCode::kUnavailable, "VERIFICATION_RUNNING",
                       "another verification is running; ask again when it is done");
  }
  Verification verification(env_.log, codec_, &engine_.rules());
  return verification.Run(publication, [this](const auto& compare) {
    return Read(
        [&](const Engine& engine, int64_t served, int64_t) { return compare(engine, served); });
  });
}

absl::Status TargetingTask::Healthy() const {
  const std::lock_guard guard(lock_);
  return Started();
}

absl::Status TargetingTask::Started() const {
  if (started_) return absl::OkStatus();
  return base::Error(absl::StatusCode::kUnavailable, "NOT_RESTORED",
                     "targeting is replaying the log to its last publication");
}

}  // namespace sepakat::targeting
