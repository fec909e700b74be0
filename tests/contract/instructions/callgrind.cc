#include "tests/contract/instructions/callgrind.h"

#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "common/base/status.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {
namespace {

constexpr std::string_view kPrefix = "HotPath_";

// What memcpy and its kin choose by processor.
constexpr char kTunables[] =
    "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-SSSE3,-SSE4_1,-SSE4_2,-ERMS,-FSRM,"
    "-BMI1,-BMI2,-LZCNT,-MOVBE,-RTM,-AVX_Fast_Unaligned_Load"
    ":glibc.cpu.x86_non_temporal_threshold=1048576";

absl::Status Failed(const std::string& what) {
  return base::Error(absl::StatusCode::kInternal, "CALLGRIND_FAILED", what);
}

// Sums what stands below each function of ours: its own instructions, and those of its calls.
// Functions are `fn=(id) name`, later `fn=(id)`; costs are lines `position cost`.
InstructionCounts ReadProfile(std::istream& profile) {
  InstructionCounts counts;
  std::map<std::string, std::string> names;
  int64_t* count = nullptr;
  for (std::string line; std::getline(profile, line);) {
    const bool called = line.starts_with("cfn=(");
    if (called || line.starts_with("fn=(")) {
      const size_t begin = line.find('(');
      const size_t end = line.find(')');
      std::string& name = names[line.substr(begin, end - begin)];
      if (line.size() > end + 2) name = line.substr(end + 2);
      if (called) continue;
      count = name.starts_with(kPrefix) ? &counts[name.substr(kPrefix.size())] : nullptr;
    } else if (count != nullptr && !line.empty() && std::strchr("0123456789+-*", line[0])) {
      *count += std::atoll(line.c_str() + line.find(' '));
    }
  }
  return counts;
}

}  // namespace

absl::StatusOr<InstructionCounts> CountInstructions(const std::filesystem::path& program) {
  if (std::system("valgrind --version >/dev/null 2>&1") != 0) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "VALGRIND_MISSING",
                       "valgrind is not installed (deploy/packages.txt, section counts)");
  }
  const TemporaryFolder folder("callgrind");
  const std::string command = fmt::format(
      "cd '{0}' && env -i PATH=\"$PATH\" GLIBC_TUNABLES='{1}' valgrind --tool=callgrind "
      "--toggle-collect='{2}*' --callgrind-out-file=profile '{3}' >log 2>&1",
      folder.path().string(), kTunables, kPrefix, std::filesystem::absolute(program).string());
  if (std::system(command.c_str()) != 0) {
    std::ostringstream log;
    log << std::ifstream(folder.path() / "log").rdbuf();
    return Failed(log.str());
  }
  std::ifstream profile(folder.path() / "profile");
  InstructionCounts counts = ReadProfile(profile);
  if (counts.empty()) return Failed("no function was called");
  return counts;
}

absl::StatusOr<InstructionCounts> ReadCounts(const std::filesystem::path& file) {
  std::ifstream lines(file);
  if (!lines) {
    return base::Error(absl::StatusCode::kNotFound, "BASELINE_MISSING",
                       fmt::format("no counts are recorded in {}", file.string()));
  }
  InstructionCounts counts;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::istringstream words(line);
    std::string name;
    int64_t count = 0;
    if (!(words >> name >> count) || count <= 0) {
      return base::Error(absl::StatusCode::kDataLoss, "BASELINE_UNREADABLE",
                         fmt::format("{}: not `name count`: {}", file.string(), line));
    }
    counts[name] = count;
  }
  return counts;
}

void WriteCounts(const InstructionCounts& counts, const std::filesystem::path& file) {
  std::ofstream lines(file);
  lines
      << "# Instructions of tests/contract/instructions/hot_paths.cc. To renew after a change that "
         "is meant:\n"
         "#   SEPAKAT_RECORD_INSTRUCTIONS=1 build/release/tests/instruction_count_test\n";
  for (const auto& [name, count] : counts) lines << fmt::format("{} {}\n", name, count);
}

}  // namespace sepakat::support
