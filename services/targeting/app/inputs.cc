#include "targeting/app/inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "common/runtime/topics.h"

namespace sepakat::targeting {
namespace {

constexpr std::string_view kTopics[] = {
    runtime::topics::kPopulation,      runtime::topics::kPovertyLine, runtime::topics::kModel,
    runtime::topics::kRankingSettings, runtime::topics::kMpi,         runtime::topics::kProgramme,
    runtime::topics::kFamily};
constexpr int kReplayBatch = 4096;
constexpr int kReplayWaitMs = 50;

}  // namespace

absl::Status Inputs::Open() {
  positions_.clear();
  reader_ = nullptr;
  for (std::string_view topic : kTopics) {
    SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions, log_->Partitions(topic));
    for (int32_t p = 0; p < partitions; ++p) positions_[{std::string(topic), p}] = 0;
  }
  return absl::OkStatus();
}

absl::Status Inputs::StartAt(const Positions& reached) {
  for (const auto& [at, offset] : reached) {
    const auto it = positions_.find(at);
    if (it == positions_.end()) {
      return base::Error(absl::StatusCode::kDataLoss, "CHECKPOINT_OF_ANOTHER_LOG",
                         fmt::format("the log has no {}/{}", at.topic, at.partition));
    }
    it->second = offset;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<runtime::LogRecord>> Inputs::Poll(int max_records, int wait_ms) {
  if (reader_ == nullptr) {
    std::vector<runtime::StartOffset> from;
    for (const auto& [at, offset] : positions_) from.push_back({at, offset});
    SEPAKAT_ASSIGN_OR_RETURN(reader_, log_->OpenReader(from));
  }
  absl::StatusOr<std::vector<runtime::LogRecord>> records = reader_->Poll(max_records, wait_ms);
  if (!records.ok()) {
    reader_ = nullptr;
    return records;
  }
  for (const runtime::LogRecord& record : *records) {
    positions_[{record.topic, record.partition}] = record.offset + 1;
  }
  return records;
}

absl::Status Inputs::Replay(const Positions& to,
                            const std::function<absl::Status(const runtime::LogRecord&)>& visit) {
  reader_ = nullptr;
  SEPAKAT_RETURN_IF_ERROR(ReplayTopics(false, to, visit));
  return ReplayTopics(true, to, visit);
}

absl::Status Inputs::ReplayTopics(
    bool families, const Positions& to,
    const std::function<absl::Status(const runtime::LogRecord&)>& visit) {
  std::vector<runtime::StartOffset> from;
  for (const auto& [at, end] : to) {
    if ((at.topic == runtime::topics::kFamily) != families) continue;
    SEPAKAT_ASSIGN_OR_RETURN(const int64_t log_end, log_->EndOffset(at));
    if (log_end < end) {
      return base::Error(absl::StatusCode::kDataLoss, "LOG_SHORTER_THAN_MANIFEST",
                         fmt::format("{}/{} ends at {}, the last publication read up to {}",
                                     at.topic, at.partition, log_end, end));
    }
    if (positions_[at] < end) from.push_back({at, positions_[at]});
  }
  if (from.empty()) return absl::OkStatus();
  SEPAKAT_ASSIGN_OR_RETURN(const std::unique_ptr<runtime::LogReader> reader,
                           log_->OpenReader(from));
  size_t open = from.size();
  while (open > 0) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<runtime::LogRecord> records,
                             reader->Poll(kReplayBatch, kReplayWaitMs));
    for (const runtime::LogRecord& record : records) {
      const runtime::TopicPartition at{record.topic, record.partition};
      const int64_t end = to.at(at);
      int64_t& position = positions_[at];
      if (position >= end) continue;
      if (record.offset < end) SEPAKAT_RETURN_IF_ERROR(visit(record));
      position = std::min(record.offset + 1, end);
      if (position == end) --open;
    }
  }
  return absl::OkStatus();
}

}  // namespace sepakat::targeting
