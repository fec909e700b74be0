// Targets and their scores: scored again when the figures of their region change.
//
// Says TargetScored when realisation, achievement or rating changed.
// Errors: InvalidArgument TARGET_INVALID naming every mistake; those of store and codec.
// Thread: the task's; readers take the committed rows.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/monitoring_codec.h"

namespace sepakat::monitoring {

class TargetBoard {
 public:
  TargetBoard(std::vector<RatingTable> tables, const MonitoringCodec* codec)
      : tables_(std::move(tables)), codec_(codec) {}

  absl::Status Load(const runtime::StateStore& store);
  // Takes over targets, all or none, and says those that are new or other than before.
  absl::Status Set(const std::vector<Target>& targets, runtime::Transaction& tx);
  // A target read from the log: news when the store was rebuilt, else the echo of one that was set
  // here.
  void Adopt(const Target& target, runtime::Transaction& tx);
  bool Watches(const RegionRef& at) const { return by_region_.contains(at); }
  void Score(const RegionRef& at, int64_t publication, const std::vector<FigureView>& figures,
             runtime::Transaction& tx);
  // Regions that have targets.
  std::vector<RegionRef> Regions() const;
  // True if a score or target changed since the last call.
  bool TakeChanged() { return std::exchange(changed_, false); }

 private:
  void Keep(const Target& target, runtime::Transaction& tx);

  const std::vector<RatingTable> tables_;
  const MonitoringCodec* const codec_;
  std::map<std::string, Target> targets_;
  std::map<std::string, ScoreRecord> scores_;
  std::map<RegionRef, std::vector<std::string>> by_region_;
  // Targets known only from the log; a later one there replaces them.
  std::set<std::string> adopted_;
  bool changed_ = false;
};

}  // namespace sepakat::monitoring
