#include "common/platform/kafka/kafka_reader.h"

#include "common/base/status.h"

namespace sepakat::platform {
namespace {

runtime::Headers HeadersOf(const rd_kafka_message_t& message) {
  runtime::Headers headers;
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  headers.reserve(rd_kafka_header_cnt(list));
  const char* name = nullptr;
  const void* value = nullptr;
  size_t size = 0;
  for (size_t i = 0; rd_kafka_header_get_all(list, i, &name, &value, &size) ==
                     RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    headers.emplace_back(name, std::string(static_cast<const char*>(value), size));
  }
  return headers;
}

runtime::LogRecord ToRecord(const rd_kafka_message_t& message) {
  runtime::LogRecord record;
  record.topic = rd_kafka_topic_name(message.rkt);
  record.partition = message.partition;
  record.offset = message.offset;
  record.key.assign(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr) {
    record.value.emplace(static_cast<const char*>(message.payload), message.len);
  }
  record.headers = HeadersOf(message);
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  record.timestamp_ms = rd_kafka_message_timestamp(&message, &type);
  return record;
}

}  // namespace

absl::StatusOr<std::unique_ptr<runtime::LogReader>> KafkaReader::Open(
    const KafkaOptions& options, std::span<const runtime::StartOffset> from) {
  SEPAKAT_ASSIGN_OR_RETURN(KafkaClient client, MakeKafkaClient(options, KafkaRole::kConsumer));
  const KafkaPlaces places(rd_kafka_topic_partition_list_new(static_cast<int>(from.size())));
  for (const runtime::StartOffset& start : from) {
    rd_kafka_topic_partition_list_add(places.get(), start.at.topic.c_str(), start.at.partition)
        ->offset = start.next_offset;
  }
  SEPAKAT_RETURN_IF_ERROR(
      FromKafka(rd_kafka_assign(client.get(), places.get()), "assigning partitions"));
  return std::unique_ptr<runtime::LogReader>(new KafkaReader(std::move(client)));
}

KafkaReader::~KafkaReader() { rd_kafka_assign(client_.get(), nullptr); }

absl::StatusOr<std::vector<runtime::LogRecord>> KafkaReader::Poll(int max_records, int wait_ms) {
  std::vector<runtime::LogRecord> records;
  while (static_cast<int>(records.size()) < max_records) {
    const KafkaMessage message(
        rd_kafka_consumer_poll(client_.get(), records.empty() ? wait_ms : 0));
    if (message == nullptr) break;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      const absl::Status status = FromKafka(message->err, "reading");
      // librdkafka reconnects by itself; a broker that is away is only a pause.
      if (base::IsRetriable(status)) break;
      return status;
    }
    records.push_back(ToRecord(*message));
  }
  return records;
}

}  // namespace sepakat::platform
