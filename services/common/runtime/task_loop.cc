#include "common/runtime/task_loop.h"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>

#include "common/base/status.h"
#include "common/runtime/retry_policy.h"

namespace sepakat::runtime {
namespace {

constexpr int64_t kReminderUs = 30'000'000;

// One of the two threads, as the other one sees it.
struct Lane {
  const char* name;
  std::atomic<int64_t> turn_began_us{0};  // 0: between turns
  std::atomic<bool> stall_told{false};
};

}  // namespace

class TaskLoop::Shared {
 public:
  Shared(App* app, const Clock* clock, Telemetry* telemetry,
         std::function<void(const absl::Status&)> on_fatal, TaskLoopOptions options)
      : app_(app),
        clock_(clock),
        telemetry_(telemetry),
        on_fatal_(std::move(on_fatal)),
        options_(options),
        service_(app->name()) {}

  void RunPoller() {
    Run(poll_, relay_, [this] {
      absl::StatusOr<bool> polled = app_->Poll(options_.input_wait_ms);
      if (polled.ok() && *polled) AnnounceCommit();
      return polled;
    });
  }

  void RunRelayer() {
    Run(relay_, poll_, [this] {
      absl::StatusOr<bool> relayed = app_->Relay();
      if (relayed.ok() && !*relayed) WaitForCommit();
      return relayed;
    });
  }

  void Begin() {
    const std::lock_guard guard(mutex_);
    stopping_ = false;
    running_ = 2;
  }

  bool End(std::chrono::milliseconds patience) {
    std::unique_lock guard(mutex_);
    stopping_ = true;
    changed_.notify_all();
    return changed_.wait_for(guard, patience, [this] { return running_ == 0; });
  }

 private:
  template <typename Turn>
  void Run(Lane& own, Lane& other, const Turn& turn) {
    RetryPolicy retry;
    absl::Status told;
    int64_t told_us = 0;
    while (!stopping()) {
      const int64_t began_us = clock_->MonotonicUs();
      own.turn_began_us = began_us;
      const absl::Status status = turn().status();
      own.turn_began_us = 0;
      own.stall_told = false;
      const int64_t now_us = clock_->MonotonicUs();
      telemetry_->Observe("sepakat_loop_turn_seconds", static_cast<double>(now_us - began_us) / 1e6,
                          {{"service", service_}, {"lane", own.name}});
      Watch(other, now_us);
      if (status.ok()) {
        if (!told.ok()) Tell(Severity::kInfo, own, "works again");
        told = absl::OkStatus();
        retry.AfterSuccess();
        continue;
      }
      if (!base::IsRetriable(status)) {
        Fail(own, status);
        break;
      }
      if (status != told || now_us - told_us > kReminderUs) {
        Tell(Severity::kWarning, own, std::string(status.message()), base::ReasonOf(status));
        told = status;
        told_us = now_us;
      }
      Pause(std::chrono::milliseconds(retry.AfterFailure()));
    }
    const std::lock_guard guard(mutex_);
    --running_;
    changed_.notify_all();
  }

  void Fail(const Lane& lane, const absl::Status& status) {
    bool first = false;
    {
      const std::lock_guard guard(mutex_);
      first = !std::exchange(failed_, true);
      stopping_ = true;
      changed_.notify_all();
    }
    Tell(Severity::kError, lane, std::string(status.message()), base::ReasonOf(status));
    if (first) on_fatal_(base::Annotate(status, service_));
  }

  // Tells once when a turn of the other thread takes too long.
  void Watch(Lane& other, int64_t now_us) {
    const int64_t began_us = other.turn_began_us;
    if (began_us == 0 || now_us - began_us < int64_t{1000} * options_.watchdog_ms) return;
    if (other.stall_told.exchange(true)) return;
    telemetry_->Add("sepakat_loop_stalls_total", 1, {{"service", service_}, {"lane", other.name}});
    Tell(Severity::kError, other,
         fmt::format("a turn has been under way for {} s", (now_us - began_us) / 1'000'000));
  }

  void Tell(Severity severity, const Lane& lane, std::string_view message,
            std::string reason = {}) {
    Labels fields = {{"service", service_}, {"lane", lane.name}};
    if (!reason.empty()) fields.emplace_back("reason", std::move(reason));
    telemetry_->Log(severity, message, fields);
  }

  bool stopping() {
    const std::lock_guard guard(mutex_);
    return stopping_;
  }

  void Pause(std::chrono::milliseconds time) {
    std::unique_lock guard(mutex_);
    changed_.wait_for(guard, time, [this] { return stopping_; });
  }

  void AnnounceCommit() {
    const std::lock_guard guard(mutex_);
    committed_ = true;
    changed_.notify_all();
  }

  void WaitForCommit() {
    std::unique_lock guard(mutex_);
    changed_.wait_for(guard, std::chrono::milliseconds(options_.relay_wait_ms),
                      [this] { return stopping_ || committed_; });
    committed_ = false;
  }

  App* const app_;
  const Clock* const clock_;
  Telemetry* const telemetry_;
  const std::function<void(const absl::Status&)> on_fatal_;
  const TaskLoopOptions options_;
  const std::string service_;
  Lane poll_{"poll"};
  Lane relay_{"relay"};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool committed_ = false;
  bool failed_ = false;
  int running_ = 0;
};

TaskLoop::TaskLoop(App* app, const Clock* clock, Telemetry* telemetry,
                   std::function<void(const absl::Status&)> on_fatal, TaskLoopOptions options)
    : shared_(std::make_shared<Shared>(app, clock, telemetry, std::move(on_fatal), options)) {}

TaskLoop::~TaskLoop() { (void)Stop(); }

void TaskLoop::Start() {
  shared_->Begin();
  poller_ = std::thread([shared = shared_] { shared->RunPoller(); });
  relayer_ = std::thread([shared = shared_] { shared->RunRelayer(); });
}

absl::Status TaskLoop::Stop(std::chrono::milliseconds patience) {
  if (!poller_.joinable()) return absl::OkStatus();
  if (shared_->End(patience)) {
    poller_.join();
    relayer_.join();
    return absl::OkStatus();
  }
  poller_.detach();
  relayer_.detach();
  return base::Error(absl::StatusCode::kDeadlineExceeded, "LOOP_STUCK",
                     fmt::format("a turn did not end within {} ms", patience.count()));
}

bool TaskLoop::Ended(std::chrono::milliseconds patience) { return shared_->End(patience); }

}  // namespace sepakat::runtime
