// Targeting as a service on a log in memory: from encoded events to published messages, one update
// to its messages, and a restart from the log. 290,000 families of 285 villages.
//
// Compared with what parsing alone takes: every family event decoded and counted. Equality: the
// last manifest, before and after the restart, names as many families as there are.
#include <fmt/format.h>

#include <random>

#include "common/embedded/memory_log.h"
#include "common/embedded/system_clock.h"
#include "common/runtime/topics.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"
#include "targeting/domain/features.h"
#include "targeting/targeting_app.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/bench/support/targeting_inputs.h"

namespace sepakat::targeting {
namespace {

namespace topics = runtime::topics;
using bench::Meter;
using bench::Must;

constexpr int kFamilies = 290'000;
constexpr int kVillages = 285;
constexpr int kUpdates = 100;

runtime::OutRecord Family(uint64_t id, int64_t version, int64_t sequence) {
  std::mt19937_64 random(id * 1'000'003 + static_cast<uint64_t>(version));
  const auto draw = [&](int from, int to) {
    return from + static_cast<int>(random() % static_cast<uint64_t>(to - from + 1));
  };
  ingestion::events::v1::FamilyEvent event;
  auto& recorded = *event.mutable_recorded();
  recorded.set_population("register");
  recorded.set_family_id(FamilyKey{id * 0x9e3779b97f4a7c15ULL, id}.Hex());
  recorded.set_version(version);
  const int village = static_cast<int>(id * kVillages / (kFamilies + 1));
  recorded.set_region(fmt::format("33.26.{:02}.{:04}", 1 + village / 15, 2001 + village % 15));
  recorded.set_observed_on(20'100);
  auto& snapshot = *recorded.mutable_snapshot();
  snapshot.set_size(static_cast<uint32_t>(draw(1, 7)));
  snapshot.set_family_weight(1000);
  snapshot.set_welfare(250'000 + draw(0, 2'000'000));
  for (Variable variable : AllVariables()) {
    if (draw(0, 9) == 0) continue;
    snapshot.add_variables(static_cast<common::v1::Variable>(variable));
    snapshot.add_values(draw(0, 4));
  }
  return bench::BenchRecord(topics::kFamily, recorded.family_id(), sequence, event);
}

int64_t End(embedded::MemoryLog& log, std::string_view topic) {
  return Must(log.EndOffset({std::string(topic), 0}));
}

void AppendFamilies(embedded::MemoryLog& log) {
  constexpr size_t kBlock = 4096;
  std::vector<runtime::OutRecord> block;
  for (int id = 1; id <= kFamilies; ++id) {
    block.push_back(Family(static_cast<uint64_t>(id), 1, id));
    if (block.size() < kBlock && id < kFamilies) continue;
    Must(log.Append(block));
    block.clear();
  }
}

events::v1::PublicationManifest LastManifest(embedded::MemoryLog& log) {
  const int64_t end = End(log, topics::kManifest);
  const runtime::StartOffset start{{std::string(topics::kManifest), 0}, end - 1};
  const auto records = Must(Must(log.OpenReader({&start, 1}))->Poll(1, 0));
  events::v1::PublicationManifest manifest;
  (void)manifest.ParseFromString(*records.at(0).value);
  return manifest;
}

double ParseAlone(embedded::MemoryLog& log) {
  const runtime::StartOffset start{{std::string(topics::kFamily), 0}, 0};
  const auto reader = Must(log.OpenReader({&start, 1}));
  ingestion::events::v1::FamilyEvent event;
  const Meter meter;
  for (int count = 0; count < kFamilies;) {
    for (const runtime::LogRecord& record : Must(reader->Poll(4096, 0))) {
      count += event.ParseFromString(*record.value) ? 1 : 0;
    }
  }
  return kFamilies / meter.Seconds();
}

// Processor time says more than wall time on a machine that does other work too.
void PrintCpu(std::string_view what, const Meter& meter) {
  fmt::print("{:24}{:9.2f} us of processor time per family\n", what,
             1e6 * meter.CpuSeconds() / kFamilies);
}

// Families per second until the last one is published.
double Load(TargetingApp& app, embedded::MemoryLog& log) {
  const Meter meter;
  bool busy = true;
  while (busy || End(log, topics::kManifest) == 0 || LastManifest(log).families() < kFamilies) {
    busy = Must(app.Poll(10));
  }
  PrintCpu("loading", meter);
  return kFamilies / meter.Seconds();
}

double MeanUpdateMs(TargetingApp& app, embedded::MemoryLog& log) {
  const Meter meter;
  for (int i = 0; i < kUpdates; ++i) {
    const runtime::OutRecord update =
        Family(static_cast<uint64_t>(1 + i * 1401 % kFamilies), 2 + i, kFamilies + 1 + i);
    Must(log.Append({&update, 1}));
    const int64_t before = End(log, topics::kManifest);
    while (End(log, topics::kManifest) == before) Must(app.Poll(10).status());
  }
  return meter.Seconds() / kUpdates * 1000;
}

int Run() {
  embedded::MemoryLog log;
  Must(log.EnsureTopics(topics::All(1)));
  bench::AddParameters(&log);
  AppendFamilies(log);
  embedded::SystemClock clock;
  const runtime::Env env{&log, nullptr, nullptr, &clock, &runtime::NoTelemetry()};
  auto app = Must(TargetingApp::Create(env));
  Must(app->Start());
  const double load = Load(*app, log);
  const bool loaded = LastManifest(log).families() == kFamilies;
  fmt::print("{} publications while loading\n", End(log, topics::kManifest));
  const double update_ms = MeanUpdateMs(*app, log);
  const Meter restart;
  app = Must(TargetingApp::Create(env));
  Must(app->Start());
  PrintCpu("restart", restart);
  const double restored = kFamilies / restart.Seconds();
  const bool same = LastManifest(log).families() == kFamilies;
  const double parsed = ParseAlone(log);

  const std::string input = bench::Grouped(kFamilies) + " families on a log in memory";
  bench::Report report;
  report.Add({.job = "targeting, from the log to publications",
              .input = input,
              .unit = "families/s",
              .ours = load,
              .peer_name = "parsing alone",
              .peer = parsed,
              .equal = loaded});
  report.Add({.job = "targeting, restart from the log",
              .input = input,
              .unit = "families/s",
              .ours = restored,
              .peer_name = "parsing alone",
              .peer = parsed,
              .equal = same});
  report.Add({.job = "targeting, one update to its messages",
              .input = input,
              .unit = "ms, 50 between publications included",
              .ours = update_ms,
              .equal = same});
  return report.Close();
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
