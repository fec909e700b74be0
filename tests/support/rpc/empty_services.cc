#include "tests/support/rpc/empty_services.h"

#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::support {
namespace {

using platform::CallContext;
using platform::RpcService;

template <typename Request, typename Response>
void Add(RpcService* service, const char* name) {
  service->Unary<Request, Response>(
      name,
      [](const CallContext&, const Request&) -> absl::StatusOr<Response> { return Response(); });
}

template <typename Request, typename Response>
void AddStream(RpcService* service, const char* name) {
  service->ClientStream<Request, Response>(
      name, [](const CallContext&, const auto& next) -> absl::StatusOr<Response> {
        Request request;
        while (true) {
          absl::StatusOr<bool> more = next(&request);
          if (!more.ok()) return more.status();
          if (!*more) return Response();
        }
      });
}

}  // namespace

void FillIngestion(RpcService* service) {
  using namespace ingestion::v1;  // NOLINT: a table of its messages
  AddStream<IngestFileRequest, IngestFileResponse>(service, "IngestFile");
  AddStream<IngestStreamRequest, IngestStreamResponse>(service, "IngestStream");
  Add<GetIngestRequest, GetIngestResponse>(service, "GetIngest");
  Add<ListIngestsRequest, ListIngestsResponse>(service, "ListIngests");
  Add<ListQuarantineRequest, ListQuarantineResponse>(service, "ListQuarantine");
  Add<GetQuarantinedRequest, GetQuarantinedResponse>(service, "GetQuarantined");
  Add<CorrectQuarantinedRequest, CorrectQuarantinedResponse>(service, "CorrectQuarantined");
  Add<ReplayQuarantineRequest, ReplayQuarantineResponse>(service, "ReplayQuarantine");
  Add<RegisterCodebookRequest, RegisterCodebookResponse>(service, "RegisterCodebook");
  Add<ListCodebooksRequest, ListCodebooksResponse>(service, "ListCodebooks");
  Add<LoadRegionsRequest, LoadRegionsResponse>(service, "LoadRegions");
  Add<ListRegionsRequest, ListRegionsResponse>(service, "ListRegions");
  Add<ListPopulationsRequest, ListPopulationsResponse>(service, "ListPopulations");
  Add<LoadSeriesRequest, LoadSeriesResponse>(service, "LoadSeries");
  Add<ListSeriesRequest, ListSeriesResponse>(service, "ListSeries");
  Add<LoadBoundariesRequest, LoadBoundariesResponse>(service, "LoadBoundaries");
  Add<GetBoundariesRequest, GetBoundariesResponse>(service, "GetBoundaries");
  Add<WithdrawFamilyRequest, WithdrawFamilyResponse>(service, "WithdrawFamily");
}

void FillTargeting(RpcService* service) {
  using namespace targeting::v1;  // NOLINT: a table of its messages
  Add<GetFiguresRequest, GetFiguresResponse>(service, "GetFigures");
  Add<ListFamiliesRequest, ListFamiliesResponse>(service, "ListFamilies");
  Add<SelectFamiliesRequest, SelectFamiliesResponse>(service, "SelectFamilies");
  Add<ExplainFamilyRequest, ExplainFamilyResponse>(service, "ExplainFamily");
  Add<VerifyPublicationRequest, VerifyPublicationResponse>(service, "VerifyPublication");
  Add<RankRegionsRequest, RankRegionsResponse>(service, "RankRegions");
  Add<SetPovertyLinesRequest, SetPovertyLinesResponse>(service, "SetPovertyLines");
  Add<SetModelRequest, SetModelResponse>(service, "SetModel");
  Add<SetRankingSettingsRequest, SetRankingSettingsResponse>(service, "SetRankingSettings");
  Add<SetMpiRequest, SetMpiResponse>(service, "SetMpi");
  Add<ListParametersRequest, ListParametersResponse>(service, "ListParameters");
  Add<TryFamilyRequest, TryFamilyResponse>(service, "TryFamily");
  Add<CreateWhatIfRequest, CreateWhatIfResponse>(service, "CreateWhatIf");
  Add<GetWhatIfRequest, GetWhatIfResponse>(service, "GetWhatIf");
  Add<ListWhatIfsRequest, ListWhatIfsResponse>(service, "ListWhatIfs");
  Add<AdoptWhatIfRequest, AdoptWhatIfResponse>(service, "AdoptWhatIf");
  Add<DiscardWhatIfRequest, DiscardWhatIfResponse>(service, "DiscardWhatIf");
}

void FillBudgeting(RpcService* service) {
  using namespace budgeting::v1;  // NOLINT: a table of its messages
  Add<SetProgrammesRequest, SetProgrammesResponse>(service, "SetProgrammes");
  Add<ListProgrammesRequest, ListProgrammesResponse>(service, "ListProgrammes");
  Add<GetProposalRequest, GetProposalResponse>(service, "GetProposal");
  Add<PreviewPlanRequest, PreviewPlanResponse>(service, "PreviewPlan");
  Add<ApprovePlanRequest, ApprovePlanResponse>(service, "ApprovePlan");
  Add<ListPlansRequest, ListPlansResponse>(service, "ListPlans");
  Add<GetPlanRequest, GetPlanResponse>(service, "GetPlan");
  Add<RecordDeliveryRequest, RecordDeliveryResponse>(service, "RecordDelivery");
  Add<ListDeliveriesRequest, ListDeliveriesResponse>(service, "ListDeliveries");
}

void FillMonitoring(RpcService* service) {
  using namespace monitoring::v1;  // NOLINT: a table of its messages
  Add<GetRegionFiguresRequest, GetRegionFiguresResponse>(service, "GetRegionFigures");
  Add<ListChildFiguresRequest, ListChildFiguresResponse>(service, "ListChildFigures");
  Add<GetTrendRequest, GetTrendResponse>(service, "GetTrend");
  Add<ListPublicationsRequest, ListPublicationsResponse>(service, "ListPublications");
  Add<ListAlertsRequest, ListAlertsResponse>(service, "ListAlerts");
  Add<SetAlertRulesRequest, SetAlertRulesResponse>(service, "SetAlertRules");
  Add<SetTargetsRequest, SetTargetsResponse>(service, "SetTargets");
  Add<ListTargetsRequest, ListTargetsResponse>(service, "ListTargets");
  Add<ListFreshnessRequest, ListFreshnessResponse>(service, "ListFreshness");
  Add<ListChangesRequest, ListChangesResponse>(service, "ListChanges");
  Add<ListOutcomesRequest, ListOutcomesResponse>(service, "ListOutcomes");
  Add<ListArrivalsRequest, ListArrivalsResponse>(service, "ListArrivals");
}

}  // namespace sepakat::support
