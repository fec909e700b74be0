// The all-in-one program: builds the environment of the command line and runs the chosen command.

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

#include "common/base/status.h"
#include "common/platform/grpc/grpc_channel.h"
#include "common/platform/kafka/kafka_admin.h"
#include "sepakat/cli/commands.h"
#include "sepakat/serve/serve_command.h"

namespace {

std::string ProgramFolder() {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "." : path.parent_path().string();
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void Pause(int64_t ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

absl::StatusOr<std::unique_ptr<sepakat::platform::RpcChannel>> Connect(const std::string& address) {
  return std::make_unique<sepakat::platform::GrpcChannel>(
      sepakat::platform::GrpcChannelOptions{.target = address});
}

absl::Status EnsureTopics(const std::string& brokers, int replication,
                          std::span<const sepakat::runtime::TopicSpec> topics) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::unique_ptr<sepakat::platform::KafkaAdmin> admin,
                           sepakat::platform::KafkaAdmin::Open(
                               {.bootstrap = brokers,
                                .replication = replication,
                                .min_insync_replicas = replication > 1 ? replication - 1 : 1}));
  return admin->EnsureTopics(topics);
}

}  // namespace

int main(int argc, char** argv) {
  namespace cli = sepakat::cli;
  static constexpr std::array<cli::AddCommand, 19> kCommands = {
      sepakat::serve::AddServe, cli::AddIngest,   cli::AddMeasure,    cli::AddPmt,
      cli::AddReport,           cli::AddCodebook, cli::AddQuarantine, cli::AddJoin,
      cli::AddReference,        cli::AddRules,    cli::AddRegions,    cli::AddSeries,
      cli::AddBoundaries,       cli::AddGenerate, cli::AddTopics,     cli::AddVerify,
      cli::AddExplain,          cli::AddWhatIf,   cli::AddVersion};
  cli::Environment environment{.out = std::cout,
                               .err = std::cerr,
                               .interactive = isatty(STDERR_FILENO) != 0,
                               .variable = Variable,
                               .now_ms = NowMs,
                               .pause = Pause,
                               .connect = Connect,
                               .ensure_topics = EnsureTopics,
                               .program_folder = ProgramFolder()};
  const int code = cli::RunCommandLine(kCommands, {argv + 1, argv + argc}, environment);
  std::cout.flush();
  return std::cout.good() ? code : cli::kExitFailure;
}
