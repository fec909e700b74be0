// The facts about the pinned broker and Debian's librdkafka that the Kafka adapter is built on:
// which protocol features are negotiated, and that topics by the admin API, headers, manual
// assignment and idempotent produce with lz4 and zstd work, also over a restart.
#include "tests/support/servers/kafka_server.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace sepakat::support {
namespace {

struct Destroy {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
  void operator()(rd_kafka_NewTopic_t* topic) const { rd_kafka_NewTopic_destroy(topic); }
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, Destroy>;
using Settings = std::vector<std::pair<std::string, std::string>>;

constexpr int kPatienceMs = 30'000;

// What the client's log said, kept for the feature test.
struct ClientLog {
  std::mutex mutex;
  std::vector<std::string> lines;
};

void KeepLine(const rd_kafka_t* handle, int, const char*, const char* text) {
  auto* log = static_cast<ClientLog*>(rd_kafka_opaque(handle));
  if (log == nullptr) return;
  const std::lock_guard lock(log->mutex);
  log->lines.emplace_back(text);
}

class KafkaServerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(SharedKafka().ok()) << SharedKafka().status(); }

  KafkaServer& kafka() { return **SharedKafka(); }

  Owned<rd_kafka_t> Client(rd_kafka_type_t type, const Settings& settings,
                           ClientLog* log = nullptr) {
    char error[256];
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set_opaque(conf, log);
    rd_kafka_conf_set_log_cb(conf, KeepLine);
    rd_kafka_conf_set(conf, "bootstrap.servers", kafka().bootstrap().c_str(), error, sizeof(error));
    for (const auto& [name, value] : settings) {
      EXPECT_EQ(rd_kafka_conf_set(conf, name.c_str(), value.c_str(), error, sizeof(error)),
                RD_KAFKA_CONF_OK)
          << error;
    }
    Owned<rd_kafka_t> client(rd_kafka_new(type, conf, error, sizeof(error)));
    EXPECT_NE(client, nullptr) << error;
    return client;
  }

  rd_kafka_resp_err_t CreateTopic(const std::string& name, int partitions) {
    const Owned<rd_kafka_t> client = Client(RD_KAFKA_PRODUCER, {});
    const Owned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client.get()));
    char error[256];
    const Owned<rd_kafka_NewTopic_t> topic(
        rd_kafka_NewTopic_new(name.c_str(), partitions, 1, error, sizeof(error)));
    rd_kafka_NewTopic_t* topics[] = {topic.get()};
    rd_kafka_CreateTopics(client.get(), topics, 1, nullptr, queue.get());
    const Owned<rd_kafka_event_t> event(rd_kafka_queue_poll(queue.get(), kPatienceMs));
    if (event == nullptr) return RD_KAFKA_RESP_ERR__TIMED_OUT;
    size_t count = 0;
    const rd_kafka_topic_result_t** results = rd_kafka_CreateTopics_result_topics(
        rd_kafka_event_CreateTopics_result(event.get()), &count);
    return count == 1 ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR__FAIL;
  }

  // Produces the values [from, to) in order to partition 0, each with its number in a header.
  void Produce(const std::string& topic, const std::string& codec, int from, int to) {
    const Owned<rd_kafka_t> client =
        Client(RD_KAFKA_PRODUCER,
               {{"enable.idempotence", "true"}, {"acks", "all"}, {"compression.codec", codec}});
    for (int i = from; i < to; ++i) {
      const std::string value = absl::StrCat("family ", i);
      const std::string number = absl::StrCat(i);
      ASSERT_EQ(rd_kafka_producev(client.get(), RD_KAFKA_V_TOPIC(topic.c_str()),
                                  RD_KAFKA_V_PARTITION(0), RD_KAFKA_V_KEY("key", 3),
                                  RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                                  RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK),
                                  RD_KAFKA_V_HEADER("ce_id", number.data(), number.size()),
                                  RD_KAFKA_V_END),
                RD_KAFKA_RESP_ERR_NO_ERROR);
      rd_kafka_poll(client.get(), 0);
    }
    ASSERT_EQ(rd_kafka_flush(client.get(), kPatienceMs), RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  // Reads partition 0 from offset 0 by manual assignment until `count` records came.
  void ExpectDense(const std::string& topic, int count) {
    const Owned<rd_kafka_t> client =
        Client(RD_KAFKA_CONSUMER, {{"group.id", "unused"},
                                   {"enable.auto.commit", "false"},
                                   {"enable.auto.offset.store", "false"},
                                   {"auto.offset.reset", "error"}});
    rd_kafka_poll_set_consumer(client.get());
    const Owned<rd_kafka_topic_partition_list_t> list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0)->offset = 0;
    ASSERT_EQ(rd_kafka_assign(client.get(), list.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
    for (int i = 0; i < count; ++i) {
      const Owned<rd_kafka_message_t> message(rd_kafka_consumer_poll(client.get(), kPatienceMs));
      ASSERT_NE(message, nullptr) << "record " << i << " did not come";
      ASSERT_EQ(message->err, RD_KAFKA_RESP_ERR_NO_ERROR) << rd_kafka_message_errstr(message.get());
      ASSERT_EQ(message->offset, i);
      ASSERT_EQ(std::string(static_cast<char*>(message->payload), message->len),
                absl::StrCat("family ", i));
      rd_kafka_headers_t* headers = nullptr;
      const void* number = nullptr;
      size_t size = 0;
      ASSERT_EQ(rd_kafka_message_headers(message.get(), &headers), RD_KAFKA_RESP_ERR_NO_ERROR);
      ASSERT_EQ(rd_kafka_header_get_last(headers, "ce_id", &number, &size),
                RD_KAFKA_RESP_ERR_NO_ERROR);
      ASSERT_EQ(std::string(static_cast<const char*>(number), size), absl::StrCat(i));
    }
    ASSERT_EQ(rd_kafka_consumer_close(client.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
  }
};

TEST_F(KafkaServerTest, NegotiatesTheFeaturesTheAdapterNeedsAndNoOthers) {
  ClientLog log;
  const Owned<rd_kafka_t> client = Client(RD_KAFKA_PRODUCER, {{"debug", "feature"}}, &log);
  const rd_kafka_metadata_t* metadata = nullptr;
  ASSERT_EQ(rd_kafka_metadata(client.get(), 0, nullptr, &metadata, kPatienceMs),
            RD_KAFKA_RESP_ERR_NO_ERROR);
  rd_kafka_metadata_destroy(metadata);

  const std::map<std::string, bool> expected = {
      {"MsgVer2", true},      {"BrokerGroupCoordinator", true}, {"LZ4", true},
      {"ZSTD", true},         {"IdempotentProducer", true},     {"MsgVer1", false},
      {"ThrottleTime", false}};
  std::map<std::string, bool> seen;
  const std::lock_guard lock(log.mutex);
  for (const std::string& line : log.lines) {
    for (const auto& [feature, unused] : expected) {
      if (line.ends_with(" Enabling feature " + feature)) seen[feature] = true;
      if (line.ends_with(" Disabling feature " + feature)) seen[feature] = false;
    }
  }
  EXPECT_EQ(seen, expected);
}

TEST_F(KafkaServerTest, NothingIsCreatedByBeingNamed) {
  const Owned<rd_kafka_t> client =
      Client(RD_KAFKA_PRODUCER, {{"allow.auto.create.topics", "true"}});
  std::unique_ptr<rd_kafka_topic_t, void (*)(rd_kafka_topic_t*)> topic(
      rd_kafka_topic_new(client.get(), "never.created", nullptr), rd_kafka_topic_destroy);
  const rd_kafka_metadata_t* metadata = nullptr;
  ASSERT_EQ(rd_kafka_metadata(client.get(), 0, topic.get(), &metadata, kPatienceMs),
            RD_KAFKA_RESP_ERR_NO_ERROR);
  ASSERT_EQ(metadata->topic_cnt, 1);
  EXPECT_EQ(metadata->topics[0].err, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  rd_kafka_metadata_destroy(metadata);
}

TEST_F(KafkaServerTest, ATopicIsCreatedOnce) {
  EXPECT_EQ(CreateTopic("created.once", 3), RD_KAFKA_RESP_ERR_NO_ERROR);
  EXPECT_EQ(CreateTopic("created.once", 3), RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS);
}

TEST_F(KafkaServerTest, IdempotentProduceIsReadBackDenseWithHeadersForEachCodec) {
  for (const std::string codec : {"none", "lz4", "zstd"}) {
    SCOPED_TRACE(codec);
    const std::string topic = "dense." + codec;
    ASSERT_EQ(CreateTopic(topic, 1), RD_KAFKA_RESP_ERR_NO_ERROR);
    Produce(topic, codec, 0, 20'000);
    ExpectDense(topic, 20'000);
  }
}

TEST_F(KafkaServerTest, RecordsStayOverAnOrderlyRestartAndOverAKill) {
  ASSERT_EQ(CreateTopic("survivor", 1), RD_KAFKA_RESP_ERR_NO_ERROR);
  const std::string bootstrap = kafka().bootstrap();
  Produce("survivor", "zstd", 0, 1'000);
  ASSERT_TRUE(kafka().Restart().ok());
  Produce("survivor", "zstd", 1'000, 2'000);
  kafka().Kill();
  ASSERT_TRUE(kafka().Restart().ok());
  EXPECT_EQ(kafka().bootstrap(), bootstrap);
  ExpectDense("survivor", 2'000);
}

}  // namespace
}  // namespace sepakat::support
