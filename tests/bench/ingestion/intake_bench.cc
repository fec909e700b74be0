// Loading the demonstration register through the front door: IngestFile over the durable log and
// the store of embedded mode, every family decided and stored when it answers.
//
//   ingestion_bench                    the whole register, every part
//   ingestion_bench PART [FAMILIES]    one part alone, for profiles: steps, memory or durable
//
// Compared with what the same storage takes when it is handed the same rows and records without any
// work on them. Equality: the counts are those that the generator promises, and the peer ends with
// as many rows and records. The steps alone are printed before, to tell where time goes.
#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <thread>

#include "common/embedded/durable_log.h"
#include "common/embedded/memory_log.h"
#include "common/embedded/memory_store.h"
#include "common/embedded/system_clock.h"
#include "common/platform/crypto/key_file.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/runtime/task_loop.h"
#include "common/runtime/topics.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/record_assembler.h"
#include "ingestion/domain/translate.h"
#include "ingestion/ingestion_app.h"
#include "ingestion/wire/codebook_toml.h"
#include "sepakat/reference/builtin.h"
#include "tests/bench/support/demo_register.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::ingestion {
namespace {

using bench::DemoRegister;
using bench::Meter;
using bench::Must;

constexpr int32_t kPartitions = 4;
constexpr double kMark = 50'000;

void Print(const char* what, const DemoRegister& input, const Meter& meter) {
  fmt::print("{:<36} {:>9.0f} families/s {:>7.2f} us CPU/family {:>6.0f} MB/s\n", what,
             input.families() / meter.Seconds(), 1e6 * meter.CpuSeconds() / input.families(),
             static_cast<double>(input.csv.size()) / meter.Seconds() / 1e6);
}

void SplitAlone(const DemoRegister& input) {
  const Meter meter;
  CsvReader reader;
  CsvRow row;
  for (size_t at = 0; at < input.csv.size(); at += 65'536) {
    reader.Feed(std::string_view(input.csv).substr(at, 65'536));
    while (reader.Next(&row) == CsvReader::kRow) {
    }
  }
  Print("split into cells", input, meter);
}

std::vector<std::string> SplitAndAssemble(const DemoRegister& input, const CodeBook& book) {
  const Meter meter;
  std::vector<std::string> contents;
  CsvReader reader;
  reader.Feed(input.csv);
  reader.Finish();
  CsvRow row;
  reader.Next(&row);
  RecordAssembler assembler =
      Must(RecordAssembler::Create(&book, row.cells, [&](const AssembledRecord& record) {
        contents.emplace_back(record.content);
      }));
  while (reader.Next(&row) == CsvReader::kRow) assembler.Add(row);
  assembler.Finish();
  Print("split and assemble", input, meter);
  return contents;
}

void DecodeAndDecide(const DemoRegister& input, const CodeBook& book,
                     const std::vector<std::string>& contents) {
  std::vector<std::string> problems;
  RegionEditions editions;
  editions.Set(0, RegionMaster::Build(ReadRegionCsv(input.regions, &problems), &problems));
  Translator translator(&book, &editions);
  RawRecord record;
  Decision decision;
  std::string identity;
  const Meter meter;
  for (const std::string& content : contents) {
    Must(record.Decode(content, static_cast<int>(book.columns.size())));
    FamilyIdentity(book, record, &identity);
    translator.Decide(record, identity, 30'000, &decision);
  }
  Print("decode and decide", input, meter);
}

// The steps alone, each over the whole input.
void Steps(const DemoRegister& input) {
  SplitAlone(input);
  const auto text = reference::FindBuiltin(reference::BuiltinKind::kCodebook, "regsosek_2022.toml");
  const CodeBook book = *ReadCodebook(text->text, text->name).book;
  const std::vector<std::string> contents = SplitAndAssemble(input, book);
  const auto secrets = platform::SecretsFromKey(std::string(32, 'k'));
  const Meter meter;
  for (const std::string& content : contents) {
    (void)secrets->Digest(content);
    (void)secrets->Pseudonym("register", "x");
    Must(secrets->Open(secrets->Seal(content)).status());
  }
  Print("digest, pseudonym, seal and open", input, meter);
  DecodeAndDecide(input, book, contents);
}

runtime::Env MakeEnv(runtime::EventLog* log, runtime::StateStore* store,
                     const runtime::Clock* clock) {
  return {log, store, nullptr, clock, &runtime::NoTelemetry()};
}

bool InMemory(const DemoRegister& input) {
  embedded::SystemClock clock;
  embedded::MemoryLog log;
  embedded::MemoryStore store;
  const auto secrets = platform::SecretsFromKey(std::string(32, 'k'));
  Must(log.EnsureTopics(runtime::topics::All(kPartitions)));
  std::unique_ptr<IngestionApp> app;
  IngestionOptions options;
  options.await = [&app](const std::function<bool()>&) {
    Must(app->Poll(0).status());
    Must(app->Relay().status());
  };
  app = std::make_unique<IngestionApp>(MakeEnv(&log, &store, &clock), secrets.get(), options);
  Must(app->Start());
  platform::DirectChannel channel(&clock, {&app->rpc()});
  bench::LoadReference(channel, input);
  const Meter meter;
  const bool equal = bench::Ingest(channel, input);
  Print("IngestFile, memory, one thread", input, meter);
  return equal;
}

// The log and the store of embedded mode below one folder.
struct Storage {
  explicit Storage(const std::filesystem::path& folder)
      : log(Must(embedded::DurableLog::Open(folder / "log"))),
        store(Must(platform::RocksStore::Open(folder / "store"))) {
    Must(log->EnsureTopics(runtime::topics::All(kPartitions)));
  }
  std::unique_ptr<embedded::DurableLog> log;
  std::unique_ptr<platform::RocksStore> store;
};

// Seconds until every family is decided and stored.
double IngestDurably(const DemoRegister& input, Storage& storage, bool* equal) {
  embedded::SystemClock clock;
  const auto secrets = platform::SecretsFromKey(std::string(32, 'k'));
  IngestionApp app(MakeEnv(storage.log.get(), storage.store.get(), &clock), secrets.get());
  Must(app.Start());
  runtime::TaskLoop loop(&app, &clock, &runtime::NoTelemetry(),
                         [](const absl::Status& status) { Must(status); });
  loop.Start();
  platform::DirectChannel channel(&clock, {&app.rpc()});
  bench::LoadReference(channel, input);
  const Meter meter;
  *equal = bench::Ingest(channel, input);
  const double seconds = meter.Seconds();
  Print("IngestFile, durable, embedded", input, meter);
  Must(loop.Stop());
  return seconds;
}

// What an ingest left behind, in batches as large as those that brought it.
struct Contents {
  std::vector<runtime::StoreBatch> rows;
  std::vector<std::vector<runtime::OutRecord>> records;
  size_t row_count = 0;
  size_t record_count = 0;
};

Contents Read(Storage& storage) {
  constexpr size_t kRowsPerBatch = 12'000;
  constexpr int kRecordsPerBlock = 2000;
  Contents contents;
  Must(storage.store->Scan("", "", [&](std::string_view key, std::string_view value) {
    if (contents.row_count++ % kRowsPerBatch == 0) contents.rows.emplace_back();
    contents.rows.back().Put(std::string(key), std::string(value));
    return true;
  }));
  for (const std::string_view topic : {runtime::topics::kSubmission, runtime::topics::kFamily}) {
    std::vector<runtime::StartOffset> from;
    for (int32_t p = 0; p < kPartitions; ++p) from.push_back({{std::string(topic), p}, 0});
    const auto reader = Must(storage.log->OpenReader(from));
    while (true) {
      auto records = Must(reader->Poll(kRecordsPerBlock, 0));
      if (records.empty()) break;
      contents.record_count += records.size();
      auto& block = contents.records.emplace_back();
      for (runtime::LogRecord& record : records) {
        block.push_back({std::move(record.topic), record.partition, std::move(record.key),
                         std::move(record.value), std::move(record.headers), record.timestamp_ms});
      }
    }
  }
  return contents;
}

double WriteAlone(const Contents& contents, Storage& storage) {
  const Meter meter;
  std::thread log([&] {
    for (const auto& block : contents.records) Must(storage.log->Append(block));
  });
  for (const runtime::StoreBatch& batch : contents.rows) Must(storage.store->Commit(batch));
  log.join();
  return meter.Seconds();
}

bool Durable(const DemoRegister& input) {
  const support::TemporaryFolder folder("sepakat-bench");
  bool equal = false;
  Storage storage(folder.path());
  (void)IngestDurably(input, storage, &equal);
  return equal;
}

bench::Row Compare(const DemoRegister& input) {
  const support::TemporaryFolder folder("sepakat-bench");
  bool equal = false;
  Contents contents;
  double ours = 0;
  {
    Storage storage(folder.path() / "ours");
    ours = input.families() / IngestDurably(input, storage, &equal);
    contents = Read(storage);
  }
  Storage bare(folder.path() / "bare");
  const double peer = input.families() / WriteAlone(contents, bare);
  const Contents written = Read(bare);
  return {.job = "IngestFile, durable, embedded",
          .input = input.Text(),
          .unit = "families/s",
          .ours = ours,
          .peer_name = "the same storage handed the same rows",
          .peer = peer,
          .equal = equal && written.row_count == contents.row_count &&
                   written.record_count == contents.record_count,
          .mark = ">= 50,000 families/s",
          .reached = ours >= kMark};
}

int Run(std::string_view part, int64_t families) {
  const DemoRegister input = bench::MakeDemoRegister(families);
  fmt::print("register: {}, {:.0f} MB\n", input.Text(),
             static_cast<double>(input.csv.size()) / 1e6);
  if (part == "memory") return InMemory(input) ? 0 : 1;
  if (part == "durable") return Durable(input) ? 0 : 1;
  Steps(input);
  if (part == "steps") return 0;
  bench::Report report;
  report.Add(Compare(input));
  return report.Close();
}

}  // namespace
}  // namespace sepakat::ingestion

int main(int argc, char** argv) {
  const std::string_view part = argc > 1 ? argv[1] : "";
  int64_t families = 0;
  if (argc > 2) {
    const std::string_view text = argv[2];
    std::from_chars(text.data(), text.data() + text.size(), families);
  }
  return sepakat::ingestion::Run(part, families);
}
