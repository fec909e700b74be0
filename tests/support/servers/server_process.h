// A server that a test starts for itself: one child process with a log file.
//
// The child dies with the thread that started it, also when the test crashes (PR_SET_PDEATHSIG), so
// start servers from the main thread. The destructor kills what still runs. Errors: Internal
// SERVER_NOT_STARTED when the program cannot be run; a program that ends later is seen by Running()
// and tells why in LogTail(). Thread: one.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace sepakat::support {

class ServerProcess {
 public:
  // `command[0]` is searched in PATH. Output of all starts is appended to `log_file`.
  ServerProcess(std::vector<std::string> command, std::filesystem::path log_file);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  absl::Status Start();

  // Asks the child to end (SIGTERM) and kills it when it has not after `patience`.
  void Stop(std::chrono::milliseconds patience = std::chrono::seconds(20));

  // Ends the child as a crash would (SIGKILL).
  void Kill();

  // What Ctrl-C sends (SIGINT).
  void Interrupt();

  // True when the child has ended, at the latest after `patience`.
  bool WaitUntilEnded(std::chrono::milliseconds patience);

  // How the last child ended: its exit status, or 128 and the number of the signal. Nothing while
  // it runs.
  std::optional<int> exit_code() const { return exit_code_; }

  // Freezes and thaws the child: connections stay open and nothing answers.
  void Pause();
  void Resume();

  bool Running();
  int pid() const { return pid_; }

  // The last lines of the log, for failure messages.
  std::string LogTail(int lines = 30) const;

 private:
  void Ended(int state);

  std::vector<std::string> command_;
  std::filesystem::path log_file_;
  int pid_ = -1;
  std::optional<int> exit_code_;
};

// A new folder below the system's temporary one, removed with everything in it by the destructor.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& name);
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A TCP port of 127.0.0.1 that nobody listens on, outside the range the kernel hands to clients.
// Another process may take it before the caller does: callers start their server again with another
// port then.
int FreePort();

// Asks again and again until `holds`; false when it does not within `patience`.
bool Eventually(std::chrono::milliseconds patience, const std::function<bool()>& holds);

// Calls `ready` until it is true (then OK), the server has ended (Unavailable SERVER_ENDED) or
// `patience` has passed (DeadlineExceeded SERVER_NOT_READY). Failures carry the tail of the
// server's log.
absl::Status WaitUntilReady(ServerProcess& server, const std::string& what,
                            std::chrono::milliseconds patience, const std::function<bool()>& ready);

}  // namespace sepakat::support
