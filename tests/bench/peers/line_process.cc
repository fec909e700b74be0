#include "tests/bench/peers/line_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "common/base/status.h"

namespace sepakat::bench {

absl::StatusOr<std::unique_ptr<LineProcess>> LineProcess::Start(
    const std::vector<std::string>& command) {
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  if (pipe2(to.data(), O_CLOEXEC) != 0 || pipe2(from.data(), O_CLOEXEC) != 0) {
    return base::Error(absl::StatusCode::kInternal, "PROGRAM_ENDED", "no pipe could be made");
  }
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  int pid = -1;
  const int failed = posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(to[0]);
  close(from[1]);
  if (failed != 0) {
    close(to[1]);
    close(from[0]);
    return base::Error(absl::StatusCode::kFailedPrecondition, "PROGRAM_MISSING",
                       fmt::format("{} cannot be run", command[0]));
  }
  return std::unique_ptr<LineProcess>(
      new LineProcess(pid, fdopen(to[1], "w"), fdopen(from[0], "r")));
}

LineProcess::~LineProcess() {
  std::fclose(to_);
  std::fclose(from_);
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

absl::StatusOr<std::string> LineProcess::ReadLine() {
  std::string line;
  for (int c = std::fgetc(from_); c != EOF; c = std::fgetc(from_)) {
    if (c == '\n') return line;
    line.push_back(static_cast<char>(c));
  }
  return base::Error(absl::StatusCode::kInternal, "PROGRAM_ENDED",
                     "a program beside the benchmark ended too early; its messages stand above");
}

absl::StatusOr<std::string> LineProcess::Ask(const std::string& line) {
  fmt::print(to_, "{}\n", line);
  std::fflush(to_);
  return ReadLine();
}

}  // namespace sepakat::bench
