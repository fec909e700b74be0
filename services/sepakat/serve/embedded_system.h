// All five services in one process: the embedded mode of a district office.
//
// The same Apps as in distributed mode, over a durable log and stores below one data directory,
// read models in process and direct calls between services. gRPC and HTTP are served on top.
// Errors: those of the adapters, one sentence each (directory in use or not writable, disk full,
// port in
//   use). Thread: Start and Stop from one thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "budgeting/budgeting_app.h"
#include "common/embedded/system_clock.h"
#include "common/platform/config/config.h"
#include "common/platform/files/posix_folder.h"
#include "common/platform/grpc/grpc_server.h"
#include "common/platform/host/backends.h"
#include "common/platform/log/process_telemetry.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/runtime/secrets.h"
#include "common/runtime/task_loop.h"
#include "gateway/gateway_app.h"
#include "ingestion/ingestion_app.h"
#include "monitoring/monitoring_app.h"
#include "targeting/targeting_app.h"

namespace sepakat::serve {

// Settings of `sepakat serve`.
std::vector<platform::Setting> ServeSettings(const std::string& program_folder);

class EmbeddedSystem {
 public:
  // `on_fatal` is called once when a service cannot go on; it must not call Stop().
  static absl::StatusOr<std::unique_ptr<EmbeddedSystem>> Open(
      const platform::Config& config, std::function<void(const absl::Status&)> on_fatal);
  ~EmbeddedSystem();
  EmbeddedSystem(const EmbeddedSystem&) = delete;
  EmbeddedSystem& operator=(const EmbeddedSystem&) = delete;

  absl::Status Start();
  void Stop();

  int http_port() const { return gateway_->Port(); }
  int grpc_port() const { return grpc_->Port(); }
  // Calls the services of this process.
  platform::RpcChannel* channel() { return channel_.get(); }
  const std::filesystem::path& data_folder() const { return backends_->data_folder(); }

 private:
  explicit EmbeddedSystem(const platform::Config& config);

  absl::Status Build(std::function<void(const absl::Status&)> on_fatal);
  absl::Status BuildServices();
  absl::StatusOr<runtime::Env> EnvFor(const std::string& service, bool has_store);
  absl::Status Healthy() const;

  const platform::Config config_;
  embedded::SystemClock clock_;
  platform::ProcessTelemetry telemetry_;
  std::unique_ptr<platform::Backends> backends_;
  std::unique_ptr<runtime::Secrets> secrets_;
  std::unique_ptr<platform::PosixFolder> checkpoints_;
  std::unique_ptr<targeting::TargetingApp> targeting_;
  std::unique_ptr<platform::DirectChannel> targeting_channel_;
  std::unique_ptr<ingestion::IngestionApp> ingestion_;
  std::unique_ptr<budgeting::BudgetingApp> budgeting_;
  std::unique_ptr<monitoring::MonitoringApp> monitoring_;
  std::unique_ptr<platform::DirectChannel> channel_;
  std::unique_ptr<platform::GrpcServer> grpc_;
  std::unique_ptr<gateway::GatewayApp> gateway_;
  std::vector<runtime::App*> apps_;
  std::vector<std::unique_ptr<runtime::TaskLoop>> loops_;
};

}  // namespace sepakat::serve
