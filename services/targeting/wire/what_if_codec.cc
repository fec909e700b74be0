#include "targeting/wire/what_if_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/fixed_point.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "targeting/wire/event_codec.h"
#include "targeting/wire/parameter_codec.h"

namespace sepakat::targeting {
namespace {

constexpr std::string_view kInnerMeasures[] = {"p0", "poor_persons"};

std::string RegionOr(const std::string& region) {
  return region.empty() ? std::string(base::kNationCode) : region;
}

absl::StatusOr<WhatIfChanges> ReadChanges(const v1::WhatIfChanges& message,
                                          const std::string& population,
                                          std::span<const RuleSet> rule_sets) {
  WhatIfChanges changes;
  for (reference::events::v1::PovertyLineRecorded line : message.lines()) {
    line.set_population(population);
    if (line.version().empty()) line.set_version("what-if");
    SEPAKAT_ASSIGN_OR_RETURN(changes.lines.emplace_back(), FromProto(line));
  }
  if (!message.line_percent().empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(changes.line_percent, base::ParseScaled(message.line_percent(), 4));
  }
  if (message.has_model()) {
    reference::events::v1::ModelRecorded model = message.model();
    model.set_population(population);
    if (model.version().empty()) model.set_version("what-if");
    SEPAKAT_ASSIGN_OR_RETURN(changes.model, FromProto(model));
  }
  if (message.has_settings()) {
    v1::RankingSettings settings = message.settings();
    settings.set_population(population);
    if (settings.version().empty()) settings.set_version("what-if");
    SEPAKAT_ASSIGN_OR_RETURN(changes.settings, FromProto(settings));
  }
  for (const v1::ProgrammeRule& rule : message.programmes()) {
    Programme& programme = changes.programmes.emplace_back();
    programme.id = rule.programme_id();
    SEPAKAT_RETURN_IF_ERROR(FillRule(rule.rule(), &programme));
  }
  if (!message.rule_set().empty()) {
    const auto found = std::ranges::find(rule_sets, message.rule_set(), &RuleSet::version);
    if (found == rule_sets.end()) {
      return base::Error(absl::StatusCode::kInvalidArgument, "RULE_SET_UNKNOWN",
                         fmt::format("no rule set is called `{}`", message.rule_set()));
    }
    changes.rules = &*found;
  }
  if (message.has_mpi()) {
    reference::events::v1::MpiRecorded mpi = message.mpi();
    mpi.set_population(population);
    if (mpi.version().empty()) mpi.set_version("what-if");
    SEPAKAT_ASSIGN_OR_RETURN(changes.mpi, FromProto(mpi));
  }
  for (const v1::AreaFactor& area : message.weights()) {
    SEPAKAT_ASSIGN_OR_RETURN(const int64_t factor, base::ParseScaled(area.factor(), 6));
    changes.weights.push_back(
        {RegionOr(area.region()), static_cast<int>(std::min(area.urban_rural(), 3U)), factor});
  }
  return changes;
}

v1::Moved ToProto(const Moved& moved, int weight_decimals) {
  v1::Moved message;
  message.set_families(moved.families);
  std::string persons = base::ScaledToText(moved.person_weight, weight_decimals);
  if (persons.find('.') != std::string::npos) {
    persons.erase(persons.find_last_not_of('0') + 1);
    if (persons.back() == '.') persons.pop_back();
  }
  message.set_persons(std::move(persons));
  return message;
}

v1::WhatIfMoves ToProto(const Moves& moves, const WhatIfResult& result) {
  const auto shown = [&](const Moved& moved) { return ToProto(moved, result.weight_decimals); };
  v1::WhatIfMoves message;
  message.set_families(moves.families);
  *message.mutable_entered_poverty() = shown(moves.entered_poverty);
  *message.mutable_left_poverty() = shown(moves.left_poverty);
  *message.mutable_poverty_unclear() = shown(moves.poverty_unclear);
  *message.mutable_decile_higher() = shown(moves.decile_higher);
  *message.mutable_decile_lower() = shown(moves.decile_lower);
  *message.mutable_decile_unclear() = shown(moves.decile_unclear);
  for (size_t i = 0; i < moves.programmes.size(); ++i) {
    const ProgrammeMoves& programme = moves.programmes[i];
    v1::ProgrammeMoves* part = message.add_programmes();
    part->set_programme_id(result.programmes[i]);
    part->set_base_families(programme.base);
    part->set_branch_families(programme.branch);
    *part->mutable_gained() = shown(programme.gained);
    *part->mutable_lost() = shown(programme.lost);
  }
  return message;
}

// The difference of the values as they are shown.
std::string Difference(const common::v1::Figure& base, const common::v1::Figure& branch,
                       int decimals) {
  if (base.value().empty() || branch.value().empty()) return {};
  const absl::StatusOr<int64_t> before = base::ParseScaled(base.value(), decimals);
  const absl::StatusOr<int64_t> after = base::ParseScaled(branch.value(), decimals);
  if (!before.ok() || !after.ok()) return {};
  return base::ScaledToText(base::Int128{*after} - *before, decimals);
}

template <typename Wanted, typename Repeated>
void AddFigures(const WhatIfRegion& region, const Wanted& wanted, Repeated* field) {
  for (size_t i = 0; i < region.base.size(); ++i) {
    if (!wanted(region.base[i].measure->id)) continue;
    v1::FigureComparison* comparison = field->Add();
    *comparison->mutable_base() = ToProto(region.base[i]);
    *comparison->mutable_branch() = ToProto(region.branch[i]);
    comparison->set_difference(
        Difference(comparison->base(), comparison->branch(), region.base[i].measure->decimals));
  }
}

absl::StatusOr<std::vector<std::string>> InnerMeasures(const v1::GetWhatIfRequest& request) {
  if (request.inner_measures().empty()) {
    return std::vector<std::string>{std::begin(kInnerMeasures), std::end(kInnerMeasures)};
  }
  for (const std::string& id : request.inner_measures()) {
    if (measures::FindMeasure(id) != nullptr) continue;
    return base::Error(absl::StatusCode::kNotFound, "MEASURE_UNKNOWN",
                       fmt::format("no measure is called `{}`", id));
  }
  return std::vector<std::string>{request.inner_measures().begin(), request.inner_measures().end()};
}

void AddWholeBranch(const WhatIfResult& result, v1::GetWhatIfResponse* response) {
  for (const WhatIfGroup& group : result.groups) {
    v1::WhatIfGroup* shown = response->add_groups();
    shown->set_dimension(std::string(group.dimension));
    shown->set_group(std::string(group.group));
    *shown->mutable_moves() = ToProto(group.moves, result);
  }
  for (size_t from = 0; from < result.deciles.size(); ++from) {
    for (size_t to = 0; to < result.deciles.size(); ++to) {
      if (result.deciles[from][to].families == 0) continue;
      v1::DecileMove* move = response->add_decile_moves();
      move->set_from(static_cast<uint32_t>(from));
      move->set_to(static_cast<uint32_t>(to));
      *move->mutable_moved() = ToProto(result.deciles[from][to], result.weight_decimals);
    }
  }
}

}  // namespace

Asker FromProto(const common::v1::RequestContext& context) {
  return {context.request_id(), context.actor(), context.reason()};
}

absl::StatusOr<WhatIfOrder> FromProto(const v1::CreateWhatIfRequest& request,
                                      std::span<const RuleSet> rule_sets) {
  WhatIfOrder order;
  order.asker = FromProto(request.context());
  order.name = request.name();
  order.population = PopulationOr(request.population());
  order.region = RegionOr(request.region());
  SEPAKAT_ASSIGN_OR_RETURN(order.changes,
                           ReadChanges(request.changes(), order.population, rule_sets));
  order.as_asked = request.changes().SerializeAsString();
  return order;
}

v1::WhatIf ToProto(const WhatIfBranch& branch, bool base_stands) {
  v1::WhatIf message;
  message.set_name(branch.order.name);
  message.set_population(branch.order.population);
  message.set_region(branch.order.region);
  message.mutable_changes()->ParseFromString(branch.order.as_asked);
  message.set_publication(branch.publication);
  message.set_cut_at_ms(branch.cut_at_ms);
  message.set_actor(branch.order.asker.actor);
  message.set_reason(branch.order.asker.reason);
  message.set_created_at_ms(branch.created_at_ms);
  message.set_computed_in_ms(branch.computed_in_ms);
  message.set_state(branch.adopted_version.empty() ? "open" : "adopted");
  message.set_base_stands(base_stands);
  message.set_adopted_version(branch.adopted_version);
  return message;
}

absl::StatusOr<v1::GetWhatIfResponse> ToProto(const WhatIfBranch& branch,
                                              const v1::GetWhatIfRequest& request) {
  const WhatIfResult& result = branch.result;
  const std::string code = request.region().empty() ? branch.order.region : request.region();
  const auto place = result.places.find(code);
  if (place == result.places.end()) {
    return base::Error(absl::StatusCode::kNotFound, "REGION_NOT_KEPT",
                       fmt::format("what-if {} is about region {}; {} is not inside, or has no "
                                   "families",
                                   branch.order.name, branch.order.region, code));
  }
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> inner, InnerMeasures(request));
  const WhatIfRegion& region = result.regions[place->second];
  v1::GetWhatIfResponse response;
  response.set_region(code);
  AddFigures(
      region, [](std::string_view) { return true; }, response.mutable_figures());
  *response.mutable_moves() = ToProto(region.moves, result);
  for (const size_t index : region.inner) {
    const WhatIfRegion& inside = result.regions[index];
    v1::WhatIfRegion* shown = response.add_inner();
    shown->set_region(inside.region);
    AddFigures(
        inside, [&](std::string_view id) { return std::ranges::find(inner, id) != inner.end(); },
        shown->mutable_figures());
    *shown->mutable_moves() = ToProto(inside.moves, result);
  }
  if (place->second == 0) AddWholeBranch(result, &response);
  return response;
}

}  // namespace sepakat::targeting
