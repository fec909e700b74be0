// A program that runs to its end, as typed by a person.
//
// Thread: any.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sepakat::support {

struct CommandResult {
  int exit_code = -1;  // -1: ended by a signal
  std::string output;  // standard output and error
};

CommandResult RunProgram(const std::vector<std::string>& command);

// The built program of that name: `sepakat`, `sepakat-targeting`.
std::string Program(const std::string& name);

// Folder of the built programs.
std::filesystem::path ProgramFolder();

}  // namespace sepakat::support
