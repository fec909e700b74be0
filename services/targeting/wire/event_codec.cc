#include "targeting/wire/event_codec.h"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "common/base/fixed_point.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "targeting/wire/family_codec.h"
#include "targeting/wire/parameter_codec.h"

namespace sepakat::targeting {
namespace {

namespace topics = runtime::topics;
namespace out = events::v1;

absl::Status Unreadable(std::string_view topic) {
  return base::Error(absl::StatusCode::kInvalidArgument, "PAYLOAD_UNREADABLE",
                     fmt::format("a record of {} is not the message of its topic", topic));
}

template <typename Proto, typename Member>
absl::StatusOr<Input> DecodeParameter(const runtime::LogRecord& record, Member member) {
  Proto message;
  if (!message.ParseFromString(*record.value)) return Unreadable(record.topic);
  Input input;
  input.parameter = std::make_unique<ParameterChange>();
  auto parameter = FromProto(message);
  if (!parameter.ok()) return std::move(parameter).status();
  (*input.parameter).*member = *std::move(parameter);
  return input;
}

// Map fields in a fixed order: the same manifest is the same bytes when it is sent again.
std::string Deterministic(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

Message Wrap(std::string_view topic, std::string key, std::string_view part,
             const google::protobuf::Message& message) {
  return {std::string(topic), std::move(key), message.GetDescriptor()->full_name(),
          Deterministic(message), std::string(part)};
}

template <typename Repeated>
void AddParameters(const std::vector<ParameterInUse>& parameters, Repeated* field) {
  for (const ParameterInUse& used : parameters) {
    auto* version = field->Add();
    version->set_kind(used.kind);
    version->set_id(used.id);
    version->set_version(used.version);
  }
}

out::NeedPublished ToProto(const NeedChange& need, const Manifest& manifest) {
  out::NeedPublished message;
  message.set_publication(manifest.publication);
  message.set_population(need.population);
  message.set_programme_id(need.programme);
  message.set_programme_version(need.programme_version);
  message.set_region(need.region);
  message.set_eligible_families(need.counts.eligible);
  message.set_unknown_families(need.counts.unknown);
  for (size_t decile = 1; decile < need.counts.by_decile.size(); ++decile) {
    message.add_eligible_by_decile(need.counts.by_decile[decile]);
  }
  message.add_eligible_by_decile(need.counts.by_decile[0]);
  message.set_cut_at_ms(manifest.cut_at_ms);
  return message;
}

out::BoundaryCrossed ToProto(const Crossing& crossing, const Manifest& manifest) {
  out::BoundaryCrossed message;
  message.set_publication(manifest.publication);
  message.set_population(crossing.population);
  message.set_family_id(crossing.family.Hex());
  message.set_region(crossing.region);
  message.set_boundary(crossing.boundary);
  message.set_from(crossing.from);
  message.set_to(crossing.to);
  message.set_cause(std::string(crossing.cause));
  message.set_cut_at_ms(manifest.cut_at_ms);
  return message;
}

}  // namespace

common::v1::Figure ToProto(const FigureValue& value) {
  common::v1::Figure figure;
  figure.set_measure(std::string(value.measure->id));
  figure.set_numerator(base::ToText(value.ratio.numerator));
  figure.set_denominator(base::ToText(value.ratio.denominator));
  figure.set_value(
      base::QuotientText(value.ratio.numerator, value.ratio.denominator, value.measure->decimals));
  figure.set_unknown_families(value.unknown_families);
  figure.set_observed_families(value.observed_families);
  return figure;
}

out::IndicatorPublished ToProto(const RegionFigures& region, int64_t publication,
                                int64_t cut_at_ms) {
  out::IndicatorPublished message;
  message.set_publication(publication);
  message.set_population(region.population);
  message.set_region(region.region);
  message.mutable_figures()->Reserve(static_cast<int>(region.figures.size()));
  for (const FigureValue& value : region.figures) {
    *message.add_figures() = ToProto(value);
  }
  AddParameters(region.parameters, message.mutable_parameters());
  message.set_cut_at_ms(cut_at_ms);
  message.set_newest_observation(region.newest_observation);
  message.set_newest_accepted_at_ms(region.newest_accepted_ms);
  return message;
}

out::RegionPriorityPublished ToProto(const RegionRanking& ranking, int64_t publication) {
  out::RegionPriorityPublished message;
  message.set_publication(publication);
  message.set_population(ranking.population);
  message.set_parent(ranking.parent);
  for (const RegionScore& score : ranking.regions) {
    out::RankedRegion* region = message.add_regions();
    region->set_region(score.region);
    region->set_rank(score.rank);
    region->set_score_micro(score.score_micro);
    for (const ScorePart& part : score.parts) {
      out::ScorePart* shown = region->add_parts();
      shown->set_measure(std::string(part.measure));
      shown->set_score_micro(part.score_micro);
    }
  }
  return message;
}

absl::StatusOr<Input> EventCodec::Decode(const runtime::LogRecord& record) const {
  if (!record.value) return Input{};
  if (record.topic == topics::kFamily) return DecodeFamily(*record.value);
  if (record.topic == topics::kPovertyLine) {
    return DecodeParameter<reference::events::v1::PovertyLineRecorded>(record,
                                                                       &ParameterChange::line);
  }
  if (record.topic == topics::kModel) {
    return DecodeParameter<reference::events::v1::ModelRecorded>(record, &ParameterChange::model);
  }
  if (record.topic == topics::kRankingSettings) {
    return DecodeParameter<v1::RankingSettings>(record, &ParameterChange::settings);
  }
  if (record.topic == topics::kMpi) {
    return DecodeParameter<reference::events::v1::MpiRecorded>(record, &ParameterChange::mpi);
  }
  if (record.topic == topics::kProgramme) {
    return DecodeParameter<reference::events::v1::ProgrammeRecorded>(record,
                                                                     &ParameterChange::programme);
  }
  if (record.topic == topics::kPopulation) {
    return DecodeParameter<reference::events::v1::PopulationRecorded>(record,
                                                                      &ParameterChange::population);
  }
  return Input{};
}

Message EventCodec::Encode(const Manifest& manifest) const {
  out::PublicationManifest message;
  message.set_publication(manifest.publication);
  for (const auto& [at, offset] : manifest.inputs) {
    common::v1::LogPosition* position = message.add_inputs();
    position->set_topic(at.topic);
    position->set_partition(at.partition);
    position->set_next_offset(offset);
  }
  AddParameters(manifest.parameters, message.mutable_parameters());
  message.set_state_digest(manifest.state_digest);
  message.mutable_output_counts()->insert(manifest.output_counts.begin(),
                                          manifest.output_counts.end());
  message.mutable_last_sequences()->insert(manifest.last_sequences.begin(),
                                           manifest.last_sequences.end());
  message.set_cut_at_ms(manifest.cut_at_ms);
  message.set_families(manifest.families);
  message.set_conflicts(manifest.conflicts);
  message.set_bulk(manifest.bulk);
  return Wrap(topics::kManifest, fmt::format("{}", manifest.publication), "manifest", message);
}

absl::StatusOr<Manifest> EventCodec::DecodeManifest(std::string_view payload) const {
  out::PublicationManifest message;
  if (!message.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return base::Error(absl::StatusCode::kDataLoss, "MANIFEST_DAMAGED",
                       "a manifest of the log cannot be read");
  }
  Manifest manifest;
  manifest.publication = message.publication();
  for (const common::v1::LogPosition& position : message.inputs()) {
    manifest.inputs[{position.topic(), position.partition()}] = position.next_offset();
  }
  for (const common::v1::ParameterVersion& used : message.parameters()) {
    manifest.parameters.push_back({used.kind(), used.id(), used.version()});
  }
  manifest.state_digest = message.state_digest();
  manifest.output_counts = {message.output_counts().begin(), message.output_counts().end()};
  manifest.last_sequences = {message.last_sequences().begin(), message.last_sequences().end()};
  manifest.cut_at_ms = message.cut_at_ms();
  manifest.families = message.families();
  manifest.conflicts = message.conflicts();
  manifest.bulk = message.bulk();
  return manifest;
}

std::vector<ParameterText> EventCodec::EncodeParameters(const Parameters& parameters) const {
  std::vector<ParameterText> texts;
  const auto add = [&](std::string_view topic, const google::protobuf::Message& message) {
    texts.push_back({std::string(topic), Deterministic(message)});
  };
  for (const auto& [id, set] : parameters.all()) {
    add(topics::kPopulation, targeting::ToProto(set.population));
    for (const auto& [key, line] : set.lines) add(topics::kPovertyLine, targeting::ToProto(line));
    for (const auto& [name, model] : set.models) add(topics::kModel, targeting::ToProto(model));
    add(topics::kRankingSettings, targeting::ToProto(set.settings));
    // One that nobody recorded is the default of every start.
    if (!set.mpi.population.empty()) add(topics::kMpi, targeting::ToProto(set.mpi));
    for (const auto& [name, programme] : set.programmes) {
      add(topics::kProgramme, targeting::ToProto(programme));
    }
  }
  return texts;
}

absl::StatusOr<SaidFigures> EventCodec::DecodeFigures(std::string_view payload) const {
  out::IndicatorPublished message;
  if (!message.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return Unreadable(topics::kIndicator);
  }
  SaidFigures said{message.publication(), message.population(), message.region(), {}};
  for (const common::v1::Figure& figure : message.figures()) {
    const measures::Measure* measure = measures::FindMeasure(figure.measure());
    if (measure == nullptr) continue;
    FigureValue value{measure, {}, figure.unknown_families(), figure.observed_families()};
    SEPAKAT_ASSIGN_OR_RETURN(value.ratio.numerator, base::ParseInt128(figure.numerator()));
    SEPAKAT_ASSIGN_OR_RETURN(value.ratio.denominator, base::ParseInt128(figure.denominator()));
    said.figures.push_back(value);
  }
  return said;
}

bool EventCodec::ContentHolds(const runtime::LogRecord& record) const {
  return record.topic != topics::kFamily || !record.value || FamilyContentHolds(*record.value);
}

std::vector<Message> EventCodec::Encode(const Manifest& manifest,
                                        const Publication& publication) const {
  std::vector<Message> messages;
  for (const RegionFigures& figures : publication.figures) {
    messages.push_back(Wrap(topics::kIndicator,
                            fmt::format("{}/{}", figures.population, figures.region), "indicator",
                            targeting::ToProto(figures, manifest.publication, manifest.cut_at_ms)));
  }
  for (const NeedChange& need : publication.needs) {
    messages.push_back(Wrap(topics::kNeed, fmt::format("{}/{}", need.programme, need.region),
                            "need", ToProto(need, manifest)));
  }
  for (const RegionRanking& ranking : publication.rankings) {
    messages.push_back(Wrap(topics::kPriority,
                            fmt::format("{}/{}", ranking.population, ranking.parent), "priority",
                            targeting::ToProto(ranking, manifest.publication)));
  }
  for (const Crossing& crossing : publication.crossings) {
    messages.push_back(Wrap(topics::kCrossing,
                            fmt::format("{}/{}", crossing.population, crossing.family.Hex()),
                            crossing.boundary, ToProto(crossing, manifest)));
  }
  return messages;
}

}  // namespace sepakat::targeting
