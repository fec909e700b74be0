#include "tests/conformance/log/event_log_suite.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <thread>

#include "common/base/status.h"

namespace sepakat::runtime {

using std::chrono::steady_clock;
using testing::ElementsAre;

EventLogTest::EventLogTest() : harness_(GetParam().make()) {}

std::string EventLogTest::NewTopic(int32_t partitions, bool compacted) {
  static std::atomic<int> number = 0;
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(test->name()).substr(0, 60) + "-" + std::to_string(++number);
  std::ranges::replace(name, '/', '-');
  const TopicSpec spec{name, partitions, compacted};
  EXPECT_EQ(log().EnsureTopics({&spec, 1}), absl::OkStatus());
  return name;
}

std::unique_ptr<LogReader> EventLogTest::Read(const std::string& topic, int32_t partition,
                                              int64_t from) {
  const StartOffset start{{topic, partition}, from};
  auto reader = log().OpenReader({&start, 1});
  EXPECT_TRUE(reader.ok()) << reader.status();
  return reader.ok() ? *std::move(reader) : nullptr;
}

std::vector<LogRecord> EventLogTest::Take(LogReader& reader, size_t count, int max_records) {
  std::vector<LogRecord> all;
  const auto deadline = steady_clock::now() + std::chrono::seconds(30);
  while (all.size() < count && steady_clock::now() < deadline) {
    auto some = reader.Poll(max_records, 500);
    EXPECT_TRUE(some.ok()) << some.status();
    if (!some.ok()) break;
    EXPECT_LE(some->size(), static_cast<size_t>(max_records));
    std::ranges::move(*some, std::back_inserter(all));
  }
  return all;
}

OutRecord Record(const std::string& topic, int32_t partition, const std::string& value) {
  return {topic, partition, "key", value, {}, 1'700'000'000'000};
}

namespace {

std::vector<std::string> Values(const std::vector<LogRecord>& records) {
  std::vector<std::string> values;
  values.reserve(records.size());
  for (const LogRecord& record : records) values.push_back(record.value.value_or("(none)"));
  return values;
}

TEST_P(EventLogTest, ARecordComesBackAsItWasWritten) {
  const std::string topic = NewTopic(3);
  const OutRecord written[] = {
      {topic,
       2,
       std::string("k\0\xff", 3),
       std::string("v\0\xfe", 3),
       {{"ce_id", "a/1"}, {"empty", ""}, {"ce_id", "the same name again"}},
       1'700'000'000'123},
      {topic, 2, "", "", {}, 1'700'000'000'124},
      {topic, 2, "removed", std::nullopt, {{"sequence", "7"}}, 1'700'000'000'125},
  };
  ASSERT_EQ(log().Append(written), absl::OkStatus());
  const auto reader = Read(topic, 2, 0);
  const std::vector<LogRecord> read = Take(*reader, 3);
  ASSERT_EQ(read.size(), 3U);
  for (size_t i = 0; i < 3; ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(read[i].topic, topic);
    EXPECT_EQ(read[i].partition, 2);
    EXPECT_EQ(read[i].offset, static_cast<int64_t>(i));
    EXPECT_EQ(read[i].key, written[i].key);
    EXPECT_EQ(read[i].value, written[i].value);
    EXPECT_EQ(read[i].headers, written[i].headers);
    EXPECT_EQ(read[i].timestamp_ms, written[i].timestamp_ms);
  }
}

TEST_P(EventLogTest, AReaderBeginsAtTheOffsetItIsGiven) {
  const std::string topic = NewTopic();
  const OutRecord first[] = {Record(topic, 0, "a"), Record(topic, 0, "b"), Record(topic, 0, "c")};
  ASSERT_EQ(log().Append(first), absl::OkStatus());
  const OutRecord second[] = {Record(topic, 0, "d")};
  ASSERT_EQ(log().Append(second), absl::OkStatus());
  EXPECT_THAT(Values(Take(*Read(topic, 0, 1), 3)), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Values(Take(*Read(topic, 0, 3), 1)), ElementsAre("d"));
}

TEST_P(EventLogTest, OneAppendReachesSeveralTopicsAndPartitions) {
  const std::string one = NewTopic(2);
  const std::string two = NewTopic();
  const OutRecord records[] = {Record(one, 1, "a"), Record(two, 0, "b"), Record(one, 0, "c"),
                               Record(one, 1, "d")};
  ASSERT_EQ(log().Append(records), absl::OkStatus());
  EXPECT_THAT(Values(Take(*Read(one, 1, 0), 2)), ElementsAre("a", "d"));
  EXPECT_THAT(Values(Take(*Read(one, 0, 0), 1)), ElementsAre("c"));
  EXPECT_THAT(Values(Take(*Read(two, 0, 0), 1)), ElementsAre("b"));
}

TEST_P(EventLogTest, OneReaderFollowsSeveralPartitionsInTheOrderOfEach) {
  const std::string topic = NewTopic(4);
  std::vector<OutRecord> records;
  records.reserve(400);
  for (int i = 0; i < 400; ++i) records.push_back(Record(topic, i % 4, std::to_string(i)));
  ASSERT_EQ(log().Append(records), absl::OkStatus());
  std::vector<StartOffset> from;
  from.reserve(4);
  for (int32_t p = 0; p < 4; ++p) from.push_back({{topic, p}, p});
  auto reader = log().OpenReader(from);
  ASSERT_TRUE(reader.ok()) << reader.status();
  std::map<int32_t, int64_t> next = {{0, 0}, {1, 1}, {2, 2}, {3, 3}};
  for (const LogRecord& record : Take(**reader, 394)) {
    EXPECT_EQ(record.offset, next[record.partition]++);
    EXPECT_EQ(record.value, std::to_string(4 * record.offset + record.partition));
  }
  EXPECT_EQ(next, (std::map<int32_t, int64_t>{{0, 100}, {1, 100}, {2, 100}, {3, 100}}));
}

TEST_P(EventLogTest, APollGivesAtMostWhatWasAskedForAndTheRestLater) {
  const std::string topic = NewTopic();
  std::vector<OutRecord> records;
  std::vector<std::string> values;
  for (int i = 0; i < 10; ++i) {
    values.push_back(std::to_string(i));
    records.push_back(Record(topic, 0, values.back()));
  }
  ASSERT_EQ(log().Append(records), absl::OkStatus());
  const auto reader = Read(topic, 0, 0);
  EXPECT_EQ(Values(Take(*reader, 10, 3)), values);
}

TEST_P(EventLogTest, AnEmptyPollIsNoError) {
  const auto reader = Read(NewTopic(), 0, 0);
  const auto nothing = reader->Poll(10, 0);
  ASSERT_TRUE(nothing.ok()) << nothing.status();
  EXPECT_TRUE(nothing->empty());
}

TEST_P(EventLogTest, AWaitingReaderWakesWhenSomethingArrives) {
  const std::string topic = NewTopic();
  const auto reader = Read(topic, 0, 0);
  auto waiting = std::async(std::launch::async, [&] { return Take(*reader, 1); });
  const OutRecord record = Record(topic, 0, "late");
  ASSERT_EQ(log().Append({&record, 1}), absl::OkStatus());
  EXPECT_THAT(Values(waiting.get()), ElementsAre("late"));
}

TEST_P(EventLogTest, ReadersDoNotDisturbEachOther) {
  const std::string topic = NewTopic();
  const OutRecord records[] = {Record(topic, 0, "a"), Record(topic, 0, "b")};
  ASSERT_EQ(log().Append(records), absl::OkStatus());
  const auto one = Read(topic, 0, 0);
  const auto two = Read(topic, 0, 0);
  EXPECT_THAT(Values(Take(*one, 2)), ElementsAre("a", "b"));
  EXPECT_THAT(Values(Take(*two, 2)), ElementsAre("a", "b"));
}

TEST_P(EventLogTest, TheEndIsTheOffsetOfTheNextRecord) {
  const std::string topic = NewTopic(2);
  EXPECT_EQ(*log().EndOffset({topic, 1}), 0);
  const OutRecord records[] = {Record(topic, 1, "a"), Record(topic, 1, "b")};
  ASSERT_EQ(log().Append(records), absl::OkStatus());
  EXPECT_EQ(*log().EndOffset({topic, 1}), 2);
  EXPECT_EQ(*log().EndOffset({topic, 0}), 0);
}

TEST_P(EventLogTest, ATopicKeepsItsNumberOfPartitions) {
  const std::string topic = NewTopic(3);
  EXPECT_EQ(*log().Partitions(topic), 3);
  const TopicSpec same{topic, 3, false};
  EXPECT_EQ(log().EnsureTopics({&same, 1}), absl::OkStatus());
  const TopicSpec other{topic, 4, false};
  const absl::Status refused = log().EnsureTopics({&other, 1});
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(base::ReasonOf(refused), "PARTITIONS_DIFFER");
  EXPECT_EQ(*log().Partitions(topic), 3);
}

TEST_P(EventLogTest, NothingCreatesATopicByItself) {
  const std::string topic = NewTopic();
  const OutRecord records[] = {Record(topic, 0, "fine"), Record("no-such-topic", 0, "lost")};
  EXPECT_EQ(base::ReasonOf(log().Append(records)), "UNKNOWN_TOPIC");
  EXPECT_EQ(*log().EndOffset({topic, 0}), 0)
      << "an append that names an unknown topic does nothing";
  const OutRecord beyond = Record(topic, 1, "no such partition");
  EXPECT_EQ(base::ReasonOf(log().Append({&beyond, 1})), "UNKNOWN_TOPIC");
  EXPECT_EQ(base::ReasonOf(log().Partitions("no-such-topic").status()), "UNKNOWN_TOPIC");
  EXPECT_EQ(base::ReasonOf(log().EndOffset({"no-such-topic", 0}).status()), "UNKNOWN_TOPIC");
  const StartOffset start{{"no-such-topic", 0}, 0};
  EXPECT_EQ(base::ReasonOf(log().OpenReader({&start, 1}).status()), "UNKNOWN_TOPIC");
}

TEST_P(EventLogTest, AnOffsetThatIsNotThereIsAnErrorAndNeverAJump) {
  const std::string topic = NewTopic();
  const OutRecord record = Record(topic, 0, "a");
  ASSERT_EQ(log().Append({&record, 1}), absl::OkStatus());
  const StartOffset start{{topic, 0}, 5};
  auto reader = log().OpenReader({&start, 1});
  absl::Status status = reader.status();
  const auto deadline = steady_clock::now() + std::chrono::seconds(30);
  while (status.ok() && steady_clock::now() < deadline) {
    const auto polled = (*reader)->Poll(10, 500);
    status = polled.status();
    if (polled.ok()) {
      EXPECT_TRUE(polled->empty());
    }
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange) << status;
  EXPECT_EQ(base::ReasonOf(status), "OFFSET_GONE");
}

TEST_P(EventLogTest, ARecordMayBeLargeUpToTheLimitAndNotBeyond) {
  const std::string topic = NewTopic();
  const OutRecord large = Record(topic, 0, std::string(kMaxRecordBytes - 1000, 'x'));
  ASSERT_EQ(log().Append({&large, 1}), absl::OkStatus());
  const OutRecord too_large[] = {Record(topic, 0, "small"),
                                 Record(topic, 0, std::string(kMaxRecordBytes + 1, 'x'))};
  EXPECT_EQ(base::ReasonOf(log().Append(too_large)), "RECORD_TOO_LARGE");
  EXPECT_EQ(*log().EndOffset({topic, 0}), 1);
  const std::vector<LogRecord> read = Take(*Read(topic, 0, 0), 1);
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].value, large.value);
}

TEST_P(EventLogTest, WritersAtTheSameTimeLoseNothingAndKeepTheirOrder) {
  constexpr int kWriters = 4;
  constexpr int kAppends = 25;
  constexpr int kBatch = 20;
  const std::string topic = NewTopic(2);
  std::vector<std::jthread> writers;
  writers.reserve(kWriters);
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int a = 0; a < kAppends; ++a) {
        std::vector<OutRecord> batch;
        for (int i = 0; i < kBatch; ++i) {
          batch.push_back(Record(topic, w % 2, std::to_string(a * kBatch + i)));
          batch.back().key = std::to_string(w);
        }
        EXPECT_EQ(log().Append(batch), absl::OkStatus());
      }
    });
  }
  writers.clear();
  std::map<std::string, int> next;
  for (int32_t p = 0; p < 2; ++p) {
    int64_t offset = 0;
    for (const LogRecord& record : Take(*Read(topic, p, 0), 2 * kAppends * kBatch)) {
      EXPECT_EQ(record.offset, offset++);
      EXPECT_EQ(record.value, std::to_string(next[record.key]++));
    }
  }
  EXPECT_EQ(next, (std::map<std::string, int>{{"0", 500}, {"1", 500}, {"2", 500}, {"3", 500}}));
}

TEST_P(DurableEventLogTest, TopicsAndRecordsAreThereAfterReopening) {
  const std::string topic = NewTopic(2);
  const OutRecord records[] = {Record(topic, 1, "a"), Record(topic, 1, "b")};
  ASSERT_EQ(log().Append(records), absl::OkStatus());
  harness_->Reopen();
  EXPECT_EQ(*log().Partitions(topic), 2);
  EXPECT_EQ(*log().EndOffset({topic, 1}), 2);
  const OutRecord more = Record(topic, 1, "c");
  ASSERT_EQ(log().Append({&more, 1}), absl::OkStatus());
  EXPECT_THAT(Values(Take(*Read(topic, 1, 0), 3)), ElementsAre("a", "b", "c"));
}

}  // namespace
}  // namespace sepakat::runtime
