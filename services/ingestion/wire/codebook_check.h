// `sepakat codebook check BOOK [SAMPLE]`: every mistake of a code book, then of a sample read with
// it.
//
// Changes nothing and asks no server. Regions are checked when a master is given or the book brings
// its own; otherwise any well-formed code passes. Thread: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/domain/region_master.h"
#include "ingestion/wire/book_finding.h"
#include "ingestion/wire/sample_summary.h"

namespace sepakat::ingestion {

struct CodebookCheck {
  // Mistakes of the book (file and line of the book) and of the sample (file and line of the
  // sample).
  std::vector<BookFinding> findings;
  // The sample through this book; all zero without a sample or with a broken book.
  int64_t records = 0;
  int64_t rows = 0;
  int64_t accepted = 0;
  int64_t flagged = 0;
  int64_t rejected = 0;
  // A family that came before with the same content.
  int64_t repeated = 0;
  // 1 when the sample is no table at all.
  int64_t unreadable = 0;
  // All findings of the sample by reason, also those beyond the ones that are told.
  std::map<std::string, int64_t> by_reason;
  // How the columns were understood, and what a person should look at.
  std::vector<SampleReading> readings;
  std::vector<std::string> notes;
};

struct CodebookSample {
  std::string_view content;
  std::string_view file_name;
};

// `sample` and `regions` may be null. `today`: days since 1970-01-01. Of a sample at most 1,000
// findings are told.
CodebookCheck CheckCodebook(std::string_view toml, std::string_view file_name,
                            const CodebookSample* sample, const RegionEditions* regions,
                            int32_t today);

}  // namespace sepakat::ingestion
