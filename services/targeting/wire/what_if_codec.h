// What-if branches between protobuf and the domain.
//
// Errors: InvalidArgument RULE_SET_UNKNOWN, NOT_A_NUMBER, and those of parameter_codec.h.
// Thread: pure functions.
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "targeting/app/what_ifs.h"

namespace sepakat::targeting {

// `rule_sets`: all that may be chosen from.
absl::StatusOr<WhatIfOrder> FromProto(const v1::CreateWhatIfRequest& request,
                                      std::span<const RuleSet> rule_sets);
Asker FromProto(const common::v1::RequestContext& context);

v1::WhatIf ToProto(const WhatIfBranch& branch, bool base_stands);

// NotFound REGION_NOT_KEPT, MEASURE_UNKNOWN.
absl::StatusOr<v1::GetWhatIfResponse> ToProto(const WhatIfBranch& branch,
                                              const v1::GetWhatIfRequest& request);

}  // namespace sepakat::targeting
