#include "common/platform/host/stop_request.h"

#include <chrono>
#include <csignal>

namespace sepakat::platform {
namespace {

sigset_t EndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

StopRequest::StopRequest() {
  const sigset_t signals = EndSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  watcher_ = std::jthread([this](const std::stop_token& stop) { WatchSignals(stop); });
}

StopRequest::~StopRequest() = default;

void StopRequest::WatchSignals(const std::stop_token& stop) {
  const sigset_t signals = EndSignals();
  const timespec pause{0, 100'000'000};
  while (!stop.stop_requested()) {
    if (sigtimedwait(&signals, nullptr, &pause) < 0) continue;
    if (Requested()) std::_Exit(130);
    Request(absl::OkStatus());
  }
}

void StopRequest::Request(const absl::Status& why) {
  const std::lock_guard guard(mutex_);
  if (!why_) why_ = why;
  wake_.notify_all();
}

bool StopRequest::Requested() {
  const std::lock_guard guard(mutex_);
  return why_.has_value();
}

absl::Status StopRequest::Wait() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return why_.has_value(); });
  return *why_;
}

bool StopRequest::WaitFor(int ms) {
  std::unique_lock lock(mutex_);
  return wake_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return why_.has_value(); });
}

}  // namespace sepakat::platform
