#include "targeting/wire/family_codec.h"

#include <algorithm>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "targeting/wire/parameter_codec.h"

namespace sepakat::targeting {
namespace {

namespace in = ingestion::events::v1;

void ReadSnapshot(const common::v1::FamilySnapshot& snapshot, FamilyUpdate* update) {
  update->size = snapshot.size();
  update->family_weight = snapshot.family_weight();
  if (snapshot.has_welfare()) update->welfare = snapshot.welfare();
  update->official_decile = static_cast<int>(std::min(snapshot.official_decile(), 10U));
  update->provenance.stratum = snapshot.stratum();
  update->provenance.psu = snapshot.psu();
  const int count = std::min(snapshot.variables_size(), snapshot.values_size());
  for (int i = 0; i < count; ++i) {
    const int number = static_cast<int>(snapshot.variables(i));
    if (number <= 0 || number >= kVariableEnd) continue;
    const auto variable = static_cast<Variable>(number);
    if (!NameOf(variable).empty()) update->features.Set(variable, snapshot.values(i));
  }
  if (!update->features.Known(Variable::kMembers)) {
    update->features.Set(Variable::kMembers, static_cast<int32_t>(snapshot.size()));
  }
}

absl::Status Read(const in::FamilyRecorded& recorded, FamilyUpdate* update) {
  update->population = PopulationOr(recorded.population());
  SEPAKAT_ASSIGN_OR_RETURN(update->key, FamilyKey::Parse(recorded.family_id()));
  update->state = recorded.departed() ? FamilyState::kDeparted : FamilyState::kRecorded;
  update->version = recorded.version();
  update->content_digest = recorded.content_digest();
  update->region = recorded.region();
  update->observed_on = recorded.observed_on();
  update->accepted_at_ms = recorded.accepted_at_ms();
  update->provenance.source = recorded.source();
  update->provenance.codebook_id = recorded.codebook_id();
  update->provenance.codebook_version = recorded.codebook_version();
  update->provenance.flags = {recorded.flags().begin(), recorded.flags().end()};
  ReadSnapshot(recorded.snapshot(), update);
  return absl::OkStatus();
}

absl::Status Read(const in::FamilyWithdrawn& withdrawn, FamilyUpdate* update) {
  update->population = PopulationOr(withdrawn.population());
  SEPAKAT_ASSIGN_OR_RETURN(update->key, FamilyKey::Parse(withdrawn.family_id()));
  update->state = FamilyState::kWithdrawn;
  update->version = withdrawn.version();
  update->region = withdrawn.region();
  update->accepted_at_ms = withdrawn.accepted_at_ms();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Input> DecodeFamily(const std::string& payload) {
  // One object for all events of a thread: parsing into its old fields allocates nothing.
  thread_local in::FamilyEvent event;
  if (!event.ParseFromString(payload) || event.event_case() == in::FamilyEvent::EVENT_NOT_SET) {
    return base::Error(absl::StatusCode::kInvalidArgument, "PAYLOAD_UNREADABLE",
                       "a record of the family topic is not a family event");
  }
  absl::StatusOr<Input> input(absl::in_place);
  FamilyUpdate& update = input->family.emplace();
  const absl::Status status =
      event.has_recorded() ? Read(event.recorded(), &update) : Read(event.withdrawn(), &update);
  if (!status.ok()) input = status;
  return input;
}

bool FamilyContentHolds(const std::string& payload) {
  in::FamilyEvent event;
  if (!event.ParseFromString(payload) || !event.has_recorded()) return true;
  const in::FamilyRecorded& recorded = event.recorded();
  return recorded.content_digest() == 0 ||
         recorded.content_digest() ==
             base::Hash64(recorded.snapshot().SerializeAsString(), base::Hash64(recorded.region()));
}

common::v1::FamilySnapshot ToProto(const FamilyRecord& record, const Features& features,
                                   const Provenance& provenance) {
  common::v1::FamilySnapshot snapshot;
  snapshot.set_size(record.size);
  snapshot.set_family_weight(record.family_weight);
  if (record.welfare >= 0) snapshot.set_welfare(record.welfare);
  snapshot.set_stratum(provenance.stratum);
  snapshot.set_psu(provenance.psu);
  for (Variable variable : AllVariables()) {
    if (!features.Known(variable)) continue;
    snapshot.add_variables(static_cast<common::v1::Variable>(static_cast<int>(variable)));
    snapshot.add_values(features.Value(variable));
  }
  if (record.official_decile > 0) snapshot.set_official_decile(record.official_decile);
  return snapshot;
}

}  // namespace sepakat::targeting
