// Keys and values of ingestion's store.
//
//   s/<submission id>           receipt and digest            never removed: a repeat acts never
//   twice f/<population>/<family id>  where and which version       the register's index
//   v/<population>/<family id>  identity, sealed              the vault; removed with the family
//   q/<submission id>           rejection                     the quarantine
//   c/<submission id>           its content, sealed, with digest
//   i/<ingest id>               tally
//   n/<time, newest first>/<ingest id>
//   b/<id>/<version>            code book, TOML text
//   p/<id>                      population
//   r/<valid from>              edition of regions: header and `kode,nama` rows
//   d/<region>/<series id>      local data series
//   g/<parent>                  boundaries of a region's children, GeoJSON
//   e                           how often the service has started
//
// Errors: DataLoss ROW_DAMAGED.
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "ingestion/app/model.h"

namespace sepakat::ingestion {

struct ReceiptRow {
  std::string digest;
  Outcome outcome = Outcome::kAccepted;
  std::string family_id;
  int64_t version = 0;
};

struct FamilyRow {
  int64_t version = 0;
  std::string region;
  int32_t observed_on = 0;
  int32_t partition = 0;
  std::string ingest_id;
  bool withdrawn = false;
};

// Fields behind each other, each with its length.
std::string JoinFields(std::initializer_list<std::string_view> fields);
// False when there are not exactly `count` fields.
bool SplitFields(std::string_view bytes, std::string_view* fields, size_t count);

std::string EncodeRow(const ReceiptRow& row);
absl::Status DecodeRow(std::string_view bytes, ReceiptRow* row);
std::string EncodeRow(const FamilyRow& row);
absl::Status DecodeRow(std::string_view bytes, FamilyRow* row);

std::string ReceiptKey(std::string_view submission_id);
std::string FamilyKey(std::string_view population, std::string_view family_id);
std::string VaultKey(std::string_view population, std::string_view family_id);
std::string QuarantineKey(std::string_view submission_id);
std::string ContentKey(std::string_view submission_id);
std::string TallyKey(std::string_view ingest_id);
// Orders ingests newest first.
std::string IngestOrderKey(int64_t started_at_ms, std::string_view ingest_id);
std::string BookKey(std::string_view id, std::string_view version);

}  // namespace sepakat::ingestion
