// A real Apache Kafka (single KRaft node, pinned in deploy/kafka/pom.xml) for one test binary.
//
//   static void SetUpTestSuite() { ASSERT_TRUE(SharedKafka().ok()) << SharedKafka().status(); }
//   ... SharedKafka().value()->bootstrap() ...
//
// Ports are free ones, data lies in a fresh folder, ready means that a client got the broker's
// metadata. It takes about 4 s and 350 MB, so a binary has one and tests use topics of their own.
// The server ends with the process. Needs the jars that `deploy/scripts/kafka.sh jars` resolves
// (make test does). Thread: the one that started it.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {

class KafkaServer {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaServer>> Start();

  // "127.0.0.1:<port>", the same after every restart.
  const std::string& bootstrap() const { return bootstrap_; }

  // Orderly end; topics and records stay for Restart().
  void Stop() { process_->Stop(); }

  // End without warning; what was acknowledged stays as far as the page cache does.
  void Kill() { process_->Kill(); }

  // Starts again on the same data and ports, and waits until ready. Stops first when it still runs.
  absl::Status Restart();

  // Freezes and thaws the broker: clients keep their connections and get no answer.
  void Pause() { process_->Pause(); }
  void Resume() { process_->Resume(); }

  bool Running() { return process_->Running(); }
  std::string LogTail() const { return process_->LogTail(); }

 private:
  KafkaServer(int port, int controller_port);
  absl::Status StartAndWait();

  TemporaryFolder folder_;
  std::string bootstrap_;
  std::unique_ptr<ServerProcess> process_;
};

// The one broker of this test binary, started at the first call and ended when the process ends.
absl::StatusOr<KafkaServer*> SharedKafka();

}  // namespace sepakat::support
