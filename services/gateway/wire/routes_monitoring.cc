#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;

constexpr std::string_view kService = "sepakat.monitoring.v1.MonitoringService/";

std::string Method(std::string_view name) { return std::string(kService) + std::string(name); }

}  // namespace

void AddMonitoringRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/alerts", [peers](const HttpRequest& http) {
    monitoring::v1::ListAlertsRequest request;
    request.set_state(std::string(http.Query("state")));
    request.set_region(std::string(http.Query("region")));
    return Ask<monitoring::v1::ListAlertsResponse>(peers.monitoring, Method("ListAlerts"), http,
                                                   request);
  });
  router->Add("GET", "/v1/targets", [peers](const HttpRequest& http) {
    monitoring::v1::ListTargetsRequest request;
    request.set_region(std::string(http.Query("region")));
    return Ask<monitoring::v1::ListTargetsResponse>(peers.monitoring, Method("ListTargets"), http,
                                                    request);
  });
  router->Add("GET", "/v1/freshness/{region}", [peers](const HttpRequest& http) {
    monitoring::v1::ListFreshnessRequest request;
    request.set_population(PopulationOf(http));
    request.set_parent(http.params.at("region"));
    return Ask<monitoring::v1::ListFreshnessResponse>(peers.monitoring, Method("ListFreshness"),
                                                      http, request);
  });
  router->Add("GET", "/v1/arrivals", [peers](const HttpRequest& http) {
    monitoring::v1::ListArrivalsRequest request;
    if (auto status = FillPage(http, 200, &request); !status.ok()) return ProblemOf(status);
    return Ask<monitoring::v1::ListArrivalsResponse>(peers.monitoring, Method("ListArrivals"), http,
                                                     request);
  });
  router->Add("GET", "/v1/changes/{region}", [peers](const HttpRequest& http) {
    monitoring::v1::ListChangesRequest request;
    const auto size = QueryNumber(http, "pageSize", 50);
    if (!size.ok()) return ProblemOf(size.status());
    request.set_population(PopulationOf(http));
    request.set_region(http.params.at("region"));
    request.set_page_size(static_cast<int32_t>(std::min<int64_t>(*size, 500)));
    return Ask<monitoring::v1::ListChangesResponse>(peers.monitoring, Method("ListChanges"), http,
                                                    request);
  });
}

}  // namespace sepakat::gateway
