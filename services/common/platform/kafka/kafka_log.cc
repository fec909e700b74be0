#include "common/platform/kafka/kafka_log.h"

#include <chrono>
#include <condition_variable>

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/platform/kafka/kafka_admin.h"
#include "common/platform/kafka/kafka_reader.h"

namespace sepakat::platform {
namespace {

constexpr int kMetadataTimeoutMs = 5000;

// Counts the reports of one append.
class Reports {
 public:
  void Expect() {
    const std::lock_guard guard(mutex_);
    ++expected_;
  }
  void Take(rd_kafka_resp_err_t error) {
    const std::lock_guard guard(mutex_);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR && first_error_ == RD_KAFKA_RESP_ERR_NO_ERROR) {
      first_error_ = error;
    }
    if (--expected_ == 0) done_.notify_all();
  }
  // librdkafka reports every record within message.timeout.ms, so this ends.
  rd_kafka_resp_err_t Wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return expected_ == 0; });
    return first_error_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  int64_t expected_ = 0;
  rd_kafka_resp_err_t first_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
};

void OnDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  static_cast<Reports*>(message->_private)->Take(message->err);
}

KafkaHeaders ToKafka(const runtime::Headers& headers) {
  KafkaHeaders list(rd_kafka_headers_new(headers.size()));
  for (const auto& [name, value] : headers) {
    rd_kafka_header_add(list.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return list;
}

}  // namespace

// One producer handle and the thread that serves its delivery reports.
class KafkaLog::Producer {
 public:
  static absl::StatusOr<std::shared_ptr<Producer>> Make(const KafkaOptions& options) {
    SEPAKAT_ASSIGN_OR_RETURN(KafkaClient client,
                             MakeKafkaClient(options, KafkaRole::kProducer,
                                             [](rd_kafka_conf_t* conf) {
                                               rd_kafka_conf_set_dr_msg_cb(conf, OnDelivery);
                                             }));
    return std::make_shared<Producer>(std::move(client));
  }

  explicit Producer(KafkaClient client)
      : client_(std::move(client)), server_([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) rd_kafka_poll(client_.get(), 20);
        }) {}

  rd_kafka_t* client() { return client_.get(); }
  bool fatal() const { return rd_kafka_fatal_error(client_.get(), nullptr, 0) != 0; }

  absl::Status Append(std::span<const runtime::OutRecord> records) {
    Reports reports;
    for (const runtime::OutRecord& record : records) {
      reports.Expect();
      const rd_kafka_resp_err_t error = Produce(record, &reports);
      if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        reports.Take(error);
        break;
      }
    }
    return FromKafka(reports.Wait(), "appending");
  }

 private:
  // Waits while the client's queue is full: the broker sets the pace.
  rd_kafka_resp_err_t Produce(const runtime::OutRecord& record, Reports* reports) {
    for (int waited_ms = 0;; waited_ms += 5) {
      KafkaHeaders headers = ToKafka(record.headers);
      void* value = record.value ? const_cast<char*>(record.value->data()) : nullptr;
      const size_t value_size = record.value ? record.value->size() : 0;
      const rd_kafka_resp_err_t error = rd_kafka_producev(
          client_.get(), RD_KAFKA_V_TOPIC(record.topic.c_str()),
          RD_KAFKA_V_PARTITION(record.partition),
          RD_KAFKA_V_KEY(record.key.data(), record.key.size()),
          RD_KAFKA_V_VALUE(value, value_size),
          RD_KAFKA_V_TIMESTAMP(record.timestamp_ms), RD_KAFKA_V_HEADERS(headers.get()),
          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_OPAQUE(reports), RD_KAFKA_V_END);
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) (void)headers.release();  // The message owns them.
      if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL || waited_ms > kMetadataTimeoutMs) return error;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  KafkaClient client_;
  std::jthread server_;  // Ends before the client is destroyed.
};

absl::StatusOr<std::unique_ptr<KafkaLog>> KafkaLog::Open(const KafkaOptions& options) {
  std::unique_ptr<KafkaLog> log(new KafkaLog(options));
  SEPAKAT_RETURN_IF_ERROR(log->CurrentProducer().status());
  return log;
}

KafkaLog::~KafkaLog() = default;

absl::StatusOr<std::shared_ptr<KafkaLog::Producer>> KafkaLog::CurrentProducer() {
  const std::lock_guard guard(mutex_);
  if (producer_ == nullptr || producer_->fatal()) {
    SEPAKAT_ASSIGN_OR_RETURN(producer_, Producer::Make(options_));
  }
  return producer_;
}

absl::Status KafkaLog::EnsureTopics(std::span<const runtime::TopicSpec> topics) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto producer, CurrentProducer());
  SEPAKAT_RETURN_IF_ERROR(CreateTopics(producer->client(), topics, options_.replication));
  for (const runtime::TopicSpec& topic : topics) {
    SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions, Partitions(topic.name));
    if (partitions != topic.partitions) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "PARTITIONS_DIFFER",
                         fmt::format("topic {} has {} partitions, not {}; the number of "
                                     "partitions cannot change",
                                     topic.name, partitions, topic.partitions));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<int32_t> KafkaLog::Partitions(std::string_view topic) {
  {
    const std::lock_guard guard(mutex_);
    if (const auto it = partitions_.find(topic); it != partitions_.end()) return it->second;
  }
  SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions, AskPartitions(std::string(topic)));
  const std::lock_guard guard(mutex_);
  partitions_.emplace(topic, partitions);
  return partitions;
}

absl::StatusOr<int32_t> KafkaLog::AskPartitions(const std::string& topic) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto producer, CurrentProducer());
  const KafkaTopic handle(rd_kafka_topic_new(producer->client(), topic.c_str(), nullptr));
  const struct rd_kafka_metadata* raw = nullptr;
  SEPAKAT_RETURN_IF_ERROR(FromKafka(
      rd_kafka_metadata(producer->client(), 0, handle.get(), &raw, kMetadataTimeoutMs),
      "asking for metadata"));
  const KafkaMetadata metadata(raw);
  if (metadata->topic_cnt != 1 || metadata->topics[0].partition_cnt == 0) {
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_TOPIC",
                       fmt::format("Kafka has no topic {}; run `sepakat topics apply`", topic));
  }
  SEPAKAT_RETURN_IF_ERROR(FromKafka(metadata->topics[0].err, "asking for metadata"));
  return metadata->topics[0].partition_cnt;
}

absl::Status KafkaLog::Append(std::span<const runtime::OutRecord> records) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto producer, CurrentProducer());
  return producer->Append(records);
}

absl::StatusOr<int64_t> KafkaLog::EndOffset(const runtime::TopicPartition& at) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto producer, CurrentProducer());
  int64_t low = 0;
  int64_t high = 0;
  SEPAKAT_RETURN_IF_ERROR(
      FromKafka(rd_kafka_query_watermark_offsets(producer->client(), at.topic.c_str(),
                                                 at.partition, &low, &high, kMetadataTimeoutMs),
                "asking for the end of a partition"));
  return high;
}

absl::StatusOr<std::unique_ptr<runtime::LogReader>> KafkaLog::OpenReader(
    std::span<const runtime::StartOffset> from) {
  for (const runtime::StartOffset& start : from) {
    SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions, Partitions(start.at.topic));
    if (start.at.partition < 0 || start.at.partition >= partitions) {
      return FromKafka(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, start.at.topic);
    }
  }
  return KafkaReader::Open(options_, from);
}

}  // namespace sepakat::platform
