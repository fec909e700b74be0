// What ingestion keeps and says, as plain values. Field by field as in protos/sepakat/ingestion.
//
// Thread: plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ingestion/domain/family.h"
#include "ingestion/domain/finding.h"
#include "ingestion/domain/region_master.h"

namespace sepakat::ingestion {

// A record as it arrived; its content is readable under ingestion's key only.
struct Submission {
  std::string id;
  std::string ingest_id;
  std::string codebook_id;
  std::string codebook_version;
  std::string source;
  // First line in the file; 0 when it did not come in one.
  int64_t line = 0;
  std::string sealed_content;
  // Keyed digest of code book and content.
  std::string digest;
  // The submission that it replaces; its own id: decide that one again.
  std::string corrects;
};

enum class Outcome : uint8_t { kAccepted = 1, kFlagged = 2, kRejected = 3, kRepeated = 4 };
std::string_view OutcomeName(Outcome outcome);

// The answer to one record.
struct Receipt {
  std::string submission_id;
  Outcome outcome = Outcome::kAccepted;
  std::string family_id;
  int64_t version = 0;
  std::vector<Finding> findings;
};

// received = accepted + flagged + rejected + repeated, at every instant.
struct Progress {
  std::string ingest_id;
  std::string source;
  std::string codebook_id;
  std::string codebook_version;
  std::string population;
  int64_t accepted = 0;
  int64_t flagged = 0;
  int64_t rejected = 0;
  int64_t repeated = 0;
  int64_t rows = 0;
  bool complete = false;
  int64_t started_at_ms = 0;
  int64_t updated_at_ms = 0;
  int64_t received() const { return accepted + flagged + rejected + repeated; }
};

struct LocatedFinding {
  Finding finding;
  int64_t line = 0;
};

// Progress with what was found: the first hundred findings, and how often each reason occurred.
struct Tally {
  Progress progress;
  std::vector<LocatedFinding> findings;
  std::map<std::string, int64_t> by_reason;
};

struct Rejection {
  std::string submission_id;
  std::string ingest_id;
  std::string codebook_id;
  std::string codebook_version;
  std::string source;
  int64_t line = 0;
  std::string region;
  std::vector<Finding> findings;
};

// One family as it is said to the other services.
struct RecordedFamily {
  std::string_view population;
  std::string_view family_id;
  int64_t version = 0;
  std::string_view region;
  const Family* family = nullptr;
  const std::vector<Finding>* findings = nullptr;
  const Submission* submission = nullptr;
  int64_t accepted_at_ms = 0;
  bool departed = false;
};

struct WithdrawnFamily {
  std::string population;
  std::string family_id;
  int64_t version = 0;
  std::string region;
  std::string why;
  int64_t at_ms = 0;
};

// An edition of regions: for every population (empty name), or for a survey.
struct RegionEdition {
  std::string population;
  std::string name;
  int32_t valid_from = 0;
  std::string attribution;
};

struct SeriesPoint {
  std::string period;
  std::string value;
};

// Values of one indicator in one region.
struct Series {
  std::string id;
  std::string name;
  std::string name_en;
  std::string unit;
  int direction = 0;
  std::string steward;
  std::string source;
  std::string region;
  std::vector<SeriesPoint> points;
  int64_t loaded_at_ms = 0;
  int32_t fresh_days = 0;
};

}  // namespace sepakat::ingestion
