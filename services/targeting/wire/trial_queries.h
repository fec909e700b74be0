// What corrected answers of a family would change, and where it stands, as messages.
//
// Errors: NotFound POPULATION_UNKNOWN, FAMILY_UNKNOWN; InvalidArgument FAMILY_ID_MALFORMED,
//   UNKNOWN_VARIABLE, and those of domain/counterfactual.h.
// Thread: while the state is held.
#pragma once

#include "absl/status/statusor.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "targeting/domain/counterfactual.h"
#include "targeting/domain/engine.h"

namespace sepakat::targeting {

absl::StatusOr<v1::TryFamilyResponse> AnswerTryFamily(const Engine& engine,
                                                      const v1::TryFamilyRequest& request);

// `with_views`: variables, rules and programmes too.
v1::FamilyStanding ToProto(const PopulationState& state, const Standing& standing, bool with_views);

}  // namespace sepakat::targeting
