#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;

constexpr std::string_view kService = "sepakat.targeting.v1.TargetingService/";

std::string Method(std::string_view name) { return std::string(kService) + std::string(name); }

}  // namespace

void AddTargetingRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/priorities/{region}", [peers](const HttpRequest& http) {
    targeting::v1::RankRegionsRequest request;
    request.set_population(PopulationOf(http));
    request.set_parent(http.params.at("region"));
    return Ask<targeting::v1::RankRegionsResponse>(peers.targeting, Method("RankRegions"), http,
                                                   request);
  });
  router->Add("GET", "/v1/families", [peers](const HttpRequest& http) {
    targeting::v1::ListFamiliesRequest request;
    if (auto status = FillPage(http, 100, &request); !status.ok()) return ProblemOf(status);
    const auto first_rank = QueryNumber(http, "firstRank", 0);
    if (!first_rank.ok()) return ProblemOf(first_rank.status());
    request.set_first_rank(*first_rank);
    request.set_population(PopulationOf(http));
    request.set_region(http.Query("region").empty() ? "0" : std::string(http.Query("region")));
    request.set_programme_id(std::string(http.Query("programme")));
    return Ask<targeting::v1::ListFamiliesResponse>(peers.targeting, Method("ListFamilies"), http,
                                                    request);
  });
  router->Add("GET", "/v1/families/{familyId}", [peers](const HttpRequest& http) {
    targeting::v1::ExplainFamilyRequest request;
    request.set_population(PopulationOf(http));
    request.set_family_id(http.params.at("familyId"));
    return Ask<targeting::v1::ExplainFamilyResponse>(peers.targeting, Method("ExplainFamily"), http,
                                                     request);
  });
  router->Add("GET", "/v1/parameters", [peers](const HttpRequest& http) {
    targeting::v1::ListParametersRequest request;
    request.set_population(PopulationOf(http));
    return Ask<targeting::v1::ListParametersResponse>(peers.targeting, Method("ListParameters"),
                                                      http, request);
  });
}

}  // namespace sepakat::gateway
