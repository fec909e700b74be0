// What monitoring keeps and says itself (proto_codec.h).
#include <fmt/format.h>

#include "common/base/status.h"
#include "monitoring/wire/proto_codec.h"

namespace sepakat::monitoring {
namespace {

namespace pb = monitoring::events::v1;

template <typename Message>
absl::StatusOr<Message> Parse(std::string_view bytes) {
  Message message;
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return message;
  return base::Error(absl::StatusCode::kInvalidArgument, "MESSAGE_UNREADABLE",
                     fmt::format("the bytes are no {}", Message::descriptor()->full_name()));
}

}  // namespace

Target FromProto(const reference::events::v1::TargetRecorded& m) {
  return {m.id(),      m.version(), m.name(),   m.name_en(), m.population(), m.region(),
          m.measure(), m.type(),    m.target(), m.year(),    m.document(),   m.source()};
}

void ToProto(const Target& from, reference::events::v1::TargetRecorded* to) {
  to->set_id(from.id);
  to->set_version(from.version);
  to->set_name(from.name);
  to->set_name_en(from.name_en);
  to->set_population(from.population);
  to->set_region(from.region);
  to->set_measure(from.measure);
  to->set_type(from.type);
  to->set_target(from.target);
  to->set_year(from.year);
  to->set_document(from.document);
  to->set_source(from.source);
}

absl::StatusOr<Target> ProtoMonitoringCodec::DecodeTarget(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<reference::events::v1::TargetRecorded>(bytes));
  return FromProto(m);
}

std::string ProtoMonitoringCodec::EncodeTarget(const Target& target) const {
  reference::events::v1::TargetRecorded m;
  ToProto(target, &m);
  return m.SerializeAsString();
}

absl::StatusOr<ScoreRecord> ProtoMonitoringCodec::DecodeScore(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<pb::TargetScored>(bytes));
  return ScoreRecord{m.target_id(), m.realisation(),  m.target(),      m.achievement(),
                     m.rating(),    m.rating_table(), m.publication(), m.scored_at_ms()};
}

std::string ProtoMonitoringCodec::EncodeScore(const ScoreRecord& score) const {
  pb::TargetScored m;
  m.set_target_id(score.target_id);
  m.set_realisation(score.realisation);
  m.set_target(score.target);
  m.set_achievement(score.achievement);
  m.set_rating(score.rating);
  m.set_rating_table(score.rating_table);
  m.set_publication(score.publication);
  m.set_scored_at_ms(score.scored_at_ms);
  return m.SerializeAsString();
}

absl::StatusOr<AlertRecord> ProtoMonitoringCodec::DecodeAlert(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<pb::AlertChanged>(bytes));
  return AlertRecord{m.fingerprint(), m.rule(),
                     m.state(),       m.severity(),
                     m.population(),  m.region(),
                     m.measure(),     m.value(),
                     m.threshold(),   {m.labels().begin(), m.labels().end()},
                     m.summary(),     m.summary_en(),
                     m.since_ms(),    m.changed_at_ms(),
                     m.publication(), m.affected_families()};
}

std::string ProtoMonitoringCodec::EncodeAlert(const AlertRecord& alert) const {
  pb::AlertChanged m;
  m.set_fingerprint(alert.fingerprint);
  m.set_rule(alert.rule);
  m.set_state(alert.state);
  m.set_severity(alert.severity);
  m.set_population(alert.population);
  m.set_region(alert.region);
  m.set_measure(alert.measure);
  m.set_value(alert.value);
  m.set_threshold(alert.threshold);
  m.mutable_labels()->insert(alert.labels.begin(), alert.labels.end());
  m.set_summary(alert.summary_id);
  m.set_summary_en(alert.summary_en);
  m.set_since_ms(alert.since_ms);
  m.set_changed_at_ms(alert.changed_at_ms);
  m.set_publication(alert.publication);
  m.set_affected_families(alert.families);
  return m.SerializeAsString();
}

absl::StatusOr<Change> ProtoMonitoringCodec::DecodeChange(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<monitoring::v1::Change>(bytes));
  return Change{m.kind(),      m.at_ms(),
                m.region(),    m.publication(),
                m.boundary(),  m.from(),
                m.to(),        {m.families_by_cause().begin(), m.families_by_cause().end()},
                m.families(),  m.subject(),
                m.state(),     m.summary(),
                m.summary_en()};
}

std::string ProtoMonitoringCodec::EncodeChange(const Change& change) const {
  monitoring::v1::Change m;
  m.set_kind(change.kind);
  m.set_at_ms(change.at_ms);
  m.set_region(change.region);
  m.set_publication(change.publication);
  m.set_boundary(change.boundary);
  m.set_from(change.from);
  m.set_to(change.to);
  m.mutable_families_by_cause()->insert(change.families_by_cause.begin(),
                                        change.families_by_cause.end());
  m.set_families(change.families);
  m.set_subject(change.subject);
  m.set_state(change.state);
  m.set_summary(change.summary_id);
  m.set_summary_en(change.summary_en);
  return m.SerializeAsString();
}

absl::StatusOr<Arrivals> ProtoMonitoringCodec::DecodeArrivals(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<monitoring::v1::Arrivals>(bytes));
  return Arrivals{m.source(),   m.population(), m.hour_ms(), m.deliveries(), m.running(),
                  m.received(), m.accepted(),   m.flagged(), m.rejected(),   m.repeated()};
}

std::string ProtoMonitoringCodec::EncodeArrivals(const Arrivals& arrivals) const {
  monitoring::v1::Arrivals m;
  m.set_source(arrivals.source);
  m.set_population(arrivals.population);
  m.set_hour_ms(arrivals.hour_ms);
  m.set_deliveries(arrivals.deliveries);
  m.set_running(arrivals.running);
  m.set_received(arrivals.received);
  m.set_accepted(arrivals.accepted);
  m.set_flagged(arrivals.flagged);
  m.set_rejected(arrivals.rejected);
  m.set_repeated(arrivals.repeated);
  return m.SerializeAsString();
}

std::string ProtoMonitoringCodec::EncodeOutcome(const Outcome& outcome) const {
  pb::OutcomeMeasured m;
  m.set_delivery_id(outcome.delivery_id);
  m.set_plan_id(outcome.plan_id);
  m.set_programme_id(outcome.programme_id);
  m.set_family_id(outcome.family_id);
  m.set_region(outcome.region);
  m.set_need_after(outcome.need_after);
  m.set_publication(outcome.publication);
  return m.SerializeAsString();
}

std::string ProtoMonitoringCodec::EncodeNotice(const Notice& notice) const {
  pb::PublicationNotice m;
  m.set_publication(notice.publication);
  m.set_cut_at_ms(notice.cut_at_ms);
  for (const RegionRef& at : notice.regions) {
    auto* region = m.add_regions();
    region->set_population(at.population);
    region->set_region(at.region);
  }
  for (const std::string& programme : notice.programmes) m.add_programmes(programme);
  for (const std::string& list : notice.lists) m.add_lists(list);
  m.set_notified_at_ms(notice.notified_at_ms);
  return m.SerializeAsString();
}

}  // namespace sepakat::monitoring
