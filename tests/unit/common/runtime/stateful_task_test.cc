// A service's state is a function of its input, whatever crashes, repeats or fails in between.
#include "common/runtime/stateful_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <thread>

#include "common/base/status.h"
#include "common/embedded/memory_log.h"
#include "common/embedded/memory_store.h"
#include "common/runtime/topics.h"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::runtime {
namespace {

using embedded::MemoryLog;
using embedded::MemoryStore;
using testing::ElementsAre;

constexpr char kIn[] = "in";
constexpr char kOut[] = "out";

// Adds the numbers it reads and says each running total.
class Adder final : public TaskHandler {
 public:
  absl::Status OnRecord(const LogRecord& record, const Envelope& envelope,
                        Transaction& tx) override {
    if (*record.value == "poison") {
      tx.Put("total", "spoiled");
      tx.Say({.topic = kOut,
              .partition = 0,
              .key = "k",
              .type = "t",
              .payload = "spoiled",
              .cause = ""});
      return base::Error(absl::StatusCode::kInvalidArgument, "NOT_A_NUMBER", "no number");
    }
    if (*record.value == "later" && fail_later_) {
      return base::Error(absl::StatusCode::kUnavailable, "LATER", "try again");
    }
    const auto before = *tx.Get("total");
    const int64_t total = (before ? std::stoll(*before) : 0) +
                          (*record.value == "later" ? 0 : std::stoll(*record.value));
    tx.Put("total", std::to_string(total));
    tx.Say({.topic = kOut,
            .partition = 0,
            .key = "k",
            .type = "t",
            .payload = std::to_string(total),
            .cause = envelope.id});
    return absl::OkStatus();
  }
  void StopFailing() { fail_later_ = false; }

 private:
  bool fail_later_ = true;
};

// Squares ahead of their turn what it adds up in its turn.
class SquareAdder final : public TaskHandler {
 public:
  void WorkAhead(std::span<const LogRecord> records) override {
    squares_ahead_.clear();
    for (const LogRecord& record : records) {
      const int64_t number = std::stoll(*record.value);
      squares_ahead_.push_back(number * number);
    }
  }
  absl::Status Prepare(std::span<const LogRecord> records, Transaction&) override {
    squares_ = squares_ahead_;
    first_ = records.data();
    return absl::OkStatus();
  }
  absl::Status OnRecord(const LogRecord& record, const Envelope&, Transaction& tx) override {
    const auto before = *tx.Get("total");
    const int64_t square = squares_.at(static_cast<size_t>(&record - first_));
    tx.Put("total", std::to_string((before ? std::stoll(*before) : 0) + square));
    return absl::OkStatus();
  }

 private:
  std::vector<int64_t> squares_ahead_;
  std::vector<int64_t> squares_;
  const LogRecord* first_ = nullptr;
};

// Takes a batch over so slowly that whoever works ahead too early is seen.
class SlowTaker final : public TaskHandler {
 public:
  void WorkAhead(std::span<const LogRecord>) override { ++worked_ahead_; }
  absl::Status Prepare(std::span<const LogRecord>, Transaction&) override {
    ++taken_;
    for (int i = 0; i < 10'000 && worked_ahead_ == taken_; ++i) std::this_thread::yield();
    if (worked_ahead_ != taken_) overtaken_ = true;
    return absl::OkStatus();
  }
  absl::Status OnRecord(const LogRecord&, const Envelope&, Transaction&) override {
    return absl::OkStatus();
  }
  int taken() const { return taken_; }
  bool overtaken() const { return overtaken_; }

 private:
  std::atomic<int> worked_ahead_ = 0;
  int taken_ = 0;
  bool overtaken_ = false;
};

// Fails the next append, before or after the records have reached the log.
class FlakyLog final : public EventLog {
 public:
  enum class Fault { kNone, kBefore, kAfter };
  explicit FlakyLog(MemoryLog* log) : log_(log) {}
  void FailNext(Fault fault) { fault_ = fault; }
  absl::Status EnsureTopics(std::span<const TopicSpec> t) override { return log_->EnsureTopics(t); }
  absl::StatusOr<int32_t> Partitions(std::string_view t) override { return log_->Partitions(t); }
  absl::Status Append(std::span<const OutRecord> records) override {
    const Fault fault = std::exchange(fault_, Fault::kNone);
    const absl::Status gone = absl::UnavailableError("log is away");
    if (fault == Fault::kBefore) return gone;
    const absl::Status status = log_->Append(records);
    return fault == Fault::kAfter ? gone : status;
  }
  absl::StatusOr<int64_t> EndOffset(const TopicPartition& at) override {
    return log_->EndOffset(at);
  }
  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(
      std::span<const StartOffset> from) override {
    return log_->OpenReader(from);
  }

 private:
  MemoryLog* const log_;
  Fault fault_ = Fault::kNone;
};

// Fails the next commit, before anything is stored.
class FlakyStore final : public StateStore {
 public:
  void FailNext(bool fail = true) { fail_ = fail; }
  void FillDisk() { full_ = true; }
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override {
    return store_.Get(key);
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const override {
    return store_.MultiGet(keys);
  }
  absl::Status Scan(
      std::string_view from, std::string_view to,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    return store_.Scan(from, to, visit);
  }
  absl::Status ScanBackward(
      std::string_view from, std::string_view to,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    return store_.ScanBackward(from, to, visit);
  }
  absl::Status Commit(const StoreBatch& batch) override {
    if (full_) {
      return base::Error(absl::StatusCode::kResourceExhausted, "DISK_FULL", "the disk is full");
    }
    if (std::exchange(fail_, false)) return absl::UnavailableError("store is busy");
    return store_.Commit(batch);
  }

 private:
  MemoryStore store_;
  bool fail_ = false;
  bool full_ = false;
};

class StatefulTaskTest : public testing::Test {
 protected:
  StatefulTaskTest() {
    const TopicSpec specs[] = {
        {kIn, 1, false}, {kOut, 1, false}, {topics::QuarantineOf(kIn), 1, false}};
    EXPECT_TRUE(memory_.EnsureTopics(specs).ok());
    StartTask();
  }

  void StartTask() {
    task_ = std::make_unique<StatefulTask>(TaskOptions{"sepakat/adder", {kIn}, 4},
                                           Env{&log_, &store_, nullptr, &clock_, &NoTelemetry()},
                                           &adder_);
    ASSERT_TRUE(task_->Start().ok());
  }

  void Send(std::string value, int64_t sequence) {
    const Envelope envelope{"id", "sepakat/source", "t", clock_.NowMs(), sequence, "", 1, ""};
    const OutRecord record{kIn, 0, "k", std::move(value), ToHeaders(envelope), clock_.NowMs()};
    ASSERT_TRUE(memory_.Append({&record, 1}).ok());
  }

  absl::Status Turn() {
    const auto polled = task_->Poll(0);
    if (!polled.ok()) return polled.status();
    return task_->RelayOnce().status();
  }

  std::string Total() { return store_.Get("total")->value_or("none"); }

  // Payloads of a topic as a reader sees it that drops repeats by sequence.
  std::vector<std::string> Heard(const std::string& topic) {
    const StartOffset start{{topic, 0}, 0};
    auto reader = *memory_.OpenReader({&start, 1});
    std::vector<std::string> payloads;
    int64_t last = -1;
    const std::vector<LogRecord> records = *reader->Poll(100'000, 0);
    for (const LogRecord& record : records) {
      const auto envelope = FromHeaders(record.headers);
      if (!envelope || envelope->sequence <= last) continue;
      last = envelope->sequence;
      payloads.push_back(*record.value);
    }
    return payloads;
  }

  support::ManualClock clock_;
  MemoryLog memory_;
  FlakyLog log_{&memory_};
  FlakyStore store_;
  Adder adder_;
  std::unique_ptr<StatefulTask> task_;
};

TEST_F(StatefulTaskTest, StateAndEventsFollowTheInput) {
  Send("1", 0);
  Send("2", 1);
  ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "3");
  EXPECT_THAT(Heard(kOut), ElementsAre("1", "3"));
}

TEST_F(StatefulTaskTest, ARepeatedRecordChangesNothing) {
  Send("1", 0);
  Send("1", 0);
  ASSERT_TRUE(Turn().ok());
  StartTask();
  Send("1", 0);
  ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "1");
}

TEST_F(StatefulTaskTest, APoisonedRecordGoesToQuarantineWithReasonAndPlaceAndLeavesNoTrace) {
  Send("1", 0);
  Send("poison", 1);
  Send("2", 2);
  ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "3");
  EXPECT_THAT(Heard(kOut), ElementsAre("1", "3"));
  const StartOffset start{{topics::QuarantineOf(kIn), 0}, 0};
  const auto records = *(*memory_.OpenReader({&start, 1}))->Poll(10, 0);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].headers.Find("reason"), "NOT_A_NUMBER");
  EXPECT_EQ(records[0].headers.Find("origin_topic"), kIn);
  EXPECT_EQ(records[0].headers.Find("origin_partition"), "0");
  EXPECT_EQ(records[0].headers.Find("origin_offset"), "1");
  EXPECT_EQ(records[0].value, "poison");
}

TEST_F(StatefulTaskTest, ARecordWithoutEnvelopeGoesToQuarantine) {
  const OutRecord record{kIn, 0, "k", "1", {}, 0};
  ASSERT_TRUE(memory_.Append({&record, 1}).ok());
  ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "none");
  EXPECT_THAT(Heard(topics::QuarantineOf(kIn)), ElementsAre("1"));
}

TEST_F(StatefulTaskTest, AnErrorThatMayPassStopsTheBatchAndTheRecordsComeAgain) {
  Send("5", 0);
  Send("later", 1);
  EXPECT_EQ(Turn().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Total(), "none");
  adder_.StopFailing();
  ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "5");
  EXPECT_THAT(Heard(kOut), ElementsAre("5", "5"));
}

TEST_F(StatefulTaskTest, TheSameRequestIdGivesTheSameAnswerAndActsOnce) {
  int runs = 0;
  const auto command = [&](Transaction& tx) -> absl::StatusOr<std::string> {
    tx.Say(
        {.topic = kOut, .partition = 0, .key = "k", .type = "t", .payload = "asked", .cause = ""});
    return "answer " + std::to_string(++runs);
  };
  EXPECT_EQ(*task_->Execute("request-1", command), "answer 1");
  EXPECT_EQ(*task_->Execute("request-1", command), "answer 1");
  StartTask();
  EXPECT_EQ(*task_->Execute("request-1", command), "answer 1");
  EXPECT_EQ(*task_->Execute("request-2", command), "answer 2");
  ASSERT_TRUE(Turn().ok());
  EXPECT_THAT(Heard(kOut), ElementsAre("asked", "asked"));
}

TEST_F(StatefulTaskTest, AFailedCommandLeavesNothing) {
  const auto refused = task_->Execute("r", [](Transaction& tx) -> absl::StatusOr<std::string> {
    tx.Put("total", "9");
    return absl::FailedPreconditionError("no");
  });
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Total(), "none");
}

TEST_F(StatefulTaskTest, ADiskFullUnderACommandEndsTheTaskThoughNoRecordFollows) {
  store_.FillDisk();
  const auto refused = task_->Execute("r", [](Transaction& tx) -> absl::StatusOr<std::string> {
    tx.Put("total", "9");
    return "";
  });
  EXPECT_EQ(base::ReasonOf(refused.status()), "DISK_FULL");
  EXPECT_EQ(base::ReasonOf(Turn()), "DISK_FULL");
}

TEST_F(StatefulTaskTest, ScansSeeTheChangesOfTheirOwnTransactionInOrder) {
  StoreBatch batch;
  for (const char* key : {"a1", "a3", "a5"}) batch.Put(key, "stored");
  ASSERT_TRUE(store_.Commit(batch).ok());
  std::vector<std::string> seen;
  ASSERT_TRUE(
      task_
          ->Execute("",
                    [&](Transaction& tx) -> absl::StatusOr<std::string> {
                      tx.Put("a2", "new");
                      tx.Put("a3", "changed");
                      tx.Delete("a5");
                      tx.Put("a6", "new");
                      EXPECT_TRUE(
                          tx.Scan("a", "b", [&](std::string_view key, std::string_view value) {
                              seen.push_back(std::string(key) + "=" + std::string(value));
                              return true;
                            }).ok());
                      return "";
                    })
          .ok());
  EXPECT_THAT(seen, ElementsAre("a1=stored", "a2=new", "a3=changed", "a6=new"));
}

TEST_F(StatefulTaskTest, EventsNameTheRecordThatCausedThemAndKeepItsTrace) {
  const Envelope cause{"source/42", "sepakat/source", "t", clock_.NowMs(), 0, "", 1, "00-ab-cd-01"};
  const OutRecord record{kIn, 0, "k", "1", ToHeaders(cause), clock_.NowMs()};
  ASSERT_TRUE(memory_.Append({&record, 1}).ok());
  ASSERT_TRUE(Turn().ok());
  const StartOffset start{{kOut, 0}, 0};
  const auto said = *(*memory_.OpenReader({&start, 1}))->Poll(10, 0);
  ASSERT_EQ(said.size(), 1U);
  const Envelope envelope = *FromHeaders(said[0].headers);
  EXPECT_EQ(envelope.cause, "source/42");
  EXPECT_EQ(envelope.traceparent, "00-ab-cd-01");
  EXPECT_EQ(envelope.source, "sepakat/adder");
  EXPECT_EQ(envelope.sequence, 0);
}

TEST_F(StatefulTaskTest, ACommitThatFailsLeavesNothingAndTheRecordsComeAgain) {
  Send("5", 0);
  store_.FailNext();
  EXPECT_EQ(Turn().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Total(), "none");
  ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "5");
  EXPECT_THAT(Heard(kOut), ElementsAre("5"));
}

TEST_F(StatefulTaskTest, AnEventLargerThanTheLogTakesIsRefusedBeforeItIsKept) {
  const auto refused = task_->Execute("", [](Transaction& tx) -> absl::StatusOr<std::string> {
    tx.Put("total", "1");
    tx.Say({.topic = kOut,
            .partition = 0,
            .key = "k",
            .type = "t",
            .payload = std::string(kMaxRecordBytes, 'x')});
    return "";
  });
  EXPECT_EQ(base::ReasonOf(refused.status()), "RECORD_TOO_LARGE");
  EXPECT_EQ(Total(), "none");
}

TEST_F(StatefulTaskTest, NothingNewIsBegunWhileTheOutboxIsFull) {
  task_ = std::make_unique<StatefulTask>(
      TaskOptions{.source = "sepakat/adder", .inputs = {kIn}, .max_outbox_bytes = 10},
      Env{&log_, &store_, nullptr, &clock_, &NoTelemetry()}, &adder_);
  ASSERT_TRUE(task_->Start().ok());
  const auto ask = [&] {
    return task_->Execute("", [](Transaction& tx) -> absl::StatusOr<std::string> {
      tx.Say({.topic = kOut, .partition = 0, .key = "k", .type = "t", .payload = "asked"});
      return "done";
    });
  };
  ASSERT_TRUE(ask().ok());
  EXPECT_EQ(base::ReasonOf(ask().status()), "OUTBOX_FULL");
  Send("1", 0);
  EXPECT_FALSE(*task_->Poll(0));
  EXPECT_EQ(Total(), "none");
  ASSERT_TRUE(*task_->RelayOnce());
  EXPECT_TRUE(*task_->Poll(0));
  EXPECT_EQ(Total(), "1");
}

TEST_F(StatefulTaskTest, WorkDoneAheadBelongsToItsBatch) {
  SquareAdder squares;
  task_ = std::make_unique<StatefulTask>(TaskOptions{"sepakat/adder", {kIn}, 4},
                                         Env{&log_, &store_, nullptr, &clock_, &NoTelemetry()},
                                         &squares);
  ASSERT_TRUE(task_->Start().ok());
  for (int i = 1; i <= 10; ++i) Send(std::to_string(i), i);
  ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "30") << "one batch in a turn, whatever was read ahead";
  store_.FailNext();
  EXPECT_EQ(Turn().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Total(), "30");
  for (int turn = 0; turn < 4; ++turn) ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(Total(), "385");
}

// Work on the next batch once began before the batch under way had been taken over: families of a
// large file were decided with the answers of others.
TEST_F(StatefulTaskTest, WorkAheadWaitsUntilTheBatchUnderWayIsTakenOver) {
  SlowTaker slow;
  task_ =
      std::make_unique<StatefulTask>(TaskOptions{"sepakat/adder", {kIn}, 2},
                                     Env{&log_, &store_, nullptr, &clock_, &NoTelemetry()}, &slow);
  ASSERT_TRUE(task_->Start().ok());
  for (int i = 1; i <= 6; ++i) Send(std::to_string(i), i);
  for (int turn = 0; turn < 4; ++turn) ASSERT_TRUE(Turn().ok());
  EXPECT_EQ(slow.taken(), 3);
  EXPECT_FALSE(slow.overtaken());
}

RC_GTEST_FIXTURE_PROP(StatefulTaskTest, CrashesAndLostAcknowledgementsNeverChangeTheOutcome, ()) {
  int64_t expected = 0;
  int64_t sequence = 0;
  std::vector<std::string> totals;
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8));
  for (const int step : steps) {
    switch (step) {
      case 0:
        StartTask();
        break;
      case 1:
        log_.FailNext(FlakyLog::Fault::kBefore);
        break;
      case 2:
        log_.FailNext(FlakyLog::Fault::kAfter);
        break;
      case 3:
        (void)Turn();
        break;
      case 6:
        store_.FailNext();
        break;
      case 7:
        (void)task_->Poll(0);
        break;
      default: {
        Send(std::to_string(step), sequence);
        if (step == 5) Send(std::to_string(step), sequence);
        ++sequence;
        expected += step;
        totals.push_back(std::to_string(expected));
      }
    }
  }
  log_.FailNext(FlakyLog::Fault::kNone);
  store_.FailNext(false);
  StartTask();
  for (size_t i = 0; i <= 2 * steps.size() + 2; ++i) RC_ASSERT(Turn().ok());
  RC_ASSERT(Heard(kOut) == totals);
}

}  // namespace
}  // namespace sepakat::runtime
