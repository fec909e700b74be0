// Targeting as a service on a log in memory: from encoded events to published messages, then a
// restart from the log. 290,000 families of 285 villages.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <random>

#include "common/embedded/memory_log.h"
#include "common/runtime/envelope.h"
#include "common/runtime/topics.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"
#include "targeting/domain/features.h"
#include "targeting/targeting_app.h"

namespace sepakat::targeting {
namespace {

namespace topics = runtime::topics;

constexpr int kFamilies = 290'000;
constexpr int kVillages = 285;

class RealClock final : public runtime::Clock {
 public:
  int64_t NowMs() const override { return MonotonicUs() / 1000; }
  int64_t MonotonicUs() const override {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
};

void Require(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print("{}\n", status.ToString());
  std::abort();
}

runtime::OutRecord Record(std::string_view topic, const std::string& key, int64_t sequence,
                          const google::protobuf::Message& message) {
  runtime::Envelope envelope;
  envelope.id = fmt::format("{}/{}", topic, sequence);
  envelope.source = "bench";
  envelope.type = message.GetDescriptor()->full_name();
  envelope.sequence = sequence;
  return {std::string(topic), 0, key, message.SerializeAsString(), ToHeaders(envelope), 0};
}

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
  return Record(topics::kFamily, recorded.family_id(), sequence, event);
}

void AddParameters(embedded::MemoryLog* log) {
  std::vector<runtime::OutRecord> records;
  reference::events::v1::PovertyLineRecorded line;
  line.set_population("register");
  line.set_region("33.26");
  line.set_value("538371");
  line.set_version("2025");
  records.push_back(Record(topics::kPovertyLine, "line", 1, line));
  for (int i = 0; i < 14; ++i) {
    reference::events::v1::ProgrammeRecorded programme;
    programme.set_id(fmt::format("p{:02}", i));
    programme.set_version("1");
    programme.mutable_rule()->add_needs(std::string(measures::kDeprivationNames[i]));
    programme.mutable_rule()->set_decile_max(4);
    records.push_back(Record(topics::kProgramme, programme.id(), i + 1, programme));
  }
  Require(log->Append(records));
}

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void Drain(TargetingApp* app) {
  for (int idle = 0; idle < 40;) {
    const absl::StatusOr<bool> done = app->Poll(10);
    Require(done.status());
    idle = *done ? 0 : idle + 1;
  }
}

int64_t End(embedded::MemoryLog* log, std::string_view topic) {
  return *log->EndOffset({std::string(topic), 0});
}

int Run() {
  embedded::MemoryLog log;
  Require(log.EnsureTopics(topics::All(1)));
  AddParameters(&log);
  RealClock clock;
  runtime::Env env;
  env.log = &log;
  env.clock = &clock;
  env.telemetry = &runtime::NoTelemetry();
  auto app = TargetingApp::Create(env);
  Require((*app)->Start());
  std::vector<runtime::OutRecord> block;
  for (int id = 1; id <= kFamilies; ++id) {
    block.push_back(Family(static_cast<uint64_t>(id), 1, id));
    if (block.size() == 4096 || id == kFamilies) {
      Require(log.Append(block));
      block.clear();
    }
  }
  const double load = Seconds([&] { Drain(app->get()); }) - 0.4;
  fmt::print("load                      {:9.2f} s   {:8.0f} families/s, {} publications\n", load,
             kFamilies / load, End(&log, topics::kManifest));

  double sum = 0;
  constexpr int kUpdates = 100;
  for (int i = 0; i < kUpdates; ++i) {
    const runtime::OutRecord update =
        Family(static_cast<uint64_t>(1 + i * 1401 % kFamilies), 2 + i, kFamilies + 1 + i);
    Require(log.Append({&update, 1}));
    const int64_t before = End(&log, topics::kManifest);
    sum += Seconds([&] {
      while (End(&log, topics::kManifest) == before) Require((*app)->Poll(10).status());
    });
  }
  fmt::print("one update to its messages{:9.1f} ms  (50 ms between publications included)\n",
             sum / kUpdates * 1000);
  const double restart = Seconds([&] {
    app = TargetingApp::Create(env);
    Require((*app)->Start());
  });
  fmt::print("restart from the log      {:9.2f} s\n", restart);
  return 0;
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
