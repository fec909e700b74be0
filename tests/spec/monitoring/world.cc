#include "tests/spec/monitoring/world.h"

#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"

namespace sepakat::monitoring {

namespace topics = runtime::topics;
using targeting::events::v1::IndicatorPublished;

absl::Status SwitchableViews::Check() {
  ++attempts;
  if (away) return base::Error(absl::StatusCode::kUnavailable, "VIEWS_AWAY", "the cache is away");
  return absl::OkStatus();
}
absl::Status SwitchableViews::PutIfNewer(std::span<const runtime::ViewDocument> documents) {
  SEPAKAT_RETURN_IF_ERROR(Check());
  documents_written += static_cast<int>(documents.size());
  return inside_->PutIfNewer(documents);
}
absl::StatusOr<std::vector<std::optional<runtime::ViewDocument>>> SwitchableViews::Get(
    std::span<const std::string> keys) {
  return inside_->Get(keys);
}
absl::Status SwitchableViews::Publish(const runtime::ViewMessage& message) {
  SEPAKAT_RETURN_IF_ERROR(Check());
  notices.emplace_back().ParseFromString(message.body);
  return absl::OkStatus();
}
absl::StatusOr<std::unique_ptr<runtime::ViewSubscription>> SwitchableViews::Subscribe(
    std::string_view channel, std::function<void(std::string_view body)> on_message) {
  return inside_->Subscribe(channel, std::move(on_message));
}
absl::StatusOr<std::string> SwitchableViews::Generation() {
  SEPAKAT_RETURN_IF_ERROR(Check());
  return inside_->Generation();
}
absl::Status SwitchableViews::SetGeneration(std::string_view generation) {
  SEPAKAT_RETURN_IF_ERROR(Check());
  return inside_->SetGeneration(generation);
}

World::World(MonitoringOptions options)
    : options_(std::move(options)), writer_(&log, &clock, "sepakat/test") {
  EXPECT_TRUE(log.EnsureTopics(topics::All(1)).ok());
  Restart();
}

void World::Restart() {
  app = std::make_unique<MonitoringApp>(
      runtime::Env{&log, &store, &views, &clock, &runtime::NoTelemetry()}, options_);
  ASSERT_TRUE(app->Start().ok());
}

void World::Run() {
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(app->Poll(0).ok());
    ASSERT_TRUE(app->Relay().ok());
  }
}

void World::Write(std::string_view topic, const std::string& key,
                  const google::protobuf::Message& event) {
  ASSERT_TRUE(writer_.Write(topic, key, event).ok());
}

void World::WriteManifest(int64_t number, const std::map<std::string, int64_t>& counts) {
  targeting::events::v1::PublicationManifest manifest;
  manifest.set_publication(number);
  manifest.set_cut_at_ms(clock.NowMs());
  manifest.mutable_output_counts()->insert(counts.begin(), counts.end());
  Write(topics::kManifest, std::to_string(number), manifest);
}

void World::WriteIndicator(int64_t number, const std::string& region, const std::string& p0) {
  IndicatorPublished indicators;
  indicators.set_publication(number);
  indicators.set_population("register");
  indicators.set_region(region);
  indicators.set_cut_at_ms(clock.NowMs());
  indicators.set_newest_observation(static_cast<int32_t>(clock.NowMs() / 86'400'000) - 100);
  for (const auto& [measure, value] :
       std::map<std::string, std::string>{{"families", "100"}, {"p0", p0}}) {
    auto* figure = indicators.add_figures();
    figure->set_measure(measure);
    figure->set_value(value);
    figure->set_observed_families(100);
  }
  Write(topics::kIndicator, "register/" + region, indicators);
}

void World::Publish(const P0& p0) {
  ++publication;
  WriteManifest(publication, {{std::string(topics::kIndicator), static_cast<int64_t>(p0.size())}});
  for (const auto& [region, value] : p0) WriteIndicator(publication, region, value);
  Run();
}

void World::Cross(const std::string& family, const std::string& region, const std::string& boundary,
                  const std::string& from, const std::string& to, const std::string& cause) {
  targeting::events::v1::BoundaryCrossed crossing;
  crossing.set_publication(publication + 1);
  crossing.set_population("register");
  crossing.set_family_id(family);
  crossing.set_region(region);
  crossing.set_boundary(boundary);
  crossing.set_from(from);
  crossing.set_to(to);
  crossing.set_cause(cause);
  crossing.set_cut_at_ms(clock.NowMs());
  Write(topics::kCrossing, "register/" + family, crossing);
}

std::string World::P0Of(const std::string& region, int64_t number) {
  v1::GetRegionFiguresRequest request;
  request.set_region(region);
  request.set_publication(number);
  const auto response = Call<v1::GetRegionFiguresResponse>("GetRegionFigures", request);
  if (!response.ok()) return base::ReasonOf(response.status());
  for (const auto& figure : response->indicators().figures()) {
    if (figure.measure() == "p0") return figure.value();
  }
  return "no p0";
}

absl::StatusOr<v1::SetAlertRulesResponse> World::SetRules(const std::string& toml) {
  v1::SetAlertRulesRequest request;
  request.mutable_context()->set_request_id(toml);
  request.set_toml(toml);
  request.set_file_name("alerts.toml");
  return Call<v1::SetAlertRulesResponse>("SetAlertRules", request);
}

std::vector<std::string> World::Alerts(const std::string& state) {
  v1::ListAlertsRequest request;
  request.set_state(state);
  const auto response = Call<v1::ListAlertsResponse>("ListAlerts", request);
  std::vector<std::string> alerts;
  for (const auto& alert : response->alerts()) {
    alerts.push_back(alert.state() + " " + alert.rule() + " " + alert.region());
  }
  return alerts;
}

std::vector<v1::Change> World::Changes(const std::string& region) {
  v1::ListChangesRequest request;
  request.set_region(region);
  request.set_page_size(2000);
  const auto response = Call<v1::ListChangesResponse>("ListChanges", request);
  return {response->changes().begin(), response->changes().end()};
}

int64_t World::InViews(const std::string& region) {
  const std::string key = "figures/register/" + region;
  const auto documents = views.Get(std::span(&key, 1));
  return documents->front().has_value() ? documents->front()->version : 0;
}

}  // namespace sepakat::monitoring
