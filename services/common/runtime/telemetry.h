// What a service tells its operators: log lines and numbers. Never personal data.
//
// Names of metrics follow Prometheus (`sepakat_ingest_records_total`); labels have few values.
// Thread: any thread. Cheap enough for once per batch, not for once per record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sepakat::runtime {

enum class Severity { kDebug, kInfo, kWarning, kError };

using Labels = std::vector<std::pair<std::string, std::string>>;

class Telemetry {
 public:
  virtual ~Telemetry() = default;
  virtual void Log(Severity severity, std::string_view message, const Labels& fields) = 0;
  virtual void Add(std::string_view counter, double amount, const Labels& labels) = 0;
  virtual void Set(std::string_view gauge, double value, const Labels& labels) = 0;
  virtual void Observe(std::string_view histogram, double value, const Labels& labels) = 0;
};

// Swallows everything; for tests and tools.
Telemetry& NoTelemetry();

}  // namespace sepakat::runtime
