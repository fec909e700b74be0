// BudgetingService over the task: requests in, answers out, nothing decided here.
//
// Mutations need a request id (InvalidArgument REQUEST_ID_MISSING) and are answered from the first
// answer when it comes again. Approving asks targeting before the transaction, so the task is not
// held while the network is. Thread: any; the task's lock orders calls.
#pragma once

#include "budgeting/app/budgeting_task.h"
#include "budgeting/app/family_selector.h"
#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/clock.h"
#include "common/runtime/stateful_task.h"

namespace sepakat::budgeting {

struct BudgetingRpcParts {
  runtime::StatefulTask* task = nullptr;
  BudgetingTask* budget = nullptr;
  FamilySelector* selector = nullptr;
  const runtime::Clock* clock = nullptr;
};

// The filled table. The parts outlive it.
platform::RpcService MakeBudgetingRpc(const BudgetingRpcParts& parts);

}  // namespace sepakat::budgeting
