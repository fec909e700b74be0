#include "tests/support/programs/small_disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace sepakat::support {
namespace {

constexpr char kBallast[] = "ballast";

}  // namespace

std::unique_ptr<SmallDisk> SmallDisk::Mount(const std::filesystem::path& folder, int64_t bytes) {
  if (::unshare(CLONE_NEWNS) != 0) return nullptr;
  // In a changed root "/" may be no mount point (EINVAL): then others can see the disk while it is
  // mounted, in an empty folder that only this test knows.
  const bool own = ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  if (!own && errno != EINVAL) return nullptr;
  const std::string size = "size=" + std::to_string(bytes);
  if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, size.c_str()) != 0) return nullptr;
  return std::unique_ptr<SmallDisk>(new SmallDisk(folder));
}

SmallDisk::~SmallDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::Fill(int64_t left) const {
  const int64_t space = static_cast<int64_t>(std::filesystem::space(folder_).available) - left;
  const int file = ::open((folder_ / kBallast).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  EXPECT_EQ(::posix_fallocate(file, 0, space), 0) << folder_ << ": " << space;
  ::close(file);
}

void SmallDisk::Free() const { std::filesystem::remove(folder_ / kBallast); }

void SmallDisk::MakeReadOnly() const {
  EXPECT_EQ(::mount("none", folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
}

}  // namespace sepakat::support
