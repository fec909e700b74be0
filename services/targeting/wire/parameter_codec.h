// Reference data between protobuf and the domain.
//
// Errors: InvalidArgument UNKNOWN_VARIABLE, UNKNOWN_NEED, DECILE_BY_UNKNOWN, MPI_RULE_UNKNOWN,
// OutOfRange
//   DECIMALS_OUT_OF_RANGE; the message names the field.
// Thread: pure functions.
#pragma once

#include "absl/status/statusor.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "targeting/app/targeting_task.h"

namespace sepakat::targeting {

absl::StatusOr<Population> FromProto(const reference::events::v1::PopulationRecorded& message);
absl::StatusOr<PovertyLine> FromProto(const reference::events::v1::PovertyLineRecorded& message);
absl::StatusOr<Model> FromProto(const reference::events::v1::ModelRecorded& message);
absl::StatusOr<Programme> FromProto(const reference::events::v1::ProgrammeRecorded& message);
absl::StatusOr<RankingSettings> FromProto(const v1::RankingSettings& message);
absl::StatusOr<MpiParameter> FromProto(const reference::events::v1::MpiRecorded& message);
// Fills the parts of a programme that say who is eligible.
absl::Status FillRule(const reference::events::v1::EligibilityRule& rule, Programme* programme);

reference::events::v1::PopulationRecorded ToProto(const Population& population);
reference::events::v1::ProgrammeRecorded ToProto(const Programme& programme);
reference::events::v1::PovertyLineRecorded ToProto(const PovertyLine& line);
reference::events::v1::ModelRecorded ToProto(const Model& model);
v1::RankingSettings ToProto(const RankingSettings& settings);
reference::events::v1::MpiRecorded ToProto(const MpiParameter& mpi);

// The parameter with the message that records it on its topic.
absl::StatusOr<ParameterRecord> ToRecord(const reference::events::v1::PovertyLineRecorded& line);
absl::StatusOr<ParameterRecord> ToRecord(const reference::events::v1::ModelRecorded& model);
absl::StatusOr<ParameterRecord> ToRecord(const v1::RankingSettings& settings);
absl::StatusOr<ParameterRecord> ToRecord(const reference::events::v1::MpiRecorded& mpi);
// One line, model, settings or measure.
absl::StatusOr<ParameterRecord> ToRecord(const ParameterChange& change);

// `register` where a message leaves the population empty.
std::string PopulationOr(std::string_view population);

}  // namespace sepakat::targeting
