#include "common/platform/host/metrics_endpoint.h"

#include <utility>

namespace sepakat::platform {
namespace {

HttpResponse Text(int status, std::string type, std::string body) {
  HttpResponse response;
  response.status = status;
  response.content_type = std::move(type);
  response.body = std::move(body);
  return response;
}

HttpServerOptions SmallServer(std::string host, int port) {
  HttpServerOptions options;
  options.host = std::move(host);
  options.port = port;
  options.handler_threads = 1;
  options.max_connections = 50;
  return options;
}

}  // namespace

MetricsEndpoint::MetricsEndpoint(std::string host, int port, const ProcessTelemetry* telemetry,
                                 std::function<absl::Status()> healthy)
    : server_(SmallServer(std::move(host), port), &router_) {
  router_.Add("GET", "/metrics", [telemetry](const HttpRequest&) {
    return Text(200, "text/plain; version=0.0.4", telemetry->PrometheusText());
  });
  router_.Add("GET", "/healthz", [healthy = std::move(healthy)](const HttpRequest&) {
    const absl::Status status = healthy();
    return status.ok() ? Text(200, "text/plain", "ok\n")
                       : Text(503, "text/plain", std::string(status.message()) + "\n");
  });
}

}  // namespace sepakat::platform
