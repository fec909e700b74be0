// A log that takes records and then cannot say so, as a broker that freezes in between.
//
// Thread: one.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/runtime/event_log.h"

namespace sepakat::support {

class UnsureLog final : public runtime::EventLog {
 public:
  // `log` outlives this one.
  explicit UnsureLog(runtime::EventLog* log) : log_(log) {}

  // The next `appends` that begin with a record of `topic` are taken and answered Unavailable.
  void FailNext(int appends, std::string_view topic) {
    failures_ = appends;
    topic_ = topic;
  }

  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics) override {
    return log_->EnsureTopics(topics);
  }
  absl::StatusOr<int32_t> Partitions(std::string_view topic) override {
    return log_->Partitions(topic);
  }
  absl::Status Append(std::span<const runtime::OutRecord> records) override {
    SEPAKAT_RETURN_IF_ERROR(log_->Append(records));
    if (failures_ == 0 || records.empty() || records.front().topic != topic_) {
      return absl::OkStatus();
    }
    --failures_;
    return base::Error(absl::StatusCode::kUnavailable, "KAFKA_AWAY", "no answer in time");
  }
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at) override {
    return log_->EndOffset(at);
  }
  absl::StatusOr<std::unique_ptr<runtime::LogReader>> OpenReader(
      std::span<const runtime::StartOffset> from) override {
    return log_->OpenReader(from);
  }

 private:
  runtime::EventLog* const log_;
  int failures_ = 0;
  std::string topic_;
};

}  // namespace sepakat::support
