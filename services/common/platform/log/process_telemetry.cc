#include "common/platform/log/process_telemetry.h"

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "common/base/date.h"

namespace sepakat::platform {
namespace {

using runtime::Labels;
using runtime::Severity;

std::string_view LevelName(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return "debug";
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

// Length of the valid UTF-8 sequence at the front; 0 when there is none.
size_t Utf8Length(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  size_t length = 1;
  if (first >= 0xf0 && first < 0xf5) {
    length = 4;
  } else if (first >= 0xe0) {
    length = 3;
  } else if (first >= 0xc2) {
    length = 2;
  } else if (first >= 0x80) {
    return 0;
  }
  if (first >= 0xf5 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  return length;
}

std::map<std::string, std::string> ToMap(const Labels& labels) {
  return {labels.begin(), labels.end()};
}

}  // namespace

std::string JsonText(std::string_view text) {
  std::string json = "\"";
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    const char c = text.front();
    if (length == 0) {
      json += "\\ufffd";
    } else if (length > 1) {
      json += text.substr(0, length);
    } else if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      json += c;
    }
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  json += '"';
  return json;
}

void WriteToStandardError(std::string_view line) {
  const std::string text = std::string(line) + "\n";
  // A log that cannot be written has nobody to complain to.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

// Families by name; each label set once.
class ProcessTelemetry::Metrics {
 public:
  void Add(const std::string& name, double amount, const Labels& labels) {
    const std::lock_guard guard(mutex_);
    auto*& family = counters_[name];
    if (family == nullptr) {
      family = &prometheus::BuildCounter().Name(name).Help(name).Register(registry_);
    }
    family->Add(ToMap(labels)).Increment(amount);
  }
  void Set(const std::string& name, double value, const Labels& labels) {
    const std::lock_guard guard(mutex_);
    auto*& family = gauges_[name];
    if (family == nullptr) {
      family = &prometheus::BuildGauge().Name(name).Help(name).Register(registry_);
    }
    family->Add(ToMap(labels)).Set(value);
  }
  void Observe(const std::string& name, double value, const Labels& labels) {
    static const prometheus::Histogram::BucketBoundaries kBuckets = {
        0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};
    const std::lock_guard guard(mutex_);
    auto*& family = histograms_[name];
    if (family == nullptr) {
      family = &prometheus::BuildHistogram().Name(name).Help(name).Register(registry_);
    }
    family->Add(ToMap(labels), kBuckets).Observe(value);
  }
  std::string Text() { return prometheus::TextSerializer().Serialize(registry_.Collect()); }

 private:
  std::mutex mutex_;
  prometheus::Registry registry_;
  std::map<std::string, prometheus::Family<prometheus::Counter>*> counters_;
  std::map<std::string, prometheus::Family<prometheus::Gauge>*> gauges_;
  std::map<std::string, prometheus::Family<prometheus::Histogram>*> histograms_;
};

ProcessTelemetry::ProcessTelemetry(std::string service, const runtime::Clock* clock, Severity least,
                                   std::function<void(std::string_view line)> write_line)
    : service_(std::move(service)),
      clock_(clock),
      least_(least),
      write_line_(std::move(write_line)),
      metrics_(std::make_unique<Metrics>()) {}

ProcessTelemetry::~ProcessTelemetry() = default;

void ProcessTelemetry::Log(Severity severity, std::string_view message, const Labels& fields) {
  if (severity < least_) return;
  std::string line =
      fmt::format(R"({{"ts":"{}","level":"{}","msg":{})", base::IsoInstant(clock_->NowMs()),
                  LevelName(severity), JsonText(message));
  const bool named =
      std::ranges::any_of(fields, [](const auto& f) { return f.first == "service"; });
  if (!named) line += fmt::format(",\"service\":{}", JsonText(service_));
  for (const auto& [name, value] : fields) {
    line += fmt::format(",{}:{}", JsonText(name), JsonText(value));
  }
  write_line_(line + "}");
}

void ProcessTelemetry::Add(std::string_view counter, double amount, const Labels& labels) {
  metrics_->Add(std::string(counter), amount, labels);
}

void ProcessTelemetry::Set(std::string_view gauge, double value, const Labels& labels) {
  metrics_->Set(std::string(gauge), value, labels);
}

void ProcessTelemetry::Observe(std::string_view histogram, double value, const Labels& labels) {
  metrics_->Observe(std::string(histogram), value, labels);
}

std::string ProcessTelemetry::PrometheusText() const { return metrics_->Text(); }

}  // namespace sepakat::platform
