// What `make stack` starts, for a test: real Kafka, real Redis and the five services as processes.
//
// It is deploy/scripts/stack.sh itself on the built programs, in a fresh folder, on the ports that
// it chose. Parts are called as there: kafka, redis, ingestion, targeting, budgeting, monitoring,
// gateway. Takes about ten seconds, so a binary has one or two. Everything ends with the test, also
// when that crashes. Needs the Kafka jars (make test resolves them).
// Thread: the one that started it; PortOf() and door() any.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/programs/front_door.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {

class ServiceStack {
 public:
  // What becomes of a part that ends: the whole stack ends, or the part is started again.
  enum class PartThatEnds { kEndsAll, kStartsAgain };

  explicit ServiceStack(PartThatEnds part_that_ends);

  // Waits until every part answers.
  absl::Status Start();
  void Stop() { script_.Stop(kPatience); }
  // The script that holds everything together.
  ServerProcess& script() { return script_; }

  // Kills a part without warning.
  void Kill(const std::string& part);
  // Kills a part and waits until its successor runs, but not until it answers.
  absl::Status KillAndReplace(const std::string& part);
  // Waits until a part answers.
  absl::Status WaitFor(const std::string& part);
  // Kills a part and waits until its successor answers.
  absl::Status KillAndWait(const std::string& part);
  // Freezes and thaws a part.
  void Pause(const std::string& part);
  void Resume(const std::string& part);

  // Process of each part.
  std::map<std::string, int> Pids() const;
  // gRPC of a service, HTTP of the gateway, else where the part listens.
  int PortOf(const std::string& part) const { return ports_.at(part).front(); }
  // Where a service or the gateway answers /metrics and /healthz.
  int MetricsPortOf(const std::string& part) const { return ports_.at(part).back(); }

  const FrontDoor& door() const { return door_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  // Where logs and settings of the parts lie.
  std::filesystem::path stack_folder() const { return folder_.path() / "stack"; }
  // What the script printed.
  std::string Printed() const;

 private:
  static constexpr std::chrono::seconds kPatience{120};
  void ReadAddresses();
  void Signal(const std::string& part, int signal);

  TemporaryFolder folder_{"sepakat-stack"};
  ServerProcess script_;
  std::map<std::string, std::vector<int>> ports_;
  FrontDoor door_{{}, 0};
};

}  // namespace sepakat::support
