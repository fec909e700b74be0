#include "tests/support/programs/service_stack.h"

#include <signal.h>

#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/paths.h"

namespace sepakat::support {
namespace {

constexpr char kAllAnswer[] = "stop: Ctrl-C";
constexpr char kHost[] = "127.0.0.1:";

std::vector<std::string> Script(const std::filesystem::path& folder, bool start_again) {
  return {"env", absl::StrCat("SEPAKAT_STACK_DIR=", (folder / "stack").string()),
          absl::StrCat("SEPAKAT_PROGRAMS=", ProgramFolder().string()),
          absl::StrCat("SEPAKAT_STACK_RESTART=", start_again ? "1" : ""),
          (SourceFolder() / "deploy/scripts/stack.sh").string()};
}

std::string TextOf(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

}  // namespace

ServiceStack::ServiceStack(PartThatEnds part_that_ends)
    : script_(Script(folder_.path(), part_that_ends == PartThatEnds::kStartsAgain),
              folder_.path() / "stack.log") {}

absl::Status ServiceStack::Start() {
  SEPAKAT_RETURN_IF_ERROR(script_.Start());
  SEPAKAT_RETURN_IF_ERROR(WaitUntilReady(script_, "the stack", kPatience, [this] {
    return Printed().find(kAllAnswer) != std::string::npos;
  }));
  ReadAddresses();
  std::vector<std::string> variables;
  for (const char* service : {"ingestion", "targeting", "budgeting", "monitoring"}) {
    variables.push_back(absl::StrCat("SEPAKAT_SERVER_", absl::AsciiStrToUpper(service), "=", kHost,
                                     PortOf(service)));
  }
  door_ = FrontDoor(variables, PortOf("gateway"));
  return absl::OkStatus();
}

// Lines as `  targeting   gRPC 127.0.0.1:21443   metrics http://127.0.0.1:29044/metrics`.
void ServiceStack::ReadAddresses() {
  std::istringstream lines(Printed());
  for (std::string line; std::getline(lines, line);) {
    std::string part;
    std::istringstream(line) >> part;
    part = part == "page" ? "gateway" : absl::AsciiStrToLower(part);
    for (size_t at = 0; (at = line.find(kHost, at)) != std::string::npos;) {
      at += std::string_view(kHost).size();
      ports_[part].push_back(std::stoi(line.substr(at)));
    }
  }
}

std::string ServiceStack::Printed() const { return TextOf(folder_.path() / "stack.log"); }

std::map<std::string, int> ServiceStack::Pids() const {
  std::istringstream lines(TextOf(stack_folder() / "pids"));
  std::map<std::string, int> pids;
  int pid = 0;
  for (std::string part; lines >> pid >> part;) pids[part] = pid;
  return pids;
}

void ServiceStack::Signal(const std::string& part, int signal) { ::kill(Pids().at(part), signal); }

void ServiceStack::Kill(const std::string& part) { Signal(part, SIGKILL); }
void ServiceStack::Pause(const std::string& part) { Signal(part, SIGSTOP); }
void ServiceStack::Resume(const std::string& part) { Signal(part, SIGCONT); }

absl::Status ServiceStack::KillAndReplace(const std::string& part) {
  const int killed = Pids().at(part);
  Kill(part);
  return WaitUntilReady(script_, absl::StrCat("the successor of ", part), kPatience,
                        [&] { return Pids().at(part) != killed; });
}

absl::Status ServiceStack::WaitFor(const std::string& part) {
  const bool server = part == "kafka" || part == "redis";
  return WaitUntilReady(script_, part, kPatience, [&] {
    return server ? Listens(PortOf(part)) : Answers(MetricsPortOf(part), "/healthz");
  });
}

absl::Status ServiceStack::KillAndWait(const std::string& part) {
  SEPAKAT_RETURN_IF_ERROR(KillAndReplace(part));
  return WaitFor(part);
}

}  // namespace sepakat::support
