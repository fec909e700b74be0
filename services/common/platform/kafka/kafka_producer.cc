#include "common/platform/kafka/kafka_producer.h"

#include <array>
#include <chrono>

#include "common/base/status.h"
#include "common/platform/kafka/kafka_client.h"

namespace sepakat::platform {

using runtime::OutRecord;
using std::chrono::steady_clock;

// What the delivery reports of one append said.
struct KafkaProducer::Delivery {
  size_t open = 0;
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
};

namespace {

constexpr int kSliceMs = 50;

KafkaOwned<rd_kafka_headers_t> ToKafka(const runtime::Headers& headers) {
  KafkaOwned<rd_kafka_headers_t> list(rd_kafka_headers_new(headers.size()));
  for (const auto& [name, text] : headers) {
    rd_kafka_header_add(list.get(), name.data(), static_cast<ssize_t>(name.size()), text.data(),
                        static_cast<ssize_t>(text.size()));
  }
  return list;
}

rd_kafka_vu_t Part(rd_kafka_vtype_t type) {
  rd_kafka_vu_t part{};
  part.vtype = type;
  return part;
}

rd_kafka_vu_t Memory(rd_kafka_vtype_t type, const std::string* bytes) {
  rd_kafka_vu_t part = Part(type);
  // librdkafka does not write to it; its interface only lacks the const.
  part.u.mem.ptr = bytes == nullptr ? nullptr : const_cast<char*>(bytes->data());
  part.u.mem.size = bytes == nullptr ? 0 : bytes->size();
  return part;
}

}  // namespace

absl::Status KafkaProducer::Append(std::span<const OutRecord> records) {
  SEPAKAT_RETURN_IF_ERROR(runtime::CheckSizes(records));
  const std::lock_guard guard(mutex_);
  const Deadline deadline = steady_clock::now() + std::chrono::milliseconds(options_.timeout_ms);
  absl::Status status;
  // librdkafka 2.0.2 may declare an idempotent producer dead without need: a second one resends.
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (client_ == nullptr) SEPAKAT_RETURN_IF_ERROR(Open());
    bool fatal = false;
    status = Send(records, deadline, &fatal);
    if (status.ok()) return status;
    Discard();
    if (!fatal) break;
    options_.telemetry->Add("sepakat_kafka_producers_replaced_total", 1, {});
  }
  return status;
}

absl::Status KafkaProducer::Open() {
  const auto on_delivery = [](rd_kafka_t*, const rd_kafka_message_t* message, void*) {
    auto* delivery = static_cast<Delivery*>(message->_private);
    --delivery->open;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) delivery->error = message->err;
  };
  const KafkaSettings settings = {
      {"enable.idempotence", "true"},
      {"enable.gapless.guarantee", "true"},
      {"acks", "all"},
      {"compression.codec", "lz4"},
      {"linger.ms", "2"},
      {"message.timeout.ms", "0"},
      {"retry.backoff.ms", "50"},
      {"queue.buffering.max.messages", "100000"},
      {"queue.buffering.max.kbytes", "65536"},
  };
  SEPAKAT_ASSIGN_OR_RETURN(client_,
                           NewKafkaClient(RD_KAFKA_PRODUCER, options_, settings, on_delivery));
  return absl::OkStatus();
}

void KafkaProducer::Discard() {
  if (client_ == nullptr) return;
  rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT |
                                    RD_KAFKA_PURGE_F_NON_BLOCKING);
  topics_.clear();
  client_.reset();
}

absl::Status KafkaProducer::Send(std::span<const OutRecord> records, Deadline deadline,
                                 bool* fatal) {
  Delivery delivery;
  absl::Status status;
  for (const OutRecord& record : records) {
    status = Enqueue(record, &delivery, deadline);
    if (!status.ok() || delivery.error != RD_KAFKA_RESP_ERR_NO_ERROR) break;
  }
  while (status.ok() && delivery.open > 0 && delivery.error == RD_KAFKA_RESP_ERR_NO_ERROR) {
    if (HasFatalError()) break;
    if (steady_clock::now() >= deadline) {
      status = FromKafka(RD_KAFKA_RESP_ERR__TIMED_OUT, "appending to Kafka");
      break;
    }
    rd_kafka_flush(client_.get(), kSliceMs);
  }
  *fatal = HasFatalError();
  if (status.ok()) status = FromKafka(delivery.error, "appending to Kafka");
  if (status.ok() && *fatal) status = FromKafka(RD_KAFKA_RESP_ERR__FATAL, "appending to Kafka");
  if (!status.ok()) Discard();  // Before `delivery` goes: no report comes after that.
  return status;
}

absl::Status KafkaProducer::Enqueue(const OutRecord& record, Delivery* delivery,
                                    Deadline deadline) {
  KafkaOwned<rd_kafka_headers_t> headers = ToKafka(record.headers);
  std::array parts = {Part(RD_KAFKA_VTYPE_RKT),
                      Part(RD_KAFKA_VTYPE_PARTITION),
                      Memory(RD_KAFKA_VTYPE_KEY, &record.key),
                      Memory(RD_KAFKA_VTYPE_VALUE, record.value ? &*record.value : nullptr),
                      Part(RD_KAFKA_VTYPE_HEADERS),
                      Part(RD_KAFKA_VTYPE_TIMESTAMP),
                      Part(RD_KAFKA_VTYPE_OPAQUE),
                      Part(RD_KAFKA_VTYPE_MSGFLAGS)};
  parts[0].u.rkt = Topic(record.topic);
  parts[1].u.i32 = record.partition;
  parts[4].u.headers = headers.get();
  parts[5].u.i64 = record.timestamp_ms;
  parts[6].u.ptr = delivery;
  parts[7].u.i = 0;  // Values stay ours: the records outlive the append.
  while (true) {
    const KafkaOwned<rd_kafka_error_t> error(
        rd_kafka_produceva(client_.get(), parts.data(), parts.size()));
    if (error == nullptr) {
      (void)headers.release();  // The message owns them now.
      ++delivery->open;
      return absl::OkStatus();
    }
    if (rd_kafka_error_code(error.get()) != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      return FromKafka(rd_kafka_error_code(error.get()), "appending to Kafka");
    }
    if (steady_clock::now() >= deadline) {
      return FromKafka(RD_KAFKA_RESP_ERR__TIMED_OUT, "appending to Kafka");
    }
    rd_kafka_poll(client_.get(), kSliceMs);
  }
}

rd_kafka_topic_t* KafkaProducer::Topic(const std::string& name) {
  KafkaOwned<rd_kafka_topic_t>& topic = topics_[name];
  if (topic == nullptr) topic.reset(rd_kafka_topic_new(client_.get(), name.c_str(), nullptr));
  return topic.get();
}

bool KafkaProducer::HasFatalError() const {
  char text[256];
  return rd_kafka_fatal_error(client_.get(), text, sizeof text) != RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace sepakat::platform
