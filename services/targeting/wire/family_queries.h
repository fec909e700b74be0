// Questions about families, answered from the state of one publication.
//
// Page tokens name the family a page ended with: pages fit together while the ranking stands; after
// a publication that moved families, the next page still goes on from that place in the order.
// Errors: NotFound POPULATION_UNKNOWN, REGION_WITHOUT_FAMILIES, PROGRAMME_UNKNOWN, FAMILY_UNKNOWN;
//   InvalidArgument PAGE_TOKEN_MALFORMED, QUOTA_NEGATIVE.
// Thread: while the state is held.
#pragma once

#include "absl/status/statusor.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "targeting/domain/engine.h"
#include "targeting/domain/explanation.h"

namespace sepakat::targeting {

absl::StatusOr<const PopulationState*> FindPopulation(const Engine& engine,
                                                      std::string_view population);
absl::StatusOr<uint32_t> FindRegion(const PopulationState& state, std::string_view region);

// The slot of a recorded family.
absl::StatusOr<uint32_t> FindFamily(const PopulationState& state, const std::string& family_id);

v1::VariableExplanation ToProto(const VariableView& view);
v1::RuleExplanation ToRule(const RuleView& view, std::string_view version);
v1::ProgrammeExplanation ToProgramme(const RuleView& view);

absl::StatusOr<v1::ListFamiliesResponse> AnswerListFamilies(const Engine& engine,
                                                            const v1::ListFamiliesRequest& request);
absl::StatusOr<v1::SelectFamiliesResponse> AnswerSelectFamilies(
    const Engine& engine, const v1::SelectFamiliesRequest& request);
absl::StatusOr<v1::ExplainFamilyResponse> AnswerExplainFamily(
    const Engine& engine, const v1::ExplainFamilyRequest& request);

}  // namespace sepakat::targeting
