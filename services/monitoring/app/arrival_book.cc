#include "monitoring/app/arrival_book.h"

#include "common/base/status.h"
#include "monitoring/app/keys.h"

namespace sepakat::monitoring {
namespace {

constexpr int64_t kHourMs = 3'600'000;

// Adds what a delivery has now beyond what it had before.
void AddNew(const Arrivals& now, const Arrivals& before, Arrivals* sum) {
  sum->deliveries += now.deliveries - before.deliveries;
  sum->running += now.running - before.running;
  sum->received += now.received - before.received;
  sum->accepted += now.accepted - before.accepted;
  sum->flagged += now.flagged - before.flagged;
  sum->rejected += now.rejected - before.rejected;
  sum->repeated += now.repeated - before.repeated;
}

}  // namespace

absl::StatusOr<Arrivals> ArrivalBook::Read(const std::string& key, runtime::Transaction& tx) const {
  SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, tx.Get(key));
  if (!bytes.has_value()) return Arrivals{};
  return codec_->DecodeArrivals(*bytes);
}

absl::StatusOr<bool> ArrivalBook::OnIngest(const IngestNews& ingest, runtime::Transaction& tx) {
  const std::string key = keys::Ingest(ingest.ingest_id);
  SEPAKAT_ASSIGN_OR_RETURN(const Arrivals before, Read(key, tx));
  const bool first = before.deliveries == 0;
  const Arrivals now{.source = ingest.source,
                     .population = ingest.population.empty() ? "register" : ingest.population,
                     .hour_ms = first ? ingest.updated_at_ms / kHourMs * kHourMs : before.hour_ms,
                     .deliveries = 1,
                     .running = ingest.complete ? 0 : 1,
                     .received = ingest.received,
                     .accepted = ingest.accepted,
                     .flagged = ingest.flagged,
                     .rejected = ingest.rejected,
                     .repeated = ingest.repeated};
  // The population is known with the first decided record; the row of a delivery never changes.
  const std::string population = first ? now.population : before.population;
  const std::string hour_key = keys::Arrivals(now.hour_ms, population, now.source);
  SEPAKAT_ASSIGN_OR_RETURN(Arrivals hour, Read(hour_key, tx));
  hour.source = now.source;
  hour.population = population;
  hour.hour_ms = now.hour_ms;
  AddNew(now, before, &hour);
  tx.Put(hour_key, codec_->EncodeArrivals(hour));
  SEPAKAT_ASSIGN_OR_RETURN(Arrivals total, Read(std::string(keys::kArrivalsTotal), tx));
  AddNew(now, before, &total);
  tx.Put(std::string(keys::kArrivalsTotal), codec_->EncodeArrivals(total));
  Arrivals kept = now;
  kept.population = population;
  tx.Put(key, codec_->EncodeArrivals(kept));
  return ingest.complete && (first || before.running > 0);
}

}  // namespace sepakat::monitoring
