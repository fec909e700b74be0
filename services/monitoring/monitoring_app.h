// The monitoring service as an object: is it working, what needs attention.
//
// Uses log, store, views, clock and telemetry of `env`; it is the only writer of the read models.
// Thread: Start, Poll and Stop from one thread at a time; Relay from one of its own; rpc() handlers
// from any.
#pragma once

#include <atomic>

#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/app.h"
#include "common/runtime/env.h"
#include "common/runtime/stateful_task.h"
#include "monitoring/app/monitoring_task.h"
#include "monitoring/wire/proto_codec.h"

namespace sepakat::monitoring {

class MonitoringApp final : public runtime::App {
 public:
  // Env outlives the App.
  explicit MonitoringApp(runtime::Env env, const MonitoringOptions& options = {});

  std::string_view name() const override { return "monitoring"; }
  absl::Status Start() override;
  // One batch, then what the views may be told.
  absl::StatusOr<bool> Poll(int wait_ms) override;
  absl::StatusOr<bool> Relay() override { return task_.RelayOnce(); }
  void Stop() override { started_ = false; }
  absl::Status Healthy() const override;

  const platform::RpcService& rpc() const { return rpc_; }

 private:
  const ProtoMonitoringCodec codec_;
  MonitoringTask monitor_;
  runtime::StatefulTask task_;
  platform::RpcService rpc_;
  std::atomic<bool> started_ = false;
};

}  // namespace sepakat::monitoring
