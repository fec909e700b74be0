// What ingestion costs per family: the demonstration register through the front door.
//
// Steps alone (split, seal, open and decide), then IngestFile with everything in memory on one thread,
// then IngestFile with the durable log and store and a task loop, as in embedded mode.
// Equality: the counts are those that the generator says must come out.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>

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
#include "sepakat/generate/register_writer.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/reference/builtin.h"
#include "sepakat/reference/profile_file.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::ingestion {
namespace {

constexpr int64_t kFamilies = 100'000;
constexpr int32_t kPartitions = 4;
constexpr int kVillagesPerDistrict = 15;

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Input {
  std::string csv;
  std::string regions = "kode,nama\n33,Jawa Tengah\n";
  generate::Expected expected;
};

Input MakeInput() {
  Input input;
  const auto text = reference::FindBuiltin(reference::BuiltinKind::kProfile, "demo_3326.toml");
  generate::Profile profile = reference::ReadProfile(text->name, text->text).value();
  input.regions += profile.regency + ",Kabupaten\n";
  std::vector<generate::Village> villages;
  for (const generate::District& district : profile.districts) {
    input.regions += district.code + ",Kecamatan\n";
    for (int i = 1; i <= kVillagesPerDistrict; ++i) {
      villages.push_back({fmt::format("{}.{}", district.code, 2000 + i), fmt::format("Desa {}", i)});
      input.regions += villages.back().code + "," + villages.back().name + "\n";
    }
  }
  const generate::Plan plan =
      generate::MakePlan(std::move(profile), std::move(villages),
                         {.families = kFamilies, .last_day = 20'000})
          .value();
  generate::RegisterWriter writer(plan);
  while (writer.Next(input.csv)) {
  }
  input.expected = writer.expected();
  return input;
}

void Print(const char* what, const Input& input, double wall, double cpu) {
  const auto families = static_cast<double>(input.expected.received);
  fmt::print("{:<44} {:>9.0f} families/s {:>7.2f} us CPU/family {:>6.0f} MB/s\n", what,
             families / wall, 1e6 * cpu / families,
             static_cast<double>(input.csv.size()) / wall / 1e6);
}

std::string_view BookText() {
  return reference::FindBuiltin(reference::BuiltinKind::kCodebook, "regsosek_2022.toml")->text;
}

// The steps alone, each over the whole input.
void Steps(const Input& input) {
  double wall = Seconds();
  double cpu = CpuSeconds();
  {
    CsvReader reader;
    CsvRow row;
    for (size_t at = 0; at < input.csv.size(); at += 65'536) {
      reader.Feed(std::string_view(input.csv).substr(at, 65'536));
      while (reader.Next(&row) == CsvReader::kRow) {
      }
    }
  }
  Print("split into cells", input, Seconds() - wall, CpuSeconds() - cpu);

  const CodeBook book = *ReadCodebook(BookText(), "regsosek_2022.toml").book;
  std::vector<std::string> contents;
  CsvReader reader;
  reader.Feed(input.csv);
  reader.Finish();
  CsvRow row;
  reader.Next(&row);
  RecordAssembler assembler =
      RecordAssembler::Create(&book, row.cells, [&](const AssembledRecord& record) {
        contents.emplace_back(record.content);
      }).value();
  wall = Seconds();
  cpu = CpuSeconds();
  while (reader.Next(&row) == CsvReader::kRow) assembler.Add(row);
  assembler.Finish();
  Print("split and assemble", input, Seconds() - wall, CpuSeconds() - cpu);

  const auto secrets = platform::SecretsFromKey(std::string(32, 'k'));
  size_t bytes = 0;
  wall = Seconds();
  cpu = CpuSeconds();
  for (const std::string& content : contents) {
    bytes += secrets->Digest(content).size() + secrets->Pseudonym("register", "x").size();
    bytes += secrets->Open(secrets->Seal(content)).value().size();
  }
  Print("digest, pseudonym, seal and open", input, Seconds() - wall, CpuSeconds() - cpu);

  std::vector<std::string> problems;
  RegionEditions editions;
  editions.Set(0, RegionMaster::Build(ReadRegionCsv(input.regions, &problems), &problems));
  Translator translator(&book, &editions);
  RawRecord record;
  Decision decision;
  std::string identity;
  int64_t rejected = 0;
  wall = Seconds();
  cpu = CpuSeconds();
  for (const std::string& content : contents) {
    if (!record.Decode(content, static_cast<int>(book.columns.size())).ok()) std::abort();
    FamilyIdentity(book, record, &identity);
    translator.Decide(record, identity, 30'000, &decision);
    rejected += decision.rejected ? 1 : 0;
  }
  Print("decode and decide", input, Seconds() - wall, CpuSeconds() - cpu);
  fmt::print("  canonical content {:.0f} bytes/family, {} rejected, {} sealed bytes\n",
             static_cast<double>(bytes) / static_cast<double>(contents.size()), rejected, bytes);
}

void Must(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "{}\n", status.ToString());
  std::abort();
}

void LoadReference(platform::RpcChannel& channel, const Input& input) {
  v1::LoadRegionsRequest regions;
  regions.mutable_context()->set_request_id("regions");
  regions.set_csv(input.regions);
  Must(channel
           .Call<v1::LoadRegionsResponse>("sepakat.ingestion.v1.IngestionService/LoadRegions",
                                          regions)
           .status());
  v1::RegisterCodebookRequest book;
  book.mutable_context()->set_request_id("book");
  book.set_toml(std::string(BookText()));
  Must(channel
           .Call<v1::RegisterCodebookResponse>(
               "sepakat.ingestion.v1.IngestionService/RegisterCodebook", book)
           .status());
}

bool IngestAndCompare(platform::RpcChannel& channel, const Input& input) {
  size_t at = 0;
  bool first = true;
  const auto send = [&](google::protobuf::Message* out) -> absl::StatusOr<bool> {
    auto* request = static_cast<v1::IngestFileRequest*>(out);
    request->Clear();
    if (first) {
      first = false;
      request->mutable_header()->mutable_context()->set_request_id("file");
      request->mutable_header()->set_codebook_id("regsosek_2022");
      request->mutable_header()->set_source("bench");
      return true;
    }
    if (at >= input.csv.size()) return false;
    request->set_chunk(input.csv.substr(at, 262'144));
    at += 262'144;
    return true;
  };
  v1::IngestFileRequest message;
  v1::IngestFileResponse response;
  Must(channel.ClientStream("sepakat.ingestion.v1.IngestionService/IngestFile", &message, send,
                            &response, {.timeout_ms = 3'600'000, .traceparent = ""}));
  const auto& progress = response.progress();
  const bool equal = progress.received() == input.expected.received &&
                     progress.accepted() == input.expected.accepted &&
                     progress.flagged() == input.expected.flagged &&
                     progress.rejected() == input.expected.rejected &&
                     progress.repeated() == input.expected.repeated;
  if (!equal) {
    fmt::print(stderr, "NOT EQUAL: expected {} = {} + {} + {} + {}\n{}\n", input.expected.received,
               input.expected.accepted, input.expected.flagged, input.expected.rejected,
               input.expected.repeated, response.progress().DebugString());
  }
  return equal;
}

runtime::Env MakeEnv(runtime::EventLog* log, runtime::StateStore* store,
                     const runtime::Clock* clock) {
  runtime::Env env;
  env.log = log;
  env.store = store;
  env.clock = clock;
  env.telemetry = &runtime::NoTelemetry();
  return env;
}

bool InMemory(const Input& input) {
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
  LoadReference(channel, input);
  const double wall = Seconds();
  const double cpu = CpuSeconds();
  const bool equal = IngestAndCompare(channel, input);
  Print("IngestFile, memory, one thread", input, Seconds() - wall, CpuSeconds() - cpu);
  return equal;
}

bool Durable(const Input& input) {
  support::TemporaryFolder folder("sepakat-bench");
  embedded::SystemClock clock;
  auto log = embedded::DurableLog::Open(folder.path() / "log");
  auto store = platform::RocksStore::Open(folder.path() / "store");
  Must(log.status());
  Must(store.status());
  Must((*log)->EnsureTopics(runtime::topics::All(kPartitions)));
  const auto secrets = platform::SecretsFromKey(std::string(32, 'k'));
  IngestionApp app(MakeEnv(log->get(), store->get(), &clock), secrets.get());
  Must(app.Start());
  runtime::TaskLoop loop(&app, &clock, &runtime::NoTelemetry(),
                         [](const absl::Status& status) { Must(status); });
  loop.Start();
  platform::DirectChannel channel(&clock, {&app.rpc()});
  LoadReference(channel, input);
  const double wall = Seconds();
  const double cpu = CpuSeconds();
  const bool equal = IngestAndCompare(channel, input);
  Print("IngestFile, durable, embedded", input, Seconds() - wall, CpuSeconds() - cpu);
  Must(loop.Stop());
  return equal;
}

}  // namespace
}  // namespace sepakat::ingestion

int main() {
  using namespace sepakat::ingestion;
  const Input input = MakeInput();
  fmt::print("register: {} families, {} rows, {:.0f} MB\n", input.expected.received,
             input.expected.rows, static_cast<double>(input.csv.size()) / 1e6);
  Steps(input);
  const bool equal = InMemory(input) && Durable(input);
  fmt::print("equality: {}\n", equal ? "yes" : "NO");
  return equal ? 0 : 1;
}
