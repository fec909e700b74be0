#include "tests/support/gateway/gateway_rig.h"

#include "common/runtime/telemetry.h"
#include "tests/support/rpc/empty_services.h"

namespace sepakat::support {

GatewayRig::GatewayRig()
    : ingestion(kIngestion),
      targeting(kTargeting),
      budgeting(kBudgeting),
      monitoring(kMonitoring),
      channel_(&clock, {&ingestion, &targeting, &budgeting, &monitoring}) {
  FillIngestion(&ingestion);
  FillTargeting(&targeting);
  FillBudgeting(&budgeting);
  FillMonitoring(&monitoring);
}

gateway::GatewayApp& GatewayRig::app() {
  if (app_ == nullptr) {
    app_ = std::make_unique<gateway::GatewayApp>(
        gateway::GatewayDeps{&channel_, &channel_, &channel_, &channel_, &views, &clock,
                             &runtime::NoTelemetry()},
        options);
  }
  return *app_;
}

platform::HttpResponse GatewayRig::Send(const std::string& method, const std::string& target,
                                        const HttpHeaders& headers, const std::string& body) {
  platform::HttpRequest request;
  request.method = method;
  std::tie(request.path, request.query) = platform::ParseTarget(target).value();
  request.headers = headers;
  request.body = body;
  return app().router().Route(std::move(request));
}

}  // namespace sepakat::support
