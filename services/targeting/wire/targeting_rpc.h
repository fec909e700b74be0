// The TargetingService of the contract as a table of handlers over the task.
//
// Queries see the state of exactly one publication and name it. Commands need a request id; the
// same one acts once. Thread: handlers run on any thread. `task` outlives the table.
#pragma once

#include "common/platform/rpc/rpc_service.h"
#include "targeting/app/targeting_task.h"

namespace sepakat::targeting {

platform::RpcService MakeTargetingRpc(TargetingTask* task);

}  // namespace sepakat::targeting
