#include "targeting/wire/trial_queries.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "targeting/domain/explanation.h"
#include "targeting/wire/family_queries.h"

namespace sepakat::targeting {
namespace {

absl::StatusOr<Corrections> FromProto(const v1::TryFamilyRequest& request) {
  Corrections corrections;
  for (const v1::AnswerCorrection& answer : request.corrections()) {
    const std::optional<Variable> variable = VariableNamed(answer.variable());
    if (!variable) {
      return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_VARIABLE",
                         fmt::format("no variable is called `{}`", answer.variable()));
    }
    std::optional<int32_t> value;
    if (answer.has_value()) value = answer.value();
    corrections.answers.emplace_back(*variable, value);
  }
  if (request.has_welfare()) corrections.welfare = request.welfare();
  if (request.has_size()) {
    corrections.size = static_cast<int32_t>(std::min<uint32_t>(request.size(), 256));
  }
  SEPAKAT_RETURN_IF_ERROR(Check(corrections));
  return corrections;
}

template <typename Repeated>
void AddChanges(const std::vector<ClassChange>& changes, Repeated* field) {
  for (const ClassChange& change : changes) {
    v1::ClassChange* shown = field->Add();
    shown->set_boundary(change.boundary);
    shown->set_from(change.from);
    shown->set_to(change.to);
  }
}

void AddViews(const PopulationState& state, const Standing& standing, v1::FamilyStanding* shown) {
  for (const VariableView& view :
       ViewVariables(standing.features, state.parameters().RankingModel())) {
    *shown->add_variables() = ToProto(view);
  }
  for (const RuleView& view : ViewRules(standing.features, standing.size, state.rules())) {
    *shown->add_rules() = ToRule(view, state.rules().version);
  }
  for (const RuleView& view : ViewProgrammes(state.programmes(), standing.features,
                                             standing.derived, standing.classes.decile)) {
    *shown->add_programmes() = ToProgramme(view);
  }
}

}  // namespace

v1::FamilyStanding ToProto(const PopulationState& state, const Standing& standing,
                           bool with_views) {
  v1::FamilyStanding shown;
  shown.set_size(static_cast<uint32_t>(standing.size));
  if (standing.welfare >= 0) shown.set_welfare(standing.welfare);
  if (standing.derived.scored) shown.set_score_micro(standing.derived.rank_value);
  shown.set_decile(standing.classes.decile);
  shown.set_percentile(static_cast<uint32_t>(standing.percentile));
  if (standing.classes.poverty != PovertyClass::kUnknown) {
    shown.set_poor(standing.classes.poverty == PovertyClass::kPoor);
  }
  if (standing.line) {
    shown.set_poverty_line(standing.line->line);
    shown.set_poverty_line_version(standing.line->version);
  }
  for (const RegionRank& rank : standing.ranks) {
    v1::RegionRank* in_region = shown.add_ranks();
    in_region->set_region(rank.region);
    in_region->set_rank(rank.rank);
    in_region->set_ranked_families(rank.families);
  }
  for (const BoundaryDistance& distance : standing.boundaries) {
    v1::BoundaryDistance* boundary = shown.add_boundaries();
    boundary->set_boundary(distance.boundary);
    boundary->set_distance(distance.distance);
    if (distance.families) boundary->set_families(*distance.families);
  }
  if (with_views) AddViews(state, standing, &shown);
  return shown;
}

absl::StatusOr<v1::TryFamilyResponse> AnswerTryFamily(const Engine& engine,
                                                      const v1::TryFamilyRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const Corrections corrections, FromProto(request));
  SEPAKAT_ASSIGN_OR_RETURN(const PopulationState* state,
                           FindPopulation(engine, request.population()));
  SEPAKAT_ASSIGN_OR_RETURN(const uint32_t slot, FindFamily(*state, request.family_id()));
  const FamilyRecord& record = state->records().at(slot);
  const FamilyTrial trial(*state, record);
  const Standing before = trial.AsRecorded();
  const Standing after = trial.With(corrections);
  v1::TryFamilyResponse response;
  response.set_family_id(record.key.Hex());
  *response.mutable_before() = ToProto(*state, before, /*with_views=*/true);
  *response.mutable_after() = ToProto(*state, after, /*with_views=*/true);
  AddChanges(trial.Changes(before.classes, after.classes), response.mutable_changes());
  if (!request.single_answers()) return response;
  for (const SingleAnswer& answer : trial.SingleAnswers()) {
    v1::SingleAnswer* shown = response.add_single_answers();
    shown->set_variable(std::string(NameOf(answer.variable)));
    if (answer.from) shown->set_from(*answer.from);
    shown->set_to(answer.to);
    AddChanges(answer.changes, shown->mutable_changes());
  }
  return response;
}

}  // namespace sepakat::targeting
