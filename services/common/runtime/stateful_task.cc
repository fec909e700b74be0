#include "common/runtime/stateful_task.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "common/base/status.h"
#include "common/runtime/bookkeeping.h"
#include "common/runtime/fair_mutex.h"
#include "common/runtime/outbox.h"
#include "common/runtime/overlay_transaction.h"
#include "common/runtime/topics.h"

namespace sepakat::runtime {
namespace {

// Keys of the runtime start with a zero byte; no service key does.
constexpr std::string_view kRequestPrefix{"\0r/", 3};

// The record as it came, for its quarantine topic.
OutEvent Poison(const LogRecord& record, const absl::Status& why) {
  OutEvent event;
  event.topic = topics::QuarantineOf(record.topic);
  event.partition = 0;
  event.key = record.key;
  event.type = record.headers.Find("ce_type").value_or("unknown");
  event.payload = record.value;
  event.cause = record.headers.Find("ce_id").value_or("");
  event.extra_headers = {{"reason", base::ReasonOf(why)},
                         {"origin_topic", record.topic},
                         {"origin_partition", fmt::format_int(record.partition).c_str()},
                         {"origin_offset", fmt::format_int(record.offset).c_str()}};
  return event;
}

}  // namespace

void TaskHandler::WorkAhead(std::span<const LogRecord>) {}
absl::Status TaskHandler::Prepare(std::span<const LogRecord>, Transaction&) {
  return absl::OkStatus();
}
absl::Status TaskHandler::OnBatchEnd(bool, Transaction&) { return absl::OkStatus(); }
void TaskHandler::AfterCommit() {}
absl::Status TaskHandler::Reset(const StateStore&) { return absl::OkStatus(); }

class StatefulTask::Impl {
 public:
  Impl(TaskOptions options, Env env, TaskHandler* handler)
      : options_(std::move(options)),
        env_(env),
        handler_(handler),
        outbox_(options_.max_outbox_bytes) {}

  absl::Status Start() {
    const std::lock_guard guard(lock_);
    SEPAKAT_RETURN_IF_ERROR(outbox_.Load(*env_.store));
    return Reload();
  }

  absl::StatusOr<bool> Poll(int wait_ms) {
    if (store_failed_) return StoreFailure();
    if (outbox_.full() && !outbox_.WaitForRoom(std::chrono::milliseconds(wait_ms))) return false;
    if (reader_ == nullptr) SEPAKAT_RETURN_IF_ERROR(OpenInput());
    absl::StatusOr<Batch> batch =
        ahead_ ? *std::exchange(ahead_, std::nullopt) : ReadBatch(wait_ms);
    if (!batch.ok()) {
      reader_ = nullptr;
      return std::move(batch).status();
    }
    // Not before the handler has taken over what it worked out for this batch.
    std::thread reading;
    const auto prepared = [&] {
      if (IsFull(*batch)) reading = std::thread([this] { ahead_ = ReadBatch(0); });
    };
    absl::StatusOr<bool> done = HandleAndCommit(*batch, prepared);
    if (reading.joinable()) reading.join();
    if (done.ok()) return done;
    reader_ = nullptr;  // The same records come again.
    ahead_.reset();
    return done;
  }

  absl::StatusOr<bool> RelayOnce() { return outbox_.Relay(*env_.store, *env_.log); }
  Outbox::Progress said() const { return outbox_.progress(); }

  absl::StatusOr<std::string> Execute(
      std::string_view request_id,
      const std::function<absl::StatusOr<std::string>(Transaction& tx)>& command) {
    const std::string request_key = fmt::format("{}{}", kRequestPrefix, request_id);
    const std::lock_guard guard(lock_);
    OverlayTransaction tx = NewTransaction();
    if (!request_id.empty()) {
      SEPAKAT_ASSIGN_OR_RETURN(auto answered, tx.Get(request_key));
      if (answered) return *std::move(answered);
    }
    if (outbox_.full()) {
      return base::Error(absl::StatusCode::kResourceExhausted, "OUTBOX_FULL",
                         "events wait for the log to take them; try again");
    }
    SEPAKAT_ASSIGN_OR_RETURN(std::string answer, command(tx));
    if (!request_id.empty()) tx.Put(request_key, answer);
    absl::Status status = tx.CheckSizes();
    if (status.ok()) status = Commit({}, tx);
    if (!status.ok()) {
      SEPAKAT_RETURN_IF_ERROR(Reload());
      return status;
    }
    handler_->AfterCommit();
    return answer;
  }

  absl::Status Read(const std::function<absl::Status(const StateStore& store)>& query) const {
    const std::lock_guard guard(lock_);
    return query(*env_.store);
  }

 private:
  using Batch = std::vector<LogRecord>;

  absl::Status StoreFailure() const {
    const std::lock_guard guard(lock_);
    return store_failure_;
  }

  bool IsFull(const Batch& batch) const {
    return static_cast<int>(batch.size()) >= options_.max_batch;
  }

  absl::StatusOr<Batch> ReadBatch(int wait_ms) {
    absl::StatusOr<Batch> batch = reader_->Poll(options_.max_batch, wait_ms);
    if (batch.ok() && !batch->empty()) handler_->WorkAhead(*batch);
    return batch;
  }

  absl::StatusOr<bool> HandleAndCommit(const Batch& batch, const std::function<void()>& prepared) {
    const std::lock_guard guard(lock_);
    OverlayTransaction tx = NewTransaction();
    absl::StatusOr<bool> done = Handle(batch, prepared, tx);
    if (done.ok()) {
      handler_->AfterCommit();
    } else {
      SEPAKAT_RETURN_IF_ERROR(Reload());
    }
    return done;
  }

  OverlayTransaction NewTransaction() {
    books_.Begin();
    return {*env_.store, *env_.log, options_.source, books_.sequences(), env_.clock->NowMs()};
  }

  absl::Status Reload() {
    SEPAKAT_RETURN_IF_ERROR(books_.Load(*env_.store));
    return handler_->Reset(*env_.store);
  }

  absl::Status OpenInput() {
    std::vector<StartOffset> from;
    for (const std::string& topic : options_.inputs) {
      SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions, env_.log->Partitions(topic));
      const std::lock_guard guard(lock_);
      for (int32_t p = 0; p < partitions; ++p) {
        from.push_back({{topic, p}, books_.NextOffset({topic, p})});
      }
    }
    SEPAKAT_ASSIGN_OR_RETURN(reader_, env_.log->OpenReader(from));
    return absl::OkStatus();
  }

  // True if anything changed.
  absl::StatusOr<bool> Handle(std::span<const LogRecord> records,
                              const std::function<void()>& prepared, OverlayTransaction& tx) {
    if (!records.empty()) SEPAKAT_RETURN_IF_ERROR(handler_->Prepare(records, tx));
    prepared();
    for (const LogRecord& record : records) {
      tx.Savepoint();
      const absl::Status status = HandleOne(record, tx);
      if (status.ok()) continue;
      if (base::IsRetriable(status)) return status;
      tx.Rollback();
      tx.Say(Poison(record, status));
      env_.telemetry->Add("sepakat_records_quarantined_total", 1,
                          {{"topic", record.topic}, {"reason", base::ReasonOf(status)}});
    }
    for (const auto& [topic, count] : std::exchange(repeats_, {})) {
      env_.telemetry->Add("sepakat_repeats_dropped_total", count, {{"topic", topic}});
    }
    tx.Savepoint();
    const bool caught_up = static_cast<int>(records.size()) < options_.max_batch;
    SEPAKAT_RETURN_IF_ERROR(handler_->OnBatchEnd(caught_up, tx));
    SEPAKAT_RETURN_IF_ERROR(tx.CheckSizes());
    const bool changed = !records.empty() || !tx.empty();
    SEPAKAT_RETURN_IF_ERROR(Commit(records, tx));
    return changed;
  }

  absl::Status HandleOne(const LogRecord& record, OverlayTransaction& tx) {
    const std::optional<Envelope> envelope = FromHeaders(record.headers);
    if (!envelope) {
      return base::Error(absl::StatusCode::kInvalidArgument, "ENVELOPE_INCOMPLETE",
                         "a record has no complete envelope");
    }
    if (!books_.Admit(record, *envelope)) {
      ++repeats_[record.topic];
      return absl::OkStatus();
    }
    tx.SetCause(&*envelope);
    absl::Status status = handler_->OnRecord(record, *envelope, tx);
    tx.SetCause(nullptr);
    if (status.ok()) status = tx.CheckSizes();
    return status;
  }

  // One store batch: changes, offsets, inbox, sequences and the outbox row.
  absl::Status Commit(std::span<const LogRecord> records, OverlayTransaction& tx) {
    if (records.empty() && tx.empty()) return absl::OkStatus();
    StoreBatch batch;
    Sequences sequences;
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<OutRecord> said, tx.Finish(&batch, &sequences));
    books_.Stage(records, std::move(sequences), &batch);
    outbox_.Stage(said, &batch);
    const absl::Status status = env_.store->Commit(batch);
    outbox_.Settle(status.ok());
    if (status.ok()) books_.Settle();
    if (!status.ok() && !base::IsRetriable(status)) {
      store_failure_ = status;
      store_failed_ = true;
    }
    return status;
  }

  const TaskOptions options_;
  const Env env_;
  TaskHandler* const handler_;
  mutable FairMutex lock_;
  // The thread of Poll(), or the one that it lets read ahead.
  std::unique_ptr<LogReader> reader_;
  std::optional<absl::StatusOr<Batch>> ahead_;
  Bookkeeping books_;
  Outbox outbox_;
  // How a commit failed for good: after a command's failure the task ends too, though no record
  // follows that would meet it.
  absl::Status store_failure_;
  std::atomic<bool> store_failed_{false};
  std::map<std::string, int> repeats_;  // Of the batch under way, by topic.
};

StatefulTask::StatefulTask(TaskOptions options, Env env, TaskHandler* handler)
    : impl_(std::make_unique<Impl>(std::move(options), env, handler)) {}
StatefulTask::~StatefulTask() = default;

absl::Status StatefulTask::Start() { return impl_->Start(); }
absl::StatusOr<bool> StatefulTask::Poll(int wait_ms) { return impl_->Poll(wait_ms); }
Outbox::Progress StatefulTask::said() const { return impl_->said(); }
absl::StatusOr<bool> StatefulTask::RelayOnce() { return impl_->RelayOnce(); }
absl::StatusOr<std::string> StatefulTask::Execute(
    std::string_view request_id,
    const std::function<absl::StatusOr<std::string>(Transaction& tx)>& command) {
  return impl_->Execute(request_id, command);
}
absl::Status StatefulTask::Read(
    const std::function<absl::Status(const StateStore& store)>& query) const {
  return impl_->Read(query);
}

}  // namespace sepakat::runtime
