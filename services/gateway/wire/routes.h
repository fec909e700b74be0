// The `/v1` surface: each route asks one service and answers with its message.
//
// services/gateway/openapi/sepakat.v1.yaml describes exactly these routes; a contract test
// compares.
// Thread: filled once; handlers run on any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "common/platform/http/http_router.h"
#include "common/platform/rpc/rpc_channel.h"
#include "common/runtime/clock.h"
#include "common/runtime/views.h"
#include "gateway/wire/stream_hub.h"

namespace sepakat::gateway {

// Who answers. All outlive the router.
struct Peers {
  platform::RpcChannel* ingestion = nullptr;
  platform::RpcChannel* targeting = nullptr;
  platform::RpcChannel* budgeting = nullptr;
  platform::RpcChannel* monitoring = nullptr;
  runtime::Views* views = nullptr;
  StreamHub* hub = nullptr;
  const runtime::Clock* clock = nullptr;
  // `embedded` or `distributed`, and the program's version: shown by /v1/status.
  std::string mode;
  std::string version;
};

void AddRegionRoutes(const Peers& peers, platform::HttpRouter* router);
void AddFigureRoutes(const Peers& peers, platform::HttpRouter* router);
void AddTargetingRoutes(const Peers& peers, platform::HttpRouter* router);
void AddWhatIfRoutes(const Peers& peers, platform::HttpRouter* router);
void AddBudgetRoutes(const Peers& peers, platform::HttpRouter* router);
void AddMonitoringRoutes(const Peers& peers, platform::HttpRouter* router);
void AddDataRoutes(const Peers& peers, platform::HttpRouter* router);
void AddSystemRoutes(const Peers& peers, platform::HttpRouter* router);

// All of the above.
void AddRoutes(const Peers& peers, platform::HttpRouter* router);

}  // namespace sepakat::gateway
