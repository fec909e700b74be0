#include "common/runtime/bookkeeping.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <string_view>

#include "common/base/status.h"

namespace sepakat::runtime {
namespace {

// Keys of the runtime start with a zero byte; no service key does.
constexpr std::string_view kOffsets{"\0o/", 3};
constexpr std::string_view kInbox{"\0i/", 3};
constexpr std::string_view kSequences{"\0s/", 3};

int64_t ToNumber(std::string_view text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string ToText(int64_t value) { return fmt::format_int(value).str(); }

// "<topic>/<partition>".
std::pair<std::string, int32_t> PlaceOf(std::string_view text) {
  const size_t slash = text.rfind('/');
  return {std::string(text.substr(0, slash)),
          static_cast<int32_t>(ToNumber(text.substr(slash + 1)))};
}

// Visits what follows `prefix` in each key.
absl::Status ScanBehind(const StateStore& store, std::string_view prefix,
                        const std::function<void(std::string_view, int64_t)>& visit) {
  return store.Scan(prefix, PrefixEnd(prefix), [&](std::string_view key, std::string_view value) {
    visit(key.substr(prefix.size()), ToNumber(value));
    return true;
  });
}

}  // namespace

absl::Status Bookkeeping::Load(const StateStore& store) {
  Begin();
  offsets_.clear();
  inbox_.clear();
  sequences_.clear();
  SEPAKAT_RETURN_IF_ERROR(ScanBehind(store, kOffsets, [&](std::string_view rest, int64_t next) {
    offsets_[PlaceOf(rest)] = next;
  }));
  SEPAKAT_RETURN_IF_ERROR(ScanBehind(store, kSequences, [&](std::string_view rest, int64_t next) {
    sequences_[PlaceOf(rest)] = next;
  }));
  return ScanBehind(store, kInbox, [&](std::string_view rest, int64_t highest) {
    const size_t bar = rest.find('|');
    const auto [topic, partition] = PlaceOf(rest.substr(bar + 1));
    inbox_[{std::string(rest.substr(0, bar)), topic, partition}] = highest;
  });
}

int64_t Bookkeeping::NextOffset(const TopicPartition& at) const {
  const auto it = offsets_.find({at.topic, at.partition});
  return it == offsets_.end() ? 0 : it->second;
}

void Bookkeeping::Begin() {
  batch_offsets_.clear();
  batch_inbox_.clear();
  batch_sequences_.clear();
  last_ = nullptr;
}

bool Bookkeeping::Admit(const LogRecord& record, const Envelope& envelope) {
  const bool same_place = last_ != nullptr && std::get<2>(last_->first) == record.partition &&
                          std::get<1>(last_->first) == record.topic &&
                          std::get<0>(last_->first) == envelope.source;
  if (!same_place) {
    const auto [entry, first] =
        batch_inbox_.try_emplace({envelope.source, record.topic, record.partition}, -1);
    if (first) {
      if (const auto known = inbox_.find(entry->first); known != inbox_.end()) {
        entry->second = known->second;
      }
    }
    last_ = &*entry;
  }
  if (envelope.sequence <= last_->second) return false;
  last_->second = envelope.sequence;
  return true;
}

void Bookkeeping::Stage(std::span<const LogRecord> records, Sequences sequences,
                        StoreBatch* batch) {
  const LogRecord* before = nullptr;
  int64_t* next = nullptr;
  for (const LogRecord& record : records) {
    if (before == nullptr || before->partition != record.partition ||
        before->topic != record.topic) {
      next = &batch_offsets_[{record.topic, record.partition}];
    }
    *next = record.offset + 1;
    before = &record;
  }
  for (const auto& [place, offset] : batch_offsets_) {
    batch->Put(fmt::format("{}{}/{}", kOffsets, place.first, place.second), ToText(offset));
  }
  for (const auto& [place, sequence] : batch_inbox_) {
    const auto& [source, topic, partition] = place;
    batch->Put(fmt::format("{}{}|{}/{}", kInbox, source, topic, partition), ToText(sequence));
  }
  batch_sequences_ = std::move(sequences);
  for (const auto& [place, sequence] : batch_sequences_) {
    batch->Put(fmt::format("{}{}/{}", kSequences, place.first, place.second), ToText(sequence));
  }
}

void Bookkeeping::Settle() {
  for (const auto& [place, offset] : batch_offsets_) offsets_[place] = offset;
  for (const auto& [place, sequence] : batch_inbox_) inbox_[place] = sequence;
  for (const auto& [place, sequence] : batch_sequences_) sequences_[place] = sequence;
  Begin();
}

}  // namespace sepakat::runtime
