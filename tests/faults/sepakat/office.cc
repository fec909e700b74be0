#include "tests/faults/sepakat/office.h"

#include <sys/wait.h>

#include <array>
#include <chrono>
#include <cstdio>

namespace sepakat::faults {
namespace {

constexpr char kProgram[] = SEPAKAT_PROGRAM;

std::vector<std::string> ServeCommand(const std::filesystem::path& folder, int grpc_port,
                                      int http_port) {
  return {kProgram,      "serve",
          "--data.dir",  (folder / "data").string(),
          "--grpc.port", std::to_string(grpc_port),
          "--http.port", std::to_string(http_port),
          "--key.file",  (folder.parent_path() / "office.key").string(),
          "--log.level", "warning"};
}

std::string Quoted(const std::string& word) { return "'" + word + "'"; }

}  // namespace

CommandResult RunProgram(const std::vector<std::string>& command) {
  std::string line;
  for (const std::string& word : command) line += Quoted(word) + " ";
  CommandResult result;
  std::FILE* pipe = popen((line + "2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer{};
  for (size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    result.output.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

Office::Office(std::filesystem::path folder)
    : grpc_port_(support::FreePort()),
      http_port_(support::FreePort()),
      process_(ServeCommand(folder, grpc_port_, http_port_), folder / "serve.log") {}

absl::Status Office::Open() {
  if (absl::Status started = process_.Start(); !started.ok()) return started;
  return support::WaitUntilReady(process_, "sepakat serve", std::chrono::seconds(60), [this] {
    return Run({"codebook", "list"}).exit_code == 0;
  });
}

CommandResult Office::Run(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {
      "env", "SEPAKAT_SERVER=127.0.0.1:" + std::to_string(grpc_port_), kProgram};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return RunProgram(command);
}

}  // namespace sepakat::faults
