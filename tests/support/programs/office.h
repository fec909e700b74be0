// The all-in-one program as a district office runs it.
//
// Thread: the one that opened it.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "tests/support/programs/front_door.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {

class Office {
 public:
  // Everything the office keeps lies in `folder`; its key lies beside the folder, so that offices
  // next to each other give a family the same pseudonym and break ties alike.
  explicit Office(std::filesystem::path folder);

  // Starts the program and waits until it serves.
  absl::Status Open();
  void Kill() { process_.Kill(); }
  void Close() { process_.Stop(); }
  // True when the program has ended by itself, at the latest after `patience`.
  bool WaitUntilEnded(std::chrono::milliseconds patience) {
    return process_.WaitUntilEnded(patience);
  }
  std::optional<int> exit_code() const { return process_.exit_code(); }

  const FrontDoor& door() const { return door_; }
  int grpc_port() const { return grpc_port_; }
  std::string LogTail() const { return process_.LogTail(); }

  static std::filesystem::path KeyFile(const std::filesystem::path& folder) {
    return folder.parent_path() / "office.key";
  }

 private:
  int grpc_port_;
  FrontDoor door_;
  ServerProcess process_;
};

}  // namespace sepakat::support
