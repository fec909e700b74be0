// Commands on reference data: code books, regions, series, boundaries. Each runs inside
// StatefulTask::Execute and takes force with its commit.
//
// Thread: the task's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/runtime/transaction.h"
#include "ingestion/app/ingestion_task.h"

namespace sepakat::ingestion {

// Registers a code book and says its population and regions. The same text again changes nothing.
// Errors: InvalidArgument CODEBOOK_INVALID, and those of Catalogue::Add; AlreadyExists
//   CODEBOOK_VERSION_EXISTS for a known version with other text.
absl::StatusOr<CodeBook> RegisterBook(IngestionTask* task, std::string_view toml,
                                      std::string_view file_name, runtime::Transaction& tx);

struct RegionsLoaded {
  int64_t regions = 0;
  std::vector<std::string> problems;
};

// Loads an edition of the region master from `kode,nama` rows and says it, unless a newer one is in
// force. Errors: InvalidArgument REGIONS_EMPTY.
absl::StatusOr<RegionsLoaded> LoadRegions(IngestionTask* task, RegionEdition edition,
                                          std::string_view csv, runtime::Transaction& tx);

// Replaces these series and says them.
void StoreSeries(const Codec& codec, const std::vector<Series>& series, runtime::Transaction& tx);

}  // namespace sepakat::ingestion
