// The edge as an object: HTTP/JSON, event stream and the web page over the other four services.
//
// Keeps nothing but open connections. Start() binds the port and listens to finished publications.
// Errors: AlreadyExists PORT_IN_USE.
// Thread: Start and Stop from one thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "common/platform/http/http_server.h"
#include "common/runtime/telemetry.h"
#include "gateway/wire/routes.h"

namespace sepakat::gateway {

struct GatewayOptions {
  platform::HttpServerOptions http;
  // The built web page; empty for none.
  std::filesystem::path web_folder;
  std::filesystem::path openapi_file;
  // Prometheus text of the process; empty for none.
  std::function<std::string()> metrics;
  // OK when the process serves; else what is missing.
  std::function<absl::Status()> healthy = [] { return absl::OkStatus(); };
  std::string mode = "embedded";
  std::string version = "0.1.0";
};

// The parts outlive the App.
struct GatewayDeps {
  platform::RpcChannel* ingestion = nullptr;
  platform::RpcChannel* targeting = nullptr;
  platform::RpcChannel* budgeting = nullptr;
  platform::RpcChannel* monitoring = nullptr;
  runtime::Views* views = nullptr;
  const runtime::Clock* clock = nullptr;
  runtime::Telemetry* telemetry = nullptr;
};

class GatewayApp {
 public:
  GatewayApp(const GatewayDeps& deps, GatewayOptions options);
  ~GatewayApp();
  GatewayApp(const GatewayApp&) = delete;
  GatewayApp& operator=(const GatewayApp&) = delete;

  absl::Status Start();
  int Port() const { return server_.Port(); }
  void Stop();

  // The routes without a socket, for tests.
  const platform::HttpRouter& router() const { return router_; }

 private:
  void AddPageRoutes();
  absl::Status Listen();
  void Beat(const std::stop_token& stop);
  // Compares the newest notice of the read models with what was announced.
  void CatchUp();

  const GatewayDeps deps_;
  const GatewayOptions options_;
  StreamHub hub_;
  platform::HttpRouter router_;
  platform::HttpServer server_;
  std::unique_ptr<runtime::ViewSubscription> subscription_;
  std::mutex beat_mutex_;
  std::condition_variable_any beat_wake_;
  std::jthread heart_;
};

}  // namespace sepakat::gateway
