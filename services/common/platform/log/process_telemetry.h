// Telemetry of a process: JSON log lines and Prometheus metrics.
//
// One line per event: {"ts","level","service","msg", fields…}, escaped by our own encoder, so that
// no message can break out of its line. Metrics come into being with their first value; their help
// text is their name.
// Thread: any.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/runtime/clock.h"
#include "common/runtime/telemetry.h"

namespace sepakat::platform {

class ProcessTelemetry final : public runtime::Telemetry {
 public:
  // `write_line` gets whole lines without the line end. `clock` outlives the object.
  ProcessTelemetry(std::string service, const runtime::Clock* clock, runtime::Severity least,
                   std::function<void(std::string_view line)> write_line);
  ~ProcessTelemetry() override;

  void Log(runtime::Severity severity, std::string_view message,
           const runtime::Labels& fields) override;
  void Add(std::string_view counter, double amount, const runtime::Labels& labels) override;
  void Set(std::string_view gauge, double value, const runtime::Labels& labels) override;
  void Observe(std::string_view histogram, double value, const runtime::Labels& labels) override;

  // All metrics in the Prometheus text format.
  std::string PrometheusText() const;

 private:
  class Metrics;

  const std::string service_;
  const runtime::Clock* const clock_;
  const runtime::Severity least_;
  const std::function<void(std::string_view line)> write_line_;
  const std::unique_ptr<Metrics> metrics_;
};

// Writes whole lines to standard error.
void WriteToStandardError(std::string_view line);

// The text as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD.
std::string JsonText(std::string_view text);

}  // namespace sepakat::platform
