// The register over a real Apache Kafka on the same machine, beside a bare librdkafka consumer of
// the same topic that only counts.
//
//   reading      alone: the records of a topic as the services get them  against the same counted
//   front door   the file in, every family decided, stored and said      against submissions
//   counted ingestion    alone: submissions on the log, decided, stored, said    against
//   submissions counted targeting    alone: families on the log, figures published against families
//   counted
//
// Broker, bare consumer and our side share the machine's cores; the processor time of this process
// is printed beside each rate, because it says what a step costs on a machine of any size.
// Equality: the counts are those that the generator promises, and targeting ends with every family
// that was accepted.
#include <fmt/format.h>

#include <functional>
#include <string>
#include <thread>

#include "common/embedded/system_clock.h"
#include "common/platform/crypto/key_file.h"
#include "common/platform/kafka/kafka_log.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/runtime/task_loop.h"
#include "common/runtime/topics.h"
#include "ingestion/ingestion_app.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "targeting/targeting_app.h"
#include "tests/bench/support/bare_consumer.h"
#include "tests/bench/support/demo_register.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/bench/support/targeting_inputs.h"
#include "tests/support/servers/kafka_server.h"

namespace sepakat::bench {
namespace {

namespace topics = runtime::topics;

constexpr int32_t kPartitions = 4;
constexpr double kMark = 0.3;
constexpr int kTurns = 3;
constexpr int kBatch = 2048;  // as a StatefulTask reads

// Remembers how many families targeting has published.
class FamiliesGauge final : public runtime::Telemetry {
 public:
  void Add(std::string_view, double, const runtime::Labels&) override {}
  void Set(std::string_view metric, double value, const runtime::Labels&) override {
    if (metric == "sepakat_targeting_families") families_ = static_cast<int64_t>(value);
  }
  void Observe(std::string_view, double, const runtime::Labels&) override {}
  void Log(runtime::Severity, std::string_view, const runtime::Labels&) override {}
  int64_t families() const { return families_; }

 private:
  int64_t families_ = 0;
};

// Ingestion as a process would run it, with a store of its own.
class Ingestion {
 public:
  Ingestion(runtime::EventLog* log, const std::filesystem::path& folder, const DemoRegister& input)
      : store_(Must(platform::RocksStore::Open(folder))),
        secrets_(platform::SecretsFromKey(std::string(32, 'k'))),
        app_({log, store_.get(), nullptr, &clock_, &runtime::NoTelemetry()}, secrets_.get()),
        loop_(&app_, &clock_, &runtime::NoTelemetry(),
              [](const absl::Status& status) { Must(status); }),
        channel_(&clock_, {&app_.rpc()}) {
    Must(app_.Start());
    LoadReference(channel_, input);
  }
  ~Ingestion() { Must(loop_.Stop()); }
  Ingestion(const Ingestion&) = delete;
  Ingestion& operator=(const Ingestion&) = delete;

  void Run() { loop_.Start(); }
  platform::RpcChannel& channel() { return channel_; }

  // Decided records of the only ingest there is.
  int64_t Decided() {
    const auto ingests = Must(channel_.Call<ingestion::v1::ListIngestsResponse>(
        "sepakat.ingestion.v1.IngestionService/ListIngests", ingestion::v1::ListIngestsRequest()));
    if (ingests.ingests().empty()) return 0;
    const auto& tally = ingests.ingests(0);
    return tally.accepted() + tally.flagged() + tally.rejected() + tally.repeated();
  }

 private:
  embedded::SystemClock clock_;
  std::unique_ptr<platform::RocksStore> store_;
  std::unique_ptr<runtime::Secrets> secrets_;
  ingestion::IngestionApp app_;
  runtime::TaskLoop loop_;
  platform::DirectChannel channel_;
};

int64_t Records(runtime::EventLog& log, std::string_view topic) {
  int64_t records = 0;
  for (int32_t p = 0; p < kPartitions; ++p) {
    records += Must(log.EndOffset({std::string(topic), p}));
  }
  return records;
}

void WaitUntil(const std::function<bool()>& holds) {
  while (!holds()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

class Bench {
 public:
  explicit Bench(DemoRegister input)
      : input_(std::move(input)),
        server_(Must(support::KafkaServer::Start())),
        log_(Must(platform::KafkaLog::Open({.bootstrap = server_->bootstrap()}))) {
    Must(log_->EnsureTopics(topics::All(kPartitions)));
  }

  int Run() {
    const double front_door = FrontDoor();
    const double submissions = CompareReading(topics::kSubmission);
    const double families = CompareReading(topics::kFamily);
    const double targeting = Targeting();
    const double ingestion = IngestionAlone();
    AddRow("front door over Kafka", front_door, "submissions counted", submissions);
    AddRow("ingestion alone over Kafka", ingestion, "submissions counted", submissions);
    AddRow("targeting alone over Kafka", targeting, "families counted", families);
    return report_.Close();
  }

 private:
  static double Told(std::string_view what, double records, const Meter& meter) {
    const double rate = records / meter.Seconds();
    fmt::print("{:<36} {:>9.0f} records/s {:>7.2f} us CPU/record\n", what, rate,
               1e6 * meter.CpuSeconds() / records);
    return rate;
  }

  int64_t recorded() const { return input_.expected.accepted + input_.expected.flagged; }

  double FrontDoor() {
    Ingestion ingestion(log_.get(), folder_.path() / "first", input_);
    ingestion.Run();
    const Meter meter;
    equal_ = Ingest(ingestion.channel(), input_);
    WaitUntil([&] { return Records(*log_, topics::kFamily) >= recorded(); });
    return Told("front door", input_.families(), meter);
  }

  // The same submissions once more, with an empty store.
  double IngestionAlone() {
    Ingestion ingestion(log_.get(), folder_.path() / "second", input_);
    const int64_t before = Records(*log_, topics::kFamily);
    const Meter meter;
    ingestion.Run();
    WaitUntil([&] { return Records(*log_, topics::kFamily) >= before + recorded(); });
    const double rate = Told("ingestion alone", input_.families(), meter);
    equal_ = equal_ && ingestion.Decided() == input_.expected.received;
    return rate;
  }

  double Targeting() {
    AddParameters(log_.get());
    embedded::SystemClock clock;
    FamiliesGauge gauge;
    const auto app =
        Must(targeting::TargetingApp::Create({log_.get(), nullptr, nullptr, &clock, &gauge}));
    Must(app->Start());
    const Meter meter;
    bool busy = true;
    while (busy || gauge.families() < recorded()) busy = Must(app->Poll(20));
    const double rate = Told("targeting alone", static_cast<double>(recorded()), meter);
    equal_ = equal_ && gauge.families() == recorded();
    return rate;
  }

  // Adds the row of reading a topic, and gives the rate of the bare consumer.
  double CompareReading(std::string_view topic) {
    const int64_t records = Records(*log_, topic);
    const Pairs pairs = MeasureInTurns(
        kTurns, [&] { return Read(topic, records); }, [&] { return Count(topic, records); });
    report_.Add({.job = fmt::format("reading {} over Kafka", topic),
                 .input = input_.Text(),
                 .unit = "records/s",
                 .ours = pairs.ours,
                 .peer_name = "bare librdkafka, the same counted",
                 .peer = pairs.peer,
                 .equal = equal_,
                 .ratio = pairs.ratio});
    return pairs.peer;
  }

  double Count(std::string_view topic, int64_t records) {
    const Meter meter;
    (void)BareConsumerRate(server_->bootstrap(), std::string(topic), kPartitions, records);
    return Told(fmt::format("bare, {}", topic), static_cast<double>(records), meter);
  }

  double Read(std::string_view topic, int64_t records) {
    std::vector<runtime::StartOffset> from;
    from.reserve(kPartitions);
    for (int32_t p = 0; p < kPartitions; ++p) from.push_back({{std::string(topic), p}, 0});
    const Meter meter;
    const auto reader = Must(log_->OpenReader(from));
    for (int64_t count = 0; count < records;) {
      count += static_cast<int64_t>(Must(reader->Poll(kBatch, 1000)).size());
    }
    return Told(fmt::format("read, {}", topic), static_cast<double>(records), meter);
  }

  void AddRow(const std::string& job, double ours, const std::string& peer_name, double peer) {
    report_.Add({.job = job,
                 .input = input_.Text(),
                 .unit = "families/s",
                 .ours = ours,
                 .peer_name = "bare librdkafka, " + peer_name,
                 .peer = peer,
                 .equal = equal_,
                 .mark = ">= 0.30 of the peer",
                 .reached = ours >= kMark * peer});
  }

  const DemoRegister input_;
  const support::TemporaryFolder folder_{"sepakat-bench"};
  std::unique_ptr<support::KafkaServer> server_;
  std::unique_ptr<platform::KafkaLog> log_;
  bool equal_ = false;
  Report report_;
};

}  // namespace
}  // namespace sepakat::bench

// kafka_bench [FAMILIES]
int main(int argc, char** argv) {
  return sepakat::bench::Bench(sepakat::bench::MakeDemoRegister(argc > 1 ? std::stoll(argv[1]) : 0))
      .Run();
}
