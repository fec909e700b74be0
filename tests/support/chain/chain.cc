#include "tests/support/chain/chain.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/platform/crypto/key_file.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::support {

Chain::Chain(runtime::EventLog* log, runtime::Views* views, int wait_ms)
    : log_(log),
      views_(views),
      wait_ms_(wait_ms),
      secrets_(platform::SecretsFromKey("a key of tests, thirty-two byte")) {}

runtime::Env Chain::EnvFor(runtime::StateStore* store) {
  return {log_, store, views_, &clock_, &runtime::NoTelemetry()};
}

absl::Status Chain::Start() {
  SEPAKAT_ASSIGN_OR_RETURN(targeting_, targeting::TargetingApp::Create(EnvFor(nullptr)));
  targeting_channel_ = std::make_unique<platform::DirectChannel>(
      &clock_, std::vector<const platform::RpcService*>{&targeting_->rpc()});
  ingestion::IngestionOptions options;
  options.await = [this](const std::function<bool()>& done) { Until(done); };
  ingestion_ =
      std::make_unique<ingestion::IngestionApp>(EnvFor(&ingestion_store_), secrets_.get(), options);
  budgeting_ = std::make_unique<budgeting::BudgetingApp>(EnvFor(&budgeting_store_),
                                                         targeting_channel_.get());
  monitoring_ = std::make_unique<monitoring::MonitoringApp>(EnvFor(&monitoring_store_));
  channel_ = std::make_unique<platform::DirectChannel>(
      &clock_, std::vector<const platform::RpcService*>{&ingestion_->rpc(), &targeting_->rpc(),
                                                        &budgeting_->rpc(), &monitoring_->rpc()});
  gateway_ = std::make_unique<gateway::GatewayApp>(
      gateway::GatewayDeps{channel_.get(), channel_.get(), channel_.get(), channel_.get(), views_,
                           &clock_, &runtime::NoTelemetry()},
      gateway::GatewayOptions{});
  for (runtime::App* app : std::initializer_list<runtime::App*>{
           ingestion_.get(), targeting_.get(), budgeting_.get(), monitoring_.get()}) {
    driver_.Add(app);
  }
  // A new broker may still be electing leaders, as a service's host would find it.
  constexpr int kMostStarts = 500;
  absl::Status started = driver_.StartAll();
  for (int i = 0; i < kMostStarts && base::IsRetriable(started); ++i) started = driver_.StartAll();
  return started;
}

bool Chain::Until(const std::function<bool()>& holds) {
  constexpr int kMostRounds = 20'000;
  for (int round = 0; round < kMostRounds; ++round) {
    if (holds()) return true;
    const absl::StatusOr<bool> worked = driver_.Round(wait_ms_);
    if (!worked.ok() && !base::IsRetriable(worked.status())) {
      ADD_FAILURE() << worked.status();
      return false;
    }
    if (!worked.ok() || !*worked) clock_.AdvanceMs(50);
  }
  return holds();
}

std::string Chain::FullName(std::string_view service, std::string_view method) {
  std::string name(service);
  name[0] = static_cast<char>(std::toupper(name[0]));
  return fmt::format("sepakat.{}.v1.{}Service/{}", service, name, method);
}

platform::HttpResponse Chain::Route(std::string_view method, const std::string& target,
                                    std::string body, const std::string& idempotency_key) {
  platform::HttpRequest request;
  request.method = method;
  std::tie(request.path, request.query) = *platform::ParseTarget(target);
  request.body = std::move(body);
  if (!idempotency_key.empty()) request.headers["idempotency-key"] = idempotency_key;
  return gateway_->router().Route(std::move(request));
}

platform::HttpResponse Chain::Get(const std::string& target) {
  return Route("GET", target, "", "");
}

platform::HttpResponse Chain::Post(const std::string& target, const std::string& json,
                                   const std::string& idempotency_key) {
  return Route("POST", target, json, idempotency_key);
}

std::optional<common::v1::Figure> Chain::Figure(const std::string& region,
                                                const std::string& measure) {
  monitoring::v1::GetRegionFiguresRequest request;
  request.set_population("register");
  request.set_region(region);
  const auto response =
      Call<monitoring::v1::GetRegionFiguresResponse>("monitoring", "GetRegionFigures", request);
  if (!response.ok()) return std::nullopt;
  for (const common::v1::Figure& figure : response->indicators().figures()) {
    if (figure.measure() == measure) return figure;
  }
  return std::nullopt;
}

}  // namespace sepakat::support
