#include "tests/spec/ingestion/world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "common/platform/crypto/key_file.h"
#include "common/runtime/topics.h"
#include "tests/support/paths.h"

namespace sepakat::ingestion {

const std::string_view kHeader = "kk;kode;nama;nik;umur;hub;bobot;konsumsi;lantai;lahir;tgl\n";

const std::string_view kVillageBook = R"(
[codebook]
id = "desa"
version = "1"
name = "Survei desa"
steward = "Desa"
source = "Uji"
[record]
unit = "person"
observed_on = { column = "tgl", format = "DD/MM/YYYY" }
[roles]
family = { column = "kk", kind = "kk" }
region = { column = "kode", coding = "kemendagri" }
size = { count = true }
weight = { column = "bobot", per = "person" }
welfare = { column = "konsumsi", unit = "family", period = "month" }
person_id = { column = "nik", kind = "nik" }
name = { column = "nama" }
[[variable]]
column = "umur"
variable = "age"
[[variable]]
column = "lahir"
variable = "birth_date"
[[variable]]
column = "hub"
variable = "relation"
[[variable]]
column = "lantai"
variable = "floor"
codes = { "1" = 2, "2" = 8 }
missing = ["9"]
[[edit]]
kind = "one_head"
severity = "reject"
[[edit]]
kind = "at_most_one_spouse"
severity = "flag"
)";

World::World() : secrets_(platform::SecretsFromKey(std::string(32, 'k'))) {
  const std::vector<runtime::TopicSpec> topics = runtime::topics::All(4);
  EXPECT_TRUE(log.EnsureTopics(topics).ok());
  Open();
}

void World::Open() {
  IngestionOptions options;
  options.await = [this](const std::function<bool()>&) {
    EXPECT_TRUE(app_->Poll(0).ok());
    EXPECT_TRUE(app_->Relay().ok());
  };
  options.block_records = 7;  // Several blocks even in small files.
  options.most_undecided = 10;
  runtime::Env env;
  env.log = &log;
  env.store = &store;
  env.clock = &clock;
  env.telemetry = &runtime::NoTelemetry();
  app_ = std::make_unique<IngestionApp>(env, secrets_.get(), std::move(options));
  const absl::Status started = app_->Start();
  EXPECT_TRUE(started.ok()) << started;
  channel_ = std::make_unique<platform::DirectChannel>(
      &clock, std::vector<const platform::RpcService*>{&app_->rpc()});
}

void World::Restart() {
  channel_.reset();
  app_.reset();
  Open();
}

void World::Settle() {
  for (bool any = true; any;) {
    const absl::StatusOr<bool> polled = app_->Poll(0);
    const absl::StatusOr<bool> relayed = app_->Relay();
    ASSERT_TRUE(polled.ok()) << polled.status();
    ASSERT_TRUE(relayed.ok()) << relayed.status();
    any = *polled || *relayed;
  }
}

common::v1::RequestContext World::NewRequest(std::string id) {
  common::v1::RequestContext context;
  context.set_request_id(id.empty() ? fmt::format("request-{}", ++requests_) : std::move(id));
  context.set_actor("test");
  return context;
}

absl::StatusOr<v1::RegisterCodebookResponse> World::Register(std::string_view toml) {
  v1::RegisterCodebookRequest request;
  *request.mutable_context() = NewRequest();
  request.set_toml(std::string(toml));
  request.set_file_name("buku.toml");
  return Call<v1::RegisterCodebookResponse>("RegisterCodebook", request);
}

void World::RegisterShipped(const std::string& name) {
  const auto path =
      support::SourceFolder() / "services/ingestion/codebooks" / fmt::format("{}.toml", name);
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  const auto registered = Register(text.str());
  ASSERT_TRUE(registered.ok()) << registered.status();
}

void World::LoadRegions() {
  v1::LoadRegionsRequest request;
  *request.mutable_context() = NewRequest();
  request.mutable_edition()->set_edition("uji 2025");
  request.mutable_edition()->set_valid_from(20'000);
  request.set_csv(
      "kode,nama\n33,Jawa Tengah\n33.26,Kabupaten Pekalongan\n33.26.15,Buaran\n"
      "33.26.15.2014,Watusalam\n33.26.15.2013,Paweden\n33.75,Kota Pekalongan\n"
      "33.75.01,Pekalongan Barat\n33.75.01.1001,Medono\n");
  const auto loaded = Call<v1::LoadRegionsResponse>("LoadRegions", request);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->problems_size(), 0);
}

absl::StatusOr<v1::IngestFileResponse> World::Ingest(std::string_view bytes,
                                                     const std::string& codebook, size_t chunk,
                                                     std::string request_id) {
  v1::IngestFileRequest message;
  size_t at = 0;
  bool first = true;
  const auto send = [&](google::protobuf::Message* out) -> absl::StatusOr<bool> {
    auto* request = static_cast<v1::IngestFileRequest*>(out);
    request->Clear();
    if (first) {
      first = false;
      auto* header = request->mutable_header();
      *header->mutable_context() = NewRequest(request_id);
      header->set_codebook_id(codebook);
      header->set_source("desa 33.26.15.2014");
      header->set_file_name("berkas.csv");
      return true;
    }
    if (at >= bytes.size()) return false;
    request->set_chunk(std::string(bytes.substr(at, chunk)));
    at += chunk;
    return true;
  };
  v1::IngestFileResponse response;
  platform::CallOptions options;
  options.timeout_ms = 600'000;
  const absl::Status status = channel_->ClientStream(
      "sepakat.ingestion.v1.IngestionService/IngestFile", &message, send, &response, options);
  Settle();
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::IngestStreamResponse> World::Stream(const std::string& codebook,
                                                       std::vector<v1::IngestStreamRequest> records,
                                                       std::string request_id) {
  records.front().set_codebook_id(codebook);
  records.front().set_source("formulir");
  *records.front().mutable_context() = NewRequest(std::move(request_id));
  size_t at = 0;
  const auto send = [&](google::protobuf::Message* out) -> absl::StatusOr<bool> {
    if (at == records.size()) return false;
    out->CopyFrom(records[at++]);
    return true;
  };
  v1::IngestStreamRequest message;
  v1::IngestStreamResponse response;
  const absl::Status status = channel_->ClientStream(
      "sepakat.ingestion.v1.IngestionService/IngestStream", &message, send, &response, {});
  Settle();
  if (!status.ok()) return status;
  return response;
}

std::vector<runtime::LogRecord> World::Said(std::string_view topic) {
  std::vector<runtime::StartOffset> from;
  const auto partitions = log.Partitions(topic);
  for (int32_t p = 0; partitions.ok() && p < *partitions; ++p) {
    from.push_back({{std::string(topic), p}, 0});
  }
  std::vector<runtime::LogRecord> all;
  auto reader = log.OpenReader(from);
  while (reader.ok()) {
    auto records = (*reader)->Poll(10'000, 0);
    if (!records.ok() || records->empty()) break;
    for (runtime::LogRecord& record : *records) all.push_back(std::move(record));
  }
  return all;
}

std::vector<events::v1::FamilyEvent> World::FamilyEvents() {
  std::vector<events::v1::FamilyEvent> events;
  for (const runtime::LogRecord& record : Said(runtime::topics::kFamily)) {
    EXPECT_TRUE(events.emplace_back().ParseFromString(record.value.value_or("")));
  }
  return events;
}

std::map<std::string, events::v1::FamilyEvent> World::Newest() {
  std::map<std::string, events::v1::FamilyEvent> newest;
  for (const runtime::LogRecord& record : Said(runtime::topics::kFamily)) {
    events::v1::FamilyEvent event;
    EXPECT_TRUE(event.ParseFromString(record.value.value_or("")));
    newest[record.key] = std::move(event);
  }
  return newest;
}

}  // namespace sepakat::ingestion
