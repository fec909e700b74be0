// What the Kafka adapter does when the broker errs, goes away or comes back.
//
// Protocol errors are injected by librdkafka's mock cluster, a stand-in; everything else uses a
// real broker.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <atomic>
#include <numeric>

#include "common/base/status.h"
#include "common/platform/kafka/kafka_client.h"
#include "common/platform/kafka/kafka_log.h"
#include "tests/support/servers/kafka_server.h"

namespace sepakat::platform {
namespace {

using runtime::LogRecord;
using runtime::OutRecord;
using runtime::StartOffset;
using std::chrono::steady_clock;

constexpr int16_t kProduce = 0;  // API key of the protocol.

std::vector<OutRecord> Numbers(const std::string& topic, int from, int to) {
  std::vector<OutRecord> records;
  for (int i = from; i < to; ++i) {
    records.push_back({topic, 0, "k", std::to_string(i), {}, 1'700'000'000'000});
  }
  return records;
}

// The numbers of partition 0 in order, repeats dropped as readers do; -1 marks a gap.
std::vector<int> ReadNumbers(KafkaLog& log, const std::string& topic, int count) {
  const StartOffset start{{topic, 0}, 0};
  auto reader = log.OpenReader({&start, 1});
  EXPECT_TRUE(reader.ok()) << reader.status();
  std::vector<int> numbers;
  const auto deadline = steady_clock::now() + std::chrono::seconds(30);
  while (static_cast<int>(numbers.size()) < count && steady_clock::now() < deadline) {
    auto records = (*reader)->Poll(1000, 500);
    EXPECT_TRUE(records.ok()) << records.status();
    if (!records.ok()) break;
    for (const LogRecord& record : *records) {
      const int number = std::stoi(*record.value);
      if (number > static_cast<int>(numbers.size())) numbers.push_back(-1);
      if (number == static_cast<int>(numbers.size())) numbers.push_back(number);
    }
  }
  return numbers;
}

std::vector<int> UpTo(int count) {
  std::vector<int> numbers(static_cast<size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

class CountingTelemetry final : public runtime::Telemetry {
 public:
  void Log(runtime::Severity, std::string_view, const runtime::Labels&) override {}
  void Add(std::string_view counter, double, const runtime::Labels&) override {
    if (counter == "sepakat_kafka_producers_replaced_total") ++replaced;
  }
  void Set(std::string_view, double, const runtime::Labels&) override {}
  void Observe(std::string_view, double, const runtime::Labels&) override {}
  std::atomic<int> replaced = 0;
};

class MockKafkaTest : public testing::Test {
 protected:
  MockKafkaTest() {
    auto client = NewKafkaClient(RD_KAFKA_PRODUCER, {.bootstrap = "127.0.0.1:1"}, {});
    EXPECT_TRUE(client.ok()) << client.status();
    host_ = *std::move(client);
    cluster_ = rd_kafka_mock_cluster_new(host_.get(), 1);
    rd_kafka_mock_topic_create(cluster_, "numbers", 1, 1);
    auto log = KafkaLog::Open(
        {.bootstrap = rd_kafka_mock_cluster_bootstraps(cluster_), .telemetry = &telemetry_});
    EXPECT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }
  ~MockKafkaTest() override {
    log_.reset();
    rd_kafka_mock_cluster_destroy(cluster_);
  }

  // The next produce requests fail with these.
  void Inject(std::vector<rd_kafka_resp_err_t> errors) {
    rd_kafka_mock_push_request_errors_array(cluster_, kProduce, errors.size(), errors.data());
  }

  CountingTelemetry telemetry_;
  KafkaOwned<rd_kafka_t> host_;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
  std::unique_ptr<KafkaLog> log_;
};

TEST_F(MockKafkaTest, ErrorsThatPassAreRetriedInside) {
  Inject({RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
          RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT});
  EXPECT_EQ(log_->Append(Numbers("numbers", 0, 100)), absl::OkStatus());
  EXPECT_EQ(ReadNumbers(*log_, "numbers", 100), UpTo(100));
}

TEST_F(MockKafkaTest, AProducerThatTurnsFatalIsReplacedAndTheRecordsAreSentAgain) {
  Inject({RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER});
  EXPECT_EQ(log_->Append(Numbers("numbers", 0, 100)), absl::OkStatus());
  EXPECT_EQ(telemetry_.replaced, 1);
  EXPECT_EQ(log_->Append(Numbers("numbers", 100, 200)), absl::OkStatus());
  EXPECT_EQ(ReadNumbers(*log_, "numbers", 200), UpTo(200));
}

TEST_F(MockKafkaTest, ARefusalNamesItsReasonAndTheNextAppendWorks) {
  const struct {
    rd_kafka_resp_err_t error;
    const char* reason;
  } kCases[] = {
      {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "KAFKA_ACCESS_DENIED"},
      {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, "KAFKA_ACCESS_DENIED"},
      {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, "RECORD_TOO_LARGE"},
  };
  for (const auto& [error, reason] : kCases) {
    SCOPED_TRACE(reason);
    Inject({error, error});
    EXPECT_EQ(base::ReasonOf(log_->Append(Numbers("numbers", 0, 10))), reason);
    rd_kafka_mock_clear_request_errors(cluster_, kProduce);
  }
  EXPECT_EQ(log_->Append(Numbers("numbers", 0, 10)), absl::OkStatus());
  EXPECT_EQ(ReadNumbers(*log_, "numbers", 10), UpTo(10));
}

class RealKafkaFaultsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(support::SharedKafka().ok()) << support::SharedKafka().status();
  }
  support::KafkaServer& kafka() { return **support::SharedKafka(); }
  std::unique_ptr<KafkaLog> Open(int timeout_ms) {
    auto log = KafkaLog::Open({.bootstrap = kafka().bootstrap(), .timeout_ms = timeout_ms});
    EXPECT_TRUE(log.ok()) << log.status();
    return *std::move(log);
  }
};

TEST_F(RealKafkaFaultsTest, ABrokerThatIsAwayIsUnavailableAndNothingIsLostWhenItComesBack) {
  const auto log = Open(1'000);
  const runtime::TopicSpec spec{"away", 1, false};
  ASSERT_EQ(Open(30'000)->EnsureTopics({&spec, 1}), absl::OkStatus());
  ASSERT_EQ(*log->Partitions("away"), 1);
  const StartOffset start{{"away", 0}, 0};
  auto reader = log->OpenReader({&start, 1});
  ASSERT_TRUE(reader.ok()) << reader.status();
  ASSERT_EQ(log->Append(Numbers("away", 0, 50)), absl::OkStatus());
  int last = -1;
  const auto follow_to = [&](int end) {
    const auto patience = steady_clock::now() + std::chrono::seconds(60);
    while (last < end && steady_clock::now() < patience) {
      auto records = (*reader)->Poll(1000, 500);
      ASSERT_TRUE(records.ok()) << records.status();
      for (const LogRecord& record : *records) {
        const int number = std::stoi(*record.value);
        EXPECT_LE(number, last + 1) << "the reader must see no gap";
        last = std::max(last, number);
      }
    }
    EXPECT_EQ(last, end);
  };
  follow_to(49);

  kafka().Stop();
  const absl::Status away = log->Append(Numbers("away", 50, 100));
  EXPECT_EQ(away.code(), absl::StatusCode::kUnavailable) << away;
  EXPECT_TRUE(base::IsRetriable(away));
  EXPECT_TRUE((*reader)->Poll(1000, 100).ok()) << "to a reader it is only silence";

  ASSERT_EQ(kafka().Restart(), absl::OkStatus());
  absl::Status again;
  const auto deadline = steady_clock::now() + std::chrono::seconds(60);
  do {
    again = log->Append(Numbers("away", 50, 100));
  } while (base::IsRetriable(again) && steady_clock::now() < deadline);
  ASSERT_EQ(again, absl::OkStatus());
  EXPECT_EQ(ReadNumbers(*log, "away", 100), UpTo(100));

  follow_to(99);
}

TEST_F(RealKafkaFaultsTest, AFrozenBrokerEndsAppendsInTimeAndLeavesNoGap) {
  const auto log = Open(1'000);
  const runtime::TopicSpec spec{"frozen", 1, false};
  ASSERT_EQ(Open(30'000)->EnsureTopics({&spec, 1}), absl::OkStatus());
  ASSERT_EQ(log->Append(Numbers("frozen", 0, 10)), absl::OkStatus());
  kafka().Pause();
  const auto began = steady_clock::now();
  EXPECT_EQ(log->Append(Numbers("frozen", 10, 20'000)).code(), absl::StatusCode::kUnavailable);
  EXPECT_LT(steady_clock::now() - began, std::chrono::seconds(10));
  kafka().Resume();
  absl::Status again;
  const auto deadline = steady_clock::now() + std::chrono::seconds(60);
  do {
    again = log->Append(Numbers("frozen", 10, 20'000));
  } while (base::IsRetriable(again) && steady_clock::now() < deadline);
  ASSERT_EQ(again, absl::OkStatus());
  EXPECT_EQ(ReadNumbers(*log, "frozen", 20'000), UpTo(20'000));
}

TEST_F(RealKafkaFaultsTest, ClosingIsQuickWithTheBrokerAway) {
  auto log = Open(1'000);
  const runtime::TopicSpec spec{"closing", 1, false};
  ASSERT_EQ(Open(30'000)->EnsureTopics({&spec, 1}), absl::OkStatus());
  const StartOffset start{{"closing", 0}, 0};
  auto reader = log->OpenReader({&start, 1});
  ASSERT_TRUE(reader.ok()) << reader.status();
  ASSERT_EQ(log->Append(Numbers("closing", 0, 10)), absl::OkStatus());
  kafka().Stop();
  const auto began = steady_clock::now();
  reader->reset();
  log.reset();
  EXPECT_LT(steady_clock::now() - began, std::chrono::seconds(5));
  ASSERT_EQ(kafka().Restart(), absl::OkStatus());
}

TEST_F(RealKafkaFaultsTest, TopicsAreCreatedAsTheyAreDeclared) {
  const auto log = Open(30'000);
  const runtime::TopicSpec specs[] = {{"kept", 2, false}, {"newest-per-key", 1, true}};
  ASSERT_EQ(log->EnsureTopics(specs), absl::OkStatus());
  auto client = NewKafkaClient(RD_KAFKA_PRODUCER, {.bootstrap = kafka().bootstrap()}, {});
  ASSERT_TRUE(client.ok()) << client.status();
  const KafkaOwned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client->get()));
  const auto setting = [&](const char* topic, const char* name) -> std::string {
    rd_kafka_ConfigResource_t* asked = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic);
    rd_kafka_DescribeConfigs(client->get(), &asked, 1, nullptr, queue.get());
    rd_kafka_ConfigResource_destroy(asked);
    const KafkaOwned<rd_kafka_event_t> event(rd_kafka_queue_poll(queue.get(), 30'000));
    size_t count = 0;
    const auto* result = rd_kafka_event_DescribeConfigs_result(event.get());
    const auto** resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
    const auto** entries = rd_kafka_ConfigResource_configs(resources[0], &count);
    for (size_t i = 0; i < count; ++i) {
      if (std::string(rd_kafka_ConfigEntry_name(entries[i])) == name) {
        return rd_kafka_ConfigEntry_value(entries[i]);
      }
    }
    return "(unknown)";
  };
  EXPECT_EQ(setting("kept", "cleanup.policy"), "delete");
  EXPECT_EQ(setting("kept", "retention.ms"), "-1");
  EXPECT_EQ(setting("newest-per-key", "cleanup.policy"), "compact");
  EXPECT_EQ(setting("newest-per-key", "min.compaction.lag.ms"), "604800000");
}

}  // namespace
}  // namespace sepakat::platform
