#include "ingestion/wire/proto_values.h"

namespace sepakat::ingestion {

void ToProto(const Finding& finding, int64_t line, events::v1::Finding* out) {
  out->set_reason(finding.reason);
  out->set_column(finding.column);
  out->set_message(finding.message);
  out->set_fatal(finding.fatal);
  out->set_line(line);
}

Finding FromProto(const events::v1::Finding& in, int64_t* line) {
  if (line != nullptr) *line = in.line();
  return {in.reason(), in.column(), in.message(), in.fatal(), 0};
}

void ToProto(const Rejection& rejection, events::v1::RecordRejected* out) {
  out->set_submission_id(rejection.submission_id);
  out->set_ingest_id(rejection.ingest_id);
  out->set_codebook_id(rejection.codebook_id);
  out->set_codebook_version(rejection.codebook_version);
  out->set_source(rejection.source);
  out->set_line(rejection.line);
  out->set_region(rejection.region);
  for (const Finding& finding : rejection.findings) {
    ToProto(finding, rejection.line > 0 ? rejection.line + finding.row : 0, out->add_findings());
  }
}

void ToProto(const Progress& progress, events::v1::IngestProgressed* out) {
  out->set_ingest_id(progress.ingest_id);
  out->set_source(progress.source);
  out->set_codebook_id(progress.codebook_id);
  out->set_codebook_version(progress.codebook_version);
  out->set_population(progress.population);
  out->set_received(progress.received());
  out->set_accepted(progress.accepted);
  out->set_flagged(progress.flagged);
  out->set_rejected(progress.rejected);
  out->set_repeated(progress.repeated);
  out->set_rows(progress.rows);
  out->set_complete(progress.complete);
  out->set_started_at_ms(progress.started_at_ms);
  out->set_updated_at_ms(progress.updated_at_ms);
}

Progress FromProto(const events::v1::IngestProgressed& in) {
  Progress progress;
  progress.ingest_id = in.ingest_id();
  progress.source = in.source();
  progress.codebook_id = in.codebook_id();
  progress.codebook_version = in.codebook_version();
  progress.population = in.population();
  progress.accepted = in.accepted();
  progress.flagged = in.flagged();
  progress.rejected = in.rejected();
  progress.repeated = in.repeated();
  progress.rows = in.rows();
  progress.complete = in.complete();
  progress.started_at_ms = in.started_at_ms();
  progress.updated_at_ms = in.updated_at_ms();
  return progress;
}

void ToProto(const Receipt& receipt, v1::RecordReceipt* out) {
  out->set_submission_id(receipt.submission_id);
  out->set_outcome(std::string(OutcomeName(receipt.outcome)));
  out->set_family_id(receipt.family_id);
  out->set_version(receipt.version);
  for (const Finding& finding : receipt.findings) ToProto(finding, 0, out->add_findings());
}

void ToProto(const Population& population, reference::events::v1::PopulationRecorded* out) {
  out->set_id(population.id);
  out->set_name(population.name);
  out->set_welfare_decimals(static_cast<uint32_t>(population.welfare_decimals));
  out->set_weight_decimals(static_cast<uint32_t>(population.weight_decimals));
  out->set_welfare_unit(population.welfare_unit);
  out->set_sample(population.sample);
}

void ToProto(const Region& region, reference::events::v1::Region* out) {
  out->set_code(region.code);
  out->set_name(region.name);
  out->set_parent(region.parent);
  out->set_level(static_cast<uint32_t>(region.level));
  out->set_kind(region.kind);
}

void ToProto(const Series& series, reference::events::v1::SeriesRecorded* out) {
  out->set_id(series.id);
  out->set_name(series.name);
  out->set_name_en(series.name_en);
  out->set_unit(series.unit);
  out->set_direction(series.direction);
  out->set_steward(series.steward);
  out->set_source(series.source);
  out->set_region(series.region);
  for (const SeriesPoint& point : series.points) {
    auto* added = out->add_points();
    added->set_period(point.period);
    added->set_value(point.value);
  }
  out->set_loaded_at_ms(series.loaded_at_ms);
  out->set_fresh_days(series.fresh_days);
}

Series FromProto(const reference::events::v1::SeriesRecorded& in) {
  Series series;
  series.id = in.id();
  series.name = in.name();
  series.name_en = in.name_en();
  series.unit = in.unit();
  series.direction = in.direction();
  series.steward = in.steward();
  series.source = in.source();
  series.region = in.region();
  for (const auto& point : in.points()) series.points.push_back({point.period(), point.value()});
  series.loaded_at_ms = in.loaded_at_ms();
  series.fresh_days = in.fresh_days();
  return series;
}

}  // namespace sepakat::ingestion
