#include "common/platform/kafka/kafka_admin.h"

#include <vector>

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/platform/kafka/kafka_settings.h"

namespace sepakat::platform {
namespace {

constexpr int kAdminTimeoutMs = 20'000;

absl::StatusOr<KafkaNewTopic> Describe(const runtime::TopicSpec& spec, int replication) {
  char why[256];
  KafkaNewTopic topic(rd_kafka_NewTopic_new(spec.name.c_str(), spec.partitions, replication, why,
                                            sizeof why));
  if (topic == nullptr) {
    return base::Error(absl::StatusCode::kInvalidArgument, "KAFKA_FAILED",
                       fmt::format("topic {}: {}", spec.name, why));
  }
  const auto set = [&](const char* name, const char* value) {
    return FromKafka(rd_kafka_NewTopic_set_config(topic.get(), name, value), spec.name);
  };
  SEPAKAT_RETURN_IF_ERROR(set("cleanup.policy", spec.compacted ? "compact" : "delete"));
  SEPAKAT_RETURN_IF_ERROR(set("retention.ms", "-1"));
  SEPAKAT_RETURN_IF_ERROR(set("max.message.bytes", "16777216"));
  if (spec.compacted) SEPAKAT_RETURN_IF_ERROR(set("min.compaction.lag.ms", "604800000"));
  return topic;
}

absl::Status CheckResults(rd_kafka_event_t* event) {
  SEPAKAT_RETURN_IF_ERROR(FromKafka(rd_kafka_event_error(event), "creating topics"));
  size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
  for (size_t i = 0; i < count; ++i) {
    const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[i]);
    if (error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    SEPAKAT_RETURN_IF_ERROR(
        FromKafka(error, fmt::format("creating {}", rd_kafka_topic_result_name(results[i]))));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CreateTopics(rd_kafka_t* client, std::span<const runtime::TopicSpec> topics,
                          int replication) {
  std::vector<KafkaNewTopic> owned;
  std::vector<rd_kafka_NewTopic_t*> raw;
  for (const runtime::TopicSpec& spec : topics) {
    SEPAKAT_ASSIGN_OR_RETURN(KafkaNewTopic topic, Describe(spec, replication));
    raw.push_back(topic.get());
    owned.push_back(std::move(topic));
  }
  const KafkaAdminOptions options(
      rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS));
  char why[256];
  SEPAKAT_RETURN_IF_ERROR(FromKafka(rd_kafka_AdminOptions_set_operation_timeout(
                                        options.get(), kAdminTimeoutMs, why, sizeof why),
                                    "creating topics"));
  const KafkaQueue queue(rd_kafka_queue_new(client));
  rd_kafka_CreateTopics(client, raw.data(), raw.size(), options.get(), queue.get());
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAdminTimeoutMs));
  if (event == nullptr) {
    return FromKafka(RD_KAFKA_RESP_ERR__TIMED_OUT, "creating topics");
  }
  return CheckResults(event.get());
}

}  // namespace sepakat::platform
