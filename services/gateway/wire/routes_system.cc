#include <fmt/format.h>

#include "common/measures/catalogue.h"
#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "nlohmann/json.hpp"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/monitoring/events/v1/monitoring_events.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

constexpr int64_t kHealthTimeoutMs = 500;

nlohmann::json ToHealth(std::string_view name, const absl::Status& status) {
  return {{"name", std::string(name)},
          {"healthy", status.ok()},
          {"detail", std::string(status.message())}};
}

template <typename Response, typename Request>
nlohmann::json Health(std::string_view name, platform::RpcChannel* peer, std::string_view method,
                      const Request& request) {
  return ToHealth(name, peer->Call<Response>(method, request, {kHealthTimeoutMs, {}}).status());
}

// Asks each service something small. Every one costs at most kHealthTimeoutMs.
nlohmann::json Services(const Peers& peers, nlohmann::json* populations) {
  nlohmann::json services = nlohmann::json::array();
  const auto known = peers.ingestion->Call<ingestion::v1::ListPopulationsResponse>(
      "sepakat.ingestion.v1.IngestionService/ListPopulations",
      ingestion::v1::ListPopulationsRequest(), {kHealthTimeoutMs, {}});
  if (known.ok()) {
    for (const auto& population : known->populations()) populations->push_back(population.id());
  }
  services.push_back(ToHealth("ingestion", known.status()));
  services.push_back(Health<targeting::v1::ListParametersResponse>(
      "targeting", peers.targeting, "sepakat.targeting.v1.TargetingService/ListParameters",
      targeting::v1::ListParametersRequest()));
  services.push_back(Health<budgeting::v1::ListProgrammesResponse>(
      "budgeting", peers.budgeting, "sepakat.budgeting.v1.BudgetingService/ListProgrammes",
      budgeting::v1::ListProgrammesRequest()));
  monitoring::v1::ListPublicationsRequest newest;
  newest.set_page_size(1);
  services.push_back(Health<monitoring::v1::ListPublicationsResponse>(
      "monitoring", peers.monitoring, "sepakat.monitoring.v1.MonitoringService/ListPublications",
      newest));
  return services;
}

HttpResponse Status(const Peers& peers, const HttpRequest& http) {
  nlohmann::json populations = nlohmann::json::array();
  nlohmann::json services = Services(peers, &populations);
  monitoring::events::v1::PublicationNotice notice;
  const std::string keys[] = {"publications/latest"};
  if (const auto latest = peers.views->Get(keys); latest.ok() && latest->front()) {
    if (!notice.ParseFromString(latest->front()->body)) notice.Clear();
  }
  const nlohmann::json body = {{"mode", peers.mode},
                               {"version", peers.version},
                               {"publication", std::to_string(notice.publication())},
                               {"cutAtMs", std::to_string(notice.cut_at_ms())},
                               {"nowMs", std::to_string(peers.clock->NowMs())},
                               {"populations", std::move(populations)},
                               {"services", std::move(services)}};
  return AnswerJson(http, body.dump());
}

HttpResponse Measures(const HttpRequest& http) {
  nlohmann::json list = nlohmann::json::array();
  for (const measures::Measure& measure : measures::Catalogue()) {
    list.push_back({{"measure", std::string(measure.id)},
                    {"nameId", std::string(measure.name_id)},
                    {"nameEn", std::string(measure.name_en)},
                    {"unit", std::string(measure.unit)},
                    {"direction", measure.direction},
                    {"decimals", measure.decimals}});
  }
  return AnswerJson(http, nlohmann::json{{"measures", list}}.dump());
}

HttpResponse Stream(const Peers& peers, const HttpRequest& http) {
  HttpResponse response;
  response.on_stream = [peers, last_seen = std::string(http.Header("last-event-id"))](
                           std::shared_ptr<platform::SseClient> client) {
    peers.hub->Join(std::move(client), last_seen, peers.clock->NowMs());
  };
  return response;
}

}  // namespace

void AddSystemRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/status",
              [peers](const HttpRequest& http) { return Status(peers, http); });
  router->Add("GET", "/v1/measures", Measures);
  router->Add("GET", "/v1/stream",
              [peers](const HttpRequest& http) { return Stream(peers, http); });
}

void AddRoutes(const Peers& peers, platform::HttpRouter* router) {
  AddSystemRoutes(peers, router);
  AddRegionRoutes(peers, router);
  AddFigureRoutes(peers, router);
  AddTargetingRoutes(peers, router);
  AddWhatIfRoutes(peers, router);
  AddBudgetRoutes(peers, router);
  AddMonitoringRoutes(peers, router);
  AddDataRoutes(peers, router);
}

}  // namespace sepakat::gateway
