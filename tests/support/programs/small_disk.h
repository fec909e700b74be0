// A disk that is soon full: a file system of limited size in memory.
//
// It is mounted in a mount namespace of this process, so it goes with the process and, unless the
// root directory is changed, nobody else sees it. Only root may do that: Mount() gives nothing
// otherwise, and the test says so:
//   const auto disk = SmallDisk::Mount(folder, 64 << 20);
//   if (disk == nullptr) GTEST_SKIP() << SmallDisk::kWhyNot;
// Programs that the same thread starts afterwards see it too. Thread: one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace sepakat::support {

class SmallDisk {
 public:
  static constexpr char kWhyNot[] = "only root can mount a disk of limited size";

  // `folder` exists and is empty.
  static std::unique_ptr<SmallDisk> Mount(const std::filesystem::path& folder, int64_t bytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  // Takes all space but `left` bytes, and gives back what was taken.
  void Fill(int64_t left = 0) const;
  void Free() const;
  void MakeReadOnly() const;

 private:
  explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path folder_;
};

}  // namespace sepakat::support
