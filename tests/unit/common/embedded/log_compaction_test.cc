// Compaction takes out what is superseded and old, nothing else, and no offset moves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <map>
#include <random>

#include "common/embedded/durable_log.h"
#include "common/embedded/log_caretaker.h"
#include "tests/support/runtime/manual_clock.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::embedded {
namespace {

using runtime::LogRecord;
using runtime::OutRecord;
using runtime::StartOffset;
using testing::ElementsAre;

constexpr char kCompacted[] = "newest";
constexpr char kKept[] = "everything";
constexpr int64_t kLagMs = 1000;

class LogCompactionTest : public testing::Test {
 protected:
  LogCompactionTest() : folder_("sepakat-compaction") { Reopen(); }

  void Reopen() {
    log_.reset();
    auto opened = DurableLog::Open(folder_.path() / "log");
    ASSERT_TRUE(opened.ok()) << opened.status();
    log_ = *std::move(opened);
    const runtime::TopicSpec specs[] = {{kCompacted, 1, true, kLagMs}, {kKept, 1, false}};
    ASSERT_EQ(log_->EnsureTopics(specs), absl::OkStatus());
  }

  // One append of these keys; the value of a record is its offset.
  void Append(const std::string& topic, const std::vector<std::string>& keys, int64_t time_ms) {
    int64_t offset = *log_->EndOffset({topic, 0});
    std::vector<OutRecord> records;
    records.reserve(keys.size());
    for (const std::string& key : keys) {
      records.push_back({topic, 0, key, std::to_string(offset++), {{"h", key}}, time_ms});
    }
    ASSERT_EQ(log_->Append(records), absl::OkStatus());
  }

  std::vector<int64_t> Offsets(const std::string& topic, int64_t from) {
    const StartOffset start{{topic, 0}, from};
    auto reader = log_->OpenReader({&start, 1});
    EXPECT_TRUE(reader.ok()) << reader.status();
    const auto records = (*reader)->Poll(1'000'000, 0);
    EXPECT_TRUE(records.ok()) << records.status();
    std::vector<int64_t> offsets;
    for (const LogRecord& record : *records) {
      EXPECT_EQ(record.value, std::to_string(record.offset));
      EXPECT_EQ((*record.headers.begin()).second, record.key);
      offsets.push_back(record.offset);
    }
    return offsets;
  }

  support::TemporaryFolder folder_;
  std::unique_ptr<DurableLog> log_;
};

TEST_F(LogCompactionTest, TheNewestRecordOfEachKeyStays) {
  Append(kCompacted, {"a", "b", "a"}, 0);
  Append(kCompacted, {"b", "c"}, 0);
  Append(kCompacted, {"d"}, 0);
  EXPECT_EQ(*log_->Compact(10'000), 2);
  EXPECT_THAT(Offsets(kCompacted, 0), ElementsAre(2, 3, 4, 5));
  EXPECT_EQ(*log_->EndOffset({kCompacted, 0}), 6);
  EXPECT_EQ(*log_->Compact(10'000), 0) << "a second time there is nothing to do";
}

TEST_F(LogCompactionTest, WhatIsYoungerThanTheLagStays) {
  Append(kCompacted, {"a"}, 0);
  Append(kCompacted, {"a"}, 500);
  Append(kCompacted, {"a"}, 900);
  EXPECT_EQ(*log_->Compact(kLagMs + 500), 1);
  EXPECT_THAT(Offsets(kCompacted, 0), ElementsAre(1, 2));
}

TEST_F(LogCompactionTest, OtherTopicsKeepEverything) {
  Append(kKept, {"a", "a"}, 0);
  Append(kKept, {"a"}, 0);
  EXPECT_EQ(*log_->Compact(10'000), 0);
  EXPECT_THAT(Offsets(kKept, 0), ElementsAre(0, 1, 2));
}

TEST_F(LogCompactionTest, AReaderUnderWayGoesOnWhereItWas) {
  for (int i = 0; i < 20; ++i) Append(kCompacted, {"a", "b"}, 0);
  const StartOffset start{{kCompacted, 0}, 0};
  auto reader = *log_->OpenReader({&start, 1});
  ASSERT_EQ(reader->Poll(5, 0)->size(), 5U);
  ASSERT_EQ(*log_->Compact(10'000), 38);
  const std::vector<LogRecord> records = *reader->Poll(1000, 0);
  std::vector<int64_t> rest;
  rest.reserve(records.size());
  for (const LogRecord& record : records) rest.push_back(record.offset);
  EXPECT_THAT(rest, testing::Contains(38));
  EXPECT_EQ(rest.back(), 39);
}

class HeardTelemetry final : public runtime::Telemetry {
 public:
  void Log(runtime::Severity, std::string_view, const runtime::Labels&) override {}
  void Add(std::string_view counter, double amount, const runtime::Labels&) override {
    if (counter == "sepakat_log_compacted_records_total" && amount > 0) removed_.set_value(amount);
  }
  void Set(std::string_view, double, const runtime::Labels&) override {}
  void Observe(std::string_view, double, const runtime::Labels&) override {}
  std::future<double> Removed() { return removed_.get_future(); }

 private:
  std::promise<double> removed_;
};

TEST_F(LogCompactionTest, TheCaretakerCompactsByItselfAndTellsWhatItTookOut) {
  support::ManualClock clock;
  Append(kCompacted, {"a", "b"}, clock.NowMs() - 10 * kLagMs);
  Append(kCompacted, {"a", "b"}, clock.NowMs());
  HeardTelemetry telemetry;
  std::future<double> removed = telemetry.Removed();
  const LogCaretaker caretaker(log_.get(), &clock, &telemetry, std::chrono::milliseconds(1));
  EXPECT_EQ(removed.get(), 2);
  EXPECT_THAT(Offsets(kCompacted, 0), ElementsAre(2, 3));
}

// Random histories of appends, compactions and reopenings; a failure names its seed.
class RandomHistoryTest : public LogCompactionTest, public testing::WithParamInterface<unsigned> {};

TEST_P(RandomHistoryTest, OnlyOldSupersededRecordsGoAndOffsetsStay) {
  struct Written {
    std::string key;
    int64_t time_ms;
  };
  std::mt19937 random(GetParam());
  const auto below = [&](int end) { return std::uniform_int_distribution(0, end - 1)(random); };
  std::vector<Written> written;
  int64_t now_ms = 0;
  int64_t compacted_at_ms = 0;
  for (int step = 0; step < 30; ++step) {
    now_ms += below(600);
    const int action = below(12);
    if (action == 0) {
      ASSERT_TRUE(log_->Compact(now_ms).ok());
      compacted_at_ms = now_ms;
    } else if (action == 1) {
      Reopen();
    } else {
      std::vector<std::string> keys;
      for (int n = below(4); n >= 0; --n) {
        keys.emplace_back(1, static_cast<char>('a' + below(6)));
        written.push_back({keys.back(), now_ms});
      }
      Append(kCompacted, keys, now_ms);
    }
  }
  std::map<std::string, int64_t> newest;
  for (size_t i = 0; i < written.size(); ++i) newest[written[i].key] = static_cast<int64_t>(i);
  const int64_t end = static_cast<int64_t>(written.size());
  EXPECT_EQ(*log_->EndOffset({kCompacted, 0}), end);
  const std::vector<int64_t> all = Offsets(kCompacted, 0);
  EXPECT_TRUE(std::ranges::is_sorted(all));
  for (int64_t offset = 0; offset < end; ++offset) {
    const auto& [key, time_ms] = written[static_cast<size_t>(offset)];
    if (newest[key] == offset || time_ms >= compacted_at_ms - kLagMs) {
      EXPECT_TRUE(std::ranges::binary_search(all, offset)) << offset;
    }
  }
  for (int64_t from = 0; from <= end; from += 7) {
    EXPECT_EQ(Offsets(kCompacted, from),
              std::vector<int64_t>(std::ranges::lower_bound(all, from), all.end()));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomHistoryTest, testing::Range(0U, 12U));

}  // namespace
}  // namespace sepakat::embedded
