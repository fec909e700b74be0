// Read models and notices: what open dashboards see.
//
// The task hands over what a commit changed (Add); Flush() writes it to the views outside the
// task's lock: one document per changed region, the newest value only, then one notice. At most one
// notice leaves per `notice_ms`; publications that complete meanwhile are told together, each of
// them once. Views that are away cost one attempt per `retry_ms` and nothing else: what is to be
// written waits. Views that come back empty (Generation() is not ours) are filled again from the
// store, in slices. On start everything is written once, because the last writes before a crash may
// be missing. Thread: Add() and Flush() from any; a mutex keeps them apart.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/env.h"
#include "monitoring/app/monitoring_codec.h"
#include "monitoring/app/publication_tracker.h"

namespace sepakat::monitoring {

struct ViewOptions {
  int64_t notice_ms = 50;
  int64_t retry_ms = 500;
  // How often the generation is looked at.
  int64_t watch_ms = 1000;
  size_t documents_per_write = 200;
  // Regions filled again per Flush().
  size_t refill_slice = 2000;
};

// What one commit changed.
struct ViewChanges {
  std::vector<CompletePublication> publications;
  std::set<std::string> programmes;
  std::set<std::string> lists;
  bool empty() const { return publications.empty() && programmes.empty() && lists.empty(); }
};

class ViewPublisher {
 public:
  ViewPublisher(ViewOptions options, const runtime::Env& env, const MonitoringCodec* codec)
      : options_(options), env_(env), codec_(codec) {}

  // Forgets what waits and fills everything anew: after a start.
  void Restart();
  void Add(ViewChanges changes);
  // Writes what may be written now. True if anything was.
  bool Flush();
  // Milliseconds until Flush() can do something; 0 for now, negative for nothing to do.
  int64_t WaitMs() const;

 private:
  bool HasWork() const;
  absl::StatusOr<bool> Write();
  absl::Status WatchGeneration(int64_t now_us);
  absl::StatusOr<bool> Refill();
  absl::Status WriteDocuments();
  absl::Status SendNotice();
  absl::Status PutLatest(const std::string& body, int64_t publication);

  const ViewOptions options_;
  const runtime::Env env_;
  const MonitoringCodec* const codec_;
  mutable std::mutex mutex_;
  std::map<RegionRef, runtime::ViewDocument> documents_;
  std::set<RegionRef> noticed_regions_;
  std::set<std::string> programmes_;
  std::set<std::string> lists_;
  int64_t publication_ = 0;
  int64_t cut_at_ms_ = 0;
  bool notice_due_ = false;
  bool refilling_ = true;
  std::string refill_after_;
  std::string generation_;
  int64_t next_notice_us_ = 0;
  int64_t next_watch_us_ = 0;
  int64_t retry_at_us_ = 0;
};

}  // namespace sepakat::monitoring
