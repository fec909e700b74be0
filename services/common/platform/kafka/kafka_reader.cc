#include "common/platform/kafka/kafka_reader.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/platform/kafka/kafka_client.h"

namespace sepakat::platform {
namespace {

using runtime::LogRecord;

void CopyHeaders(const rd_kafka_message_t& message, runtime::Headers* headers) {
  constexpr size_t kUsualBytes = 512;
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const size_t count = rd_kafka_header_cnt(list);
  headers->Reserve(kUsualBytes);
  for (size_t i = 0; i < count; ++i) {
    const char* name = nullptr;
    const void* text = nullptr;
    size_t size = 0;
    if (rd_kafka_header_get_all(list, i, &name, &text, &size) != RD_KAFKA_RESP_ERR_NO_ERROR) break;
    headers->Add(name, {static_cast<const char*>(text), size});
  }
}

void CopyTo(const rd_kafka_message_t& message, LogRecord& record) {
  record.topic = rd_kafka_topic_name(message.rkt);
  record.partition = message.partition;
  record.offset = message.offset;
  record.key.assign(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr) {
    record.value.emplace(static_cast<const char*>(message.payload), message.len);
  }
  record.timestamp_ms = rd_kafka_message_timestamp(&message, nullptr);
  CopyHeaders(message, &record.headers);
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaReader>> KafkaReader::Open(
    const KafkaOptions& options, std::span<const runtime::StartOffset> from) {
  const KafkaSettings settings = {
      // Required by the interface; nothing is ever committed under it.
      {"group.id", fmt::format("{}-assigned", options.client_id)},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"allow.auto.create.topics", "false"},
      {"check.crcs", "true"},
      // A fetch that waits at the end of one partition holds up the others of its broker.
      {"fetch.wait.max.ms", "50"},
      {"fetch.error.backoff.ms", "100"},
      {"queued.max.messages.kbytes", std::to_string(options.fetch_ahead_kib)},
      {"queued.min.messages", "10000000"},  // Bytes are the limit, not records.
  };
  SEPAKAT_ASSIGN_OR_RETURN(KafkaOwned<rd_kafka_t> client,
                           NewKafkaClient(RD_KAFKA_CONSUMER, options, settings));
  SEPAKAT_RETURN_IF_ERROR(
      FromKafka(rd_kafka_poll_set_consumer(client.get()), "opening a Kafka reader"));
  const KafkaOwned<rd_kafka_topic_partition_list_t> list(
      rd_kafka_topic_partition_list_new(static_cast<int>(from.size())));
  for (const runtime::StartOffset& start : from) {
    rd_kafka_topic_partition_list_add(list.get(), start.at.topic.c_str(), start.at.partition)
        ->offset = start.next_offset;
  }
  SEPAKAT_RETURN_IF_ERROR(
      FromKafka(rd_kafka_assign(client.get(), list.get()), "assigning Kafka partitions"));
  return std::unique_ptr<KafkaReader>(
      new KafkaReader(std::move(client), int64_t{1024} * options.fetch_ahead_kib));
}

void KafkaReader::WakeFetcher(const LogRecord& last) {
  constexpr int kPatienceMs = 20;
  int64_t low = 0;
  int64_t high = 0;
  rd_kafka_query_watermark_offsets(client_.get(), last.topic.c_str(), last.partition, &low, &high,
                                   kPatienceMs);
  drained_bytes_ = 0;
}

void KafkaReader::Take(const rd_kafka_message_t& message, std::vector<LogRecord>* records) {
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    CopyTo(message, records->emplace_back());
    drained_bytes_ += static_cast<int64_t>(message.len + message.key_len);
    return;
  }
  const absl::Status status = FromKafka(
      message.err, fmt::format("reading Kafka topic {} partition {} at {}",
                               message.rkt == nullptr ? "" : rd_kafka_topic_name(message.rkt),
                               message.partition, message.offset));
  // What may pass is tried again inside the client.
  if (!base::IsRetriable(status)) failed_ = status;
}

absl::StatusOr<std::vector<LogRecord>> KafkaReader::Poll(int max_records, int wait_ms) {
  std::vector<LogRecord> records;
  const size_t most = static_cast<size_t>(max_records);
  int patience_ms = wait_ms;
  while (failed_.ok() && records.size() < most) {
    // A batch would wait until it is full: only the first record is waited for.
    const KafkaOwned<rd_kafka_message_t> first(rd_kafka_consumer_poll(client_.get(), patience_ms));
    patience_ms = 0;
    if (first == nullptr) {
      if (!records.empty() && drained_bytes_ > queue_bytes_ / 2) WakeFetcher(records.back());
      break;
    }
    Take(*first, &records);
    ready_.resize(most - records.size());
    const ssize_t count =
        rd_kafka_consume_batch_queue(queue_.get(), 0, ready_.data(), ready_.size());
    for (ssize_t i = 0; i < count; ++i) {
      const KafkaOwned<rd_kafka_message_t> message(ready_[static_cast<size_t>(i)]);
      if (failed_.ok()) Take(*message, &records);
    }
  }
  if (!failed_.ok() && records.empty()) return failed_;
  return records;
}

}  // namespace sepakat::platform
