// What the runtime itself costs: records through two stateful services, everything durable.
//
//   commands -> first service -> log -> second service -> log -> third service
//
// The services keep one row per record and say one event per record; nothing else. Embedded: the
// durable log and RocksDB stores. Kafka: a real broker on the same machine, beside a bare
// librdkafka consumer of the same topic. Equality: every record arrives once.
#include <fmt/format.h>
#include <librdkafka/rdkafka.h>
#include <sys/resource.h>

#include <chrono>
#include <future>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/embedded/durable_log.h"
#include "common/embedded/system_clock.h"
#include "common/platform/kafka/kafka_client.h"
#include "common/platform/kafka/kafka_log.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "common/runtime/stateful_task.h"
#include "common/runtime/task_loop.h"
#include "tests/support/servers/kafka_server.h"

namespace sepakat::runtime {
namespace {

constexpr int kRecords = 300'000;
constexpr int kPerCommand = 2'000;
constexpr int32_t kPartitions = 4;
constexpr size_t kPayloadBytes = 300;

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double PeakMib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

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
    auto store = platform::RocksStore::Open(folder / name_);
    if (!store.ok()) std::abort();
    store_ = *std::move(store);
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
    if (!base::IsRetriable(answer.status())) std::abort();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

double Chain(EventLog& log, const std::filesystem::path& folder, const char* name) {
  const TopicSpec topics[] = {{"first", kPartitions, false}, {"second", kPartitions, false}};
  if (!log.EnsureTopics(topics).ok()) std::abort();
  KeeperApp one("one", "", "", &log, folder);
  KeeperApp two("two", "first", "second", &log, folder);
  KeeperApp three("three", "second", "", &log, folder);
  embedded::SystemClock clock;
  std::vector<std::unique_ptr<TaskLoop>> loops;
  for (KeeperApp* app : {&one, &two, &three}) {
    if (!app->Start().ok()) std::abort();
    loops.push_back(
        std::make_unique<TaskLoop>(app, &clock, &NoTelemetry(), [](const absl::Status& status) {
          fmt::print(stderr, "{}\n", status.ToString());
          std::abort();
        }));
    loops.back()->Start();
  }
  const double began = Seconds();
  const double cpu = CpuSeconds();
  for (int i = 0; i < kRecords; i += kPerCommand) Command(one.task(), i);
  const double said = Seconds() - began;
  three.keeper().Wait();
  const double took = Seconds() - began;
  fmt::print(
      "{}: {} records of {} B through three services in {:.2f} s: {:.0f}/s "
      "(said after {:.2f} s, {:.1f} us CPU per record, peak {:.0f} MiB)\n",
      name, kRecords, kPayloadBytes, took, kRecords / took, said,
      1e6 * (CpuSeconds() - cpu) / kRecords, PeakMib());
  return kRecords / took;
}

// Records per second of a consumer that only counts.
double BareConsumer(const std::string& bootstrap) {
  auto client = platform::NewKafkaClient(RD_KAFKA_CONSUMER, {.bootstrap = bootstrap},
                                         {{"group.id", "bare"}, {"enable.auto.commit", "false"}});
  if (!client.ok()) std::abort();
  rd_kafka_poll_set_consumer(client->get());
  const platform::KafkaOwned<rd_kafka_topic_partition_list_t> list(
      rd_kafka_topic_partition_list_new(kPartitions));
  for (int32_t p = 0; p < kPartitions; ++p) {
    rd_kafka_topic_partition_list_add(list.get(), "first", p)->offset = 0;
  }
  const double began = Seconds();
  rd_kafka_assign(client->get(), list.get());
  for (int count = 0; count < kRecords;) {
    const platform::KafkaOwned<rd_kafka_message_t> message(
        rd_kafka_consumer_poll(client->get(), 1000));
    if (message != nullptr && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++count;
  }
  return kRecords / (Seconds() - began);
}

double OurReader(EventLog& log) {
  std::vector<StartOffset> from;
  for (int32_t p = 0; p < kPartitions; ++p) from.push_back({{"first", p}, 0});
  const double began = Seconds();
  auto reader = log.OpenReader(from);
  if (!reader.ok()) std::abort();
  for (size_t count = 0; count < kRecords;) count += (*reader)->Poll(4096, 1000)->size();
  return kRecords / (Seconds() - began);
}

int Run(bool embedded, bool kafka) {
  if (embedded) {
    support::TemporaryFolder folder("sepakat-bench");
    auto log = embedded::DurableLog::Open(folder.path() / "log");
    if (!log.ok()) return 1;
    Chain(**log, folder.path(), "embedded");
    fmt::print("embedded: reader alone {:.0f}/s\n", OurReader(**log));
  }
  if (kafka) {
    auto server = support::KafkaServer::Start();
    if (!server.ok()) {
      fmt::print(stderr, "{}\n", server.status().ToString());
      return 1;
    }
    support::TemporaryFolder folder("sepakat-bench");
    auto log = platform::KafkaLog::Open({.bootstrap = (*server)->bootstrap()});
    if (!log.ok()) return 1;
    const double chain = Chain(**log, folder.path(), "kafka");
    const double ours = OurReader(**log);
    const double bare = BareConsumer((*server)->bootstrap());
    fmt::print(
        "kafka: bare librdkafka consumer {:.0f}/s, our reader {:.0f}/s ({:.0f} %), "
        "whole chain {:.0f} %\n",
        bare, ours, 100 * ours / bare, 100 * chain / bare);
  }
  return 0;
}

}  // namespace
}  // namespace sepakat::runtime

int main(int argc, char** argv) {
  const std::string only = argc > 1 ? argv[1] : "";
  return sepakat::runtime::Run(only != "kafka", only != "embedded");
}
