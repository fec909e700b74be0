// What every EventLog must do, as a suite over the adapters.
//
// An adapter joins by one line: INSTANTIATE_TEST_SUITE_P with a LogSubject. A durable one
// instantiates DurableEventLogTest as well.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "common/runtime/event_log.h"

namespace sepakat::runtime {

// One adapter with what it stands on. Tests use topics of their own, so it may be shared.
class LogHarness {
 public:
  virtual ~LogHarness() = default;
  virtual EventLog& log() = 0;
  // Closes the adapter and opens it again on the same data.
  virtual void Reopen() = 0;
};

struct LogSubject {
  std::string name;
  std::function<std::unique_ptr<LogHarness>()> make;
};

inline void PrintTo(const LogSubject& subject, std::ostream* out) { *out << subject.name; }

inline std::string SubjectName(const testing::TestParamInfo<LogSubject>& info) {
  return info.param.name;
}

class EventLogTest : public testing::TestWithParam<LogSubject> {
 protected:
  EventLogTest();

  EventLog& log() { return harness_->log(); }
  // A new topic that no other test uses.
  std::string NewTopic(int32_t partitions = 1, bool compacted = false);
  std::unique_ptr<LogReader> Read(const std::string& topic, int32_t partition, int64_t from);
  // Polls until `count` records came or nothing came for long.
  static std::vector<LogRecord> Take(LogReader& reader, size_t count, int max_records = 10'000);

  std::unique_ptr<LogHarness> harness_;
};

class DurableEventLogTest : public EventLogTest {};

OutRecord Record(const std::string& topic, int32_t partition, const std::string& value);

}  // namespace sepakat::runtime
