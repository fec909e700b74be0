#include "targeting/wire/targeting_rpc.h"

#include <fmt/format.h>

#include <set>

#include "common/base/status.h"
#include "targeting/wire/event_codec.h"
#include "targeting/wire/family_queries.h"
#include "targeting/wire/parameter_codec.h"
#include "targeting/wire/trial_queries.h"
#include "targeting/wire/what_if_rpc.h"

namespace sepakat::targeting {
namespace {

using platform::CallContext;

// Registers a query: `answer(engine, request)`, or with publication and instant behind.
template <typename Request, typename Response, typename Answer>
void Query(platform::RpcService* rpc, std::string_view method, TargetingTask* task, Answer answer) {
  rpc->Unary<Request, Response>(
      method,
      [task, answer](const CallContext&, const Request& request) -> absl::StatusOr<Response> {
        absl::StatusOr<Response> response;
        SEPAKAT_RETURN_IF_ERROR(
            task->Read([&](const Engine& engine, int64_t publication, int64_t cut_at_ms) {
              response = answer(engine, request, publication, cut_at_ms);
              return response.status();
            }));
        return response;
      });
}

template <typename Response>
absl::StatusOr<Response> AtPublication(absl::StatusOr<Response> response, int64_t publication) {
  if (response.ok()) response->set_publication(publication);
  return response;
}

absl::StatusOr<v1::GetFiguresResponse> GetFigures(const Engine& engine,
                                                  const v1::GetFiguresRequest& request,
                                                  int64_t publication, int64_t cut_at_ms) {
  SEPAKAT_ASSIGN_OR_RETURN(const PopulationState* state,
                           FindPopulation(engine, request.population()));
  SEPAKAT_ASSIGN_OR_RETURN(const uint32_t region, FindRegion(*state, request.region()));
  v1::GetFiguresResponse response;
  *response.mutable_indicators() = ToProto(FiguresOf(*state, region), publication, cut_at_ms);
  return response;
}

absl::StatusOr<v1::RankRegionsResponse> RankChildren(const Engine& engine,
                                                     const v1::RankRegionsRequest& request,
                                                     int64_t publication, int64_t) {
  SEPAKAT_ASSIGN_OR_RETURN(const PopulationState* state,
                           FindPopulation(engine, request.population()));
  SEPAKAT_ASSIGN_OR_RETURN(const uint32_t parent, FindRegion(*state, request.parent()));
  v1::RankRegionsResponse response;
  *response.mutable_ranking() = ToProto(RankingOf(*state, parent), publication);
  return response;
}

absl::StatusOr<v1::ListParametersResponse> ListParameters(const Engine& engine,
                                                          const v1::ListParametersRequest& request,
                                                          std::span<const RuleSet> rule_sets) {
  v1::ListParametersResponse response;
  RankingSettings settings;
  settings.population = PopulationOr(request.population());
  MpiParameter mpi = DefaultMpi(settings.population);
  if (const ParameterSet* set = engine.parameters().Find(settings.population)) {
    for (const auto& [key, line] : set->lines) *response.add_lines() = ToProto(line);
    for (const auto& [id, model] : set->models) *response.add_models() = ToProto(model);
    settings = set->settings;
    if (const Model* model = set->RankingModel()) settings.model_id = model->id;
    mpi = set->mpi;
  }
  if (settings.model_id.empty()) settings.model_id = kWelfareRanking;
  *response.mutable_settings() = ToProto(settings);
  mpi.population = settings.population;
  *response.mutable_mpi() = ToProto(mpi);
  for (const RuleSet& rules : rule_sets) {
    common::v1::ParameterVersion* version = response.add_rule_sets();
    version->set_kind(rules.version == engine.rules().version ? "rule_set" : "rule_set_variant");
    version->set_id(rules.source);
    version->set_version(rules.version);
  }
  return response;
}

absl::StatusOr<v1::SetPovertyLinesResponse> SetPovertyLines(
    TargetingTask* task, const v1::SetPovertyLinesRequest& request) {
  std::vector<ParameterRecord> records;
  std::set<std::string> keys;
  for (const auto& line : request.lines()) {
    SEPAKAT_ASSIGN_OR_RETURN(ParameterRecord record, ToRecord(line));
    if (!keys.insert(record.message.key).second) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "LINES_CONTRADICT",
          fmt::format("two lines hold for the same region, area and day ({})", record.message.key));
    }
    records.push_back(std::move(record));
  }
  SEPAKAT_RETURN_IF_ERROR(task->Command(request.context().request_id(), records));
  v1::SetPovertyLinesResponse response;
  response.set_lines(request.lines_size());
  return response;
}

template <typename Response, typename Parameter>
absl::StatusOr<Response> SetOne(TargetingTask* task, const std::string& request_id,
                                const Parameter& parameter) {
  SEPAKAT_ASSIGN_OR_RETURN(ParameterRecord record, ToRecord(parameter));
  SEPAKAT_RETURN_IF_ERROR(task->Command(request_id, {std::move(record)}));
  return Response{};
}

v1::VerifyPublicationResponse ToProto(const VerificationReport& report) {
  v1::VerifyPublicationResponse response;
  response.set_publication(report.publication);
  response.set_cut_at_ms(report.cut_at_ms);
  response.set_passed(report.passed());
  response.set_digest_said(report.digest_said);
  response.set_digest_recomputed(report.digest_recomputed);
  response.set_events(report.events);
  response.set_families(report.families);
  response.set_figures(report.figures);
  if (report.served_families) response.set_served_families(*report.served_families);
  for (const Finding& finding : report.findings) {
    v1::VerificationFinding* shown = response.add_findings();
    shown->set_kind(std::string(NameOf(finding.kind)));
    shown->set_fault(IsFault(finding.kind));
    shown->set_where(finding.where);
    shown->set_detail(finding.detail);
  }
  for (const auto& [kind, count] : report.counts) {
    (*response.mutable_finding_counts())[std::string(NameOf(kind))] = count;
  }
  return response;
}

void AddCommands(TargetingTask* task, platform::RpcService* rpc) {
  rpc->Unary<v1::SetPovertyLinesRequest, v1::SetPovertyLinesResponse>(
      "SetPovertyLines", [task](const CallContext&, const v1::SetPovertyLinesRequest& request) {
        return SetPovertyLines(task, request);
      });
  rpc->Unary<v1::SetModelRequest, v1::SetModelResponse>(
      "SetModel", [task](const CallContext&, const v1::SetModelRequest& request) {
        return SetOne<v1::SetModelResponse>(task, request.context().request_id(), request.model());
      });
  rpc->Unary<v1::SetRankingSettingsRequest, v1::SetRankingSettingsResponse>(
      "SetRankingSettings",
      [task](const CallContext&, const v1::SetRankingSettingsRequest& request) {
        return SetOne<v1::SetRankingSettingsResponse>(task, request.context().request_id(),
                                                      request.settings());
      });
  rpc->Unary<v1::SetMpiRequest, v1::SetMpiResponse>(
      "SetMpi", [task](const CallContext&, const v1::SetMpiRequest& request) {
        return SetOne<v1::SetMpiResponse>(task, request.context().request_id(), request.mpi());
      });
}

}  // namespace

platform::RpcService MakeTargetingRpc(TargetingTask* task, WhatIfs* what_ifs,
                                      std::span<const RuleSet> rule_sets) {
  platform::RpcService rpc("sepakat.targeting.v1.TargetingService");
  Query<v1::GetFiguresRequest, v1::GetFiguresResponse>(&rpc, "GetFigures", task, GetFigures);
  Query<v1::RankRegionsRequest, v1::RankRegionsResponse>(&rpc, "RankRegions", task, RankChildren);
  Query<v1::ListParametersRequest, v1::ListParametersResponse>(
      &rpc, "ListParameters", task,
      [rule_sets](const Engine& engine, const auto& request, int64_t, int64_t) {
        return ListParameters(engine, request, rule_sets);
      });
  Query<v1::ListFamiliesRequest, v1::ListFamiliesResponse>(
      &rpc, "ListFamilies", task,
      [](const Engine& engine, const auto& request, int64_t publication, int64_t) {
        return AtPublication(AnswerListFamilies(engine, request), publication);
      });
  Query<v1::SelectFamiliesRequest, v1::SelectFamiliesResponse>(
      &rpc, "SelectFamilies", task,
      [](const Engine& engine, const auto& request, int64_t publication, int64_t) {
        return AtPublication(AnswerSelectFamilies(engine, request), publication);
      });
  Query<v1::ExplainFamilyRequest, v1::ExplainFamilyResponse>(
      &rpc, "ExplainFamily", task,
      [](const Engine& engine, const auto& request, int64_t publication, int64_t) {
        return AtPublication(AnswerExplainFamily(engine, request), publication);
      });
  Query<v1::TryFamilyRequest, v1::TryFamilyResponse>(
      &rpc, "TryFamily", task,
      [](const Engine& engine, const auto& request, int64_t publication, int64_t) {
        return AtPublication(AnswerTryFamily(engine, request), publication);
      });
  rpc.Unary<v1::VerifyPublicationRequest, v1::VerifyPublicationResponse>(
      "VerifyPublication",
      [task](const CallContext&, const v1::VerifyPublicationRequest& request)
          -> absl::StatusOr<v1::VerifyPublicationResponse> {
        SEPAKAT_ASSIGN_OR_RETURN(const VerificationReport report,
                                 task->Verify(request.publication()));
        return ToProto(report);
      });
  AddCommands(task, &rpc);
  AddWhatIfMethods(what_ifs, rule_sets, &rpc);
  return rpc;
}

}  // namespace sepakat::targeting
