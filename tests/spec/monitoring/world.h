// A monitoring service between a log and views, fed by the test in the name of the other services.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/embedded/in_process_views.h"
#include "common/embedded/memory_log.h"
#include "common/embedded/memory_store.h"
#include "common/platform/rpc/direct_channel.h"
#include "monitoring/monitoring_app.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"
#include "tests/support/events/event_writer.h"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::monitoring {

using Notices = std::vector<events::v1::PublicationNotice>;

// Views that can be away, and count what is written.
class SwitchableViews final : public runtime::Views {
 public:
  absl::Status PutIfNewer(std::span<const runtime::ViewDocument> documents) override;
  absl::StatusOr<std::vector<std::optional<runtime::ViewDocument>>> Get(
      std::span<const std::string> keys) override;
  absl::Status Publish(const runtime::ViewMessage& message) override;
  absl::StatusOr<std::unique_ptr<runtime::ViewSubscription>> Subscribe(
      std::string_view channel, std::function<void(std::string_view body)> on_message) override;
  absl::StatusOr<std::string> Generation() override;
  absl::Status SetGeneration(std::string_view generation) override;

  // As after a restart of the cache.
  void Empty() { inside_ = std::make_unique<embedded::InProcessViews>(); }

  bool away = false;
  int attempts = 0;
  int documents_written = 0;
  Notices notices;

 private:
  absl::Status Check();

  std::unique_ptr<embedded::InProcessViews> inside_ = std::make_unique<embedded::InProcessViews>();
};

// The p0 of some regions, as decimal text.
using P0 = std::map<std::string, std::string>;

class World {
 public:
  explicit World(MonitoringOptions options = {});

  void Restart();
  // Polls until nothing more is done, without moving the clock.
  void Run();
  // A whole publication, then Run().
  void Publish(const P0& p0);
  void WriteManifest(int64_t publication, const std::map<std::string, int64_t>& counts);
  void WriteIndicator(int64_t publication, const std::string& region, const std::string& p0);
  void Cross(const std::string& family, const std::string& region, const std::string& boundary,
             const std::string& from, const std::string& to, const std::string& cause);
  void Write(std::string_view topic, const std::string& key,
             const google::protobuf::Message& event);

  template <typename Response>
  absl::StatusOr<Response> Call(const std::string& method,
                                const google::protobuf::Message& request) {
    platform::DirectChannel channel(&clock, {&app->rpc()});
    return channel.Call<Response>("sepakat.monitoring.v1.MonitoringService/" + method, request);
  }
  // The p0 of a region as of a publication (0: latest), or the reason of the error.
  std::string P0Of(const std::string& region, int64_t publication = 0);
  absl::StatusOr<v1::SetAlertRulesResponse> SetRules(const std::string& toml);
  // `state rule region` of every alert in a state.
  std::vector<std::string> Alerts(const std::string& state);
  std::vector<v1::Change> Changes(const std::string& region = "");
  // Publication of the figures document of a region in the views, 0 when there is none.
  int64_t InViews(const std::string& region);

  template <typename Event>
  std::vector<Event> Said(std::string_view topic) {
    std::vector<Event> events;
    const runtime::StartOffset from{{std::string(topic), 0}, 0};
    auto reader = log.OpenReader(std::span(&from, 1));
    const auto records = (*reader)->Poll(10'000, 0);
    for (const runtime::LogRecord& record : *records)
      events.emplace_back().ParseFromString(*record.value);
    return events;
  }

  support::ManualClock clock;
  embedded::MemoryLog log;
  embedded::MemoryStore store;
  SwitchableViews views;
  std::unique_ptr<MonitoringApp> app;
  int64_t publication = 0;

 private:
  const MonitoringOptions options_;
  support::EventWriter writer_;
};

}  // namespace sepakat::monitoring
