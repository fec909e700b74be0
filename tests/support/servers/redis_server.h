// Debian's redis-server for one test, on a free port, without persistence: it comes back empty.
//
// Start() takes about 50 ms, so a test may have its own. Ready means that PING was answered.
// Thread: the one that started it.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {

class RedisServer {
 public:
  static absl::StatusOr<std::unique_ptr<RedisServer>> Start();

  static constexpr const char* kHost = "127.0.0.1";
  int port() const { return port_; }
  std::string address() const;  // "127.0.0.1:<port>"

  void Stop() { process_->Stop(); }
  void Kill() { process_->Kill(); }

  // Starts again on the same port, empty, and waits until ready. Stops first when it still runs.
  absl::Status Restart();

  // Freezes and thaws the server: clients keep their connections and get no answer.
  void Pause() { process_->Pause(); }
  void Resume() { process_->Resume(); }

  bool Running() { return process_->Running(); }
  std::string LogTail() const { return process_->LogTail(); }

 private:
  explicit RedisServer(int port);
  absl::Status StartAndWait();

  TemporaryFolder folder_;
  int port_;
  std::unique_ptr<ServerProcess> process_;
};

}  // namespace sepakat::support
