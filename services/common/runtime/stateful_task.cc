#include "common/runtime/stateful_task.h"

#include <atomic>
#include <charconv>
#include <map>
#include <mutex>
#include <tuple>

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/runtime/fair_mutex.h"
#include "common/runtime/overlay_transaction.h"
#include "common/runtime/record_codec.h"
#include "common/runtime/topics.h"

namespace sepakat::runtime {
namespace {

// Keys of the runtime start with a zero byte; no service key does.
constexpr std::string_view kOffsetPrefix{"\0o/", 3};
constexpr std::string_view kInboxPrefix{"\0i/", 3};
constexpr std::string_view kSequencePrefix{"\0s/", 3};
constexpr std::string_view kOutboxPrefix{"\0x/", 3};
constexpr std::string_view kRequestPrefix{"\0r/", 3};

// How much of the outbox one append to the log carries.
constexpr size_t kRelayBytes = 8 << 20;

int64_t ToNumber(std::string_view text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string PlaceKey(std::string_view prefix, std::string_view topic, int32_t partition) {
  return fmt::format("{}{}/{}", prefix, topic, partition);
}

// "<topic>/<partition>" behind a prefix.
std::pair<std::string, int32_t> PlaceOf(std::string_view key, std::string_view prefix) {
  key.remove_prefix(prefix.size());
  const size_t slash = key.rfind('/');
  return {std::string(key.substr(0, slash)), static_cast<int32_t>(ToNumber(key.substr(slash + 1)))};
}

OutEvent Poison(const LogRecord& record, const absl::Status& why) {
  OutEvent event;
  event.topic = topics::QuarantineOf(record.topic);
  event.partition = 0;
  event.key = fmt::format("{}/{}/{}", record.partition, record.offset, base::ReasonOf(why));
  event.type = "sepakat.runtime.QuarantinedRecord";
  event.payload = record.value;
  return event;
}

}  // namespace

absl::Status TaskHandler::Prepare(std::span<const LogRecord>, Transaction&) {
  return absl::OkStatus();
}
absl::Status TaskHandler::OnBatchEnd(bool, Transaction&) { return absl::OkStatus(); }
void TaskHandler::AfterCommit() {}
absl::Status TaskHandler::Reset(const StateStore&) { return absl::OkStatus(); }

class StatefulTask::Impl {
 public:
  Impl(TaskOptions options, Env env, TaskHandler* handler)
      : options_(std::move(options)), env_(env), handler_(handler) {}

  absl::Status Start() {
    const std::lock_guard guard(lock_);
    SEPAKAT_RETURN_IF_ERROR(LoadBookkeeping());
    SEPAKAT_RETURN_IF_ERROR(handler_->Reset(*env_.store));
    return OpenInput();
  }

  absl::StatusOr<bool> Poll(int wait_ms) {
    if (reader_ == nullptr) SEPAKAT_RETURN_IF_ERROR(OpenInput());
    SEPAKAT_ASSIGN_OR_RETURN(std::vector<LogRecord> records,
                             reader_->Poll(options_.max_batch, wait_ms));
    const std::lock_guard guard(lock_);
    OverlayTransaction tx = NewTransaction();
    const bool caught_up = static_cast<int>(records.size()) < options_.max_batch;
    absl::Status status = Handle(records, caught_up, tx);
    if (status.ok()) status = Commit(records, tx);
    if (!status.ok()) {
      reader_ = nullptr;  // The same records come again.
      absl::Status reset = LoadBookkeeping();
      if (reset.ok()) reset = handler_->Reset(*env_.store);
      return reset.ok() ? status : reset;
    }
    handler_->AfterCommit();
    return !records.empty();
  }

  absl::StatusOr<bool> RelayOnce() {
    if (!outbox_may_hold_rows_.load()) return false;
    const std::lock_guard guard(relay_lock_);
    outbox_may_hold_rows_ = false;
    std::string bytes;
    StoreBatch sent;
    bool more = false;
    absl::Status status = env_.store->Scan(
        kOutboxPrefix, PrefixEnd(kOutboxPrefix), [&](std::string_view key, std::string_view value) {
          more = !bytes.empty() && bytes.size() + value.size() > kRelayBytes;
          if (more) return false;
          bytes += value;
          sent.Delete(std::string(key));
          return true;
        });
    if (status.ok() && !sent.empty()) status = Send(bytes, sent);
    if (!status.ok() || more) outbox_may_hold_rows_ = true;
    if (!status.ok()) return status;
    return !sent.empty();
  }

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
    SEPAKAT_ASSIGN_OR_RETURN(std::string answer, command(tx));
    if (!request_id.empty()) tx.Put(request_key, answer);
    if (absl::Status status = Commit({}, tx); !status.ok()) {
      SEPAKAT_RETURN_IF_ERROR(LoadBookkeeping());
      SEPAKAT_RETURN_IF_ERROR(handler_->Reset(*env_.store));
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
  using InboxPlace = std::tuple<std::string, std::string, int32_t>;

  OverlayTransaction NewTransaction() {
    return {*env_.store, *env_.log, options_.source, sequences_, env_.clock->NowMs()};
  }

  absl::Status LoadBookkeeping() {
    offsets_.clear();
    inbox_.clear();
    sequences_.clear();
    next_block_ = 0;
    SEPAKAT_RETURN_IF_ERROR(ScanPrefix(kOffsetPrefix, [&](auto key, auto value) {
      offsets_[PlaceOf(key, kOffsetPrefix)] = ToNumber(value);
    }));
    SEPAKAT_RETURN_IF_ERROR(ScanPrefix(kSequencePrefix, [&](auto key, auto value) {
      sequences_[PlaceOf(key, kSequencePrefix)] = ToNumber(value);
    }));
    SEPAKAT_RETURN_IF_ERROR(ScanPrefix(kInboxPrefix, [&](auto key, auto value) {
      const size_t bar = key.find('|');
      const auto [topic, partition] = PlaceOf(key.substr(bar), "|");
      const std::string_view source = key.substr(kInboxPrefix.size(), bar - kInboxPrefix.size());
      inbox_[{std::string(source), topic, partition}] = ToNumber(value);
    }));
    SEPAKAT_RETURN_IF_ERROR(ScanPrefix(kOutboxPrefix, [&](auto key, auto) {
      next_block_ = ToNumber(key.substr(kOutboxPrefix.size())) + 1;
    }));
    outbox_may_hold_rows_ = true;
    return absl::OkStatus();
  }

  absl::Status ScanPrefix(
      std::string_view prefix,
      const std::function<void(std::string_view key, std::string_view value)>& visit) {
    return env_.store->Scan(prefix, PrefixEnd(prefix),
                            [&](std::string_view key, std::string_view value) {
                              visit(key, value);
                              return true;
                            });
  }

  absl::Status OpenInput() {
    std::vector<StartOffset> from;
    for (const std::string& topic : options_.inputs) {
      SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions, env_.log->Partitions(topic));
      for (int32_t p = 0; p < partitions; ++p) {
        const auto it = offsets_.find({topic, p});
        from.push_back({{topic, p}, it == offsets_.end() ? 0 : it->second});
      }
    }
    SEPAKAT_ASSIGN_OR_RETURN(reader_, env_.log->OpenReader(from));
    return absl::OkStatus();
  }

  absl::Status Handle(std::span<const LogRecord> records, bool caught_up,
                      OverlayTransaction& tx) {
    if (!records.empty()) SEPAKAT_RETURN_IF_ERROR(handler_->Prepare(records, tx));
    batch_inbox_.clear();
    for (const LogRecord& record : records) {
      tx.Savepoint();
      absl::Status status = HandleOne(record, tx);
      if (status.ok()) continue;
      if (base::IsRetriable(status)) return status;
      tx.Rollback();
      tx.Say(Poison(record, status));
      env_.telemetry->Add("sepakat_records_quarantined_total", 1,
                          {{"topic", record.topic}, {"reason", base::ReasonOf(status)}});
    }
    tx.Savepoint();
    return handler_->OnBatchEnd(caught_up, tx);
  }

  absl::Status HandleOne(const LogRecord& record, OverlayTransaction& tx) {
    const std::optional<Envelope> envelope = FromHeaders(record.headers);
    if (!envelope) {
      return base::Error(absl::StatusCode::kInvalidArgument, "ENVELOPE_INCOMPLETE",
                         "a record has no complete envelope");
    }
    InboxPlace place{envelope->source, record.topic, record.partition};
    const auto [seen, first] = batch_inbox_.try_emplace(place, -1);
    if (first) {
      if (const auto it = inbox_.find(place); it != inbox_.end()) seen->second = it->second;
    }
    if (envelope->sequence <= seen->second) {
      env_.telemetry->Add("sepakat_repeats_dropped_total", 1, {{"topic", record.topic}});
      return absl::OkStatus();
    }
    seen->second = envelope->sequence;
    return handler_->OnRecord(record, *envelope, tx);
  }

  // One store batch: changes, offsets, inbox, sequences and the outbox row.
  absl::Status Commit(std::span<const LogRecord> records, OverlayTransaction& tx) {
    if (records.empty() && tx.empty()) return absl::OkStatus();
    StoreBatch batch;
    Sequences sequences;
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<OutRecord> said, tx.Finish(&batch, &sequences));
    std::map<std::pair<std::string, int32_t>, int64_t> offsets;
    for (const LogRecord& record : records) {
      offsets[{record.topic, record.partition}] = record.offset + 1;
    }
    for (const auto& [place, next] : offsets) {
      batch.Put(PlaceKey(kOffsetPrefix, place.first, place.second), fmt::format_int(next).str());
    }
    if (!records.empty()) PutInbox(&batch);
    for (const auto& [place, next] : sequences) {
      if (const auto it = sequences_.find(place); it != sequences_.end() && it->second == next) {
        continue;
      }
      batch.Put(PlaceKey(kSequencePrefix, place.first, place.second), fmt::format_int(next).str());
    }
    if (!said.empty()) {
      std::string row;
      for (const OutRecord& record : said) AppendEncoded(record, &row);
      batch.Put(fmt::format("{}{:020}", kOutboxPrefix, next_block_), std::move(row));
    }
    SEPAKAT_RETURN_IF_ERROR(env_.store->Commit(batch));
    if (!said.empty()) {
      ++next_block_;
      outbox_may_hold_rows_ = true;
    }
    sequences_ = std::move(sequences);
    for (const auto& [place, next] : offsets) offsets_[place] = next;
    if (!records.empty()) {
      for (const auto& [place, sequence] : batch_inbox_) inbox_[place] = sequence;
    }
    return absl::OkStatus();
  }

  void PutInbox(StoreBatch* batch) const {
    for (const auto& [place, sequence] : batch_inbox_) {
      const auto& [source, topic, partition] = place;
      batch->Put(fmt::format("{}{}|{}/{}", kInboxPrefix, source, topic, partition),
                 fmt::format_int(sequence).str());
    }
  }

  absl::Status Send(std::string_view bytes, const StoreBatch& sent) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<OutRecord> records, DecodeRun(bytes));
    SEPAKAT_RETURN_IF_ERROR(env_.log->Append(records));
    return env_.store->Commit(sent);
  }

  const TaskOptions options_;
  const Env env_;
  TaskHandler* const handler_;
  mutable FairMutex lock_;
  std::unique_ptr<LogReader> reader_;  // Poll()'s thread only.
  std::map<std::pair<std::string, int32_t>, int64_t> offsets_;
  std::map<InboxPlace, int64_t> inbox_;
  std::map<InboxPlace, int64_t> batch_inbox_;
  Sequences sequences_;
  int64_t next_block_ = 0;
  std::mutex relay_lock_;
  std::atomic<bool> outbox_may_hold_rows_{true};
};

StatefulTask::StatefulTask(TaskOptions options, Env env, TaskHandler* handler)
    : impl_(std::make_unique<Impl>(std::move(options), env, handler)) {}
StatefulTask::~StatefulTask() = default;

absl::Status StatefulTask::Start() { return impl_->Start(); }
absl::StatusOr<bool> StatefulTask::Poll(int wait_ms) { return impl_->Poll(wait_ms); }
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
