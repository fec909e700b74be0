// The logs of a single process: in memory, and durable on RocksDB.
#include "common/embedded/durable_log.h"
#include "common/embedded/memory_log.h"
#include "tests/conformance/log/event_log_suite.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::runtime {
namespace {

class MemoryHarness final : public LogHarness {
 public:
  EventLog& log() override { return log_; }
  void Reopen() override { FAIL() << "a log in memory does not survive"; }

 private:
  embedded::MemoryLog log_;
};

class DurableHarness final : public LogHarness {
 public:
  DurableHarness() : folder_("sepakat-log") { Reopen(); }
  EventLog& log() override { return *log_; }
  void Reopen() override {
    log_.reset();
    auto opened = embedded::DurableLog::Open(folder_.path() / "log");
    ASSERT_TRUE(opened.ok()) << opened.status();
    log_ = *std::move(opened);
  }

 private:
  support::TemporaryFolder folder_;
  std::unique_ptr<embedded::DurableLog> log_;
};

const LogSubject kMemory{"Memory", [] { return std::make_unique<MemoryHarness>(); }};
const LogSubject kDurable{"Durable", [] { return std::make_unique<DurableHarness>(); }};

INSTANTIATE_TEST_SUITE_P(Embedded, EventLogTest, testing::Values(kMemory, kDurable), SubjectName);
INSTANTIATE_TEST_SUITE_P(Embedded, DurableEventLogTest, testing::Values(kDurable), SubjectName);

}  // namespace
}  // namespace sepakat::runtime
