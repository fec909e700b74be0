// MonitoringService: queries over committed rows, commands through the task.
//
// Queries take no lock, so a dashboard is answered while a register is being loaded. Mutations need
// a request id (InvalidArgument REQUEST_ID_MISSING). Thread: any.
#pragma once

#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/clock.h"
#include "common/runtime/state_store.h"
#include "common/runtime/stateful_task.h"
#include "monitoring/app/monitoring_task.h"

namespace sepakat::monitoring {

struct MonitoringRpcParts {
  runtime::StatefulTask* task = nullptr;
  MonitoringTask* monitor = nullptr;
  const runtime::StateStore* store = nullptr;
  const runtime::Clock* clock = nullptr;
  const MonitoringCodec* codec = nullptr;
  FreshnessTable freshness;
};

// The filled table. The parts outlive it.
platform::RpcService MakeMonitoringRpc(const MonitoringRpcParts& parts);

}  // namespace sepakat::monitoring
