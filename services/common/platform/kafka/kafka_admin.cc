#include "common/platform/kafka/kafka_admin.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "common/base/status.h"
#include "common/platform/kafka/kafka_client.h"

namespace sepakat::platform {
namespace {

using runtime::TopicSpec;
using std::chrono::steady_clock;

absl::Status Configure(const KafkaOptions& options, const TopicSpec& spec,
                       rd_kafka_NewTopic_t* topic) {
  std::vector<std::pair<const char*, std::string>> settings = {
      {"cleanup.policy", spec.compacted ? "compact" : "delete"},
      {"retention.ms", "-1"},
      {"retention.bytes", "-1"},
      {"min.insync.replicas", std::to_string(options.min_insync_replicas)},
      {"max.message.bytes", std::to_string(runtime::kMaxRecordBytes + (1 << 20))},
      {"message.timestamp.type", "CreateTime"},
  };
  if (spec.compacted) {
    settings.emplace_back("min.compaction.lag.ms", std::to_string(spec.min_lag_ms));
  }
  for (const auto& [name, value] : settings) {
    SEPAKAT_RETURN_IF_ERROR(
        FromKafka(rd_kafka_NewTopic_set_config(topic, name, value.c_str()), "creating topics"));
  }
  return absl::OkStatus();
}

absl::Status ResultOf(const rd_kafka_event_t* event) {
  SEPAKAT_RETURN_IF_ERROR(
      FromKafka(rd_kafka_event_error(const_cast<rd_kafka_event_t*>(event)), "creating topics"));
  size_t count = 0;
  const rd_kafka_topic_result_t** results = rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(const_cast<rd_kafka_event_t*>(event)), &count);
  for (size_t i = 0; i < count; ++i) {
    const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[i]);
    // Another process was faster: its topic is checked like any that was there before.
    if (error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    SEPAKAT_RETURN_IF_ERROR(
        FromKafka(error, fmt::format("creating topic {}", rd_kafka_topic_result_name(results[i]))));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaAdmin>> KafkaAdmin::Open(KafkaOptions options) {
  SEPAKAT_ASSIGN_OR_RETURN(KafkaOwned<rd_kafka_t> client,
                           NewKafkaClient(RD_KAFKA_PRODUCER, options, {}));
  return std::unique_ptr<KafkaAdmin>(new KafkaAdmin(std::move(options), std::move(client)));
}

absl::Status KafkaAdmin::EnsureTopics(std::span<const TopicSpec> topics) {
  const auto deadline = steady_clock::now() + std::chrono::milliseconds(options_.timeout_ms);
  bool created = false;
  while (true) {
    SEPAKAT_ASSIGN_OR_RETURN(const Counts counts, AskForTopics());
    std::vector<const TopicSpec*> missing;
    for (const TopicSpec& topic : topics) {
      const auto it = counts.find(topic.name);
      if (it == counts.end()) {
        missing.push_back(&topic);
      } else if (it->second != topic.partitions) {
        return base::Error(absl::StatusCode::kFailedPrecondition, "PARTITIONS_DIFFER",
                           fmt::format("topic {} has {} partitions, not {}; the number of "
                                       "partitions cannot change",
                                       topic.name, it->second, topic.partitions));
      }
    }
    if (missing.empty()) return absl::OkStatus();
    if (!created) {
      SEPAKAT_RETURN_IF_ERROR(Create(missing));
      created = true;
    } else if (steady_clock::now() >= deadline) {
      return FromKafka(RD_KAFKA_RESP_ERR__TIMED_OUT, "waiting for the leaders of new topics");
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
}

absl::StatusOr<KafkaAdmin::Counts> KafkaAdmin::AskForTopics() {
  const rd_kafka_metadata_t* raw = nullptr;
  SEPAKAT_RETURN_IF_ERROR(
      FromKafka(rd_kafka_metadata(client_.get(), 1, nullptr, &raw, options_.timeout_ms),
                fmt::format("asking Kafka at {} for its topics", options_.bootstrap)));
  const KafkaOwned<const rd_kafka_metadata_t> metadata(raw);
  Counts counts;
  for (int t = 0; t < metadata->topic_cnt; ++t) {
    const rd_kafka_metadata_topic_t& topic = metadata->topics[t];
    const std::span partitions(topic.partitions, static_cast<size_t>(topic.partition_cnt));
    if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && !partitions.empty() &&
        std::ranges::all_of(partitions, [](const auto& p) { return p.leader >= 0; })) {
      counts[topic.topic] = topic.partition_cnt;
    }
  }
  return counts;
}

absl::Status KafkaAdmin::Create(std::span<const TopicSpec* const> topics) {
  std::vector<KafkaOwned<rd_kafka_NewTopic_t>> owned;
  std::vector<rd_kafka_NewTopic_t*> raw;
  char error[256];
  for (const TopicSpec* spec : topics) {
    owned.emplace_back(rd_kafka_NewTopic_new(spec->name.c_str(), spec->partitions,
                                             options_.replication, error, sizeof error));
    if (owned.back() == nullptr) {
      return base::Error(absl::StatusCode::kInvalidArgument, "KAFKA_SETTING",
                         fmt::format("topic {}: {}", spec->name, error));
    }
    SEPAKAT_RETURN_IF_ERROR(Configure(options_, *spec, owned.back().get()));
    raw.push_back(owned.back().get());
  }
  const KafkaOwned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client_.get()));
  const KafkaOwned<rd_kafka_AdminOptions_t> admin_options(
      rd_kafka_AdminOptions_new(client_.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS));
  SEPAKAT_RETURN_IF_ERROR(
      FromKafka(rd_kafka_AdminOptions_set_request_timeout(admin_options.get(), options_.timeout_ms,
                                                          error, sizeof error),
                "creating topics"));
  rd_kafka_CreateTopics(client_.get(), raw.data(), raw.size(), admin_options.get(), queue.get());
  const KafkaOwned<rd_kafka_event_t> event(
      rd_kafka_queue_poll(queue.get(), options_.timeout_ms + 1000));
  if (event == nullptr) return FromKafka(RD_KAFKA_RESP_ERR__TIMED_OUT, "creating topics");
  return ResultOf(event.get());
}

absl::StatusOr<int32_t> KafkaAdmin::Partitions(std::string_view topic) {
  const std::lock_guard guard(mutex_);
  auto it = known_.find(topic);
  if (it == known_.end()) {
    SEPAKAT_ASSIGN_OR_RETURN(known_, AskForTopics());
    it = known_.find(topic);
  }
  if (it == known_.end()) {
    return base::Error(
        absl::StatusCode::kNotFound, "UNKNOWN_TOPIC",
        fmt::format("there is no topic {}; create it with `sepakat topics apply`", topic));
  }
  return it->second;
}

absl::StatusOr<int64_t> KafkaAdmin::EndOffset(const runtime::TopicPartition& at) {
  int64_t low = 0;
  int64_t high = 0;
  SEPAKAT_RETURN_IF_ERROR(FromKafka(
      rd_kafka_query_watermark_offsets(client_.get(), at.topic.c_str(), at.partition, &low, &high,
                                       options_.timeout_ms),
      fmt::format("asking for the end of topic {} partition {}", at.topic, at.partition)));
  return high;
}

}  // namespace sepakat::platform
