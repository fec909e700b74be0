#include "budgeting/wire/budgeting_rpc.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "budgeting/wire/certificate_sentence.h"
#include "budgeting/wire/proto_codec.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/platform/rpc/error_detail.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"

namespace sepakat::budgeting {
namespace {

namespace pb = budgeting::v1;
using platform::CallContext;

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 1000;

absl::Status NeedsRequestId(const common::v1::RequestContext& context) {
  if (!context.request_id().empty()) return absl::OkStatus();
  return platform::WithField(
      base::Error(
          absl::StatusCode::kInvalidArgument, "REQUEST_ID_MISSING",
          "a call that changes something needs a request_id, so that repeating it is harmless"),
      "context.request_id");
}

// Where a page starts and ends among `total` rows; tokens are positions.
struct Page {
  size_t first = 0;
  size_t last = 0;
  std::string next;
};
absl::StatusOr<Page> PageOf(size_t total, int32_t size, const std::string& token) {
  size_t first = 0;
  if (!token.empty()) {
    const auto read = std::from_chars(token.data(), token.data() + token.size(), first);
    if (read.ec != std::errc{} || read.ptr != token.data() + token.size()) {
      return platform::WithField(
          base::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                      "the page token is none of ours; start without one"),
          "page_token");
    }
  }
  const size_t want = static_cast<size_t>(size <= 0 ? kDefaultPage : std::min(size, kLargestPage));
  Page page{.first = std::min(first, total), .last = std::min(first + want, total), .next = ""};
  if (page.last < total) page.next = fmt::format("{}", page.last);
  return page;
}

class Handlers {
 public:
  explicit Handlers(const BudgetingRpcParts& parts) : parts_(parts) {}

  absl::StatusOr<pb::SetProgrammesResponse> Set(const pb::SetProgrammesRequest& request) const {
    std::vector<Programme> programmes;
    for (const auto& programme : request.programmes()) programmes.push_back(FromProto(programme));
    return Execute<pb::SetProgrammesResponse>(
        request.context(),
        [&](runtime::Transaction& tx) -> absl::StatusOr<pb::SetProgrammesResponse> {
          SEPAKAT_ASSIGN_OR_RETURN(const auto warnings,
                                   parts_.budget->SetProgrammes(programmes, tx));
          pb::SetProgrammesResponse response;
          response.set_programmes(static_cast<int64_t>(programmes.size()));
          for (const std::string& warning : warnings) response.add_warnings(warning);
          return response;
        });
  }

  absl::StatusOr<pb::ListProgrammesResponse> List(const pb::ListProgrammesRequest& request) const {
    const std::string_view within =
        request.region().empty() ? base::kNationCode : std::string_view(request.region());
    return Read<pb::ListProgrammesResponse>([&](pb::ListProgrammesResponse* response) {
      for (const auto& [id, programme] : parts_.budget->programmes()) {
        auto* summary = response->add_programmes();
        ToProto(programme, summary->mutable_programme());
        int64_t eligible = 0;
        int64_t unknown = 0;
        for (const auto& [region, need] : parts_.budget->needs().Of(id)) {
          if (!base::IsWithin(region, within)) continue;
          eligible += need.eligible;
          unknown += need.unknown;
        }
        summary->set_eligible_families(eligible);
        summary->set_unknown_families(unknown);
        if (const Proposal* proposal = parts_.budget->ProposalOf(id)) {
          int64_t cost = 0;
          int64_t units = 0;
          for (const ProposalRow& row : proposal->rows) {
            if (!base::IsWithin(row.region, within)) continue;
            cost += row.cost;
            units += row.units;
          }
          summary->set_proposed_rupiah(cost);
          summary->set_proposed_units(units);
        }
        const ProgrammeTotals totals = parts_.budget->plans().TotalsIn(id, within);
        summary->set_approved_rupiah(totals.approved_cost);
        summary->set_approved_units(totals.approved_units);
        summary->set_delivered_rupiah(totals.delivered_cost);
        summary->set_delivered_units(totals.delivered_units);
      }
      return absl::OkStatus();
    });
  }

  absl::StatusOr<pb::GetProposalResponse> Get(const pb::GetProposalRequest& request) const {
    return Read<pb::GetProposalResponse>([&](pb::GetProposalResponse* response) {
      if (!parts_.budget->programmes().contains(request.programme_id())) {
        return base::Error(absl::StatusCode::kNotFound, "PROGRAMME_UNKNOWN",
                           fmt::format("no programme {}", request.programme_id()));
      }
      const Proposal* proposal = parts_.budget->ProposalOf(request.programme_id());
      if (proposal == nullptr) {
        return base::Error(absl::StatusCode::kNotFound, "NO_PROPOSAL_YET",
                           "no needs are known for this programme yet; load families first");
      }
      Proposal shown = *proposal;
      if (!request.region().empty()) {
        std::erase_if(shown.rows, [&](const ProposalRow& row) {
          return !base::IsWithin(row.region, request.region());
        });
      }
      ToProto(shown, response->mutable_proposal());
      CertificateSentence sentence = Describe(*proposal);
      response->set_certificate_id(std::move(sentence.id));
      response->set_certificate_en(std::move(sentence.en));
      return absl::OkStatus();
    });
  }

  absl::StatusOr<pb::PreviewPlanResponse> Preview(const pb::PreviewPlanRequest& request) const {
    return Read<pb::PreviewPlanResponse>([&](pb::PreviewPlanResponse* response) -> absl::Status {
      std::optional<int64_t> ceiling;
      std::optional<int64_t> unit_cost;
      if (request.has_ceiling_rupiah()) ceiling = request.ceiling_rupiah();
      if (request.has_unit_cost_rupiah()) unit_cost = request.unit_cost_rupiah();
      SEPAKAT_ASSIGN_OR_RETURN(
          const auto preview, parts_.budget->MakePreview(request.programme_id(), ceiling, unit_cost,
                                                         parts_.clock->NowMs()));
      ToProto(preview.proposal, response->mutable_preview());
      response->set_compared_with(preview.compared_with);
      response->set_compared_plan_id(preview.compared_plan_id);
      for (const UnitsChange& change : preview.comparison.changes) {
        auto* added = response->add_changes();
        added->set_region(change.region);
        added->set_units_before(change.before);
        added->set_units_after(change.after);
      }
      response->set_families_gaining(preview.comparison.gaining);
      response->set_families_losing(preview.comparison.losing);
      response->set_regions_changed(static_cast<int64_t>(preview.comparison.changes.size()));
      return absl::OkStatus();
    });
  }

  absl::StatusOr<pb::ApprovePlanResponse> Approve(const pb::ApprovePlanRequest& request) const {
    SEPAKAT_RETURN_IF_ERROR(NeedsRequestId(request.context()));
    // A repeat must give the first answer even if the plan is outdated by now, so a failure to
    // select is told only when the request turns out to be new.
    const absl::StatusOr<Selection> selection = Select(request.plan_id());
    return Execute<pb::ApprovePlanResponse>(
        request.context(),
        [&](runtime::Transaction& tx) -> absl::StatusOr<pb::ApprovePlanResponse> {
          if (!selection.ok()) return selection.status();
          SEPAKAT_ASSIGN_OR_RETURN(
              const ApprovedPlan plan,
              parts_.budget->Approve(request.plan_id(),
                                     {request.context().actor(), request.context().reason()},
                                     *selection, tx));
          pb::ApprovePlanResponse response;
          ToProto(plan, response.mutable_approved());
          return response;
        });
  }

  absl::StatusOr<pb::RecordDeliveryResponse> Deliver(
      const pb::RecordDeliveryRequest& request) const {
    return Execute<pb::RecordDeliveryResponse>(
        request.context(),
        [&](runtime::Transaction& tx) -> absl::StatusOr<pb::RecordDeliveryResponse> {
          SEPAKAT_ASSIGN_OR_RETURN(
              const Delivery delivery,
              parts_.budget->Deliver({.plan_id = request.plan_id(),
                                      .family_id = request.family_id(),
                                      .delivered_on = request.delivered_on(),
                                      .cost = request.cost_rupiah(),
                                      .handover_record = request.handover_record(),
                                      .actor = request.context().actor()},
                                     tx));
          pb::RecordDeliveryResponse response;
          ToProto(delivery, response.mutable_delivery());
          return response;
        });
  }

  absl::StatusOr<pb::ListPlansResponse> ListPlans(const pb::ListPlansRequest& request) const {
    return Read<pb::ListPlansResponse>([&](pb::ListPlansResponse* response) -> absl::Status {
      std::vector<const PlanEntry*> entries;
      for (const auto& [id, entry] : parts_.budget->plans().plans()) {
        const bool wanted =
            request.programme_id().empty() || entry.plan.programme_id == request.programme_id();
        if (wanted && !entry.plan.plan_id.empty()) entries.push_back(&entry);
      }
      std::ranges::stable_sort(entries, [](const PlanEntry* a, const PlanEntry* b) {
        return a->plan.approved_at_ms > b->plan.approved_at_ms;
      });
      SEPAKAT_ASSIGN_OR_RETURN(const Page page,
                               PageOf(entries.size(), request.page_size(), request.page_token()));
      for (size_t i = page.first; i < page.last; ++i) {
        const ApprovedPlan& plan = entries[i]->plan;
        auto* summary = response->add_plans();
        summary->set_plan_id(plan.plan_id);
        summary->set_programme_id(plan.programme_id);
        summary->set_publication(plan.publication);
        summary->set_cost_rupiah(plan.cost);
        summary->set_families(static_cast<int64_t>(plan.families.size()));
        summary->set_approved_by(plan.approved_by);
        summary->set_reason(plan.reason);
        summary->set_approved_at_ms(plan.approved_at_ms);
        summary->set_delivered(static_cast<int64_t>(entries[i]->deliveries.size()));
      }
      response->set_next_page_token(page.next);
      return absl::OkStatus();
    });
  }

  absl::StatusOr<pb::GetPlanResponse> GetPlan(const pb::GetPlanRequest& request) const {
    return Read<pb::GetPlanResponse>([&](pb::GetPlanResponse* response) -> absl::Status {
      SEPAKAT_ASSIGN_OR_RETURN(const PlanEntry* entry, Find(request.plan_id()));
      ToProto(entry->plan, response->mutable_plan());
      for (const auto& [family, delivery] : entry->deliveries) {
        ToProto(delivery, response->add_deliveries());
      }
      if (!entry->proposal.plan_id.empty()) ToProto(entry->proposal, response->mutable_proposal());
      return absl::OkStatus();
    });
  }

  absl::StatusOr<pb::ListDeliveriesResponse> ListDeliveries(
      const pb::ListDeliveriesRequest& request) const {
    return Read<pb::ListDeliveriesResponse>(
        [&](pb::ListDeliveriesResponse* response) -> absl::Status {
          SEPAKAT_ASSIGN_OR_RETURN(const PlanEntry* entry, Find(request.plan_id()));
          SEPAKAT_ASSIGN_OR_RETURN(
              const Page page,
              PageOf(entry->deliveries.size(), request.page_size(), request.page_token()));
          auto delivery = std::next(entry->deliveries.begin(), static_cast<int64_t>(page.first));
          for (size_t i = page.first; i < page.last; ++i, ++delivery) {
            ToProto(delivery->second, response->add_deliveries());
          }
          response->set_next_page_token(page.next);
          return absl::OkStatus();
        });
  }

 private:
  template <typename Response, typename Command>
  absl::StatusOr<Response> Execute(const common::v1::RequestContext& context,
                                   Command command) const {
    SEPAKAT_RETURN_IF_ERROR(NeedsRequestId(context));
    // One key per kind of answer: an id used for another call is not answered with its answer.
    const std::string key =
        fmt::format("{}/{}", Response::descriptor()->name(), context.request_id());
    SEPAKAT_ASSIGN_OR_RETURN(
        const std::string bytes,
        parts_.task->Execute(key, [&](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
          SEPAKAT_ASSIGN_OR_RETURN(const Response response, command(tx));
          return response.SerializeAsString();
        }));
    Response response;
    if (response.ParseFromString(bytes)) return response;
    return base::Error(absl::StatusCode::kDataLoss, "ANSWER_DAMAGED",
                       "the kept answer cannot be read");
  }

  template <typename Response, typename Query>
  absl::StatusOr<Response> Read(Query query) const {
    Response response;
    SEPAKAT_RETURN_IF_ERROR(
        parts_.task->Read([&](const runtime::StateStore&) { return query(&response); }));
    return response;
  }

  absl::StatusOr<const PlanEntry*> Find(const std::string& plan_id) const {
    if (const PlanEntry* entry = parts_.budget->plans().Find(plan_id)) return entry;
    return base::Error(absl::StatusCode::kNotFound, "PLAN_UNKNOWN",
                       fmt::format("no approved plan {}", plan_id));
  }

  absl::StatusOr<Selection> Select(const std::string& plan_id) const {
    std::string programme_id;
    std::vector<Quota> quotas;
    SEPAKAT_RETURN_IF_ERROR(parts_.task->Read([&](const runtime::StateStore&) -> absl::Status {
      SEPAKAT_ASSIGN_OR_RETURN(quotas, parts_.budget->QuotasOf(plan_id));
      SEPAKAT_ASSIGN_OR_RETURN(programme_id, parts_.budget->ProgrammeOf(plan_id));
      return absl::OkStatus();
    }));
    return parts_.selector->Select(programme_id, quotas);
  }

  const BudgetingRpcParts parts_;
};

}  // namespace

platform::RpcService MakeBudgetingRpc(const BudgetingRpcParts& parts) {
  const Handlers h(parts);
  platform::RpcService rpc("sepakat.budgeting.v1.BudgetingService");
  rpc.Unary<pb::SetProgrammesRequest, pb::SetProgrammesResponse>(
      "SetProgrammes",
      [h](const CallContext&, const pb::SetProgrammesRequest& r) { return h.Set(r); });
  rpc.Unary<pb::ListProgrammesRequest, pb::ListProgrammesResponse>(
      "ListProgrammes",
      [h](const CallContext&, const pb::ListProgrammesRequest& r) { return h.List(r); });
  rpc.Unary<pb::GetProposalRequest, pb::GetProposalResponse>(
      "GetProposal", [h](const CallContext&, const pb::GetProposalRequest& r) { return h.Get(r); });
  rpc.Unary<pb::PreviewPlanRequest, pb::PreviewPlanResponse>(
      "PreviewPlan",
      [h](const CallContext&, const pb::PreviewPlanRequest& r) { return h.Preview(r); });
  rpc.Unary<pb::ApprovePlanRequest, pb::ApprovePlanResponse>(
      "ApprovePlan",
      [h](const CallContext&, const pb::ApprovePlanRequest& r) { return h.Approve(r); });
  rpc.Unary<pb::ListPlansRequest, pb::ListPlansResponse>(
      "ListPlans",
      [h](const CallContext&, const pb::ListPlansRequest& r) { return h.ListPlans(r); });
  rpc.Unary<pb::GetPlanRequest, pb::GetPlanResponse>(
      "GetPlan", [h](const CallContext&, const pb::GetPlanRequest& r) { return h.GetPlan(r); });
  rpc.Unary<pb::RecordDeliveryRequest, pb::RecordDeliveryResponse>(
      "RecordDelivery",
      [h](const CallContext&, const pb::RecordDeliveryRequest& r) { return h.Deliver(r); });
  rpc.Unary<pb::ListDeliveriesRequest, pb::ListDeliveriesResponse>(
      "ListDeliveries",
      [h](const CallContext&, const pb::ListDeliveriesRequest& r) { return h.ListDeliveries(r); });
  return rpc;
}

}  // namespace sepakat::budgeting
