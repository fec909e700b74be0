#include "common/platform/kafka/kafka_settings.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "common/base/status.h"

namespace sepakat::platform {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

Settings Common(const KafkaOptions& options) {
  return {{"bootstrap.servers", options.bootstrap},
          {"client.id", options.client_id},
          {"allow.auto.create.topics", "false"},
          {"socket.keepalive.enable", "true"},
          {"reconnect.backoff.ms", "50"},
          {"reconnect.backoff.max.ms", "1000"},
          {"log_level", "3"}};
}

Settings ForRole(const KafkaOptions& options, KafkaRole role) {
  if (role == KafkaRole::kProducer) {
    return {{"enable.idempotence", "true"},
            {"acks", "all"},
            {"compression.codec", "lz4"},
            {"linger.ms", "1"},
            {"message.timeout.ms", std::to_string(options.append_timeout_ms)},
            {"queue.buffering.max.messages", "200000"},
            {"queue.buffering.max.kbytes", "65536"},
            {"message.max.bytes", "16777216"}};
  }
  return {{"group.id", fmt::format("{}-assigned", options.client_id)},
          {"enable.auto.commit", "false"},
          {"enable.auto.offset.store", "false"},
          {"auto.offset.reset", "error"},
          {"fetch.wait.max.ms", "100"},
          {"fetch.error.backoff.ms", "50"},
          {"queued.max.messages.kbytes", std::to_string(options.fetch_ahead_kib)},
          {"fetch.message.max.bytes", "8388608"},
          {"check.crcs", "true"}};
}

}  // namespace

absl::StatusOr<KafkaClient> MakeKafkaClient(const KafkaOptions& options, KafkaRole role,
                                            const std::function<void(rd_kafka_conf_t*)>& on_conf) {
  KafkaConf conf(rd_kafka_conf_new());
  char why[512];
  Settings settings = Common(options);
  for (auto& setting : ForRole(options, role)) settings.push_back(std::move(setting));
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), why, sizeof why) !=
        RD_KAFKA_CONF_OK) {
      return base::Error(absl::StatusCode::kInternal, "KAFKA_FAILED",
                         fmt::format("librdkafka refuses {}={}: {}", name, value, why));
    }
  }
  if (on_conf) on_conf(conf.get());
  const auto type = role == KafkaRole::kProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER;
  KafkaClient client(rd_kafka_new(type, conf.get(), why, sizeof why));
  if (client == nullptr) {
    return base::Error(absl::StatusCode::kInternal, "KAFKA_FAILED",
                       fmt::format("cannot make a Kafka client: {}", why));
  }
  (void)conf.release();  // The client owns it now.
  if (role == KafkaRole::kConsumer) rd_kafka_poll_set_consumer(client.get());
  return client;
}

absl::Status FromKafka(rd_kafka_resp_err_t error, std::string_view doing) {
  const std::string text = fmt::format("Kafka, {}: {}", doing, rd_kafka_err2str(error));
  switch (error) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return absl::OkStatus();
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_TOPIC", text);
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      return base::Error(absl::StatusCode::kOutOfRange, "OFFSET_GONE", text);
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
      return base::Error(absl::StatusCode::kInvalidArgument, "RECORD_TOO_LARGE", text);
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__WAIT_COORD:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
      return base::Error(absl::StatusCode::kUnavailable, "KAFKA_AWAY", text);
    default:
      return base::Error(absl::StatusCode::kInternal, "KAFKA_FAILED", text);
  }
}

}  // namespace sepakat::platform
