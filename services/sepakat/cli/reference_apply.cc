#include "sepakat/cli/reference_apply.h"

#include "common/base/status.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {
namespace {

using reference::ReferenceSet;

// Fills the context from the content and calls.
template <typename Response, typename Request>
absl::Status Apply(std::string_view method, Request request, Client& client) {
  *request.mutable_context() = client.Context(request.SerializeAsString());
  return client.Call<Response>(method, request).status();
}

absl::Status ApplyTargeting(const ReferenceSet& set, Client& client) {
  namespace v1 = targeting::v1;
  if (!set.lines.empty()) {
    v1::SetPovertyLinesRequest request;
    request.mutable_lines()->Add(set.lines.begin(), set.lines.end());
    SEPAKAT_RETURN_IF_ERROR(Apply<v1::SetPovertyLinesResponse>(
        "sepakat.targeting.v1.TargetingService/SetPovertyLines", std::move(request), client));
  }
  for (const auto& model : set.models) {
    v1::SetModelRequest request;
    *request.mutable_model() = model;
    SEPAKAT_RETURN_IF_ERROR(Apply<v1::SetModelResponse>(
        "sepakat.targeting.v1.TargetingService/SetModel", std::move(request), client));
  }
  for (const auto& ranking : set.rankings) {
    v1::SetRankingSettingsRequest request;
    *request.mutable_settings() = ranking;
    SEPAKAT_RETURN_IF_ERROR(Apply<v1::SetRankingSettingsResponse>(
        "sepakat.targeting.v1.TargetingService/SetRankingSettings", std::move(request), client));
  }
  return absl::OkStatus();
}

absl::Status ApplyBudgeting(const ReferenceSet& set, Client& client) {
  namespace v1 = budgeting::v1;
  if (set.programmes.empty()) return absl::OkStatus();
  v1::SetProgrammesRequest request;
  request.mutable_programmes()->Add(set.programmes.begin(), set.programmes.end());
  return Apply<v1::SetProgrammesResponse>("sepakat.budgeting.v1.BudgetingService/SetProgrammes",
                                          std::move(request), client);
}

absl::Status ApplyMonitoring(const ReferenceSet& set, Client& client) {
  namespace v1 = monitoring::v1;
  if (!set.targets.empty()) {
    v1::SetTargetsRequest request;
    request.mutable_targets()->Add(set.targets.begin(), set.targets.end());
    SEPAKAT_RETURN_IF_ERROR(Apply<v1::SetTargetsResponse>(
        "sepakat.monitoring.v1.MonitoringService/SetTargets", std::move(request), client));
  }
  for (const auto& file : set.alerts) {
    v1::SetAlertRulesRequest request;
    request.set_toml(file.toml);
    request.set_file_name(file.file_name);
    SEPAKAT_RETURN_IF_ERROR(Apply<v1::SetAlertRulesResponse>(
        "sepakat.monitoring.v1.MonitoringService/SetAlertRules", std::move(request), client));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ApplyReference(const ReferenceSet& set, Client& client) {
  SEPAKAT_RETURN_IF_ERROR(ApplyTargeting(set, client));
  SEPAKAT_RETURN_IF_ERROR(ApplyBudgeting(set, client));
  return ApplyMonitoring(set, client);
}

}  // namespace sepakat::cli
