#include "common/platform/host/memory_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace sepakat::platform {
namespace {

constexpr char kGroups[] = "/sys/fs/cgroup";

// `max` and anything else that is no number limits nothing.
std::optional<int64_t> NumberIn(const std::filesystem::path& file) {
  std::ifstream stream(file);
  int64_t number = 0;
  if (!(stream >> number)) return std::nullopt;
  return number;
}

// The line `0::/path` of /proc/self/cgroup.
std::filesystem::path OwnGroup() {
  std::ifstream stream("/proc/self/cgroup");
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("0::/")) return line.substr(4);
  }
  return {};
}

std::optional<int64_t> ProcessLimit(__rlimit_resource resource) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  return static_cast<int64_t>(limit.rlim_cur);
}

}  // namespace

std::optional<int64_t> ControlGroupLimit(const std::filesystem::path& root,
                                         const std::filesystem::path& group) {
  std::optional<int64_t> least = NumberIn(root / "memory.max");
  std::filesystem::path at = root;
  for (const std::filesystem::path& part : group.relative_path()) {
    at /= part;
    const std::optional<int64_t> limit = NumberIn(at / "memory.max");
    if (limit) least = std::min(least.value_or(*limit), *limit);
  }
  return least;
}

int64_t MemoryLimitMib() {
  const int64_t pages = sysconf(_SC_PHYS_PAGES);
  int64_t least = pages > 0 ? pages * sysconf(_SC_PAGESIZE) : 0;
  for (const std::optional<int64_t> limit :
       {ControlGroupLimit(kGroups, OwnGroup()),
        NumberIn(std::filesystem::path(kGroups) / "memory/memory.limit_in_bytes"),
        ProcessLimit(RLIMIT_AS), ProcessLimit(RLIMIT_DATA)}) {
    if (limit && (least == 0 || *limit < least)) least = *limit;
  }
  return least >> 20;
}

}  // namespace sepakat::platform
