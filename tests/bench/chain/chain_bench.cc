// The whole of SEPAKAT as people run it: the built programs, embedded and over Kafka and Redis.
//
//   load       the demonstration register through the front door, all services at work
//   latency    100 re-surveys a second: from sending one until a dashboard has its figure
//   browser    the same seen in Chromium, and what opening the page takes
//   memory     of what `make run` starts, after the load and while updates come
//
// Equality: the counts of the ingest are those that the generator promises, and after the same
// re-surveys both modes, with the same key, publish the same figures of the regency.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "common/base/date.h"
#include "sepakat/cli/demo_plan.h"
#include "sepakat/generate/columns.h"
#include "sepakat/generate/household.h"
#include "tests/bench/chain/update_stream.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/paths.h"
#include "tests/support/programs/front_door.h"
#include "tests/support/programs/run_program.h"
#include "tests/support/programs/service_stack.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::bench {
namespace {

using nlohmann::json;
using support::FrontDoor;

constexpr char kRegency[] = "33.26";
constexpr char kRegister[] = "register contoh (sintetis)";
constexpr double kEmbeddedMarkMs = 250;
constexpr double kDistributedMarkMs = 500;
constexpr double kMemoryMarkMib = 1024;
constexpr double kPageMarkBytes = 1e6;
constexpr double kUsableMarkMs = 2000;
constexpr int kPageRequests = 100;

int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

generate::Plan MakePlan(int64_t families) {
  const cli::Environment environment{.out = std::cout,
                                     .err = std::cerr,
                                     .variable = [](const char*) { return std::string(); },
                                     .now_ms = NowMs};
  cli::DemoOptions options;
  options.families = families;
  options.regions = SEPAKAT_REGIONS_CSV;
  return Must(cli::MakeDemoPlan(options, environment));
}

void WaitUntil(support::ServerProcess& server, const std::string& what,
               const std::function<bool()>& holds) {
  Must(support::WaitUntilReady(server, what, std::chrono::seconds(300), holds));
}

int64_t Number(const json& object, const char* name) {
  return std::stoll(object.value(name, std::string("0")));
}

// Figures of the regency as text: measure, numerator, denominator.
std::string FiguresOf(const FrontDoor& door) {
  const json answer = door.Get(fmt::format("/v1/figures/{}", kRegency));
  if (!answer.is_object()) return "";
  std::string text;
  for (const json& figure : answer["indicators"]["figures"]) {
    text += fmt::format("{} {}/{}\n", figure["measure"].get<std::string>(),
                        figure["numerator"].get<std::string>(),
                        figure["denominator"].get<std::string>());
  }
  return text;
}

// Prints where two modes differ.
bool SameFigures(const std::string& embedded, const std::string& distributed) {
  if (!embedded.empty() && embedded == distributed) return true;
  std::istringstream ours(embedded);
  std::istringstream theirs(distributed);
  std::string a;
  std::string b;
  while (std::getline(ours, a) && std::getline(theirs, b)) {
    if (a != b) fmt::print(stderr, "embedded {}, distributed {}\n", a, b);
  }
  return false;
}

// How the ingest of the register went.
struct Load {
  double front_door = 0;   // families per second until all were decided
  double whole_chain = 0;  // ... until the figures of all of them could be read
  bool equal = false;
};

Load WaitForLoad(const FrontDoor& door, support::ServerProcess& server) {
  json ingest;
  WaitUntil(server, "the load of the register", [&] {
    const json ingests = door.Get("/v1/ingests");
    if (!ingests.is_object()) return false;
    for (const json& one : ingests["ingests"]) {
      if (one["source"] == kRegister && one.value("complete", false)) ingest = one;
    }
    return ingest.is_object();
  });
  const int64_t recorded = Number(ingest, "accepted") + Number(ingest, "flagged");
  const std::string families = fmt::format("families {}/1\n", recorded);
  WaitUntil(server, "the figures of the register",
            [&] { return FiguresOf(door).starts_with(families); });
  const int64_t began_ms = Number(ingest, "startedAtMs");
  const auto received = static_cast<double>(Number(ingest, "received"));
  const auto rate = [&](int64_t until_ms) {
    return 1000 * received / static_cast<double>(until_ms - began_ms);
  };
  return {rate(Number(ingest, "updatedAtMs")), rate(NowMs()),
          Number(ingest, "received") ==
              recorded + Number(ingest, "rejected") + Number(ingest, "repeated")};
}

// Bodies that move one family of a village above and below the poverty line, each another record.
json PageRequests(const generate::Plan& plan, int64_t family) {
  constexpr int64_t kDayMs = 86'400'000;
  std::vector<generate::Row> drawn;
  generate::DrawFamily(plan, family, drawn);
  drawn.front()[generate::kObservedOn] = base::IsoDate(static_cast<int32_t>(NowMs() / kDayMs));
  json requests = json::array();
  for (int i = 0; i < kPageRequests; ++i) {
    const int64_t per_head = (i % 2 == 0 ? 100'000 : 5'000'000) + i;
    drawn.front()[generate::kConsumption] = std::to_string(per_head);
    json rows = json::array();
    for (const generate::Row& row : drawn) {
      json cells = json::object();
      for (size_t c = 0; c < row.size(); ++c) {
        if (!row[c].empty()) cells[std::string(generate::kColumnNames[c])] = row[c];
      }
      rows.push_back({{"cells", std::move(cells)}});
    }
    requests.push_back({{"actor", "bench"},
                        {"codebookId", "regsosek_2022"},
                        {"source", "bench"},
                        {"rows", std::move(rows)}});
  }
  return requests;
}

// A family that is well off and clean, for the browser to watch.
int64_t WatchedFamily(const generate::Plan& plan) {
  for (int64_t family = 0; family < plan.families(); ++family) {
    const auto at = static_cast<size_t>(family);
    if (plan.dirt[at] == generate::Dirt::kNone &&
        plan.consumption[at] > 2 * plan.profile.line_rupiah) {
      return family;
    }
  }
  return 0;
}

struct PageTimes {
  double usable_ms = 0;
  double bytes = 0;
  std::vector<double> shown_ms;
};

PageTimes OpenPage(const generate::Plan& plan, int http_port, const std::filesystem::path& folder) {
  const int64_t family = WatchedFamily(plan);
  const std::string village = plan.villages[static_cast<size_t>(plan.VillageOf(family))].code;
  const std::filesystem::path file = folder / "page.json";
  std::ofstream(file) << json({{"region", village}, {"requests", PageRequests(plan, family)}});
  const support::CommandResult result = support::RunProgram(
      {"node", (support::SourceFolder() / "tests/bench/chain/page.mjs").string(),
       fmt::format("http://127.0.0.1:{}", http_port), file.string()});
  const size_t line = result.output.find("{\"usableMs\"");
  if (result.exit_code != 0 || line == std::string::npos) {
    fmt::print(stderr, "the page could not be measured: {}\n", result.output);
    std::exit(1);
  }
  const json told = json::parse(result.output.substr(line));
  return {told["usableMs"].get<double>(), told["bytes"].get<double>(),
          told["shownMs"].get<std::vector<double>>()};
}

// Everything that is served as the page, packed.
double PackedPageBytes() {
  double bytes = 0;
  const std::filesystem::path folder = support::ProgramFolder() / "../web";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename().string().starts_with(".")) continue;
    std::filesystem::path packed = entry.path();
    packed += ".gz";
    // A file that has a packed twin is served as that.
    if (!std::filesystem::exists(packed)) bytes += static_cast<double>(entry.file_size());
  }
  return bytes;
}

// What one mode came to.
struct Mode {
  Load load;
  UpdateTimes updates;
  std::string figures;
};

class Bench {
 public:
  explicit Bench(int64_t families) : families_(families), plan_(MakePlan(families)) {}

  int Run() {
    const Mode distributed = Distributed();
    const Mode embedded = Embedded();
    const bool same = SameFigures(embedded.figures, distributed.figures);
    AddLoad("make run: load, all services at work", embedded.load);
    AddLoad("make stack: load, all services at work", distributed.load);
    AddLatency("update to figure, embedded", embedded.updates, same, kEmbeddedMarkMs);
    AddLatency("update to figure, over Kafka and Redis", distributed.updates, same,
               kDistributedMarkMs);
    return report_.Close();
  }

 private:
  std::string Input() const { return Grouped(plan_.families()) + " families"; }

  UpdateTimes Update(int http_port) const {
    UpdateOptions options;
    options.http_port = http_port;
    return SendUpdates(plan_, options);
  }

  Mode Embedded() {
    const support::TemporaryFolder folder("sepakat-bench");
    const int http_port = support::FreePort();
    const int grpc_port = support::FreePort();
    support::ServerProcess server(
        {support::Program("sepakat"), "serve", "--data.dir", (folder.path() / "data").string(),
         "--http.port", std::to_string(http_port), "--grpc.port", std::to_string(grpc_port),
         "--demo", "--demo.updates_per_minute", "0", "--demo.families", std::to_string(families_)},
        folder.path() / "serve.log");
    const FrontDoor door({}, http_port);
    // Families get the same pseudonyms in both modes, and ties are broken alike.
    std::filesystem::create_directories(folder.path() / "data");
    std::filesystem::copy_file(key_, folder.path() / "data/ingestion.key");
    Must(server.Start());
    WaitUntil(server, "sepakat serve", [&] { return support::Listens(http_port); });
    Mode mode;
    mode.load = WaitForLoad(door, server);
    const double loaded_mib = ResidentMib(server.pid());
    mode.updates = Update(http_port);
    mode.figures = FiguresOf(door);
    AddPage(OpenPage(plan_, http_port, folder.path()));
    AddMemory(loaded_mib, PeakResidentMib(server.pid()));
    server.Stop();
    return mode;
  }

  Mode Distributed() {
    support::ServiceStack stack(support::ServiceStack::PartThatEnds::kEndsAll);
    Must(stack.Start());
    std::filesystem::copy_file(stack.stack_folder() / "data/ingestion.key", key_);
    const FrontDoor& door = stack.door();
    door.LoadReference();
    const std::string file = (stack.folder() / "register.csv.gz").string();
    Command(door, {"generate", "--out", file, "--gzip", "--families", std::to_string(families_)});
    std::thread sender([&] {
      Command(door, {"ingest", file, "--codebook", "regsosek_2022", "--source", kRegister});
    });
    Mode mode;
    mode.load = WaitForLoad(door, stack.script());
    sender.join();
    mode.updates = Update(door.http_port());
    mode.figures = FiguresOf(door);
    stack.Stop();
    return mode;
  }

  // Some records are dirty on purpose, which exit status 2 tells.
  static void Command(const FrontDoor& door, const std::vector<std::string>& arguments) {
    const support::CommandResult result = door.Run(arguments);
    if (result.exit_code == 0 || result.exit_code == 2) return;
    fmt::print(stderr, "{}\n", result.output);
    std::exit(1);
  }

  void AddLoad(const std::string& job, const Load& load) {
    report_.Add({.job = job,
                 .input = Input(),
                 .unit = "families/s",
                 .ours = load.whole_chain,
                 .peer_name = "until decided and stored",
                 .peer = load.front_door,
                 .equal = load.equal});
  }

  void AddLatency(const std::string& job, const UpdateTimes& times, bool same, double mark_ms) {
    const double p99 = Quantile(times.seen_ms, 0.99);
    fmt::print("{}: median {:.0f} ms, p99 {:.0f} ms, {:.0f} updates/s, {} lost\n", job,
               Quantile(times.seen_ms, 0.5), p99, times.per_second, times.lost);
    report_.Add(
        {.job = job,
         .input = fmt::format("{} updates at {:.0f}/s", times.seen_ms.size(), times.per_second),
         .unit = "ms p99",
         .ours = p99,
         .peer_name = "until acknowledged",
         .peer = Quantile(times.accepted_ms, 0.99),
         .equal = same && times.lost == 0,
         .mark = fmt::format("<= {:.0f} ms", mark_ms),
         .reached = p99 > 0 && p99 <= mark_ms});
  }

  void AddPage(const PageTimes& page) {
    const double packed = PackedPageBytes();
    const bool shown = page.shown_ms.size() == kPageRequests;
    report_.Add({.job = "the page, everything that is served",
                 .input = "packed files",
                 .unit = "kB",
                 .ours = packed / 1e3,
                 .peer_name = "over the wire until usable",
                 .peer = page.bytes / 1e3,
                 .equal = shown,
                 .mark = "< 1 MB",
                 .reached = packed < kPageMarkBytes});
    report_.Add({.job = "the page, first request until usable",
                 .input = "Chromium, nothing cached",
                 .unit = "ms",
                 .ours = page.usable_ms,
                 .equal = shown,
                 .mark = "< 2000 ms",
                 .reached = page.usable_ms < kUsableMarkMs});
    const double p99 = Quantile(page.shown_ms, 0.99);
    fmt::print("seen in Chromium: median {:.0f} ms, p90 {:.0f} ms, p99 {:.0f} ms\n",
               Quantile(page.shown_ms, 0.5), Quantile(page.shown_ms, 0.9), p99);
    report_.Add({.job = "update to figure, seen in Chromium",
                 .input = fmt::format("{} updates, one after the other", page.shown_ms.size()),
                 .unit = "ms p99",
                 .ours = p99,
                 .equal = shown,
                 .mark = fmt::format("<= {:.0f} ms", kEmbeddedMarkMs),
                 .reached = p99 > 0 && p99 <= kEmbeddedMarkMs});
  }

  void AddMemory(double loaded_mib, double peak_mib) {
    report_.Add({.job = "make run: memory at its highest",
                 .input = Input(),
                 .unit = "MiB",
                 .ours = peak_mib,
                 .peer_name = "after the load",
                 .peer = loaded_mib,
                 .equal = true,
                 .mark = "< 1024 MiB",
                 .reached = peak_mib < kMemoryMarkMib});
  }

  const int64_t families_;
  const generate::Plan plan_;
  const support::TemporaryFolder folder_{"sepakat-bench"};
  const std::filesystem::path key_ = folder_.path() / "ingestion.key";
  Report report_;
};

}  // namespace
}  // namespace sepakat::bench

// chain_bench [FAMILIES]
int main(int argc, char** argv) {
  return sepakat::bench::Bench(argc > 1 ? std::stoll(argv[1]) : 0).Run();
}
