#include "monitoring/wire/monitoring_rpc.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/platform/rpc/error_detail.h"
#include "monitoring/app/keys.h"
#include "monitoring/wire/figure_queries.h"
#include "monitoring/wire/proto_codec.h"

namespace sepakat::monitoring {
namespace {

namespace pb = monitoring::v1;
using platform::CallContext;

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 2000;

// Parses each row below a prefix into a message that `want` may refuse.
template <typename Message>
absl::Status Rows(const runtime::StateStore& store, std::string_view prefix,
                  const std::function<void(Message)>& take) {
  return store.Scan(prefix, runtime::PrefixEnd(prefix),
                    [&](std::string_view, std::string_view bytes) {
                      Message message;
                      if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
                        take(std::move(message));
                      return true;
                    });
}

class Handlers {
 public:
  explicit Handlers(const MonitoringRpcParts& parts) : parts_(parts) {}

  absl::StatusOr<pb::ListAlertsResponse> Alerts(const pb::ListAlertsRequest& request) const {
    pb::ListAlertsResponse response;
    SEPAKAT_RETURN_IF_ERROR(Rows<events::v1::AlertChanged>(
        *parts_.store, keys::kAlert, [&](events::v1::AlertChanged alert) {
          const bool state = request.state().empty() ? alert.state() != "resolved"
                                                     : alert.state() == request.state();
          const bool region =
              request.region().empty() || base::IsWithin(alert.region(), request.region());
          if (state && region) *response.add_alerts() = std::move(alert);
        }));
    // What fires before what may fire, the newest first.
    std::ranges::sort(*response.mutable_alerts(), [](const auto& a, const auto& b) {
      if ((a.state() == "firing") != (b.state() == "firing")) return a.state() == "firing";
      return a.changed_at_ms() != b.changed_at_ms() ? a.changed_at_ms() > b.changed_at_ms()
                                                    : a.fingerprint() < b.fingerprint();
    });
    return response;
  }

  absl::StatusOr<pb::SetAlertRulesResponse> SetRules(
      const pb::SetAlertRulesRequest& request) const {
    return Execute<pb::SetAlertRulesResponse>(
        request.context(),
        [&](runtime::Transaction& tx) -> absl::StatusOr<pb::SetAlertRulesResponse> {
          SEPAKAT_ASSIGN_OR_RETURN(
              const int64_t rules,
              parts_.monitor->SetAlertRules(request.toml(), request.file_name(), tx));
          pb::SetAlertRulesResponse response;
          response.set_rules(rules);
          return response;
        });
  }

  absl::StatusOr<pb::SetTargetsResponse> SetTargets(const pb::SetTargetsRequest& request) const {
    std::vector<Target> targets;
    for (const auto& target : request.targets()) targets.push_back(FromProto(target));
    return Execute<pb::SetTargetsResponse>(
        request.context(), [&](runtime::Transaction& tx) -> absl::StatusOr<pb::SetTargetsResponse> {
          SEPAKAT_RETURN_IF_ERROR(parts_.monitor->SetTargets(targets, tx));
          pb::SetTargetsResponse response;
          response.set_targets(static_cast<int64_t>(targets.size()));
          return response;
        });
  }

  absl::StatusOr<pb::ListTargetsResponse> Targets(const pb::ListTargetsRequest& request) const {
    pb::ListTargetsResponse response;
    absl::Status status;
    SEPAKAT_RETURN_IF_ERROR(Rows<reference::events::v1::TargetRecorded>(
        *parts_.store, keys::kTarget, [&](reference::events::v1::TargetRecorded target) {
          if (!request.region().empty() && !base::IsWithin(target.region(), request.region()))
            return;
          const auto score = parts_.store->Get(fmt::format("{}{}", keys::kScore, target.id()));
          if (!score.ok()) {
            status = score.status();
            return;
          }
          auto* state = response.add_targets();
          if (score->has_value()) state->mutable_score()->ParseFromString(**score);
          *state->mutable_target() = std::move(target);
        }));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<pb::ListChangesResponse> Changes(const pb::ListChangesRequest& request) const {
    const std::string prefix = fmt::format(
        "{}{}/", keys::kChange, request.population().empty() ? "register" : request.population());
    const int size =
        request.page_size() <= 0 ? kDefaultPage : std::min(request.page_size(), kLargestPage);
    pb::ListChangesResponse response;
    SEPAKAT_RETURN_IF_ERROR(parts_.store->ScanBackward(
        prefix, runtime::PrefixEnd(prefix), [&](std::string_view, std::string_view bytes) {
          pb::Change change;
          if (!change.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return true;
          // News of the whole (plans, arrivals, parameters) concern every region.
          const bool wanted = request.region().empty() || change.region() == base::kNationCode ||
                              base::IsWithin(change.region(), request.region());
          if (wanted) *response.add_changes() = std::move(change);
          return response.changes_size() < size;
        }));
    return response;
  }

  absl::StatusOr<pb::ListOutcomesResponse> Outcomes(const pb::ListOutcomesRequest& request) const {
    pb::ListOutcomesResponse response;
    const std::string prefix = request.plan_id().empty()
                                   ? std::string(keys::kOutcome)
                                   : fmt::format("{}{}/", keys::kOutcome, request.plan_id());
    SEPAKAT_RETURN_IF_ERROR(Rows<events::v1::OutcomeMeasured>(
        *parts_.store, prefix, [&](events::v1::OutcomeMeasured outcome) {
          *response.add_outcomes() = std::move(outcome);
        }));
    return response;
  }

  absl::StatusOr<pb::ListArrivalsResponse> Arrivals(const pb::ListArrivalsRequest& request) const {
    const int size =
        request.page_size() <= 0 ? kDefaultPage : std::min(request.page_size(), kLargestPage);
    const std::string& token = request.page_token();
    if (!token.empty() && !token.starts_with(keys::kArrivals)) {
      return platform::WithField(
          base::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                      "the page token is none of ours; start without one"),
          "page_token");
    }
    pb::ListArrivalsResponse response;
    std::string last;
    SEPAKAT_RETURN_IF_ERROR(parts_.store->ScanBackward(
        keys::kArrivals, token.empty() ? runtime::PrefixEnd(keys::kArrivals) : token,
        [&](std::string_view key, std::string_view bytes) {
          if (response.arrivals_size() == size) {
            response.set_next_page_token(last);
            return false;
          }
          last = key;
          response.add_arrivals()->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
          return true;
        }));
    SEPAKAT_ASSIGN_OR_RETURN(const auto total, parts_.store->Get(keys::kArrivalsTotal));
    if (total.has_value())
      response.mutable_total()->ParseFromString(*total);
    else
      response.mutable_total();
    return response;
  }

 private:
  template <typename Response, typename Command>
  absl::StatusOr<Response> Execute(const common::v1::RequestContext& context,
                                   Command command) const {
    if (context.request_id().empty()) {
      return platform::WithField(
          base::Error(
              absl::StatusCode::kInvalidArgument, "REQUEST_ID_MISSING",
              "a call that changes something needs a request_id, so that repeating it is harmless"),
          "context.request_id");
    }
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

  const MonitoringRpcParts parts_;
};

}  // namespace

platform::RpcService MakeMonitoringRpc(const MonitoringRpcParts& parts) {
  const Handlers h(parts);
  const auto figures = std::make_shared<FigureQueries>(parts.store, parts.clock, parts.freshness);
  platform::RpcService rpc("sepakat.monitoring.v1.MonitoringService");
  rpc.Unary<pb::GetRegionFiguresRequest, pb::GetRegionFiguresResponse>(
      "GetRegionFigures", [figures](const CallContext&, const pb::GetRegionFiguresRequest& r) {
        return figures->Region(r);
      });
  rpc.Unary<pb::ListChildFiguresRequest, pb::ListChildFiguresResponse>(
      "ListChildFigures", [figures](const CallContext&, const pb::ListChildFiguresRequest& r) {
        return figures->Children(r);
      });
  rpc.Unary<pb::GetTrendRequest, pb::GetTrendResponse>(
      "GetTrend",
      [figures](const CallContext&, const pb::GetTrendRequest& r) { return figures->Trend(r); });
  rpc.Unary<pb::ListPublicationsRequest, pb::ListPublicationsResponse>(
      "ListPublications", [figures](const CallContext&, const pb::ListPublicationsRequest& r) {
        return figures->Publications(r);
      });
  rpc.Unary<pb::ListFreshnessRequest, pb::ListFreshnessResponse>(
      "ListFreshness", [figures](const CallContext&, const pb::ListFreshnessRequest& r) {
        return figures->Freshness(r);
      });
  rpc.Unary<pb::ListAlertsRequest, pb::ListAlertsResponse>(
      "ListAlerts",
      [h](const CallContext&, const pb::ListAlertsRequest& r) { return h.Alerts(r); });
  rpc.Unary<pb::SetAlertRulesRequest, pb::SetAlertRulesResponse>(
      "SetAlertRules",
      [h](const CallContext&, const pb::SetAlertRulesRequest& r) { return h.SetRules(r); });
  rpc.Unary<pb::SetTargetsRequest, pb::SetTargetsResponse>(
      "SetTargets",
      [h](const CallContext&, const pb::SetTargetsRequest& r) { return h.SetTargets(r); });
  rpc.Unary<pb::ListTargetsRequest, pb::ListTargetsResponse>(
      "ListTargets",
      [h](const CallContext&, const pb::ListTargetsRequest& r) { return h.Targets(r); });
  rpc.Unary<pb::ListChangesRequest, pb::ListChangesResponse>(
      "ListChanges",
      [h](const CallContext&, const pb::ListChangesRequest& r) { return h.Changes(r); });
  rpc.Unary<pb::ListOutcomesRequest, pb::ListOutcomesResponse>(
      "ListOutcomes",
      [h](const CallContext&, const pb::ListOutcomesRequest& r) { return h.Outcomes(r); });
  rpc.Unary<pb::ListArrivalsRequest, pb::ListArrivalsResponse>(
      "ListArrivals",
      [h](const CallContext&, const pb::ListArrivalsRequest& r) { return h.Arrivals(r); });
  return rpc;
}

}  // namespace sepakat::monitoring
