// The command line: a table of commands, one small file each.
//
// A command declares its words, options and help on a CLI::App and stores what to do in `chosen`.
// All it touches of the world comes in through Environment, so that a test runs it with a fake
// server and reads what it printed. Thread: one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/language.h"
#include "common/platform/rpc/rpc_channel.h"
#include "common/runtime/event_log.h"

namespace CLI {
class App;
}

namespace sepakat::cli {

// Exit codes: everything done; one sentence on stderr says why not; some records were rejected;
// what was recomputed differs; the command line itself was wrong.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitSomeRejected = 2;
inline constexpr int kExitDiffers = 3;
inline constexpr int kExitUsage = 64;

using Connect = std::function<absl::StatusOr<std::unique_ptr<platform::RpcChannel>>(
    const std::string& address)>;

// Creates on the Kafka cluster at `brokers` the topics that it lacks.
using EnsureTopics = std::function<absl::Status(const std::string& brokers, int replication,
                                                std::span<const runtime::TopicSpec> topics)>;

struct Environment {
  std::ostream& out;
  std::ostream& err;
  // True when `err` is a terminal: progress is then drawn on one line.
  bool interactive = false;
  // Value of an environment variable, empty when there is none.
  std::function<std::string(const char* name)> variable = {};
  // Milliseconds since 1970.
  std::function<int64_t()> now_ms = {};
  // Lets time pass between two questions to a server; null: not at all.
  std::function<void(int64_t ms)> pause = {};
  Connect connect = {};
  EnsureTopics ensure_topics = {};
  // Folder of the program file.
  std::string program_folder = {};
  // What people read; RunCommandLine sets it.
  base::Language language = base::Language::kIndonesian;
};

// Does the work and gives the exit code; a failed status becomes one sentence and kExitFailure.
using Action = std::function<absl::StatusOr<int>(Environment&)>;

// Adds one command to the program.
using AddCommand = void (*)(CLI::App& program, Action& chosen);

// Parses `arguments` (without the program's name) and runs the chosen command, which speaks the
// language that `--lang`, $SEPAKAT_LANG or $LANG names (languages.h).
int RunCommandLine(std::span<const AddCommand> commands, std::vector<std::string> arguments,
                   Environment& environment);

// Version text of `sepakat --version` and `sepakat version`.
std::string_view Version();

}  // namespace sepakat::cli
