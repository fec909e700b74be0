// How people reach a running SEPAKAT, whichever way it runs: the command line and the HTTP port.
//
// Thread: any.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/programs/run_program.h"

namespace sepakat::support {

class FrontDoor {
 public:
  // `variables`: the environment that points the command line at the servers, as NAME=VALUE.
  FrontDoor(std::vector<std::string> variables, int http_port)
      : variables_(std::move(variables)), http_port_(http_port) {}

  // `sepakat ARGUMENTS` as a command of its own, in English.
  std::vector<std::string> Command(const std::vector<std::string>& arguments) const;
  CommandResult Run(const std::vector<std::string>& arguments) const {
    return RunProgram(Command(arguments));
  }

  // The answer to GET; a null value when it is not 200.
  nlohmann::json Get(const std::string& target) const;
  int http_port() const { return http_port_; }

  // Loads what every survey needs: the region master and the shipped reference data. Fails the test
  // when that does not work.
  void LoadReference() const;

 private:
  std::vector<std::string> variables_;
  int http_port_;
};

}  // namespace sepakat::support
