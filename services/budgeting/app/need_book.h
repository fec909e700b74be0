// Needs by programme and region, as of the last publication that arrived completely.
//
// The needs of one publication arrive as many records. They are held back until all of them are
// here (the manifest says how many, or a later publication shows it: publications follow each other
// on the topic), so that no proposal mixes two publications. What is held back at the end of a
// batch is stored with it. Errors: those of the transaction and the codec. Thread: the task's.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "budgeting/app/budgeting_codec.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"

namespace sepakat::budgeting {

class NeedBook {
 public:
  using ByRegion = std::map<std::string, Need>;

  explicit NeedBook(const BudgetingCodec* codec) : codec_(codec) {}

  absl::Status Load(const runtime::StateStore& store);
  void Add(Need need);
  void Expect(const NeedManifest& manifest);
  // Takes over what is complete and stores the rest. Returns the programmes whose needs changed.
  std::set<std::string> Settle(runtime::Transaction& tx);

  // Publication and instant of the needs, 0 before the first.
  int64_t publication() const { return publication_; }
  int64_t cut_at_ms() const { return cut_at_ms_; }
  const ByRegion& Of(const std::string& programme_id) const;

 private:
  struct Pending {
    std::vector<Need> needs;
    // Needs already in the store.
    size_t stored = 0;
    int64_t expected = -1;
    int64_t cut_at_ms = 0;
  };

  bool Complete(const std::map<int64_t, Pending>::const_iterator& pending) const;
  void StorePending(runtime::Transaction& tx, int64_t publication, Pending* pending);

  const BudgetingCodec* codec_;
  std::map<std::string, ByRegion> current_;
  std::map<int64_t, Pending> pending_;
  int64_t publication_ = 0;
  int64_t cut_at_ms_ = 0;
};

}  // namespace sepakat::budgeting
