// Targeting as an object: who and where is in need, in what order, and why.
//
//   auto app = TargetingApp::Create(env);          // one app per process
//   app->Start();                                  // restores the last publication
//   server.Add(app->rpc());                        // TargetingService
//   TaskLoop loop(app.get(), ...);                 // or a test driver polls it
//
// Uses env.log, env.clock and env.telemetry; keeps nothing but what it recomputes from the log, and
// checkpoints of that in env.files when there is such a folder.
// Errors: Create gives InvalidArgument RULE_SET_UNKNOWN.
// Thread: as runtime/app.h; rpc() handlers run on any thread.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/app.h"
#include "common/runtime/env.h"
#include "targeting/app/targeting_task.h"
#include "targeting/app/what_ifs.h"
#include "targeting/wire/event_codec.h"
#include "targeting/wire/rule_sets.h"

namespace sepakat::targeting {

class TargetingApp final : public runtime::App {
 public:
  static absl::StatusOr<std::unique_ptr<TargetingApp>> Create(const runtime::Env& env,
                                                              const TargetingOptions& options = {});

  std::string_view name() const override { return "targeting"; }
  absl::Status Start() override;
  absl::StatusOr<bool> Poll(int wait_ms) override;
  // Publications leave with Poll(); this writes checkpoints.
  absl::StatusOr<bool> Relay() override;
  void Stop() override {}
  absl::Status Healthy() const override;

  const platform::RpcService& rpc() const { return rpc_; }

 private:
  // `rules` is one of `rule_sets`.
  TargetingApp(const runtime::Env& env, const TargetingOptions& options, RuleSets rule_sets,
               const RuleSet* rules);

  const RuleSets rule_sets_;
  const EventCodec codec_;
  TargetingTask task_;
  WhatIfs what_ifs_;
  const platform::RpcService rpc_;
};

}  // namespace sepakat::targeting
