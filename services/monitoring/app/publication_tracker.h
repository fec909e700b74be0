// Which publications have arrived completely.
//
// The records of publication N come on several topics. N is complete when its manifest is here and,
// on every topic, as many records as the manifest says or a record of a later publication
// (publications follow each other on each topic, and compaction removes a record only for a later
// one). Publications complete in their order. What is held back at the end of a batch is stored
// with it. Errors: those of store and codec. Thread: the task's.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/figure_history.h"
#include "monitoring/app/records.h"

namespace sepakat::monitoring {

struct CompletePublication {
  int64_t publication = 0;
  int64_t cut_at_ms = 0;
  std::vector<RegionBytes> regions;
  std::set<std::string> programmes;
};

class PublicationTracker {
 public:
  enum Kind { kIndicator, kNeed, kCrossing, kKinds };

  absl::Status Load(const runtime::StateStore& store);
  void OnManifest(const Manifest& manifest);
  void OnIndicator(const IndicatorHead& head, std::string bytes);
  void OnNeed(const NeedHead& need);
  void OnCrossing(int64_t publication) { Count(publication, kCrossing); }
  // Takes out what is complete, oldest first, and stores the rest.
  std::vector<CompletePublication> Settle(runtime::Transaction& tx);

 private:
  struct Pending {
    CompletePublication content;
    bool has_manifest = false;
    std::array<int64_t, kKinds> expected{};
    std::array<int64_t, kKinds> received{};
    // Regions already in the store, and whether the counts there are current.
    size_t stored = 0;
    bool changed = true;
  };

  Pending& At(int64_t publication);
  void Count(int64_t publication, Kind kind);
  bool Complete(int64_t publication, const Pending& pending) const;
  void Store(int64_t publication, Pending* pending, runtime::Transaction& tx) const;

  std::map<int64_t, Pending> pending_;
  std::array<int64_t, kKinds> newest_{};
  int64_t done_ = 0;
};

}  // namespace sepakat::monitoring
