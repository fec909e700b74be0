#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

constexpr std::string_view kService = "sepakat.ingestion.v1.IngestionService/";

std::string Method(std::string_view name) { return std::string(kService) + std::string(name); }

}  // namespace

void AddRegionRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/populations", [peers](const HttpRequest& http) {
    return Ask<ingestion::v1::ListPopulationsResponse>(
        peers.ingestion, Method("ListPopulations"), http, ingestion::v1::ListPopulationsRequest());
  });
  router->Add("GET", "/v1/regions", [peers](const HttpRequest& http) {
    ingestion::v1::ListRegionsRequest request;
    if (auto status = FillPage(http, 1000, &request); !status.ok()) return ProblemOf(status);
    request.set_population(PopulationOf(http));
    request.set_parent(http.Query("parent").empty() ? "0" : std::string(http.Query("parent")));
    request.set_name_contains(std::string(http.Query("q")));
    return Ask<ingestion::v1::ListRegionsResponse>(peers.ingestion, Method("ListRegions"), http,
                                                   request);
  });
  router->Add("GET", "/v1/boundaries/{parent}", [peers](const HttpRequest& http) -> HttpResponse {
    ingestion::v1::GetBoundariesRequest request;
    request.set_parent(http.params.at("parent"));
    const auto boundaries = peers.ingestion->Call<ingestion::v1::GetBoundariesResponse>(
        Method("GetBoundaries"), request, OptionsFor(http, kQuestionTimeoutMs));
    if (!boundaries.ok()) return ProblemOf(boundaries.status());
    std::string geojson = boundaries->geojson();
    if (geojson.empty()) geojson = R"({"type":"FeatureCollection","features":[]})";
    HttpResponse response = AnswerJson(http, std::move(geojson));
    response.content_type = "application/geo+json";
    return response;
  });
  router->Add("GET", "/v1/series/{region}", [peers](const HttpRequest& http) {
    ingestion::v1::ListSeriesRequest request;
    request.set_region(http.params.at("region"));
    request.set_series_id(std::string(http.Query("series")));
    return Ask<ingestion::v1::ListSeriesResponse>(peers.ingestion, Method("ListSeries"), http,
                                                  request);
  });
}

}  // namespace sepakat::gateway
