#include "common/platform/host/memory_limit.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>

#include "tests/support/servers/server_process.h"

namespace sepakat::platform {
namespace {

TEST(MemoryLimit, TheTightestGroupOnTheWayDecides) {
  const support::TemporaryFolder folder("sepakat-groups");
  const auto write = [&](const std::filesystem::path& group, const char* text) {
    std::filesystem::create_directories(folder.path() / group);
    std::ofstream(folder.path() / group / "memory.max") << text;
  };
  EXPECT_EQ(ControlGroupLimit(folder.path(), "/a/b"), std::nullopt);
  write("a", "2000000\n");
  write("a/b", "max\n");
  EXPECT_EQ(ControlGroupLimit(folder.path(), "/a/b"), 2'000'000);
  write("a/b", "1000000\n");
  EXPECT_EQ(ControlGroupLimit(folder.path(), "/a/b"), 1'000'000);
  EXPECT_EQ(ControlGroupLimit(folder.path(), "/a"), 2'000'000);
  EXPECT_EQ(ControlGroupLimit(folder.path(), ""), std::nullopt);
}

TEST(MemoryLimit, ALimitOfTheProcessCounts) {
  const int64_t before = MemoryLimitMib();
  ASSERT_GT(before, 0);
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_DATA, &limit), 0);
  rlimit tight = limit;
  tight.rlim_cur = static_cast<rlim_t>(before / 2) << 20;
  ASSERT_EQ(setrlimit(RLIMIT_DATA, &tight), 0);
  EXPECT_EQ(MemoryLimitMib(), before / 2);
  ASSERT_EQ(setrlimit(RLIMIT_DATA, &limit), 0);
  EXPECT_EQ(MemoryLimitMib(), before);
}

}  // namespace
}  // namespace sepakat::platform
