// The what-if methods of the TargetingService.
//
// Thread: handlers run on any thread.
#pragma once

#include <span>

#include "common/platform/rpc/rpc_service.h"
#include "targeting/app/what_ifs.h"

namespace sepakat::targeting {

// `what_ifs` and `rule_sets` outlive the table.
void AddWhatIfMethods(WhatIfs* what_ifs, std::span<const RuleSet> rule_sets,
                      platform::RpcService* rpc);

}  // namespace sepakat::targeting
