#include "targeting/app/outbound.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/runtime/envelope.h"
#include "common/runtime/topics.h"

namespace sepakat::targeting {
namespace {

constexpr size_t kBlock = 1000;
constexpr std::string_view kOutputs[] = {runtime::topics::kIndicator, runtime::topics::kNeed,
                                         runtime::topics::kPriority, runtime::topics::kCrossing};

}  // namespace

std::string DestinationOf(std::string_view topic, int32_t partition) {
  return fmt::format("{}/{}", topic, partition);
}

absl::Status Outbound::Open() {
  for (std::string_view topic : kOutputs) {
    SEPAKAT_ASSIGN_OR_RETURN(partitions_[std::string(topic)], log_->Partitions(topic));
  }
  return absl::OkStatus();
}

runtime::OutRecord Outbound::Address(const Message& message, int64_t sequence,
                                     int32_t partition) const {
  runtime::Envelope envelope;
  envelope.id = fmt::format("{}/{}/{}", manifest_.publication, message.part, message.key);
  envelope.source = kSource;
  envelope.type = message.type;
  envelope.time_ms = manifest_.cut_at_ms;
  envelope.sequence = sequence;
  return runtime::OutRecord{message.topic,   partition,           message.key,
                            message.payload, ToHeaders(envelope), manifest_.cut_at_ms};
}

void Outbound::Begin(Manifest manifest, const Publication& publication, SequenceMap sequences,
                     bool manifest_is_durable) {
  manifest_ = std::move(manifest);
  manifest_.output_counts.clear();
  messages_.clear();
  sent_ = 0;
  for (Message& message : codec_->Encode(manifest_, publication)) {
    const int32_t partition = base::PartitionOf(message.key, partitions_.at(message.topic));
    const int64_t sequence = ++sequences[DestinationOf(message.topic, partition)];
    ++manifest_.output_counts[message.topic];
    messages_.push_back(Address(message, sequence, partition));
  }
  manifest_.last_sequences = std::move(sequences);
  manifest_sent_ = manifest_is_durable;
  busy_ = true;
}

absl::Status Outbound::Send() {
  if (!busy_) return absl::OkStatus();
  if (!manifest_sent_) {
    const runtime::OutRecord record =
        Address(codec_->Encode(manifest_), manifest_.publication, /*partition=*/0);
    SEPAKAT_RETURN_IF_ERROR(log_->Append({&record, 1}));
    manifest_sent_ = true;
  }
  while (sent_ < messages_.size()) {
    const size_t count = std::min(kBlock, messages_.size() - sent_);
    SEPAKAT_RETURN_IF_ERROR(log_->Append({messages_.data() + sent_, count}));
    sent_ += count;
  }
  messages_.clear();
  messages_.shrink_to_fit();
  busy_ = false;
  return absl::OkStatus();
}

}  // namespace sepakat::targeting
