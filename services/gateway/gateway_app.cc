#include "gateway/gateway_app.h"

#include <chrono>
#include <fstream>
#include <sstream>

#include "common/base/status.h"
#include "common/platform/http/static_files.h"
#include "gateway/wire/json_answers.h"
#include "sepakat/monitoring/events/v1/monitoring_events.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

constexpr std::string_view kChannel = "publications";
constexpr std::string_view kLatest = "publications/latest";
constexpr auto kHeartbeat = std::chrono::seconds(5);

HttpResponse Text(int status, std::string_view type, std::string body) {
  HttpResponse response;
  response.status = status;
  response.content_type = type;
  response.body = std::move(body);
  return response;
}

HttpResponse FileAsText(const std::filesystem::path& file, std::string_view type) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return Text(200, type, std::move(text).str());
}

}  // namespace

GatewayApp::GatewayApp(const GatewayDeps& deps, GatewayOptions options)
    : deps_(deps), options_(std::move(options)), server_(options_.http, &router_) {
  AddRoutes({deps_.ingestion, deps_.targeting, deps_.budgeting, deps_.monitoring, deps_.views,
             &hub_, deps_.clock, options_.mode, options_.version},
            &router_);
  AddPageRoutes();
  router_.Observe([telemetry = deps_.telemetry](const platform::RoutedAnswer& answer) {
    const std::string path(answer.path);
    telemetry->Add("sepakat_http_requests_total", 1,
                   {{"method", std::string(answer.method)},
                    {"path", path},
                    {"status", std::to_string(answer.status)}});
    telemetry->Observe("sepakat_http_request_seconds",
                       std::chrono::duration<double>(answer.took).count(), {{"path", path}});
  });
}

GatewayApp::~GatewayApp() { Stop(); }

void GatewayApp::AddPageRoutes() {
  router_.Add("GET", "/v1/openapi.yaml", [this](const HttpRequest& http) {
    if (options_.openapi_file.empty()) {
      return platform::Problem(404, "NO_SUCH_PATH", "Not found", "there is no " + http.path);
    }
    return FileAsText(options_.openapi_file, "application/yaml");
  });
  router_.Add("GET", "/healthz", [this](const HttpRequest&) {
    const absl::Status status = options_.healthy();
    return status.ok() ? Text(200, "text/plain", "ok\n")
                       : Text(503, "text/plain", std::string(status.message()) + "\n");
  });
  router_.Add("GET", "/metrics", [this](const HttpRequest&) {
    return Text(200, "text/plain; version=0.0.4", options_.metrics ? options_.metrics() : "");
  });
  if (options_.web_folder.empty()) return;
  router_.Fallback([files = platform::StaticFiles(options_.web_folder)](const HttpRequest& http) {
    if (http.path.starts_with("/v1/")) {
      return platform::Problem(404, "NO_SUCH_PATH", "Not found", "there is no " + http.path);
    }
    return files.Serve(http);
  });
}

absl::Status GatewayApp::Start() {
  SEPAKAT_RETURN_IF_ERROR(Listen());
  CatchUp();
  SEPAKAT_RETURN_IF_ERROR(server_.Start());
  heart_ = std::jthread([this](const std::stop_token& stop) { Beat(stop); });
  return absl::OkStatus();
}

absl::Status GatewayApp::Listen() {
  SEPAKAT_ASSIGN_OR_RETURN(
      subscription_, deps_.views->Subscribe(kChannel, [this](std::string_view body) {
        monitoring::events::v1::PublicationNotice notice;
        if (!notice.ParseFromArray(body.data(), static_cast<int>(body.size()))) return;
        hub_.Announce(notice.publication(), ToJson(notice));
        deps_.telemetry->Set("sepakat_gateway_streams", static_cast<double>(hub_.clients()), {});
      }));
  return absl::OkStatus();
}

void GatewayApp::Beat(const std::stop_token& stop) {
  std::unique_lock lock(beat_mutex_);
  while (!stop.stop_requested()) {
    beat_wake_.wait_for(lock, stop, kHeartbeat, [] { return false; });
    if (stop.stop_requested()) return;
    CatchUp();
    hub_.Heartbeat();
  }
}

void GatewayApp::CatchUp() {
  const std::string keys[] = {std::string(kLatest)};
  const auto latest = deps_.views->Get(keys);
  if (!latest.ok() || !latest->front()) return;
  monitoring::events::v1::PublicationNotice notice;
  if (!notice.ParseFromString(latest->front()->body)) return;
  hub_.CatchUp(notice.publication(), ToJson(notice));
}

void GatewayApp::Stop() {
  subscription_.reset();
  heart_ = std::jthread();
  server_.Stop();
}

}  // namespace sepakat::gateway
