#include "common/runtime/outbox.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/runtime/record_codec.h"

namespace sepakat::runtime {
namespace {

constexpr std::string_view kPrefix{"\0x/", 3};
// How much one append to the log carries, unless a single row is larger.
constexpr size_t kRelayBytes = 4 << 20;

std::string RowKey(int64_t number) { return fmt::format("{}{:020}", kPrefix, number); }

int64_t RowNumber(std::string_view key) {
  int64_t number = 0;
  std::from_chars(key.data() + kPrefix.size(), key.data() + key.size(), number);
  return number;
}

}  // namespace

absl::Status Outbox::Load(const StateStore& store) {
  const std::lock_guard relay_guard(relay_mutex_);
  const std::lock_guard guard(mutex_);
  oldest_ = -1;
  next_ = 0;
  pending_bytes_ = 0;
  SEPAKAT_RETURN_IF_ERROR(
      store.Scan(kPrefix, PrefixEnd(kPrefix), [&](std::string_view key, std::string_view value) {
        if (oldest_ < 0) oldest_ = RowNumber(key);
        next_ = RowNumber(key) + 1;
        pending_bytes_ += static_cast<int64_t>(value.size());
        return true;
      }));
  if (oldest_ < 0) oldest_ = next_;
  sent_ = oldest_;
  return absl::OkStatus();
}

void Outbox::Stage(std::span<const OutRecord> records, StoreBatch* batch) {
  staged_bytes_ = 0;
  if (records.empty()) return;
  size_t bytes = 0;
  for (const OutRecord& record : records) bytes += EncodedSize(record);
  std::string row;
  row.reserve(bytes);
  for (const OutRecord& record : records) AppendEncoded(record, &row);
  staged_bytes_ = static_cast<int64_t>(row.size());
  const std::lock_guard guard(mutex_);
  batch->Put(RowKey(next_), std::move(row));
}

void Outbox::Settle(bool committed) {
  if (!committed || staged_bytes_ == 0) return;
  const std::lock_guard guard(mutex_);
  ++next_;
  pending_bytes_ += staged_bytes_;
}

absl::StatusOr<bool> Outbox::Relay(StateStore& store, EventLog& log) {
  const std::lock_guard relay_guard(relay_mutex_);
  int64_t end = 0;
  {
    const std::lock_guard guard(mutex_);
    end = next_;
  }
  if (oldest_ == end) return false;
  std::string bytes;
  StoreBatch sent;
  int64_t next = oldest_;
  SEPAKAT_RETURN_IF_ERROR(
      store.Scan(RowKey(oldest_), RowKey(end), [&](std::string_view key, std::string_view value) {
        if (!bytes.empty() && bytes.size() + value.size() > kRelayBytes) return false;
        bytes += value;
        sent.Delete(std::string(key));
        next = RowNumber(key) + 1;
        return true;
      }));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<OutRecord> records, DecodeRun(bytes));
  SEPAKAT_RETURN_IF_ERROR(log.Append(records));
  SEPAKAT_RETURN_IF_ERROR(store.Commit(sent));
  oldest_ = next;
  const std::lock_guard guard(mutex_);
  sent_ = next;
  pending_bytes_ -= static_cast<int64_t>(bytes.size());
  room_.notify_all();
  return true;
}

Outbox::Progress Outbox::progress() const {
  const std::lock_guard guard(mutex_);
  return {next_, sent_};
}

bool Outbox::full() const {
  const std::lock_guard guard(mutex_);
  return pending_bytes_ > static_cast<int64_t>(max_bytes_);
}

bool Outbox::WaitForRoom(std::chrono::milliseconds patience) const {
  std::unique_lock guard(mutex_);
  return room_.wait_for(guard, patience,
                        [&] { return pending_bytes_ <= static_cast<int64_t>(max_bytes_); });
}

}  // namespace sepakat::runtime
