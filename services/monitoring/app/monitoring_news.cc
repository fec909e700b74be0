// What MonitoringTask makes of plans, deliveries, arrivals and parameters: rows of the feed.
#include <fmt/format.h>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "monitoring/app/monitoring_task.h"
#include "monitoring/domain/change_text.h"

namespace sepakat::monitoring {
namespace {

namespace topics = runtime::topics;

Change News(std::string_view kind, int64_t at_ms, std::string_view region) {
  Change change;
  change.kind = std::string(kind);
  change.at_ms = at_ms;
  change.region = std::string(region);
  return change;
}

}  // namespace

absl::Status MonitoringTask::OnPlan(const std::string& bytes, runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(const PlanNews plan, codec_->DecodePlan(bytes));
  changes_.programmes.insert(plan.programme_id);
  changes_.lists.insert("plans");
  if (plan.approved) outcomes_.OnApproved(plan, tx);
  const ProgrammeName programme = names_.OfProgramme(plan.programme_id);
  Change change = News("plan", plan.at_ms, base::kNationCode);
  change.publication = plan.publication;
  change.families = plan.units;
  change.subject = plan.plan_id;
  change.state = plan.approved ? "approved" : "proposed";
  if (plan.approved) {
    change.summary_id =
        fmt::format("{} menyetujui {} untuk {} keluarga, Rp {}", plan.actor, programme.name,
                    Grouped(plan.units, '.'), Grouped(plan.cost, '.'));
    change.summary_en =
        fmt::format("{} approved {} for {} families, Rp {}", plan.actor, programme.name_en,
                    Grouped(plan.units, ','), Grouped(plan.cost, ','));
  } else {
    change.summary_id = fmt::format("Usulan {} berubah: {} keluarga, Rp {}", programme.name,
                                    Grouped(plan.units, '.'), Grouped(plan.cost, '.'));
    change.summary_en = fmt::format("Proposal of {} changed: {} families, Rp {}", programme.name_en,
                                    Grouped(plan.units, ','), Grouped(plan.cost, ','));
  }
  feed_.Add(programme.population, change, tx);
  return absl::OkStatus();
}

absl::Status MonitoringTask::OnDelivery(const std::string& bytes, runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(const DeliveryNews delivery, codec_->DecodeDelivery(bytes));
  SEPAKAT_RETURN_IF_ERROR(outcomes_.OnDelivery(delivery, bytes, tx));
  changes_.programmes.insert(delivery.programme_id);
  changes_.lists.insert("plans");
  const ProgrammeName programme = names_.OfProgramme(delivery.programme_id);
  const std::string region = names_.OfRegion(programme.population, delivery.region, tx);
  Change change = News("delivery", delivery.recorded_at_ms, delivery.region);
  change.families = 1;
  change.subject = delivery.plan_id;
  change.state = "delivered";
  change.summary_id =
      fmt::format("Bantuan {} diserahkan kepada satu keluarga di {}", programme.name, region);
  change.summary_en = fmt::format("{} handed over to one family in {}", programme.name_en, region);
  feed_.Add(programme.population, change, tx);
  return absl::OkStatus();
}

absl::Status MonitoringTask::OnIngest(const std::string& bytes, runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(const IngestNews ingest, codec_->DecodeIngest(bytes));
  changes_.lists.insert("ingests");
  SEPAKAT_ASSIGN_OR_RETURN(const bool completed, arrivals_.OnIngest(ingest, tx));
  if (completed) feed_.OnDelivered(ingest);
  return absl::OkStatus();
}

void MonitoringTask::OnParameter(const runtime::LogRecord& record,
                                 const runtime::Envelope& envelope, runtime::Transaction& tx) {
  changes_.lists.insert("parameters");
  // Keys are `population/…`, but for programmes, which name their population in the message.
  const bool programme = record.topic == topics::kProgramme;
  const std::string population = programme ? names_.OfProgramme(record.key).population
                                           : record.key.substr(0, record.key.find('/'));
  std::string what_id = "Pengaturan peringkat";
  std::string what_en = "Ranking settings";
  if (programme) {
    what_id = "Program " + names_.OfProgramme(record.key).name;
    what_en = "Programme " + names_.OfProgramme(record.key).name_en;
  } else if (record.topic == topics::kPovertyLine) {
    what_id = "Garis kemiskinan";
    what_en = "Poverty line";
  } else if (record.topic == topics::kModel) {
    what_id = "Model penilaian";
    what_en = "Scoring model";
  }
  Change change = News("parameter", envelope.time_ms, base::kNationCode);
  change.subject = record.key;
  change.summary_id = what_id + " diperbarui";
  change.summary_en = what_en + " updated";
  feed_.Add(population, change, tx);
}

void MonitoringTask::Report(runtime::Transaction& tx) {
  for (const AlertRecord& alert : alerts_.TakeChanges()) {
    changes_.lists.insert("alerts");
    Change change = News("alert", alert.changed_at_ms, alert.region);
    change.publication = alert.publication;
    change.families = alert.families;
    change.subject = alert.rule;
    change.state = alert.state;
    change.summary_id = alert.summary_id;
    change.summary_en = alert.summary_en;
    feed_.Add(alert.population, change, tx);
  }
  for (const Outcome& outcome : outcomes_.TakeMeasured()) {
    changes_.lists.insert("plans");
    changes_.programmes.insert(outcome.programme_id);
    const ProgrammeName programme = names_.OfProgramme(outcome.programme_id);
    const std::string region = names_.OfRegion(programme.population, outcome.region, tx);
    const bool closed = outcome.need_after == "closed";
    Change change = News("outcome", tx.NowMs(), outcome.region);
    change.publication = outcome.publication;
    change.families = 1;
    change.subject = outcome.plan_id;
    change.state = outcome.need_after;
    change.summary_id = fmt::format("Kebutuhan {} satu keluarga di {} {} setelah bantuan",
                                    programme.name, region, closed ? "terpenuhi" : "masih terbuka");
    change.summary_en = fmt::format("Need for {} of one family in {} is {} after the delivery",
                                    programme.name_en, region, closed ? "closed" : "still open");
    feed_.Add(programme.population, change, tx);
  }
  if (targets_.TakeChanged()) changes_.lists.insert("targets");
  if (feed_.Settle(tx)) changes_.lists.insert("changes");
}

}  // namespace sepakat::monitoring
