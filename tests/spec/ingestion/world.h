// Ingestion alone, on one thread: memory log and store, a clock that the test moves, fixed keys.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/embedded/memory_log.h"
#include "common/embedded/memory_store.h"
#include "common/platform/rpc/direct_channel.h"
#include "common/runtime/secrets.h"
#include "ingestion/ingestion_app.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "tests/support/runtime/manual_clock.h"
#include "tests/support/runtime/unsure_log.h"

namespace sepakat::ingestion {

class World {
 public:
  World();

  // Closes the service and opens it again over the same log and store.
  void Restart();
  // Lets ingestion work until nothing is left.
  void Settle();

  absl::StatusOr<v1::RegisterCodebookResponse> Register(std::string_view toml);
  // A code book of services/ingestion/codebooks.
  void RegisterShipped(const std::string& name);
  // `kode,nama` rows of the regions that the tests use.
  void LoadRegions();

  // Hands the bytes in as a file, in pieces of `chunk` bytes. Each call is a request of its own
  // unless `request_id` is given.
  absl::StatusOr<v1::IngestFileResponse> Ingest(std::string_view bytes, const std::string& codebook,
                                                size_t chunk = 1000, std::string request_id = "");
  absl::StatusOr<v1::IngestStreamResponse> Stream(const std::string& codebook,
                                                  std::vector<v1::IngestStreamRequest> records,
                                                  std::string request_id = "");

  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(std::string_view method, const Request& request) {
    return channel_->Call<Response>("sepakat.ingestion.v1.IngestionService/" + std::string(method),
                                    request);
  }

  // Everything said on a topic, oldest first.
  std::vector<runtime::LogRecord> Said(std::string_view topic);
  // The newest value per family, by topic key.
  std::map<std::string, events::v1::FamilyEvent> Newest();
  std::vector<events::v1::FamilyEvent> FamilyEvents();

  common::v1::RequestContext NewRequest(std::string id = "");

  embedded::MemoryLog memory;
  support::UnsureLog log{&memory};
  embedded::MemoryStore store;
  support::ManualClock clock;

 private:
  void Open();

  std::unique_ptr<runtime::Secrets> secrets_;
  std::unique_ptr<IngestionApp> app_;
  std::unique_ptr<platform::DirectChannel> channel_;
  int requests_ = 0;
};

// The code book and regions of the small tables in these tests: one row per member, columns
// `kk;kode;nama;nik;umur;hub;bobot;konsumsi;lantai;lahir;tgl`.
extern const std::string_view kVillageBook;
// Its header line.
extern const std::string_view kHeader;

}  // namespace sepakat::ingestion
