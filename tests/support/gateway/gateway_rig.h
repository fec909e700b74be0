// A gateway over four services whose answers the test decides, without sockets unless it starts
// one.
//
//   GatewayRig rig;
//   rig.monitoring.Unary<GetTrendRequest, GetTrendResponse>("GetTrend", …);
//   rig.Get("/v1/trends/33/p0?maxPoints=10");
#pragma once

#include <map>
#include <memory>
#include <string>

#include "common/embedded/in_process_views.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/platform/rpc/rpc_service.h"
#include "gateway/gateway_app.h"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::support {

using HttpHeaders = std::map<std::string, std::string>;

class GatewayRig {
 public:
  GatewayRig();

  platform::HttpResponse Send(const std::string& method, const std::string& target,
                              const HttpHeaders& headers = {}, const std::string& body = {});
  platform::HttpResponse Get(const std::string& target, const HttpHeaders& headers = {}) {
    return Send("GET", target, headers);
  }
  // With an Idempotency-Key of its own.
  platform::HttpResponse Post(const std::string& target, const std::string& body) {
    return Send("POST", target, {{"idempotency-key", "key-1"}}, body);
  }

  ManualClock clock;
  embedded::InProcessViews views;
  platform::RpcService ingestion;
  platform::RpcService targeting;
  platform::RpcService budgeting;
  platform::RpcService monitoring;
  // Before the first request.
  gateway::GatewayOptions options;

  gateway::GatewayApp& app();

 private:
  platform::DirectChannel channel_;
  std::unique_ptr<gateway::GatewayApp> app_;
};

}  // namespace sepakat::support
