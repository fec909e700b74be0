// Runs one service as a process: everything a main.cc would otherwise repeat.
//
//   int main(int argc, char** argv) {
//     return RunService({.service = "budgeting", .summary = "…", .grpc_port = 7403,
//                        .peers = {{"targeting", "127.0.0.1:7402"}}, .settings = {…}},
//                       {argv + 1, argv + argc},
//                       [](ServiceParts& parts) -> absl::StatusOr<Hosted> {
//                         auto app = std::make_unique<App>(parts.env, parts.peer("targeting"));
//                         const RpcService* rpc = &app->rpc();
//                         return Hosted{nullptr, std::move(app), rpc};
//                       });
//   }
//
// Order: settings, log lines, metrics port, log and store, App, Start (tried again while what it
// needs is away), loop, gRPC. On SIGTERM, SIGINT or a fatal error the same way back: gRPC first, so
// that calls under way are answered, then the loop. Returns the exit code (exit_code.h); every
// error is one sentence on standard error.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/platform/config/config.h"
#include "common/platform/rpc/rpc_channel.h"
#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/app.h"
#include "common/runtime/env.h"

namespace sepakat::platform {

struct ServiceSpec {
  std::string service;  // `targeting`: program `sepakat-targeting`, folder `<data.dir>/targeting`
  std::string_view summary;
  int grpc_port = 0;
  int metrics_port = 0;
  // Services it asks, with the address they have unless `peer.<name>` says otherwise.
  std::map<std::string, std::string> peers = {};
  // Settings of its own.
  std::vector<Setting> settings = {};
  // Whether it keeps state in a store of its own (env.store).
  bool has_store = true;
};

struct ServiceParts {
  const Config& config;
  runtime::Env env;
  std::map<std::string, std::unique_ptr<RpcChannel>> peers;

  // The name must be one of ServiceSpec::peers.
  RpcChannel* peer(const std::string& name) const { return peers.at(name).get(); }
};

// The built service. `keep` holds what the App uses and the host does not know.
struct Hosted {
  std::shared_ptr<void> keep;  // shared for its type-erased destructor; outlives the App
  std::unique_ptr<runtime::App> app;
  const RpcService* rpc = nullptr;
};

using BuildService = std::function<absl::StatusOr<Hosted>(ServiceParts& parts)>;

// `arguments` without the program's name.
int RunService(const ServiceSpec& spec, std::vector<std::string> arguments,
               const BuildService& build);

// The setting `memory.budget_mb`: MiB that a service may use for what it keeps in memory, 0 for
// four fifths of what this process may have (memory_limit.h); and its value.
Setting MemoryBudgetSetting();
int64_t MemoryBudgetMib(const Config& config);

// log.level as a severity.
runtime::Severity LogLevel(const Config& config);
// The setting `log.level`.
Setting LogLevelSetting();

}  // namespace sepakat::platform
