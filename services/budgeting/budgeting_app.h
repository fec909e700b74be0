// The budgeting service as an object: what is done with which money, and what a plan would change.
//
// Embedded and distributed mode hand over another Env and another channel to targeting; nothing
// else differs. Thread: Start, Poll and Stop from one thread at a time; Relay from one of its own;
// rpc() handlers from any.
#pragma once

#include <atomic>

#include "budgeting/app/budgeting_task.h"
#include "budgeting/wire/proto_codec.h"
#include "budgeting/wire/targeting_selector.h"
#include "common/platform/rpc/rpc_channel.h"
#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/app.h"
#include "common/runtime/env.h"
#include "common/runtime/stateful_task.h"

namespace sepakat::budgeting {

class BudgetingApp final : public runtime::App {
 public:
  // Uses log, store, clock and telemetry of `env`. Env and channel outlive the App.
  BudgetingApp(runtime::Env env, platform::RpcChannel* targeting, BudgetingOptions options = {});

  std::string_view name() const override { return "budgeting"; }
  absl::Status Start() override;
  absl::StatusOr<bool> Poll(int wait_ms) override { return task_.Poll(wait_ms); }
  absl::StatusOr<bool> Relay() override { return task_.RelayOnce(); }
  void Stop() override { started_ = false; }
  absl::Status Healthy() const override;

  const platform::RpcService& rpc() const { return rpc_; }

 private:
  const ProtoBudgetingCodec codec_;
  BudgetingTask budget_;
  runtime::StatefulTask task_;
  TargetingSelector selector_;
  platform::RpcService rpc_;
  std::atomic<bool> started_ = false;
};

}  // namespace sepakat::budgeting
