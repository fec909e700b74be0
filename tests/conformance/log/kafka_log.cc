// The log on a real Apache Kafka.
#include "common/platform/kafka/kafka_log.h"

#include "tests/conformance/log/event_log_suite.h"
#include "tests/support/servers/kafka_server.h"

namespace sepakat::runtime {
namespace {

class KafkaHarness final : public LogHarness {
 public:
  KafkaHarness() { Reopen(); }
  EventLog& log() override { return *log_; }
  void Reopen() override {
    log_.reset();
    ASSERT_TRUE(support::SharedKafka().ok()) << support::SharedKafka().status();
    auto opened = platform::KafkaLog::Open({.bootstrap = (*support::SharedKafka())->bootstrap()});
    ASSERT_TRUE(opened.ok()) << opened.status();
    log_ = *std::move(opened);
  }

 private:
  std::unique_ptr<platform::KafkaLog> log_;
};

const LogSubject kKafka{"Kafka", [] { return std::make_unique<KafkaHarness>(); }};

INSTANTIATE_TEST_SUITE_P(Real, EventLogTest, testing::Values(kKafka), SubjectName);
INSTANTIATE_TEST_SUITE_P(Real, DurableEventLogTest, testing::Values(kKafka), SubjectName);

}  // namespace
}  // namespace sepakat::runtime
