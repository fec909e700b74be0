#include "ingestion/wire/event_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "ingestion/wire/codebook_toml.h"
#include "ingestion/wire/proto_values.h"

namespace sepakat::ingestion {
namespace {

absl::Status Damaged() {
  return base::Error(absl::StatusCode::kDataLoss, "PAYLOAD_DAMAGED", "a message cannot be decoded");
}

void ToSnapshot(const Family& family, common::v1::FamilySnapshot* out) {
  out->set_size(static_cast<uint32_t>(family.size));
  out->set_family_weight(family.weight);
  if (family.welfare) out->set_welfare(*family.welfare);
  out->set_stratum(family.stratum);
  out->set_psu(family.psu);
  if (family.official_decile) {
    out->set_official_decile(static_cast<uint32_t>(*family.official_decile));
  }
  for (int i = 1; i < kVariableLimit; ++i) {
    const int32_t value = family.values[static_cast<size_t>(i)];
    if (value == kUnknown) continue;
    out->add_variables(static_cast<common::v1::Variable>(i));
    out->add_values(value);
  }
}

void AddFlags(const std::vector<Finding>& findings, events::v1::FamilyRecorded* out) {
  for (const Finding& finding : findings) {
    const auto& flags = out->flags();
    if (std::ranges::find(flags, finding.reason) == flags.end()) out->add_flags(finding.reason);
  }
}

}  // namespace

std::string EventCodec::Encode(const Submission& submission) const {
  thread_local events::v1::SubmissionReceived message;
  message.set_submission_id(submission.id);
  message.set_ingest_id(submission.ingest_id);
  message.set_codebook_id(submission.codebook_id);
  message.set_codebook_version(submission.codebook_version);
  message.set_source(submission.source);
  message.set_line(submission.line);
  message.set_sealed_content(submission.sealed_content);
  message.set_content_digest(submission.digest);
  message.set_corrects_submission_id(submission.corrects);
  return message.SerializeAsString();
}

absl::Status EventCodec::Decode(std::string_view bytes, Submission* submission) const {
  thread_local events::v1::SubmissionReceived message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Damaged();
  submission->id = message.submission_id();
  submission->ingest_id = message.ingest_id();
  submission->codebook_id = message.codebook_id();
  submission->codebook_version = message.codebook_version();
  submission->source = message.source();
  submission->line = message.line();
  submission->sealed_content = message.sealed_content();
  submission->digest = message.content_digest();
  submission->corrects = message.corrects_submission_id();
  return absl::OkStatus();
}

std::string EventCodec::Encode(const RecordedFamily& recorded) const {
  thread_local events::v1::FamilyEvent event;
  thread_local std::string snapshot_bytes;
  event.mutable_recorded()->Clear();
  events::v1::FamilyRecorded* out = event.mutable_recorded();
  out->set_population(std::string(recorded.population));
  out->set_family_id(std::string(recorded.family_id));
  out->set_version(recorded.version);
  out->set_region(std::string(recorded.region));
  out->set_observed_on(recorded.family->observed_on);
  out->set_source(recorded.submission->source);
  out->set_codebook_id(recorded.submission->codebook_id);
  out->set_codebook_version(recorded.submission->codebook_version);
  out->set_submission_id(recorded.submission->id);
  AddFlags(*recorded.findings, out);
  ToSnapshot(*recorded.family, out->mutable_snapshot());
  out->set_accepted_at_ms(recorded.accepted_at_ms);
  out->snapshot().SerializeToString(&snapshot_bytes);
  out->set_content_digest(base::Hash64(snapshot_bytes, base::Hash64(recorded.region)));
  out->set_departed(recorded.departed);
  return event.SerializeAsString();
}

std::string EventCodec::Encode(const WithdrawnFamily& withdrawn) const {
  events::v1::FamilyEvent event;
  events::v1::FamilyWithdrawn* out = event.mutable_withdrawn();
  out->set_population(withdrawn.population);
  out->set_family_id(withdrawn.family_id);
  out->set_version(withdrawn.version);
  out->set_region(withdrawn.region);
  out->set_reason(withdrawn.why);
  out->set_accepted_at_ms(withdrawn.at_ms);
  return event.SerializeAsString();
}

std::string EventCodec::Encode(const Rejection& rejection) const {
  events::v1::RecordRejected message;
  ToProto(rejection, &message);
  return message.SerializeAsString();
}

absl::Status EventCodec::Decode(std::string_view bytes, Rejection* rejection) const {
  events::v1::RecordRejected message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Damaged();
  *rejection = {message.submission_id(), message.ingest_id(),
                message.codebook_id(),   message.codebook_version(),
                message.source(),        message.line(),
                message.region(),        {}};
  for (const auto& finding : message.findings()) {
    Finding& added = rejection->findings.emplace_back(FromProto(finding, nullptr));
    if (message.line() > 0) added.row = static_cast<int>(finding.line() - message.line());
  }
  return absl::OkStatus();
}

std::string EventCodec::Encode(const Progress& progress) const {
  events::v1::IngestProgressed message;
  ToProto(progress, &message);
  return message.SerializeAsString();
}

std::string EventCodec::Encode(const Tally& tally) const {
  v1::GetIngestResponse message;
  ToProto(tally.progress, message.mutable_progress());
  for (const LocatedFinding& found : tally.findings) {
    ToProto(found.finding, found.line, message.add_findings());
  }
  for (const auto& [reason, count] : tally.by_reason) {
    (*message.mutable_findings_by_reason())[reason] = count;
  }
  return message.SerializeAsString();
}

absl::Status EventCodec::Decode(std::string_view bytes, Tally* tally) const {
  v1::GetIngestResponse message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Damaged();
  tally->progress = FromProto(message.progress());
  tally->findings.clear();
  for (const auto& finding : message.findings()) {
    LocatedFinding& added = tally->findings.emplace_back();
    added.finding = FromProto(finding, &added.line);
  }
  tally->by_reason.clear();
  for (const auto& [reason, count] : message.findings_by_reason()) {
    tally->by_reason[reason] = count;
  }
  return absl::OkStatus();
}

std::string EventCodec::Encode(const Population& population) const {
  reference::events::v1::PopulationRecorded message;
  ToProto(population, &message);
  return message.SerializeAsString();
}

std::string EventCodec::Encode(const RegionEdition& edition, std::string_view parent,
                               const std::vector<const Region*>& regions) const {
  reference::events::v1::RegionsRecorded message;
  message.set_population(edition.population);
  message.set_parent(std::string(parent));
  message.set_edition(edition.name);
  message.set_valid_from(edition.valid_from);
  message.set_attribution(edition.attribution);
  for (const Region* region : regions) ToProto(*region, message.add_regions());
  return message.SerializeAsString();
}

std::string EventCodec::Encode(const Series& series) const {
  reference::events::v1::SeriesRecorded message;
  ToProto(series, &message);
  return message.SerializeAsString();
}

absl::Status EventCodec::Decode(std::string_view bytes, Series* series) const {
  reference::events::v1::SeriesRecorded message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Damaged();
  *series = FromProto(message);
  return absl::OkStatus();
}

absl::StatusOr<CodeBook> EventCodec::ReadBook(std::string_view toml,
                                              std::string_view file_name) const {
  CodebookReading reading = ReadCodebook(toml, file_name);
  if (reading.book) return *std::move(reading.book);
  std::string text;
  for (const BookFinding& finding : reading.findings) {
    text += fmt::format("{}{}", text.empty() ? "" : "\n", finding.Text());
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "CODEBOOK_INVALID", text);
}

}  // namespace sepakat::ingestion
