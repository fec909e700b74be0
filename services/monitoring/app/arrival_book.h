// What came in: records by source and hour.
//
// The progress of a delivery is told as its counts so far. The last ones of every delivery stay in
// the store, and what is new is added to the hour in which the delivery began and to the total.
// Errors: those of store and codec. Thread: the task's.
#pragma once

#include "absl/status/statusor.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/monitoring_codec.h"

namespace sepakat::monitoring {

class ArrivalBook {
 public:
  explicit ArrivalBook(const MonitoringCodec* codec) : codec_(codec) {}

  // True when this news completes the delivery.
  absl::StatusOr<bool> OnIngest(const IngestNews& ingest, runtime::Transaction& tx);

 private:
  absl::StatusOr<Arrivals> Read(const std::string& key, runtime::Transaction& tx) const;

  const MonitoringCodec* const codec_;
};

}  // namespace sepakat::monitoring
