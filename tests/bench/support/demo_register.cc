#include "tests/bench/support/demo_register.h"

#include <fmt/format.h>

#include <iostream>
#include <sstream>

#include "sepakat/cli/demo_plan.h"
#include "sepakat/cli/files.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/reference/builtin.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"

namespace sepakat::bench {
namespace {

namespace v1 = ingestion::v1;

constexpr char kCodebook[] = "regsosek_2022.toml";
constexpr size_t kChunk = 256 * 1024;

std::string Method(std::string_view name) {
  return fmt::format("sepakat.ingestion.v1.IngestionService/{}", name);
}

// Province and regency with all below: the other 91,000 regions would only take time.
std::string RegionsAround(const std::string& regency) {
  std::istringstream master(Must(cli::ReadFile(SEPAKAT_REGIONS_CSV)));
  const std::string province = regency.substr(0, 2) + ",";
  std::string line;
  std::getline(master, line);
  std::string regions = line + "\n";
  while (std::getline(master, line)) {
    if (line.starts_with(province) || line.starts_with(regency)) regions += line + "\n";
  }
  return regions;
}

}  // namespace

std::string DemoRegister::Text() const {
  return fmt::format("{} families, {} rows", Grouped(expected.received), Grouped(expected.rows));
}

DemoRegister MakeDemoRegister(int64_t families) {
  const cli::Environment environment{.out = std::cout,
                                     .err = std::cerr,
                                     .variable = [](const char*) { return std::string(); },
                                     .now_ms = [] { return int64_t{1'800'000'000'000}; }};
  cli::DemoOptions options;
  options.families = families;
  options.regions = SEPAKAT_REGIONS_CSV;
  const generate::Plan plan = Must(cli::MakeDemoPlan(options, environment));
  DemoRegister made;
  made.regions = RegionsAround(plan.profile.regency);
  generate::RegisterWriter writer(plan);
  while (writer.Next(made.csv)) {
  }
  made.expected = writer.expected();
  return made;
}

void LoadReference(platform::RpcChannel& channel, const DemoRegister& input) {
  v1::LoadRegionsRequest regions;
  regions.mutable_context()->set_request_id("regions");
  regions.set_csv(input.regions);
  Must(channel.Call<v1::LoadRegionsResponse>(Method("LoadRegions"), regions).status());
  v1::RegisterCodebookRequest book;
  book.mutable_context()->set_request_id("book");
  const auto text = reference::FindBuiltin(reference::BuiltinKind::kCodebook, kCodebook);
  book.set_toml(std::string(text->text));
  Must(channel.Call<v1::RegisterCodebookResponse>(Method("RegisterCodebook"), book).status());
}

bool Ingest(platform::RpcChannel& channel, const DemoRegister& input) {
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
    request->set_chunk(input.csv.substr(at, kChunk));
    at += kChunk;
    return true;
  };
  v1::IngestFileRequest message;
  v1::IngestFileResponse response;
  Must(channel.ClientStream(Method("IngestFile"), &message, send, &response,
                            {.timeout_ms = 3'600'000, .traceparent = ""}));
  const auto& told = response.progress();
  const generate::Expected& promised = input.expected;
  const bool equal = told.received() == promised.received && told.accepted() == promised.accepted &&
                     told.flagged() == promised.flagged && told.rejected() == promised.rejected &&
                     told.repeated() == promised.repeated;
  if (!equal) fmt::print(stderr, "counts differ: {}\n", told.DebugString());
  return equal;
}

}  // namespace sepakat::bench
