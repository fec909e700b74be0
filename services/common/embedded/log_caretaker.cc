#include "common/embedded/log_caretaker.h"

#include <fmt/format.h>

#include "common/base/status.h"

namespace sepakat::embedded {

LogCaretaker::LogCaretaker(DurableLog* log, const runtime::Clock* clock,
                           runtime::Telemetry* telemetry, std::chrono::milliseconds period)
    : log_(log), clock_(clock), telemetry_(telemetry), thread_([this, period] { Run(period); }) {}

LogCaretaker::~LogCaretaker() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LogCaretaker::Run(std::chrono::milliseconds period) {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, period, [this] { return stopping_; })) {
    lock.unlock();
    Compact();
    lock.lock();
  }
}

void LogCaretaker::Compact() {
  const int64_t began_us = clock_->MonotonicUs();
  const absl::StatusOr<int64_t> removed = log_->Compact(clock_->NowMs());
  if (!removed.ok()) {
    telemetry_->Log(runtime::Severity::kError, std::string(removed.status().message()),
                    {{"component", "log"}, {"reason", base::ReasonOf(removed.status())}});
    return;
  }
  const int64_t took_ms = (clock_->MonotonicUs() - began_us) / 1000;
  telemetry_->Log(runtime::Severity::kInfo,
                  fmt::format("the log was compacted: {} superseded records taken out in {} ms",
                              *removed, took_ms),
                  {{"component", "log"}});
  telemetry_->Add("sepakat_log_compacted_records_total", static_cast<double>(*removed), {});
}

}  // namespace sepakat::embedded
