// Figures of every region over time: written when they change, read as of any publication.
//
// A region that does not change costs nothing; its figures as of publication N are the newest at or
// before N. Every value is kept for `full_ms`; older ones are thinned to the last of each slot of
// `slot_ms`, which is kept for ever. So a reading older than `full_ms` may be up to one slot older
// than the publication asked for; it says which publication it is. Errors: those of the store.
// Thread: writing in the task; reading (FigureReader) from any thread, on committed rows.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/records.h"

namespace sepakat::monitoring {

struct HistoryOptions {
  int64_t full_ms = 3'600'000;
  int64_t slot_ms = 60'000;
  // Publications thinned in one batch at most, so that no batch takes long.
  int most_thinned = 64;
};

// A row of the history: where it belongs in time, and the bytes as they were read.
struct StoredFigures {
  int64_t publication = 0;
  int64_t at_ms = 0;
  std::string_view bytes;
};

// One region of a publication, with the bytes as they were read.
struct RegionBytes {
  RegionRef at;
  std::string bytes;
};

class FigureHistory {
 public:
  explicit FigureHistory(HistoryOptions options) : options_(options) {}

  // Keeps a complete publication.
  void Write(int64_t publication, int64_t cut_at_ms, const std::vector<RegionBytes>& regions,
             runtime::Transaction& tx) const;
  // Forgets where thinning stands: after a transaction failed.
  void Reset() { thinned_.clear(); }
  // Drops rows older than `full_ms`, oldest first.
  absl::Status Thin(const runtime::StateStore& store, runtime::Transaction& tx);

 private:
  const HistoryOptions options_;
  // Last row thinned: the next scan starts there and not among what was deleted.
  std::string thinned_;
};

class FigureReader {
 public:
  explicit FigureReader(const runtime::StateStore* store) : store_(store) {}

  struct AsOf {
    int64_t publication = 0;
    int64_t at_ms = 0;
  };
  // The latest complete publication, zeros before the first.
  absl::StatusOr<AsOf> Latest() const;
  // Bytes of a region's figures as of a publication (0: latest); absent when it had none yet.
  absl::StatusOr<std::optional<std::string>> Read(const RegionRef& at, int64_t publication) const;
  absl::StatusOr<std::vector<std::string>> ChildrenOf(std::string_view population,
                                                      std::string_view parent) const;
  // Regions with figures, after `after`, at most `most` of them.
  absl::StatusOr<std::vector<RegionRef>> Regions(const std::string& after, size_t most,
                                                 std::string* last_key) const;
  // Visits everything known of a region in order of time: first the thinned past, then every recent
  // value. The bytes are valid during the visit.
  absl::Status Visit(const RegionRef& at,
                     const std::function<void(const StoredFigures&)>& visit) const;

 private:
  absl::StatusOr<std::optional<std::string>> LastBelow(const std::string& from,
                                                       const std::string& to,
                                                       int64_t publication) const;

  const runtime::StateStore* const store_;
};

}  // namespace sepakat::monitoring
