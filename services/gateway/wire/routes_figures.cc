#include <fmt/format.h>

#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

constexpr std::string_view kService = "sepakat.monitoring.v1.MonitoringService/";

std::string Method(std::string_view name) { return std::string(kService) + std::string(name); }

// The latest figures stand in the read models; monitoring is asked when they are not there (a cache
// that came back empty) or for an earlier publication.
std::optional<monitoring::v1::GetRegionFiguresResponse> FromViews(const Peers& peers,
                                                                  const std::string& population,
                                                                  const std::string& region) {
  const std::string keys[] = {fmt::format("figures/{}/{}", population, region)};
  const auto documents = peers.views->Get(keys);
  if (!documents.ok() || !documents->front()) return std::nullopt;
  monitoring::v1::GetRegionFiguresResponse response;
  if (!response.mutable_indicators()->ParseFromString(documents->front()->body)) {
    return std::nullopt;
  }
  response.set_as_of_publication(response.indicators().publication());
  response.set_as_of_ms(response.indicators().cut_at_ms());
  return response;
}

HttpResponse RegionFigures(const Peers& peers, const HttpRequest& http) {
  const auto publication = QueryNumber(http, "publication", 0);
  if (!publication.ok()) return ProblemOf(publication.status());
  const std::string& region = http.params.at("region");
  if (*publication == 0) {
    if (const auto latest = FromViews(peers, PopulationOf(http), region)) {
      return Answer(http, *latest);
    }
  }
  monitoring::v1::GetRegionFiguresRequest request;
  request.set_population(PopulationOf(http));
  request.set_region(region);
  request.set_publication(*publication);
  return Ask<monitoring::v1::GetRegionFiguresResponse>(peers.monitoring, Method("GetRegionFigures"),
                                                       http, request);
}

HttpResponse ChildFigures(const Peers& peers, const HttpRequest& http) {
  const auto publication = QueryNumber(http, "publication", 0);
  if (!publication.ok()) return ProblemOf(publication.status());
  monitoring::v1::ListChildFiguresRequest request;
  request.set_population(PopulationOf(http));
  request.set_region(http.params.at("region"));
  request.set_publication(*publication);
  std::string_view measures = http.Query("measures");
  while (!measures.empty()) {
    const std::string_view measure = measures.substr(0, measures.find(','));
    if (!measure.empty()) request.add_measures(std::string(measure));
    measures.remove_prefix(std::min(measures.size(), measure.size() + 1));
  }
  return Ask<monitoring::v1::ListChildFiguresResponse>(peers.monitoring, Method("ListChildFigures"),
                                                       http, request);
}

HttpResponse Trend(const Peers& peers, const HttpRequest& http) {
  monitoring::v1::GetTrendRequest request;
  request.set_population(PopulationOf(http));
  request.set_region(http.params.at("region"));
  request.set_measure(http.params.at("measure"));
  const auto from = QueryNumber(http, "fromMs", 0);
  const auto to = QueryNumber(http, "toMs", 0);
  const auto points = QueryNumber(http, "maxPoints", 200);
  for (const auto* number : {&from, &to, &points}) {
    if (!number->ok()) return ProblemOf(number->status());
  }
  request.set_from_ms(*from);
  request.set_to_ms(*to);
  request.set_max_points(static_cast<int32_t>(std::min<int64_t>(*points, 2000)));
  return Ask<monitoring::v1::GetTrendResponse>(peers.monitoring, Method("GetTrend"), http, request);
}

}  // namespace

void AddFigureRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/figures/{region}",
              [peers](const HttpRequest& http) { return RegionFigures(peers, http); });
  router->Add("GET", "/v1/figures/{region}/children",
              [peers](const HttpRequest& http) { return ChildFigures(peers, http); });
  router->Add("GET", "/v1/trends/{region}/{measure}",
              [peers](const HttpRequest& http) { return Trend(peers, http); });
  router->Add("GET", "/v1/publications", [peers](const HttpRequest& http) {
    monitoring::v1::ListPublicationsRequest request;
    if (auto status = FillPage(http, 50, &request); !status.ok()) return ProblemOf(status);
    return Ask<monitoring::v1::ListPublicationsResponse>(peers.monitoring,
                                                         Method("ListPublications"), http, request);
  });
}

}  // namespace sepakat::gateway
