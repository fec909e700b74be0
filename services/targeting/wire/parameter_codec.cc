#include "targeting/wire/parameter_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/measures/catalogue.h"
#include "common/runtime/topics.h"

namespace sepakat::targeting {
namespace {

namespace ref = reference::events::v1;

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::StatusOr<Variable> FindVariable(const std::string& name, const std::string& where) {
  const std::optional<Variable> variable = VariableNamed(name);
  if (variable) return *variable;
  return Invalid("UNKNOWN_VARIABLE", fmt::format("{}: no variable is called {}", where, name));
}

Message Record(std::string_view topic, std::string key, const google::protobuf::Message& message,
               std::string_view part) {
  return {std::string(topic), std::move(key), message.GetDescriptor()->full_name(),
          message.SerializeAsString(), std::string(part)};
}

}  // namespace

std::string PopulationOr(std::string_view population) {
  return population.empty() ? "register" : std::string(population);
}

absl::StatusOr<Population> FromProto(const ref::PopulationRecorded& message) {
  if (message.welfare_decimals() > 9 || message.weight_decimals() > 9) {
    return base::Error(absl::StatusCode::kOutOfRange, "DECIMALS_OUT_OF_RANGE",
                       "a population keeps at most 9 decimals");
  }
  return Population{PopulationOr(message.id()), static_cast<int>(message.welfare_decimals()),
                    static_cast<int>(message.weight_decimals())};
}

absl::StatusOr<PovertyLine> FromProto(const ref::PovertyLineRecorded& message) {
  PovertyLine line;
  line.population = PopulationOr(message.population());
  line.region = message.region().empty() ? std::string(base::kNationCode) : message.region();
  line.urban_rural = static_cast<int>(message.urban_rural());
  line.valid_from = message.valid_from();
  line.value = message.value();
  line.source = message.source();
  line.version = message.version();
  return line;
}

absl::StatusOr<Model> FromProto(const ref::ModelRecorded& message) {
  Model model;
  model.population = PopulationOr(message.population());
  model.id = message.id();
  model.version = message.version();
  model.name = message.name();
  model.source = message.source();
  model.label = message.label();
  model.intercept_micro = message.intercept_micro();
  for (const ref::ModelTerm& part : message.terms()) {
    ModelTerm term;
    SEPAKAT_ASSIGN_OR_RETURN(term.variable, FindVariable(part.variable(), "model " + message.id()));
    term.codes.assign(part.codes().begin(), part.codes().end());
    term.coefficient_micro = part.coefficient_micro();
    term.label = part.label();
    if (part.has_unknown_micro()) term.unknown_micro = part.unknown_micro();
    if (part.has_power()) term.power = static_cast<int>(std::min(part.power(), 3U));
    model.terms.push_back(std::move(term));
  }
  return model;
}

absl::StatusOr<Programme> FromProto(const ref::ProgrammeRecorded& message) {
  Programme programme;
  programme.id = message.id();
  programme.version = message.version();
  programme.population = PopulationOr(message.population());
  SEPAKAT_RETURN_IF_ERROR(FillRule(message.rule(), &programme));
  return programme;
}

absl::Status FillRule(const ref::EligibilityRule& rule, Programme* programme) {
  SEPAKAT_ASSIGN_OR_RETURN(programme->needs, NeedsMask({rule.needs().begin(), rule.needs().end()}));
  if (rule.decile_max() > 10) {
    return Invalid("DECILE_OUT_OF_RANGE", "decile_max is 1 to 10, or 0 for any");
  }
  programme->decile_max = static_cast<int>(rule.decile_max());
  programme->poor_only = rule.poor_only();
  for (const ref::RulePart& part : rule.parts()) {
    SEPAKAT_ASSIGN_OR_RETURN(const Variable variable,
                             FindVariable(part.variable(), "programme " + programme->id));
    programme->parts.push_back({variable, part.at_least(), part.at_most()});
  }
  return absl::OkStatus();
}

absl::StatusOr<RankingSettings> FromProto(const v1::RankingSettings& message) {
  if (message.decile_by() != "families" && message.decile_by() != "persons") {
    return Invalid("DECILE_BY_UNKNOWN", "decile_by is `families` or `persons`");
  }
  return RankingSettings{PopulationOr(message.population()), message.decile_by() == "persons",
                         message.model_id(), message.version(), message.source()};
}

ref::PopulationRecorded ToProto(const Population& population) {
  ref::PopulationRecorded message;
  message.set_id(population.id);
  message.set_welfare_decimals(static_cast<uint32_t>(population.welfare_decimals));
  message.set_weight_decimals(static_cast<uint32_t>(population.weight_decimals));
  return message;
}

ref::ProgrammeRecorded ToProto(const Programme& programme) {
  ref::ProgrammeRecorded message;
  message.set_id(programme.id);
  message.set_version(programme.version);
  message.set_population(programme.population);
  ref::EligibilityRule& rule = *message.mutable_rule();
  for (size_t bit = 0; bit < std::size(measures::kDeprivationNames); ++bit) {
    if ((programme.needs >> bit & 1) != 0) {
      rule.add_needs(std::string(measures::kDeprivationNames[bit]));
    }
  }
  rule.set_decile_max(static_cast<uint32_t>(programme.decile_max));
  rule.set_poor_only(programme.poor_only);
  for (const RulePart& part : programme.parts) {
    ref::RulePart* shown = rule.add_parts();
    shown->set_variable(std::string(NameOf(part.variable)));
    shown->set_at_least(part.at_least);
    shown->set_at_most(part.at_most);
  }
  return message;
}

absl::StatusOr<MpiParameter> FromProto(const ref::MpiRecorded& message) {
  if (!message.unknown().empty() && message.unknown() != "drop" &&
      message.unknown() != "not_deprived") {
    return Invalid("MPI_RULE_UNKNOWN", "unknown is `drop` or `not_deprived`");
  }
  MpiParameter mpi;
  mpi.population = PopulationOr(message.population());
  mpi.id = message.id();
  mpi.version = message.version();
  mpi.name = message.name();
  mpi.source = message.source();
  for (const ref::MpiIndicator& part : message.indicators()) {
    mpi.indicators.push_back({part.deprivation(), part.dimension(), part.weight()});
  }
  mpi.denominator = message.denominator();
  mpi.cutoff_numerator = message.cutoff_numerator();
  mpi.cutoff_denominator = message.cutoff_denominator();
  mpi.unknown_is_not_deprived = message.unknown() == "not_deprived";
  return mpi;
}

ref::MpiRecorded ToProto(const MpiParameter& mpi) {
  ref::MpiRecorded message;
  message.set_population(mpi.population);
  message.set_id(mpi.id);
  message.set_version(mpi.version);
  message.set_name(mpi.name);
  message.set_source(mpi.source);
  for (const MpiIndicator& indicator : mpi.indicators) {
    ref::MpiIndicator* part = message.add_indicators();
    part->set_deprivation(indicator.deprivation);
    part->set_dimension(indicator.dimension);
    part->set_weight(static_cast<uint32_t>(indicator.weight));
  }
  message.set_denominator(static_cast<uint32_t>(mpi.denominator));
  message.set_cutoff_numerator(static_cast<uint32_t>(mpi.cutoff_numerator));
  message.set_cutoff_denominator(static_cast<uint32_t>(mpi.cutoff_denominator));
  message.set_unknown(mpi.unknown_is_not_deprived ? "not_deprived" : "drop");
  return message;
}

ref::PovertyLineRecorded ToProto(const PovertyLine& line) {
  ref::PovertyLineRecorded message;
  message.set_population(line.population);
  message.set_region(line.region);
  message.set_urban_rural(static_cast<uint32_t>(line.urban_rural));
  message.set_valid_from(line.valid_from);
  message.set_value(line.value);
  message.set_source(line.source);
  message.set_version(line.version);
  return message;
}

ref::ModelRecorded ToProto(const Model& model) {
  ref::ModelRecorded message;
  message.set_population(model.population);
  message.set_id(model.id);
  message.set_version(model.version);
  message.set_name(model.name);
  message.set_source(model.source);
  message.set_label(model.label);
  message.set_intercept_micro(model.intercept_micro);
  for (const ModelTerm& term : model.terms) {
    ref::ModelTerm* part = message.add_terms();
    part->set_variable(std::string(NameOf(term.variable)));
    part->mutable_codes()->Add(term.codes.begin(), term.codes.end());
    part->set_coefficient_micro(term.coefficient_micro);
    part->set_label(term.label);
    if (term.unknown_micro) part->set_unknown_micro(*term.unknown_micro);
    if (term.power != 1) part->set_power(static_cast<uint32_t>(term.power));
  }
  return message;
}

v1::RankingSettings ToProto(const RankingSettings& settings) {
  v1::RankingSettings message;
  message.set_population(settings.population);
  message.set_decile_by(settings.by_persons ? "persons" : "families");
  message.set_model_id(settings.model_id);
  message.set_version(settings.version);
  message.set_source(settings.source);
  return message;
}

absl::StatusOr<ParameterRecord> ToRecord(const ref::PovertyLineRecorded& message) {
  ParameterRecord record;
  SEPAKAT_ASSIGN_OR_RETURN(record.change.line, FromProto(message));
  const PovertyLine& line = *record.change.line;
  if (line.version.empty()) {
    return Invalid("VERSION_MISSING", "the line of " + line.region + " has no version");
  }
  record.message = Record(
      runtime::topics::kPovertyLine,
      fmt::format("{}/{}/{}/{}", line.population, line.region, line.urban_rural, line.valid_from),
      ToProto(line), "poverty_line");
  return record;
}

absl::StatusOr<ParameterRecord> ToRecord(const ref::ModelRecorded& message) {
  ParameterRecord record;
  SEPAKAT_ASSIGN_OR_RETURN(record.change.model, FromProto(message));
  const Model& model = *record.change.model;
  record.message = Record(runtime::topics::kModel, fmt::format("{}/{}", model.population, model.id),
                          ToProto(model), "model");
  return record;
}

absl::StatusOr<ParameterRecord> ToRecord(const v1::RankingSettings& message) {
  ParameterRecord record;
  SEPAKAT_ASSIGN_OR_RETURN(record.change.settings, FromProto(message));
  record.message = Record(runtime::topics::kRankingSettings, record.change.settings->population,
                          ToProto(*record.change.settings), "ranking_settings");
  return record;
}

absl::StatusOr<ParameterRecord> ToRecord(const ref::MpiRecorded& message) {
  ParameterRecord record;
  SEPAKAT_ASSIGN_OR_RETURN(record.change.mpi, FromProto(message));
  record.message = Record(runtime::topics::kMpi, record.change.mpi->population,
                          ToProto(*record.change.mpi), "mpi");
  return record;
}

absl::StatusOr<ParameterRecord> ToRecord(const ParameterChange& change) {
  if (change.line) return ToRecord(ToProto(*change.line));
  if (change.model) return ToRecord(ToProto(*change.model));
  if (change.settings) return ToRecord(ToProto(*change.settings));
  return ToRecord(ToProto(*change.mpi));
}

}  // namespace sepakat::targeting
