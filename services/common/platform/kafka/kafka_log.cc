#include "common/platform/kafka/kafka_log.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/platform/kafka/kafka_reader.h"

namespace sepakat::platform {

absl::StatusOr<std::unique_ptr<KafkaLog>> KafkaLog::Open(const KafkaOptions& options) {
  SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<KafkaAdmin> admin, KafkaAdmin::Open(options));
  return std::unique_ptr<KafkaLog>(new KafkaLog(options, std::move(admin)));
}

KafkaLog::KafkaLog(const KafkaOptions& options, std::unique_ptr<KafkaAdmin> admin)
    : options_(options), admin_(std::move(admin)), producer_(options) {}

absl::Status KafkaLog::EnsureTopics(std::span<const runtime::TopicSpec> topics) {
  return admin_->EnsureTopics(topics);
}

absl::StatusOr<int32_t> KafkaLog::Partitions(std::string_view topic) {
  return admin_->Partitions(topic);
}

absl::Status KafkaLog::Append(std::span<const runtime::OutRecord> records) {
  const runtime::OutRecord* before = nullptr;
  for (const runtime::OutRecord& record : records) {
    if (before == nullptr || before->partition != record.partition ||
        before->topic != record.topic) {
      SEPAKAT_RETURN_IF_ERROR(CheckPlace(record.topic, record.partition));
    }
    before = &record;
  }
  return producer_.Append(records);
}

absl::StatusOr<int64_t> KafkaLog::EndOffset(const runtime::TopicPartition& at) {
  SEPAKAT_RETURN_IF_ERROR(CheckPlace(at.topic, at.partition));
  return admin_->EndOffset(at);
}

absl::StatusOr<std::unique_ptr<runtime::LogReader>> KafkaLog::OpenReader(
    std::span<const runtime::StartOffset> from) {
  for (const runtime::StartOffset& start : from) {
    SEPAKAT_RETURN_IF_ERROR(CheckPlace(start.at.topic, start.at.partition));
  }
  return KafkaReader::Open(options_, from);
}

absl::Status KafkaLog::CheckPlace(const std::string& topic, int32_t partition) {
  SEPAKAT_ASSIGN_OR_RETURN(const int32_t count, admin_->Partitions(topic));
  if (partition >= 0 && partition < count) return absl::OkStatus();
  return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_TOPIC",
                     fmt::format("there is no partition {} of topic {}", partition, topic));
}

}  // namespace sepakat::platform
