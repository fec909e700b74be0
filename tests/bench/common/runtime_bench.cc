// What the runtime itself costs: records through two stateful services, everything durable.
//
//   commands -> first service -> log -> second service -> log -> third service
//
// The services keep one row per record and say one event per record; nothing else. Embedded: the
// durable log and RocksDB stores, beside reading that log alone. Kafka: a real broker on the same
// machine, beside a bare librdkafka consumer of the same topic. Equality: the last service has
// every record once, or the benchmark does not end.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <future>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/embedded/durable_log.h"
#include "common/embedded/system_clock.h"
#include "common/platform/kafka/kafka_log.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "common/runtime/stateful_task.h"
#include "common/runtime/task_loop.h"
#include "tests/bench/support/bare_consumer.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/support/servers/kafka_server.h"

namespace sepakat::runtime {
namespace {

constexpr int kRecords = 300'000;
constexpr int kPerCommand = 2'000;
constexpr int32_t kPartitions = 4;
constexpr size_t kPayloadBytes = 300;
constexpr int kPairs = 5;
constexpr char kInput[] = "300,000 records of 300 bytes";

using bench::Meter;
using bench::Must;

// Keeps what it hears, one row per key, and passes it on.
class Keeper final : public TaskHandler {
 public:
  explicit Keeper(std::string out) : out_(std::move(out)) {}

  absl::Status Prepare(std::span<const LogRecord> records, Transaction& tx) override {
    std::vector<std::string> keys;
    for (const LogRecord& record : records) keys.push_back(record.key);
    return tx.Prefetch(keys);
  }
  absl::Status OnRecord(const LogRecord& record, const Envelope&, Transaction& tx) override {
    SEPAKAT_ASSIGN_OR_RETURN(const auto before, tx.Get(record.key));
    if (before) return base::Error(absl::StatusCode::kInternal, "TWICE", "a record came twice");
    tx.Put(record.key, *record.value);
    if (!out_.empty()) {
      tx.Say({.topic = out_, .key = record.key, .type = "bench.Kept", .payload = record.value});
    }
    if (++seen_ == kRecords) done_.set_value();
    return absl::OkStatus();
  }
  void Wait() { done_.get_future().wait(); }

 private:
  const std::string out_;
  int seen_ = 0;
  std::promise<void> done_;
};

class KeeperApp final : public App {
 public:
  KeeperApp(std::string name, std::string in, std::string out, EventLog* log,
            const std::filesystem::path& folder)
      : name_(std::move(name)), keeper_(std::move(out)) {
    store_ = Must(platform::RocksStore::Open(folder / name_));
    std::vector<std::string> inputs;
    if (!in.empty()) inputs.push_back(std::move(in));
    task_ = std::make_unique<StatefulTask>(
        TaskOptions{.source = "bench/" + name_, .inputs = inputs},
        Env{log, store_.get(), nullptr, &clock_, &NoTelemetry()}, &keeper_);
  }
  std::string_view name() const override { return name_; }
  absl::Status Start() override { return task_->Start(); }
  absl::StatusOr<bool> Poll(int wait_ms) override { return task_->Poll(wait_ms); }
  absl::StatusOr<bool> Relay() override { return task_->RelayOnce(); }
  void Stop() override {}
  absl::Status Healthy() const override { return absl::OkStatus(); }
  StatefulTask& task() { return *task_; }
  Keeper& keeper() { return keeper_; }

 private:
  const std::string name_;
  embedded::SystemClock clock_;
  Keeper keeper_;
  std::unique_ptr<platform::RocksStore> store_;
  std::unique_ptr<StatefulTask> task_;
};

void Command(StatefulTask& task, int first) {
  while (true) {
    const auto answer = task.Execute("", [&](Transaction& tx) -> absl::StatusOr<std::string> {
      for (int i = first; i < first + kPerCommand; ++i) {
        // About as compressible as a protobuf of answers: half of the bytes are noise.
        std::string payload = fmt::format("family {:012}", i);
        for (uint64_t n = 0; payload.size() < kPayloadBytes; ++n) {
          const uint64_t noise = base::Hash64(payload, n);
          payload.append(reinterpret_cast<const char*>(&noise), sizeof noise);
          payload.append("answers ");
        }
        tx.Say({.topic = "first",
                .key = fmt::format("family-{:012}", i),
                .type = "bench.Said",
                .payload = std::move(payload)});
      }
      return "";
    });
    if (answer.ok()) return;
    if (!base::IsRetriable(answer.status())) Must(answer.status());
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

// Records per second through all three.
double Chain(EventLog& log, const std::filesystem::path& folder) {
  const TopicSpec topics[] = {{"first", kPartitions, false}, {"second", kPartitions, false}};
  Must(log.EnsureTopics(topics));
  KeeperApp one("one", "", "", &log, folder);
  KeeperApp two("two", "first", "second", &log, folder);
  KeeperApp three("three", "second", "", &log, folder);
  embedded::SystemClock clock;
  std::vector<std::unique_ptr<TaskLoop>> loops;
  for (KeeperApp* app : {&one, &two, &three}) {
    Must(app->Start());
    loops.push_back(std::make_unique<TaskLoop>(app, &clock, &NoTelemetry(),
                                               [](const absl::Status& status) { Must(status); }));
    loops.back()->Start();
  }
  const Meter meter;
  for (int i = 0; i < kRecords; i += kPerCommand) Command(one.task(), i);
  three.keeper().Wait();
  const double seconds = meter.Seconds();
  fmt::print("{:.1f} us CPU per record, peak {:.0f} MiB\n", 1e6 * meter.CpuSeconds() / kRecords,
             bench::PeakResidentMib(getpid()));
  return kRecords / seconds;
}

double OurReader(EventLog& log) {
  std::vector<StartOffset> from;
  from.reserve(kPartitions);
  for (int32_t p = 0; p < kPartitions; ++p) from.push_back({{"first", p}, 0});
  const Meter meter;
  const auto reader = Must(log.OpenReader(from));
  for (size_t count = 0; count < kRecords;) count += Must(reader->Poll(4096, 1000)).size();
  return kRecords / meter.Seconds();
}

void Embedded(bench::Report& report) {
  const support::TemporaryFolder folder("sepakat-bench");
  const auto log = Must(embedded::DurableLog::Open(folder.path() / "log"));
  const double chain = Chain(*log, folder.path());
  report.Add({.job = "runtime, three services, embedded",
              .input = kInput,
              .unit = "records/s",
              .ours = chain,
              .peer_name = "reading the log alone",
              .peer = OurReader(*log),
              .equal = true});
}

void Kafka(bench::Report& report) {
  const auto server = Must(support::KafkaServer::Start());
  const support::TemporaryFolder folder("sepakat-bench");
  const auto log = Must(platform::KafkaLog::Open({.bootstrap = server->bootstrap()}));
  const double chain = Chain(*log, folder.path());
  const bench::Pairs reading = bench::MeasureInTurns(
      kPairs, [&] { return OurReader(*log); },
      [&] { return bench::BareConsumerRate(server->bootstrap(), "first", kPartitions, kRecords); });
  report.Add({.job = "runtime, reading over Kafka",
              .input = kInput,
              .unit = "records/s",
              .ours = reading.ours,
              .peer_name = "bare librdkafka",
              .peer = reading.peer,
              .equal = true,
              .ratio = reading.ratio});
  report.Add({.job = "runtime, three services over Kafka",
              .input = kInput,
              .unit = "records/s",
              .ours = chain,
              .peer_name = "bare librdkafka, one of the topics",
              .peer = reading.peer,
              .equal = true});
}

}  // namespace
}  // namespace sepakat::runtime

// runtime_bench [embedded|kafka]
int main(int argc, char** argv) {
  const std::string only = argc > 1 ? argv[1] : "";
  sepakat::bench::Report report;
  if (only != "kafka") sepakat::runtime::Embedded(report);
  if (only != "embedded") sepakat::runtime::Kafka(report);
  return report.Close();
}
