#include "common/platform/log/process_telemetry.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::platform {
namespace {

using runtime::Severity;

class ProcessTelemetryTest : public testing::Test {
 protected:
  support::ManualClock clock_;
  std::vector<std::string> lines_;
  ProcessTelemetry telemetry_{"targeting", &clock_, Severity::kInfo,
                              [this](std::string_view line) { lines_.emplace_back(line); }};
};

TEST_F(ProcessTelemetryTest, AnEventIsOneJsonLine) {
  telemetry_.Log(Severity::kWarning, "queue is long", {{"topic", "family"}, {"lag", "12"}});
  ASSERT_EQ(lines_.size(), 1u);
  const auto line = nlohmann::json::parse(lines_[0]);
  EXPECT_EQ(line["ts"], "2025-11-25T07:00:00.000Z");
  EXPECT_EQ(line["level"], "warning");
  EXPECT_EQ(line["service"], "targeting");
  EXPECT_EQ(line["msg"], "queue is long");
  EXPECT_EQ(line["topic"], "family");
  EXPECT_EQ(line["lag"], "12");
}

TEST_F(ProcessTelemetryTest, NoTextBreaksOutOfItsLine) {
  const std::string nasty[] = {"\"},{\"level\":\"error\"", "a\nb\r\tc",   std::string("\0x", 2),
                               "\xff\xfe broken \xc3",     "back\\slash", "Rp 538.371 — ≤ 8,05 %"};
  for (const std::string& text : nasty) {
    lines_.clear();
    telemetry_.Log(Severity::kInfo, text, {{text, text}});
    ASSERT_EQ(lines_.size(), 1u);
    EXPECT_EQ(lines_[0].find('\n'), std::string::npos);
    const auto line = nlohmann::json::parse(lines_[0], nullptr, false);
    ASSERT_TRUE(line.is_object()) << lines_[0];
    EXPECT_EQ(line["level"], "info");
  }
}

TEST_F(ProcessTelemetryTest, TextThatIsUtf8ComesBackAsItWas) {
  for (const std::string text : {"Rp 1,2 M — é 漢 😀", "\"quoted\" \\ /", "\x01\x1f\n"}) {
    EXPECT_EQ(nlohmann::json::parse(JsonText(text)).get<std::string>(), text);
  }
}

TEST_F(ProcessTelemetryTest, LinesBelowTheLeastSeverityAreNotWritten) {
  telemetry_.Log(Severity::kDebug, "detail", {});
  EXPECT_TRUE(lines_.empty());
}

TEST_F(ProcessTelemetryTest, MetricsAreShownInThePrometheusTextFormat) {
  telemetry_.Add("sepakat_ingest_records_total", 2, {{"outcome", "accepted"}});
  telemetry_.Add("sepakat_ingest_records_total", 3, {{"outcome", "accepted"}});
  telemetry_.Set("sepakat_streams", 7, {});
  telemetry_.Set("sepakat_streams", 5, {});
  telemetry_.Observe("sepakat_turn_seconds", 0.02, {});
  const std::string text = telemetry_.PrometheusText();
  for (const char* part :
       {"# TYPE sepakat_ingest_records_total counter",
        "sepakat_ingest_records_total{outcome=\"accepted\"} 5", "sepakat_streams 5",
        "sepakat_turn_seconds_bucket{le=\"0.025\"} 1", "sepakat_turn_seconds_bucket{le=\"0.01\"} 0",
        "sepakat_turn_seconds_count 1"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nis not in\n" << text;
  }
}

}  // namespace
}  // namespace sepakat::platform
