// Raw first: records are sealed and appended to the log before anything is decided about them.
//
// Records of one family go to one partition, in the order in which they were handed in. Ids are
// derived from code book and content (unless the sender gave one), so a repeat has the same id.
// A log that is away gets the same records again under the same sequences, and nobody else appends
// meanwhile: what it had taken without being able to say so is dropped by the reader as a repeat.
// Errors: those of EventLog::Append; those of Patience::still_wanted.
// Thread: any.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/clock.h"
#include "common/runtime/event_log.h"
#include "common/runtime/secrets.h"
#include "ingestion/app/codec.h"
#include "ingestion/domain/codebook.h"
#include "ingestion/domain/raw_record.h"

namespace sepakat::ingestion {

// Where records come from.
struct IntakeSource {
  std::string ingest_id;
  std::string source;
  const CodeBook* book = nullptr;
};

struct IntakeRecord {
  std::string_view content;
  int64_t line = 0;
  // Equal for records that must keep their order.
  uint64_t order_key = 0;
  // Empty: from the record's own column if the book has one, else derived.
  std::string_view given_id = {};
  std::string_view corrects = {};
};

// How a caller waits while the log is away.
struct Patience {
  // An error when nobody waits for the records any more.
  std::function<absl::Status()> still_wanted;
  // Lets a little time pass.
  std::function<void()> pause;
};

class Intake {
 public:
  Intake(runtime::EventLog* log, const runtime::Secrets* secrets, const Codec* codec,
         const runtime::Clock* clock)
      : log_(log), secrets_(secrets), codec_(codec), clock_(clock) {}

  // Numbers this start of the service; sequences of a later start are higher. Before any Append().
  absl::Status Start(int64_t epoch);

  // The record as it will be appended; `submission_id` (may be null) is set to its id.
  runtime::OutRecord Seal(const IntakeSource& from, const IntakeRecord& record,
                          std::string* submission_id) const;
  // Returns when all are durable.
  absl::Status Append(std::vector<runtime::OutRecord> records, const Patience& patience);

  // Keyed digest of code book and content, 32 bytes.
  std::string DigestOf(const CodeBook& book, std::string_view content) const;

 private:
  runtime::EventLog* const log_;
  const runtime::Secrets* const secrets_;
  const Codec* const codec_;
  const runtime::Clock* const clock_;
  int32_t partitions_ = 1;
  std::timed_mutex append_;  // Sequences rise in the order of the log.
  int64_t sequence_ = 0;
};

}  // namespace sepakat::ingestion
