#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

constexpr std::string_view kService = "sepakat.budgeting.v1.BudgetingService/";

std::string Method(std::string_view name) { return std::string(kService) + std::string(name); }

void AddProgrammeRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/programmes", [peers](const HttpRequest& http) {
    budgeting::v1::ListProgrammesRequest request;
    request.set_region(std::string(http.Query("region")));
    return Ask<budgeting::v1::ListProgrammesResponse>(peers.budgeting, Method("ListProgrammes"),
                                                      http, request);
  });
  router->Add("GET", "/v1/programmes/{id}/proposal", [peers](const HttpRequest& http) {
    budgeting::v1::GetProposalRequest request;
    request.set_programme_id(http.params.at("id"));
    request.set_region(std::string(http.Query("region")));
    return Ask<budgeting::v1::GetProposalResponse>(peers.budgeting, Method("GetProposal"), http,
                                                   request);
  });
  router->Add("POST", "/v1/programmes/{id}/preview", [peers](const HttpRequest& http) {
    budgeting::v1::PreviewPlanRequest request;
    HttpRequest read_only = http;  // A preview writes nothing, so it needs no key.
    read_only.headers.try_emplace("idempotency-key", "preview");
    if (auto status = ReadMutation(read_only, &request); !status.ok()) return ProblemOf(status);
    request.set_programme_id(http.params.at("id"));
    return Ask<budgeting::v1::PreviewPlanResponse>(peers.budgeting, Method("PreviewPlan"), http,
                                                   request, kDecisionTimeoutMs);
  });
}

void AddPlanRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/plans", [peers](const HttpRequest& http) {
    budgeting::v1::ListPlansRequest request;
    if (auto status = FillPage(http, 50, &request); !status.ok()) return ProblemOf(status);
    request.set_programme_id(std::string(http.Query("programme")));
    return Ask<budgeting::v1::ListPlansResponse>(peers.budgeting, Method("ListPlans"), http,
                                                 request);
  });
  router->Add("GET", "/v1/plans/{planId}", [peers](const HttpRequest& http) {
    budgeting::v1::GetPlanRequest request;
    request.set_plan_id(http.params.at("planId"));
    return Ask<budgeting::v1::GetPlanResponse>(peers.budgeting, Method("GetPlan"), http, request);
  });
  router->Add("POST", "/v1/plans/{planId}/approve", [peers](const HttpRequest& http) {
    budgeting::v1::ApprovePlanRequest request;
    if (auto status = ReadMutation(http, &request); !status.ok()) return ProblemOf(status);
    request.set_plan_id(http.params.at("planId"));
    return Ask<budgeting::v1::ApprovePlanResponse>(peers.budgeting, Method("ApprovePlan"), http,
                                                   request, kDecisionTimeoutMs);
  });
  router->Add("POST", "/v1/plans/{planId}/deliveries", [peers](const HttpRequest& http) {
    budgeting::v1::RecordDeliveryRequest request;
    if (auto status = ReadMutation(http, &request); !status.ok()) return ProblemOf(status);
    request.set_plan_id(http.params.at("planId"));
    return Ask<budgeting::v1::RecordDeliveryResponse>(peers.budgeting, Method("RecordDelivery"),
                                                      http, request, kDecisionTimeoutMs);
  });
  router->Add("GET", "/v1/plans/{planId}/outcomes", [peers](const HttpRequest& http) {
    monitoring::v1::ListOutcomesRequest request;
    request.set_plan_id(http.params.at("planId"));
    return Ask<monitoring::v1::ListOutcomesResponse>(
        peers.monitoring, "sepakat.monitoring.v1.MonitoringService/ListOutcomes", http, request);
  });
}

}  // namespace

void AddBudgetRoutes(const Peers& peers, platform::HttpRouter* router) {
  AddProgrammeRoutes(peers, router);
  AddPlanRoutes(peers, router);
}

}  // namespace sepakat::gateway
