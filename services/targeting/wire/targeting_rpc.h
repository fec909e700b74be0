// The TargetingService of the contract as a table of handlers over the task.
//
// Queries see the state of exactly one publication and name it. Commands need a request id; the
// same one acts once. Thread: handlers run on any thread.
#pragma once

#include <span>

#include "common/platform/rpc/rpc_service.h"
#include "targeting/app/targeting_task.h"
#include "targeting/app/what_ifs.h"

namespace sepakat::targeting {

// `rule_sets`: all that may be chosen from. All outlive the table.
platform::RpcService MakeTargetingRpc(TargetingTask* task, WhatIfs* what_ifs,
                                      std::span<const RuleSet> rule_sets);

}  // namespace sepakat::targeting
