// What changed lately, newest first: a bounded list per population.
//
// Crossings are grouped by boundary, classes, district and slot of time, and count families by
// cause; completed deliveries are grouped by source and slot. A group grows until its slot ends.
// Everything else is one row each. Errors: those of store
// and codec. Thread: the task's; readers take the committed rows.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "absl/status/status.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/monitoring_codec.h"
#include "monitoring/app/names.h"

namespace sepakat::monitoring {

struct FeedOptions {
  int64_t most_per_population = 2000;
  int64_t group_ms = 60'000;
};

class ChangeFeed {
 public:
  ChangeFeed(FeedOptions options, const MonitoringCodec* codec, const Names* names)
      : options_(options), codec_(codec), names_(names) {}

  absl::Status Load(const runtime::StateStore& store);
  void Add(const std::string& population, const Change& change, runtime::Transaction& tx);
  void OnCrossing(const Crossing& crossing);
  // A delivery that is complete.
  void OnDelivered(const IngestNews& ingest);
  // Writes the groups that grew in this batch. True if anything changed since the last call.
  bool Settle(runtime::Transaction& tx);

 private:
  // Population, district, boundary, from, to, slot.
  using GroupKey =
      std::tuple<std::string, std::string, std::string, std::string, std::string, int64_t>;
  struct Group {
    int64_t number = -1;
    int64_t at_ms = 0;
    int64_t publication = 0;
    std::map<std::string, int64_t> by_cause;
    bool grown = false;
  };
  // Population, source, slot.
  using DeliveryKey = std::tuple<std::string, std::string, int64_t>;
  struct Delivered {
    int64_t number = -1;
    int64_t at_ms = 0;
    int64_t accepted = 0;
    int64_t rejected = 0;
    int64_t repeated = 0;
    bool grown = false;
  };
  struct Span {
    int64_t first = 0;
    int64_t next = 0;
  };

  int64_t NextNumber(const std::string& population, runtime::Transaction& tx);
  // Gives a group that grew its row, or the next one when the row was pushed out of the list.
  void PutRow(const std::string& population, const Change& change, int64_t* number,
              runtime::Transaction& tx);
  Change Describe(const GroupKey& key, const Group& group, runtime::Transaction& tx) const;
  static Change Describe(const DeliveryKey& key, const Delivered& delivered);

  const FeedOptions options_;
  const MonitoringCodec* const codec_;
  const Names* const names_;
  std::map<GroupKey, Group> groups_;
  std::map<DeliveryKey, Delivered> deliveries_;
  std::map<std::string, Span> spans_;
  int64_t newest_slot_ = 0;
  bool changed_ = false;
};

}  // namespace sepakat::monitoring
