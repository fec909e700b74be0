#include "targeting/domain/register_copy.h"

namespace sepakat::targeting {

FamilyAsTold AsTold(const PopulationState& state, uint32_t slot) {
  const FamilyRecord record = state.records().at(slot);
  FamilyAsTold inputs;
  inputs.key = record.key;
  inputs.state = record.state;
  inputs.version = record.version;
  inputs.content_digest = record.content_digest;
  inputs.accepted_at_ms = record.accepted_at_ms;
  inputs.region = record.node;
  if (record.state != FamilyState::kRecorded) return inputs;
  inputs.observed_on = record.observed_on;
  inputs.size = record.size;
  inputs.family_weight = record.family_weight;
  inputs.welfare = record.welfare;
  inputs.official_decile = record.official_decile;
  inputs.provenance = record.provenance;
  inputs.packed = record.packed();
  return inputs;
}

std::vector<SaidRegion> EmptyRegionsSaid(const Engine& engine) {
  std::vector<SaidRegion> said;
  for (const auto& [id, state] : engine.populations()) {
    for (uint32_t index = 0; index < state->tree().size(); ++index) {
      const RegionNode& node = state->tree().at(index);
      if (node.total.empty() && node.published_figures != 0) {
        said.push_back({id, node.code, node.published_figures});
      }
    }
  }
  return said;
}

}  // namespace sepakat::targeting
