// The all-in-one program as a district office runs it, for tests that kill it.
//
// Thread: one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::faults {

struct CommandResult {
  int exit_code = -1;
  std::string output;  // standard output and error
};

// Runs a program to its end.
CommandResult RunProgram(const std::vector<std::string>& command);

class Office {
 public:
  // Everything the office keeps lies in `folder`; its key lies beside the folder, so that offices next to
  // each other give a family the same pseudonym and break ties alike.
  explicit Office(std::filesystem::path folder);

  // Starts the program and waits until it serves.
  absl::Status Open();
  void Kill() { process_.Kill(); }
  void Close() { process_.Stop(); }

  // `sepakat ARGUMENTS` against this office.
  CommandResult Run(const std::vector<std::string>& arguments) const;
  int grpc_port() const { return grpc_port_; }
  std::string LogTail() const { return process_.LogTail(); }

 private:
  int grpc_port_;
  int http_port_;
  support::ServerProcess process_;
};

}  // namespace sepakat::faults
