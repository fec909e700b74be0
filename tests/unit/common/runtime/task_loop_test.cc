// What operators rely on: passing errors are tried again, others end the process once, and stopping
// is bounded in time.
#include "common/runtime/task_loop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <mutex>

#include "common/base/status.h"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::runtime {
namespace {

// An App whose turns are given by the test.
class ScriptedApp final : public App {
 public:
  std::function<absl::StatusOr<bool>()> poll = [] { return false; };
  std::function<absl::StatusOr<bool>()> relay = [] { return false; };

  std::string_view name() const override { return "scripted"; }
  absl::Status Start() override { return absl::OkStatus(); }
  absl::StatusOr<bool> Poll(int) override { return poll(); }
  absl::StatusOr<bool> Relay() override { return relay(); }
  void Stop() override {}
  absl::Status Healthy() const override { return absl::OkStatus(); }
};

class HeardTelemetry final : public Telemetry {
 public:
  void Log(Severity severity, std::string_view message, const Labels&) override {
    const std::lock_guard guard(mutex_);
    if (severity == Severity::kError && message.find("under way") != std::string_view::npos) {
      stall_.set_value();
    }
  }
  void Add(std::string_view, double, const Labels&) override {}
  void Set(std::string_view, double, const Labels&) override {}
  void Observe(std::string_view, double, const Labels&) override {}
  std::future<void> Stall() { return stall_.get_future(); }

 private:
  std::mutex mutex_;
  std::promise<void> stall_;
};

constexpr auto kPatience = std::chrono::seconds(30);

void NotFatal(const absl::Status& status) { ADD_FAILURE() << status; }

TEST(TaskLoopTest, AnErrorThatMayPassIsTriedAgain) {
  ScriptedApp app;
  std::atomic<int> turns = 0;
  std::promise<void> recovered;
  app.poll = [&]() -> absl::StatusOr<bool> {
    const int turn = ++turns;
    if (turn <= 2) return absl::UnavailableError("log is away");
    if (turn == 3) recovered.set_value();
    return false;
  };
  support::ManualClock clock;
  TaskLoop loop(&app, &clock, &NoTelemetry(), NotFatal);
  loop.Start();
  EXPECT_EQ(recovered.get_future().wait_for(kPatience), std::future_status::ready);
  EXPECT_TRUE(loop.Stop(kPatience).ok());
}

TEST(TaskLoopTest, AnyOtherErrorEndsBothThreadsAndIsToldOnce) {
  ScriptedApp app;
  app.poll = [] { return absl::DataLossError("store is damaged"); };
  app.relay = [] { return absl::DataLossError("store is damaged"); };
  std::atomic<int> told = 0;
  std::promise<absl::Status> fatal;
  support::ManualClock clock;
  TaskLoop loop(&app, &clock, &NoTelemetry(), [&](const absl::Status& status) {
    if (++told == 1) fatal.set_value(status);
  });
  loop.Start();
  EXPECT_EQ(fatal.get_future().get().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(loop.Stop(kPatience).ok());
  EXPECT_EQ(told, 1);
}

TEST(TaskLoopTest, WhatAPollCommittedIsRelayedWithoutWaiting) {
  ScriptedApp app;
  std::atomic<bool> committed = false;
  std::promise<void> relayed;
  app.poll = [&]() -> absl::StatusOr<bool> { return !committed.exchange(true); };
  app.relay = [&, done = false]() mutable -> absl::StatusOr<bool> {
    if (!committed || std::exchange(done, true)) return false;
    relayed.set_value();
    return true;
  };
  support::ManualClock clock;
  TaskLoop loop(&app, &clock, &NoTelemetry(), NotFatal, {.relay_wait_ms = 3'600'000});
  loop.Start();
  EXPECT_EQ(relayed.get_future().wait_for(kPatience), std::future_status::ready);
  EXPECT_TRUE(loop.Stop(kPatience).ok());
}

TEST(TaskLoopTest, StopGivesUpOnATurnThatHangs) {
  ScriptedApp app;
  std::latch entered(1);
  std::latch release(1);
  std::atomic<bool> hung = false;
  app.poll = [&]() -> absl::StatusOr<bool> {
    if (!hung.exchange(true)) {
      entered.count_down();
      release.wait();
    }
    return false;
  };
  support::ManualClock clock;
  auto loop = std::make_unique<TaskLoop>(&app, &clock, &NoTelemetry(), NotFatal);
  loop->Start();
  entered.wait();
  const absl::Status stuck = loop->Stop(std::chrono::milliseconds(1));
  EXPECT_EQ(base::ReasonOf(stuck), "LOOP_STUCK");
  release.count_down();
  EXPECT_TRUE(loop->Ended(kPatience)) << "the threads left behind end as soon as they can";
}

TEST(TaskLoopTest, ATurnThatTakesTooLongIsTold) {
  ScriptedApp app;
  std::latch entered(1);
  std::latch release(1);
  app.poll = [&, first = true]() mutable -> absl::StatusOr<bool> {
    if (std::exchange(first, false)) {
      entered.count_down();
      release.wait();
    }
    return false;
  };
  support::ManualClock clock;
  HeardTelemetry telemetry;
  std::future<void> stall = telemetry.Stall();
  TaskLoop loop(&app, &clock, &telemetry, NotFatal, {.watchdog_ms = 1'000});
  loop.Start();
  entered.wait();
  clock.AdvanceMs(5'000);
  EXPECT_EQ(stall.wait_for(kPatience), std::future_status::ready);
  release.count_down();
  EXPECT_TRUE(loop.Stop(kPatience).ok());
}

}  // namespace
}  // namespace sepakat::runtime
