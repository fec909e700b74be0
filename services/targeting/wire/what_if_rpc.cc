#include "targeting/wire/what_if_rpc.h"

#include "common/base/status.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "targeting/wire/parameter_codec.h"
#include "targeting/wire/what_if_codec.h"

namespace sepakat::targeting {
namespace {

using platform::CallContext;

v1::WhatIf Show(const WhatIfs& what_ifs, const WhatIfBranch& branch) {
  return ToProto(branch, what_ifs.BaseStands(branch));
}

absl::StatusOr<v1::CreateWhatIfResponse> Create(WhatIfs* what_ifs,
                                                std::span<const RuleSet> rule_sets,
                                                const v1::CreateWhatIfRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const WhatIfOrder order, FromProto(request, rule_sets));
  SEPAKAT_ASSIGN_OR_RETURN(const auto branch, what_ifs->Create(order));
  v1::CreateWhatIfResponse response;
  *response.mutable_branch() = Show(*what_ifs, *branch);
  return response;
}

absl::StatusOr<v1::GetWhatIfResponse> Get(const WhatIfs& what_ifs,
                                          const v1::GetWhatIfRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto branch, what_ifs.Find(request.name()));
  SEPAKAT_ASSIGN_OR_RETURN(v1::GetWhatIfResponse response, ToProto(*branch, request));
  *response.mutable_branch() = Show(what_ifs, *branch);
  return response;
}

v1::ListWhatIfsResponse List(const WhatIfs& what_ifs, const v1::ListWhatIfsRequest& request) {
  v1::ListWhatIfsResponse response;
  for (const auto& branch : what_ifs.List(PopulationOr(request.population()))) {
    *response.add_branches() = Show(what_ifs, *branch);
  }
  return response;
}

absl::StatusOr<v1::AdoptWhatIfResponse> Adopt(WhatIfs* what_ifs,
                                              const v1::AdoptWhatIfRequest& request) {
  v1::AdoptWhatIfResponse response;
  SEPAKAT_ASSIGN_OR_RETURN(
      const int64_t parameters,
      what_ifs->Adopt(FromProto(request.context()), request.name(), request.version(),
                      [](const ParameterChange& change) { return ToRecord(change); }));
  response.set_parameters(parameters);
  SEPAKAT_ASSIGN_OR_RETURN(const auto branch, what_ifs->Find(request.name()));
  *response.mutable_branch() = Show(*what_ifs, *branch);
  return response;
}

}  // namespace

void AddWhatIfMethods(WhatIfs* what_ifs, std::span<const RuleSet> rule_sets,
                      platform::RpcService* rpc) {
  rpc->Unary<v1::CreateWhatIfRequest, v1::CreateWhatIfResponse>(
      "CreateWhatIf",
      [what_ifs, rule_sets](const CallContext&, const v1::CreateWhatIfRequest& request) {
        return Create(what_ifs, rule_sets, request);
      });
  rpc->Unary<v1::GetWhatIfRequest, v1::GetWhatIfResponse>(
      "GetWhatIf", [what_ifs](const CallContext&, const v1::GetWhatIfRequest& request) {
        return Get(*what_ifs, request);
      });
  rpc->Unary<v1::ListWhatIfsRequest, v1::ListWhatIfsResponse>(
      "ListWhatIfs",
      [what_ifs](const CallContext&, const v1::ListWhatIfsRequest& request)
          -> absl::StatusOr<v1::ListWhatIfsResponse> { return List(*what_ifs, request); });
  rpc->Unary<v1::DiscardWhatIfRequest, v1::DiscardWhatIfResponse>(
      "DiscardWhatIf",
      [what_ifs](const CallContext&, const v1::DiscardWhatIfRequest& request)
          -> absl::StatusOr<v1::DiscardWhatIfResponse> {
        SEPAKAT_RETURN_IF_ERROR(what_ifs->Discard(FromProto(request.context()), request.name()));
        return v1::DiscardWhatIfResponse();
      });
  rpc->Unary<v1::AdoptWhatIfRequest, v1::AdoptWhatIfResponse>(
      "AdoptWhatIf", [what_ifs](const CallContext&, const v1::AdoptWhatIfRequest& request) {
        return Adopt(what_ifs, request);
      });
}

}  // namespace sepakat::targeting
