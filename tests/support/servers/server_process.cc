#include "tests/support/servers/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"

namespace sepakat::support {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPollInterval(20);

// Waits without depending on anything but the clock: there is no descriptor that tells readiness.
void PollPause() { ::poll(nullptr, 0, static_cast<int>(kPollInterval.count())); }

// Runs in the child, after fork: only calls that are safe there.
[[noreturn]] void BecomeServer(char* const argv[], int log, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);  // the parent died before the line above
  const int null = ::open("/dev/null", O_RDONLY);
  ::dup2(null, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::execvp(argv[0], argv);
  ::_exit(127);
}

}  // namespace

ServerProcess::ServerProcess(std::vector<std::string> command, std::filesystem::path log_file)
    : command_(std::move(command)), log_file_(std::move(log_file)) {}

ServerProcess::~ServerProcess() { Kill(); }

absl::Status ServerProcess::Start() {
  const int log = ::open(log_file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) {
    return base::Error(absl::StatusCode::kInternal, "SERVER_NOT_STARTED",
                       absl::StrCat("cannot write ", log_file_.string()));
  }
  std::vector<char*> argv;
  for (std::string& argument : command_) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) BecomeServer(argv.data(), log, parent);
  ::close(log);
  if (child < 0) {
    return base::Error(absl::StatusCode::kInternal, "SERVER_NOT_STARTED",
                       absl::StrCat("fork: ", std::strerror(errno)));
  }
  pid_ = child;
  exit_code_.reset();
  return absl::OkStatus();
}

void ServerProcess::Ended(int state) {
  exit_code_ = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  pid_ = -1;
}

bool ServerProcess::Running() {
  if (pid_ < 0) return false;
  int state = 0;
  if (::waitpid(pid_, &state, WNOHANG) == 0) return true;
  Ended(state);
  return false;
}

bool ServerProcess::WaitUntilEnded(std::chrono::milliseconds patience) {
  return Eventually(patience, [this] { return !Running(); });
}

void ServerProcess::Stop(std::chrono::milliseconds patience) {
  if (!Running()) return;
  Resume();
  ::kill(pid_, SIGTERM);
  if (!WaitUntilEnded(patience)) Kill();
}

void ServerProcess::Kill() {
  if (!Running()) return;
  ::kill(pid_, SIGKILL);
  int state = 0;
  ::waitpid(pid_, &state, 0);
  Ended(state);
}

void ServerProcess::Interrupt() {
  if (Running()) ::kill(pid_, SIGINT);
}

void ServerProcess::Pause() {
  if (Running()) ::kill(pid_, SIGSTOP);
}

void ServerProcess::Resume() {
  if (Running()) ::kill(pid_, SIGCONT);
}

std::string ServerProcess::LogTail(int lines) const {
  std::ifstream in(log_file_);
  std::deque<std::string> tail;
  for (std::string line; std::getline(in, line);) {
    tail.push_back(line);
    if (static_cast<int>(tail.size()) > lines) tail.pop_front();
  }
  std::string text;
  for (const std::string& line : tail) absl::StrAppend(&text, line, "\n");
  return text;
}

TemporaryFolder::TemporaryFolder(const std::string& name) {
  std::string pattern = (std::filesystem::temp_directory_path() / (name + ".XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    std::perror(pattern.c_str());
    std::abort();
  }
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

int FreePort() {
  std::random_device device;
  std::uniform_int_distribution<int> choice(20000, 31999);
  for (;;) {
    const int port = choice(device);
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool free =
        ::bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    ::close(probe);
    if (free) return port;
  }
}

bool Eventually(std::chrono::milliseconds patience, const std::function<bool()>& holds) {
  const Clock::time_point end = Clock::now() + patience;
  while (!holds()) {
    if (Clock::now() >= end) return false;
    PollPause();
  }
  return true;
}

absl::Status WaitUntilReady(ServerProcess& server, const std::string& what,
                            std::chrono::milliseconds patience,
                            const std::function<bool()>& ready) {
  const Clock::time_point end = Clock::now() + patience;
  while (!ready()) {
    if (!server.Running()) {
      return base::Error(absl::StatusCode::kUnavailable, "SERVER_ENDED",
                         absl::StrCat(what, " ended; its log:\n", server.LogTail()));
    }
    if (Clock::now() >= end) {
      return base::Error(absl::StatusCode::kDeadlineExceeded, "SERVER_NOT_READY",
                         absl::StrCat(what, " is not ready; its log:\n", server.LogTail()));
    }
    PollPause();
  }
  return absl::OkStatus();
}

}  // namespace sepakat::support
