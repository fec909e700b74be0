#include "tests/support/programs/arriving_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>

#include "tests/support/servers/server_process.h"

namespace sepakat::support {
namespace {

constexpr std::chrono::seconds kPatience(60);

}  // namespace

ArrivingFile::ArrivingFile(std::filesystem::path path, std::string content)
    : path_(std::move(path)), content_(std::move(content)) {
  std::signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(::mkfifo(path_.c_str(), 0600), 0) << path_;
}

ArrivingFile::~ArrivingFile() {
  if (pipe_ >= 0) ::close(pipe_);
  ::unlink(path_.c_str());
}

bool ArrivingFile::Open() {
  if (pipe_ >= 0) return true;
  return Eventually(kPatience, [this] {
    pipe_ = ::open(path_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    return pipe_ >= 0;
  });
}

bool ArrivingFile::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    pollfd ready{.fd = pipe_, .events = POLLOUT, .revents = 0};
    const auto patience = std::chrono::duration_cast<std::chrono::milliseconds>(kPatience);
    if (::poll(&ready, 1, static_cast<int>(patience.count())) <= 0) return false;
    const ssize_t taken = ::write(pipe_, bytes.data(), bytes.size());
    if (taken < 0 && errno != EAGAIN) return false;
    if (taken > 0) bytes.remove_prefix(static_cast<size_t>(taken));
  }
  return true;
}

bool ArrivingFile::Arrive(int part, int parts) {
  const size_t end = content_.size() * static_cast<size_t>(part) / static_cast<size_t>(parts);
  const std::string_view missing = std::string_view(content_).substr(arrived_, end - arrived_);
  arrived_ = end;
  return Open() && Write(missing);
}

bool ArrivingFile::ArriveWhole() {
  const bool arrived = Arrive(1, 1);
  if (pipe_ >= 0) ::close(std::exchange(pipe_, -1));
  return arrived;
}

}  // namespace sepakat::support
