#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

constexpr std::string_view kService = "sepakat.targeting.v1.TargetingService/";
// Deriving a whole register under other parameters takes its time.
constexpr int64_t kDerivationTimeoutMs = 600'000;

std::string Method(std::string_view name) { return std::string(kService) + std::string(name); }

HttpResponse TryFamily(const Peers& peers, const HttpRequest& http) {
  targeting::v1::TryFamilyRequest request;
  HttpRequest read_only = http;  // A trial writes nothing, so it needs no key.
  read_only.headers.try_emplace("idempotency-key", "try");
  if (auto status = ReadMutation(read_only, &request); !status.ok()) return ProblemOf(status);
  request.set_population(PopulationOf(http));
  request.set_family_id(http.params.at("familyId"));
  return Ask<targeting::v1::TryFamilyResponse>(peers.targeting, Method("TryFamily"), http, request);
}

HttpResponse GetWhatIf(const Peers& peers, const HttpRequest& http) {
  targeting::v1::GetWhatIfRequest request;
  request.set_name(http.params.at("name"));
  request.set_region(std::string(http.Query("region")));
  for (std::string_view rest = http.Query("innerMeasures"); !rest.empty();) {
    const size_t comma = rest.find(',');
    request.add_inner_measures(std::string(rest.substr(0, comma)));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return Ask<targeting::v1::GetWhatIfResponse>(peers.targeting, Method("GetWhatIf"), http, request);
}

// A change of the branch in the path.
template <typename Request, typename Response>
HttpResponse Change(const Peers& peers, std::string_view method, const HttpRequest& http) {
  Request request;
  if (auto status = ReadMutation(http, &request); !status.ok()) return ProblemOf(status);
  request.set_name(http.params.at("name"));
  return Ask<Response>(peers.targeting, Method(method), http, request, kDecisionTimeoutMs);
}

}  // namespace

void AddWhatIfRoutes(const Peers& peers, platform::HttpRouter* router) {
  using targeting::v1::AdoptWhatIfRequest;
  using targeting::v1::AdoptWhatIfResponse;
  using targeting::v1::DiscardWhatIfRequest;
  using targeting::v1::DiscardWhatIfResponse;
  router->Add("POST", "/v1/families/{familyId}/try",
              [peers](const HttpRequest& http) { return TryFamily(peers, http); });
  router->Add("GET", "/v1/whatifs", [peers](const HttpRequest& http) {
    targeting::v1::ListWhatIfsRequest request;
    request.set_population(PopulationOf(http));
    return Ask<targeting::v1::ListWhatIfsResponse>(peers.targeting, Method("ListWhatIfs"), http,
                                                   request);
  });
  router->Add("POST", "/v1/whatifs", [peers](const HttpRequest& http) {
    targeting::v1::CreateWhatIfRequest request;
    if (auto status = ReadMutation(http, &request); !status.ok()) return ProblemOf(status);
    return Ask<targeting::v1::CreateWhatIfResponse>(peers.targeting, Method("CreateWhatIf"), http,
                                                    request, kDerivationTimeoutMs);
  });
  router->Add("GET", "/v1/whatifs/{name}",
              [peers](const HttpRequest& http) { return GetWhatIf(peers, http); });
  router->Add("POST", "/v1/whatifs/{name}/adopt", [peers](const HttpRequest& http) {
    return Change<AdoptWhatIfRequest, AdoptWhatIfResponse>(peers, "AdoptWhatIf", http);
  });
  router->Add("POST", "/v1/whatifs/{name}/discard", [peers](const HttpRequest& http) {
    return Change<DiscardWhatIfRequest, DiscardWhatIfResponse>(peers, "DiscardWhatIf", http);
  });
}

}  // namespace sepakat::gateway
