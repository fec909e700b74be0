// Code books as TOML text. The format is described in docs/CODEBOOKS.md.
//
// Reading never stops at the first mistake: unknown keys, columns named twice, codes given twice,
// impossible ranges, missing roles are all told at once, each with file and line.
// A book for `sepakat measure` alone may leave out what only a register needs: family, region, size
// and the day of observation. Thread: pure functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/domain/codebook.h"
#include "ingestion/wire/book_finding.h"

namespace sepakat::ingestion {

struct CodebookReading {
  // Present when nothing was found.
  std::optional<CodeBook> book;
  std::vector<BookFinding> findings;
  // Line of the book that names a column first.
  std::map<std::string, int> column_lines;
};

enum class BookUse { kIngest, kMeasure };

CodebookReading ReadCodebook(std::string_view toml, std::string_view file_name,
                             BookUse use = BookUse::kIngest);

}  // namespace sepakat::ingestion
