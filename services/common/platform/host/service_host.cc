#include "common/platform/host/service_host.h"

#include <fmt/format.h>

#include <atomic>
#include <cstdlib>

#include "common/base/status.h"
#include "common/embedded/system_clock.h"
#include "common/platform/grpc/grpc_channel.h"
#include "common/platform/grpc/grpc_server.h"
#include "common/platform/host/backends.h"
#include "common/platform/host/command_line.h"
#include "common/platform/host/exit_code.h"
#include "common/platform/host/memory_limit.h"
#include "common/platform/host/metrics_endpoint.h"
#include "common/platform/host/stop_request.h"
#include "common/platform/log/process_telemetry.h"
#include "common/runtime/task_loop.h"

namespace sepakat::platform {
namespace {

using runtime::Severity;

std::vector<Setting> SettingsOf(const ServiceSpec& spec) {
  std::vector<Setting> settings = BackendSettings();
  settings.push_back(LogLevelSetting());
  settings.push_back(
      {"grpc.host", SettingType::kText, "127.0.0.1", "Address that gRPC listens on."});
  settings.push_back({"grpc.port", SettingType::kPort, std::to_string(spec.grpc_port),
                      "Port of gRPC; 0 takes a free one."});
  settings.push_back({"metrics.port", SettingType::kPort, std::to_string(spec.metrics_port),
                      "Port of /metrics and /healthz; 0 takes a free one."});
  for (const auto& [peer, address] : spec.peers) {
    settings.push_back({"peer." + peer, SettingType::kText, address,
                        fmt::format("Where {} answers gRPC, as host:port.", peer)});
  }
  settings.insert(settings.end(), spec.settings.begin(), spec.settings.end());
  return settings;
}

// One process of one service, from its parts to its end.
class Host {
 public:
  Host(const ServiceSpec& spec, const Config& config)
      : spec_(spec),
        config_(config),
        telemetry_(spec.service, &clock_, LogLevel(config), WriteToStandardError),
        metrics_(config.Text("grpc.host"), static_cast<int>(config.Integer("metrics.port")),
                 &telemetry_, [this] { return Healthy(); }) {}

  absl::Status Run(const BuildService& build) {
    SEPAKAT_RETURN_IF_ERROR(metrics_.Start());
    SEPAKAT_RETURN_IF_ERROR(Build(build));
    const absl::Status started = StartApp();
    if (!started.ok() || stop_.Requested()) return started;
    runtime::TaskLoop loop(hosted_.app.get(), &clock_, &telemetry_,
                           [this](const absl::Status& why) { stop_.Request(why); });
    GrpcServerOptions grpc;
    grpc.host = config_.Text("grpc.host");
    grpc.port = static_cast<int>(config_.Integer("grpc.port"));
    GrpcServer server(grpc, {hosted_.rpc});
    SEPAKAT_RETURN_IF_ERROR(server.Start());
    loop.Start();
    serving_ = true;
    server.SetServing(true);
    telemetry_.Log(Severity::kInfo, "serving",
                   {{"grpc", fmt::format("{}:{}", grpc.host, server.Port())},
                    {"metrics", std::to_string(metrics_.Port())}});
    const absl::Status why = stop_.Wait();
    telemetry_.Log(Severity::kInfo, "stopping", {});
    serving_ = false;
    server.Stop();
    if (const absl::Status stopped = loop.Stop(); !stopped.ok()) {
      // Its threads still use the App; nothing acknowledged is lost by leaving now.
      telemetry_.Log(Severity::kError, std::string(stopped.message()), {});
      std::_Exit(ExitCodeOf(stopped));
    }
    hosted_.app->Stop();
    metrics_.Stop();
    return why;
  }

 private:
  absl::Status Build(const BuildService& build) {
    SEPAKAT_ASSIGN_OR_RETURN(
        backends_, Backends::Open(config_, "sepakat-" + spec_.service, &clock_, &telemetry_));
    runtime::Env env{backends_->log(), nullptr, backends_->views(), &clock_, &telemetry_};
    if (spec_.has_store) {
      SEPAKAT_ASSIGN_OR_RETURN(env.store, backends_->Store(spec_.service));
    }
    parts_ = std::make_unique<ServiceParts>(ServiceParts{config_, env, {}});
    for (const auto& [peer, address] : spec_.peers) {
      const std::string target = config_.Text("peer." + peer);
      SEPAKAT_RETURN_IF_ERROR(SplitAddress(target).status());
      parts_->peers[peer] = std::make_unique<GrpcChannel>(GrpcChannelOptions{.target = target});
    }
    SEPAKAT_ASSIGN_OR_RETURN(hosted_, build(*parts_));
    built_ = true;
    return absl::OkStatus();
  }

  absl::Status StartApp() {
    while (true) {
      const absl::Status status = hosted_.app->Start();
      if (status.ok() || !base::IsRetriable(status) || base::ReasonOf(status) == "DISK_FULL") {
        return status;
      }
      telemetry_.Log(Severity::kWarning, "cannot start yet",
                     {{"why", std::string(status.message())}});
      if (stop_.WaitFor(1000)) return absl::OkStatus();
    }
  }

  absl::Status Healthy() const {
    if (built_ && serving_) return hosted_.app->Healthy();
    return base::Error(absl::StatusCode::kUnavailable, "NOT_SERVING", "starting or stopping");
  }

  const ServiceSpec& spec_;
  const Config& config_;
  StopRequest stop_;  // Before every part that has a thread.
  embedded::SystemClock clock_;
  ProcessTelemetry telemetry_;
  std::unique_ptr<Backends> backends_;
  std::unique_ptr<ServiceParts> parts_;
  Hosted hosted_;
  std::atomic<bool> built_ = false;
  std::atomic<bool> serving_ = false;
  MetricsEndpoint metrics_;  // Ends before what Healthy() looks at.
};

}  // namespace

int RunService(const ServiceSpec& spec, std::vector<std::string> arguments,
               const BuildService& build) {
  const std::string name = "sepakat-" + spec.service;
  const ProgramText program{name, spec.summary};
  const std::vector<Setting> settings = SettingsOf(spec);
  std::variant<Config, int> read = ReadCommandLine(program, settings, std::move(arguments));
  if (const int* code = std::get_if<int>(&read)) return *code;
  Host host(spec, std::get<Config>(read));
  return EndWith(program, host.Run(build));
}

Setting LogLevelSetting() {
  return {"log.level",
          SettingType::kText,
          "info",
          "Least severity of log lines: debug, info, warning or error.",
          {"debug", "info", "warning", "error"}};
}

Setting MemoryBudgetSetting() {
  return {"memory.budget_mb", SettingType::kInteger, "0",
          "MiB of memory for the register; 0 for four fifths of what machine, container and limits "
          "of the process allow."};
}

int64_t MemoryBudgetMib(const Config& config) {
  const int64_t set = config.Integer("memory.budget_mb");
  return set > 0 ? set : MemoryLimitMib() * 4 / 5;
}

runtime::Severity LogLevel(const Config& config) {
  const std::string& level = config.Text("log.level");
  if (level == "debug") return Severity::kDebug;
  if (level == "warning") return Severity::kWarning;
  if (level == "error") return Severity::kError;
  return Severity::kInfo;
}

}  // namespace sepakat::platform
