// The loop of targeting: read inputs, cut publications, send them, answer questions.
//
// Between two cuts inputs only wait; they are applied when the publication is cut. So the engine
// always stands exactly at its last publication, and every answer belongs to one.
//
// A publication is cut when something was read and the input is drained, at the latest after
// `bulk_interval_ms`; never closer together than `min_interval_ms` (`bulk_interval_ms` while many
// families wait). One that changes nothing is cut too: its manifest tells those who wait for an
// input that it has been read. The manifest is durable before the messages leave, and the next
// publication waits until they are. After a crash Start() replays silently to the last manifest but
// one, cuts there, replays to the last manifest, and sends that publication again under the same
// ids and sequences.
// It begins with the newest checkpoint that leads to the digest of that manifest (env.files), and
// with the beginning of the log when none does.
//
// When the memory budget is reached, what waits is published and nothing more is read: Poll() gives
// Unavailable MEMORY_BUDGET_FULL, questions are answered on.
//
// Inputs that cannot be used go to their topic's quarantine with the reason.
// Errors: of the log; DataLoss LOG_SHORTER_THAN_MANIFEST. Poll() may be called again after an
//   Unavailable error: nothing is lost. Start() FailedPrecondition REGISTER_TOO_LARGE.
// Thread: Start and Poll from one thread, Relay from another; Read and Command from any.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/env.h"
#include "common/runtime/fair_mutex.h"
#include "targeting/app/checkpoint_writer.h"
#include "targeting/app/codec.h"
#include "targeting/app/inputs.h"
#include "targeting/app/memory_budget.h"
#include "targeting/app/outbound.h"
#include "targeting/app/verification.h"
#include "targeting/domain/engine.h"

namespace sepakat::targeting {

struct TargetingOptions {
  // Shortest time between two publications, and while a file is being loaded.
  int64_t min_interval_ms = 50;
  int64_t bulk_interval_ms = 300;
  // More waiting families than this make a publication bulk.
  int64_t bulk_families = 2000;
  // Inputs read, and on restore applied, at once.
  int max_batch = 4096;
  // Memory that this service may use, MiB (memory_budget.h); 0: no limit.
  int64_t memory_budget_mib = 0;
  // A checkpoint is due when this long has passed since the last one, or when this many families
  // changed; only when something did, and only where there is a folder for it (env.files).
  int64_t checkpoint_interval_ms = 300'000;
  int64_t checkpoint_families = 1'000'000;
  // Version of the deprivation rules (deprivations.h).
  std::string rule_set = "bps-2019";
};

// One parameter of a command, decoded and encoded.
struct ParameterRecord {
  ParameterChange change;
  Message message;
};

class TargetingTask {
 public:
  // `rules` and `codec` outlive the task.
  TargetingTask(const TargetingOptions& options, const RuleSet* rules, runtime::Env env,
                const Codec* codec);

  // After an error it may be called again and begins anew.
  absl::Status Start();
  absl::StatusOr<bool> Poll(int wait_ms);
  // Does a piece of what goes on beside publications: checkpoints. True if anything was done.
  absl::StatusOr<bool> Relay();

  // Runs `query` on the state of the last publication.
  absl::Status Read(const std::function<absl::Status(const Engine& engine, int64_t publication,
                                                     int64_t cut_at_ms)>& query) const;
  // Checks all parameters, then appends them to their topics. The same request id acts once.
  absl::Status Command(std::string_view request_id, const std::vector<ParameterRecord>& records);

  // The same, refused when other parameters than `expected` are recorded for the population by now.
  // FailedPrecondition BASE_CHANGED.
  absl::Status CommandOnBase(std::string_view request_id,
                             const std::vector<ParameterRecord>& records,
                             const ParameterSet& expected);
  // True while `expected` is what is recorded for its population.
  bool Recorded(const ParameterSet& expected) const;

  // Computes a stored publication once more (verification.h); one at a time. Unavailable
  // VERIFICATION_RUNNING.
  absl::StatusOr<VerificationReport> Verify(int64_t publication) const;

  absl::Status Healthy() const;

 private:
  void Forget();
  // Forgets everything and opens the log at its beginning.
  absl::Status Reopen();
  // Brings the engine from `publication`, where it stands, to the last one, and prepares sending
  // that again. DataLoss DIGEST_MISMATCH when it is not what was published.
  absl::Status Restore(const std::vector<Manifest>& last, int64_t publication);
  absl::Status RestoreFromCheckpoint(const std::string& name, const std::vector<Manifest>& last);
  // Tries the checkpoints, newest first; false when none can be used.
  absl::StatusOr<bool> RestoreFromCheckpoints(const std::vector<Manifest>& last);
  // The state of a checkpoint; returns its publication.
  absl::StatusOr<Manifest> Load(const std::string& name);
  void NoteAcknowledged();
  // Requires lock_.
  bool CheckpointDue() const;
  void CheckpointEnded(const absl::StatusOr<bool>& complete);
  absl::Status Take(const runtime::LogRecord& record, std::vector<Input>* inputs);
  void Quarantine(const runtime::LogRecord& record, const absl::Status& why);
  absl::Status SendQuarantined();
  bool Due(bool drained) const;
  // Many families wait.
  bool Bulk() const;
  // Milliseconds until `interval_ms` have passed since the last cut.
  int64_t LeftMs(int64_t interval_ms) const;
  int WaitMs(int wait_ms) const;
  absl::Status Cut();
  // Sends what was cut, and notes it when all of it is on the log.
  absl::Status Send();
  void ApplyInputs(std::vector<Input>* inputs);
  // Requires lock_.
  absl::Status Started() const;
  absl::Status Record(std::string_view request_id, const std::vector<ParameterRecord>& records,
                      const ParameterSet* expected);
  // Requires lock_.
  bool Stands(const ParameterSet& expected) const;
  absl::StatusOr<std::vector<runtime::OutRecord>> AddressParameters(
      std::string_view request_id, const std::vector<ParameterRecord>& records);
  void NoteParameter(const ParameterChange& change);
  void NoteRequest(const runtime::LogRecord& record);
  // Bytes of the engine by part, told and remembered.
  void MeasureMemory();
  void Report(const Publication& publication, int64_t began_us) const;

  const TargetingOptions options_;
  const runtime::Env env_;
  const Codec* const codec_;
  Inputs inputs_;      // loop only
  Outbound outbound_;  // loop only
  std::vector<Input> waiting_;
  int64_t waiting_families_ = 0;
  bool advanced_ = false;  // something was read since the last publication
  std::vector<runtime::OutRecord> quarantined_;
  SequenceMap sequences_;
  int64_t last_cut_us_;
  bool must_cut_ = false;
  const MemoryBudget budget_;
  int64_t engine_bytes_ = 0;
  int64_t measured_us_;

  mutable std::mutex verifying_;     // taken before lock_
  runtime::FairMutex command_lock_;  // one command at a time; taken before lock_
  mutable runtime::FairMutex lock_;  // guards what follows
  Engine engine_;
  int64_t publication_ = 0;
  int64_t cut_at_ms_ = 0;
  bool started_ = false;
  // Parameters as far as they are on the log: what commands are checked against.
  Parameters recorded_;
  Requests requests_;
  // The last publication whose outputs are all on the log.
  Manifest acknowledged_;
  CheckpointWriter checkpoint_;
  int64_t checkpoint_began_us_ = 0;
  // Of the last checkpoint that was tried: when it ended, what had changed by then.
  int64_t last_checkpoint_us_ = 0;
  int64_t last_checkpoint_changed_ = 0;
  int64_t last_checkpoint_publication_ = 0;
};

}  // namespace sepakat::targeting
