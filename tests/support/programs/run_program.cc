#include "tests/support/programs/run_program.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>

namespace sepakat::support {

CommandResult RunProgram(const std::vector<std::string>& command) {
  // Tests read English sentences, as a person who asks for them does.
  std::string line = "SEPAKAT_LANG=en ";
  for (const std::string& word : command) line += "'" + word + "' ";
  CommandResult result;
  std::FILE* pipe = popen((line + "2>&1 </dev/null").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer{};
  for (size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    result.output.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

std::string Program(const std::string& name) { return (ProgramFolder() / name).string(); }

std::filesystem::path ProgramFolder() { return SEPAKAT_PROGRAMS; }

}  // namespace sepakat::support
