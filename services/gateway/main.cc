// The gateway as a process: HTTP and the web page over the four services and the read models.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "common/base/status.h"
#include "common/embedded/system_clock.h"
#include "common/platform/grpc/grpc_channel.h"
#include "common/platform/host/backends.h"
#include "common/platform/host/command_line.h"
#include "common/platform/host/named_places.h"
#include "common/platform/host/service_host.h"
#include "common/platform/host/stop_request.h"
#include "common/platform/log/process_telemetry.h"
#include "common/platform/redis/redis_views.h"
#include "gateway/gateway_app.h"

namespace {

namespace platform = sepakat::platform;
using platform::SettingType;

constexpr platform::ProgramText kProgram = {
    "sepakat-gateway",
    "answers HTTP and serves the web page, over the other services' gRPC and the read models"};

std::vector<platform::Setting> Settings() {
  return {
      {"http.host", SettingType::kText, "127.0.0.1", "Address that HTTP listens on."},
      {"http.port", SettingType::kPort, "8080", "Port of HTTP; 0 takes a free one."},
      {"http.upload_dir", SettingType::kText, "/tmp",
       "Folder that keeps uploads while they arrive."},
      {"web.dir", SettingType::kText, "", "Folder of the built web page; empty for none."},
      {"openapi.file", SettingType::kText, "", "The OpenAPI file to serve at /v1/openapi.yaml."},
      {"redis.address", SettingType::kText, "127.0.0.1:6379", "Redis with the read models."},
      {"peer.ingestion", SettingType::kText, "127.0.0.1:7401", "Where ingestion answers gRPC."},
      {"peer.targeting", SettingType::kText, "127.0.0.1:7402", "Where targeting answers gRPC."},
      {"peer.budgeting", SettingType::kText, "127.0.0.1:7403", "Where budgeting answers gRPC."},
      {"peer.monitoring", SettingType::kText, "127.0.0.1:7404", "Where monitoring answers gRPC."},
      platform::LogLevelSetting(),
  };
}

absl::StatusOr<std::unique_ptr<platform::RpcChannel>> Peer(const platform::Config& config,
                                                           const std::string& name) {
  const std::string& target = config.Text("peer." + name);
  SEPAKAT_RETURN_IF_ERROR(platform::SplitAddress(target).status());
  return std::make_unique<platform::GrpcChannel>(platform::GrpcChannelOptions{.target = target});
}

absl::Status Run(const platform::Config& config) {
  platform::StopRequest stop;
  SEPAKAT_RETURN_IF_ERROR(platform::CheckNamedFolder(config, "web.dir"));
  SEPAKAT_RETURN_IF_ERROR(platform::CheckNamedFile(config, "openapi.file"));
  SEPAKAT_RETURN_IF_ERROR(
      platform::CheckWritableFolder(config, "http.upload_dir", "upload folder"));
  const sepakat::embedded::SystemClock clock;
  platform::ProcessTelemetry telemetry("gateway", &clock, platform::LogLevel(config),
                                       platform::WriteToStandardError);
  SEPAKAT_ASSIGN_OR_RETURN(const auto ingestion, Peer(config, "ingestion"));
  SEPAKAT_ASSIGN_OR_RETURN(const auto targeting, Peer(config, "targeting"));
  SEPAKAT_ASSIGN_OR_RETURN(const auto budgeting, Peer(config, "budgeting"));
  SEPAKAT_ASSIGN_OR_RETURN(const auto monitoring, Peer(config, "monitoring"));
  SEPAKAT_ASSIGN_OR_RETURN(const auto redis, platform::SplitAddress(config.Text("redis.address")));
  platform::RedisViews views({redis.first, redis.second}, &clock);

  sepakat::gateway::GatewayOptions options;
  options.http.host = config.Text("http.host");
  options.http.port = static_cast<int>(config.Integer("http.port"));
  options.http.upload_folder = config.Text("http.upload_dir");
  options.web_folder = config.Text("web.dir");
  options.openapi_file = config.Text("openapi.file");
  options.metrics = [&telemetry] { return telemetry.PrometheusText(); };
  options.mode = "distributed";
  sepakat::gateway::GatewayApp app({ingestion.get(), targeting.get(), budgeting.get(),
                                    monitoring.get(), &views, &clock, &telemetry},
                                   options);
  SEPAKAT_RETURN_IF_ERROR(app.Start());
  telemetry.Log(sepakat::runtime::Severity::kInfo, "serving",
                {{"http", options.http.host + ":" + std::to_string(app.Port())}});
  const absl::Status why = stop.Wait();
  telemetry.Log(sepakat::runtime::Severity::kInfo, "stopping", {});
  app.Stop();
  return why;
}

}  // namespace

int main(int argc, char** argv) {
  const auto settings = Settings();
  const auto read = platform::ReadCommandLine(kProgram, settings, {argv + 1, argv + argc});
  if (const int* code = std::get_if<int>(&read)) return *code;
  return platform::EndWith(kProgram, Run(std::get<platform::Config>(read)));
}
