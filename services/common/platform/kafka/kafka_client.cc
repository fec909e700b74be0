#include "common/platform/kafka/kafka_client.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/runtime/event_log.h"

namespace sepakat::platform {
namespace {

KafkaSettings CommonSettings(const KafkaOptions& options) {
  KafkaSettings settings = {
      {"bootstrap.servers", options.bootstrap},
      {"client.id", options.client_id},
      {"socket.keepalive.enable", "true"},
      {"socket.nagle.disable", "true"},
      {"reconnect.backoff.ms", "50"},
      {"reconnect.backoff.max.ms", "1000"},
      {"message.max.bytes", std::to_string(runtime::kMaxRecordBytes + (1 << 20))},
  };
  if (!options.ca_file.empty()) {
    settings.emplace_back("security.protocol", "ssl");
    settings.emplace_back("ssl.ca.location", options.ca_file);
    settings.emplace_back("ssl.certificate.location", options.certificate_file);
    settings.emplace_back("ssl.key.location", options.key_file);
  }
  return settings;
}

// Syslog levels: 0..3 errors, 4 warning, 5..6 information, 7 debug.
void ToTelemetry(const rd_kafka_t* client, int level, const char* facility, const char* text) {
  auto* telemetry = static_cast<runtime::Telemetry*>(rd_kafka_opaque(client));
  const runtime::Severity severity = level <= 3   ? runtime::Severity::kWarning
                                     : level <= 4 ? runtime::Severity::kInfo
                                                  : runtime::Severity::kDebug;
  telemetry->Log(severity, text, {{"component", "librdkafka"}, {"facility", facility}});
}

// Errors of the connection are retried inside and logged; records tell what matters to a caller.
void IgnoreClientError(rd_kafka_t*, int, const char*, void*) {}

absl::Status Apply(const KafkaSettings& settings, rd_kafka_conf_t* conf) {
  char error[256];
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf, name, value.c_str(), error, sizeof error) != RD_KAFKA_CONF_OK) {
      return base::Error(absl::StatusCode::kInvalidArgument, "KAFKA_SETTING",
                         fmt::format("Kafka setting {}: {}", name, error));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<KafkaOwned<rd_kafka_t>> NewKafkaClient(rd_kafka_type_t type,
                                                      const KafkaOptions& options,
                                                      const KafkaSettings& settings,
                                                      DeliveryCallback on_delivery) {
  KafkaOwned<rd_kafka_conf_t> conf(rd_kafka_conf_new());
  SEPAKAT_RETURN_IF_ERROR(Apply(CommonSettings(options), conf.get()));
  SEPAKAT_RETURN_IF_ERROR(Apply(settings, conf.get()));
  rd_kafka_conf_set_opaque(conf.get(), options.telemetry);
  rd_kafka_conf_set_log_cb(conf.get(), ToTelemetry);
  rd_kafka_conf_set_error_cb(conf.get(), IgnoreClientError);
  if (on_delivery != nullptr) rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
  char error[256];
  KafkaOwned<rd_kafka_t> client(rd_kafka_new(type, conf.get(), error, sizeof error));
  if (client == nullptr) {
    return base::Error(absl::StatusCode::kInvalidArgument, "KAFKA_SETTING",
                       fmt::format("no Kafka client: {}", error));
  }
  (void)conf.release();  // The client owns it now.
  return client;
}

absl::Status FromKafka(rd_kafka_resp_err_t error, std::string_view doing) {
  const auto told = [&](absl::StatusCode code, std::string_view reason) {
    return base::Error(code, reason, fmt::format("{}: {}", doing, rd_kafka_err2str(error)));
  };
  switch (error) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return absl::OkStatus();
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return told(absl::StatusCode::kNotFound, "UNKNOWN_TOPIC");
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      return told(absl::StatusCode::kOutOfRange, "OFFSET_GONE");
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
      return told(absl::StatusCode::kInvalidArgument, "RECORD_TOO_LARGE");
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
      return told(absl::StatusCode::kPermissionDenied, "KAFKA_ACCESS_DENIED");
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR__BAD_MSG:
    case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
      return told(absl::StatusCode::kInternal, "KAFKA_FAILED");
    default:
      return told(absl::StatusCode::kUnavailable, "KAFKA_AWAY");
  }
}

}  // namespace sepakat::platform
