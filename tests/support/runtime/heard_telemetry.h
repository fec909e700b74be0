// Telemetry that remembers what it was told.
//
// Thread: any.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/runtime/telemetry.h"

namespace sepakat::support {

class HeardTelemetry final : public runtime::Telemetry {
 public:
  struct Line {
    runtime::Severity severity;
    std::string message;
    runtime::Labels fields;
  };

  void Log(runtime::Severity severity, std::string_view message,
           const runtime::Labels& fields) override {
    const std::lock_guard guard(mutex_);
    lines_.push_back({severity, std::string(message), fields});
  }
  void Add(std::string_view counter, double amount, const runtime::Labels&) override {
    const std::lock_guard guard(mutex_);
    numbers_[std::string(counter)] += amount;
  }
  void Set(std::string_view gauge, double value, const runtime::Labels&) override {
    const std::lock_guard guard(mutex_);
    numbers_[std::string(gauge)] = value;
  }
  void Observe(std::string_view histogram, double, const runtime::Labels&) override {
    const std::lock_guard guard(mutex_);
    ++numbers_[std::string(histogram)];
  }

  // Sum of a counter, last value of a gauge, number of observations; 0 for what was not told.
  double Number(std::string_view name) const {
    const std::lock_guard guard(mutex_);
    const auto it = numbers_.find(name);
    return it == numbers_.end() ? 0 : it->second;
  }
  std::vector<Line> Lines(runtime::Severity at_least) const {
    const std::lock_guard guard(mutex_);
    std::vector<Line> lines;
    for (const Line& line : lines_) {
      if (line.severity >= at_least) lines.push_back(line);
    }
    return lines;
  }
  void Clear() {
    const std::lock_guard guard(mutex_);
    lines_.clear();
    numbers_.clear();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Line> lines_;
  std::map<std::string, double, std::less<>> numbers_;
};

}  // namespace sepakat::support
