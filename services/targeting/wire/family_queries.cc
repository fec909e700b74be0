#include "targeting/wire/family_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "targeting/domain/family_lists.h"
#include "targeting/wire/family_codec.h"
#include "targeting/wire/parameter_codec.h"
#include "targeting/wire/trial_queries.h"

namespace sepakat::targeting {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 500;

absl::Status NotFound(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kNotFound, reason, message);
}

absl::StatusOr<int> FindProgramme(const PopulationState& state, const std::string& id) {
  if (id.empty()) return -1;
  const int bit = ProgrammeBit(state, id);
  if (bit < 0) return NotFound("PROGRAMME_UNKNOWN", "no programme is called " + id);
  return bit;
}

std::string TokenOf(const ListCursor& cursor) {
  return fmt::format("{}:{}:{}:{}", cursor.ranked ? 1 : 0, cursor.key.value,
                     cursor.key.family.Hex(), cursor.listed);
}

absl::StatusOr<ListCursor> CursorOf(std::string_view token) {
  const auto malformed = [] {
    return base::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_MALFORMED",
                       "the page token is not one that this service gave");
  };
  std::string_view parts[4];
  for (int i = 0; i < 4; ++i) {
    const size_t end = i < 3 ? token.find(':') : token.size();
    if (end == std::string_view::npos) return malformed();
    parts[i] = token.substr(0, end);
    token.remove_prefix(std::min(end + 1, token.size()));
  }
  const auto number = [](std::string_view text, int64_t* value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
    return error == std::errc{} && end == text.data() + text.size();
  };
  ListCursor cursor;
  const absl::StatusOr<FamilyKey> key = FamilyKey::Parse(parts[2]);
  if (!key.ok() || !number(parts[1], &cursor.key.value) || !number(parts[3], &cursor.listed) ||
      cursor.listed < 0) {
    return malformed();
  }
  cursor.ranked = parts[0] == "1";
  cursor.key.family = *key;
  return cursor;
}

v1::RankedFamily Describe(const PopulationState& state, uint32_t slot, int64_t rank) {
  const FamilyRecord& record = state.records().at(slot);
  const FamilyClasses classes = state.ClassesOf(record);
  v1::RankedFamily family;
  family.set_family_id(record.key.Hex());
  family.set_region(state.tree().at(record.node).code);
  family.set_rank(rank);
  family.set_size(record.size);
  if (record.scored) family.set_score_micro(record.rank_value);
  family.set_decile(record.decile);
  if (record.welfare >= 0) family.set_welfare(record.welfare);
  if (classes.poverty != PovertyClass::kUnknown) {
    family.set_poor(classes.poverty == PovertyClass::kPoor);
  }
  for (int i = 0; i < measures::kDeprivations; ++i) {
    if (record.masks.Of(i) != Truth::kTrue) continue;
    family.add_deprivations(std::string(measures::kDeprivationNames[i]));
  }
  family.set_families_to_boundary(FamiliesToBoundary(state, record));
  return family;
}

void AddExplanation(const PopulationState& state, const Explanation& explanation,
                    v1::ExplainFamilyResponse* response) {
  for (const VariableView& view : explanation.variables) {
    *response->add_variables() = ToProto(view);
  }
  for (const RuleView& view : explanation.rules) {
    *response->add_rules() = ToRule(view, state.rules().version);
  }
  for (const RuleView& view : explanation.programmes) {
    *response->add_programmes() = ToProgramme(view);
  }
  if (explanation.line) {
    response->set_poverty_line(explanation.line->line);
    response->set_poverty_line_version(explanation.line->version);
  }
  response->set_model_id(std::string(kWelfareRanking));
  if (explanation.model != nullptr) {
    response->set_model_id(explanation.model->id);
    response->set_model_version(explanation.model->version);
    response->set_intercept_micro(explanation.model->intercept_micro);
  }
  response->set_national_rank(explanation.national_rank);
  response->set_ranked_families(explanation.ranked_families);
}

}  // namespace

absl::StatusOr<const PopulationState*> FindPopulation(const Engine& engine,
                                                      std::string_view population) {
  const std::string id = PopulationOr(population);
  if (const PopulationState* state = engine.Find(id)) return state;
  return NotFound("POPULATION_UNKNOWN", "no population is called " + id);
}

absl::StatusOr<uint32_t> FindRegion(const PopulationState& state, std::string_view region) {
  const std::string_view code = region.empty() ? base::kNationCode : region;
  const uint32_t index = state.tree().Find(code);
  if (index != RegionTree::kNone) return index;
  return NotFound("REGION_WITHOUT_FAMILIES",
                  fmt::format("no family of {} is recorded in region {}", state.id(), code));
}

absl::StatusOr<uint32_t> FindFamily(const PopulationState& state, const std::string& family_id) {
  SEPAKAT_ASSIGN_OR_RETURN(const FamilyKey key, FamilyKey::Parse(family_id));
  const std::optional<uint32_t> slot = state.records().Find(key);
  if (slot && state.records().at(*slot).state == FamilyState::kRecorded) return *slot;
  return NotFound("FAMILY_UNKNOWN", "no family of that id is in the register");
}

v1::VariableExplanation ToProto(const VariableView& view) {
  v1::VariableExplanation variable;
  variable.set_variable(std::string(NameOf(view.variable)));
  if (view.value) variable.set_value(*view.value);
  variable.set_contribution_micro(view.contribution_micro);
  variable.set_in_model(view.in_model);
  return variable;
}

v1::RuleExplanation ToRule(const RuleView& view, std::string_view version) {
  v1::RuleExplanation rule;
  rule.set_rule(view.name);
  rule.set_version(std::string(version));
  rule.set_result(std::string(NameOf(view.result)));
  rule.mutable_reasons()->Add(view.reasons.begin(), view.reasons.end());
  return rule;
}

v1::ProgrammeExplanation ToProgramme(const RuleView& view) {
  v1::ProgrammeExplanation programme;
  programme.set_programme_id(view.name);
  programme.set_result(std::string(NameOf(view.result)));
  programme.mutable_reasons()->Add(view.reasons.begin(), view.reasons.end());
  return programme;
}

absl::StatusOr<v1::ListFamiliesResponse> AnswerListFamilies(
    const Engine& engine, const v1::ListFamiliesRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const PopulationState* state,
                           FindPopulation(engine, request.population()));
  SEPAKAT_ASSIGN_OR_RETURN(const uint32_t region, FindRegion(*state, request.region()));
  SEPAKAT_ASSIGN_OR_RETURN(const int programme, FindProgramme(*state, request.programme_id()));
  std::optional<ListCursor> after;
  if (!request.page_token().empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(after, CursorOf(request.page_token()));
  }
  const int asked = request.page_size() <= 0 ? kDefaultPage : request.page_size();
  const auto size = static_cast<size_t>(std::min(asked, kLargestPage));
  const FamilyPage page =
      !after && request.first_rank() > 1
          ? ListFamiliesFrom(*state, region, programme, request.first_rank(), size)
          : ListFamilies(*state, region, programme, after, size);
  v1::ListFamiliesResponse response;
  int64_t rank = page.first_rank;
  for (uint32_t slot : page.slots) *response.add_families() = Describe(*state, slot, rank++);
  if (page.next) response.set_next_page_token(TokenOf(*page.next));
  response.set_total(page.total);
  return response;
}

absl::StatusOr<v1::SelectFamiliesResponse> AnswerSelectFamilies(
    const Engine& engine, const v1::SelectFamiliesRequest& request) {
  const std::string population = engine.parameters().PopulationOfProgramme(request.programme_id());
  if (population.empty()) {
    return NotFound("PROGRAMME_UNKNOWN", "no programme is called " + request.programme_id());
  }
  SEPAKAT_ASSIGN_OR_RETURN(const PopulationState* state, FindPopulation(engine, population));
  SEPAKAT_ASSIGN_OR_RETURN(const int programme, FindProgramme(*state, request.programme_id()));
  v1::SelectFamiliesResponse response;
  for (const v1::RegionQuota& quota : request.quotas()) {
    if (quota.families() < 0) {
      return base::Error(absl::StatusCode::kInvalidArgument, "QUOTA_NEGATIVE",
                         "the quota of " + quota.region() + " is negative");
    }
    const uint32_t region = state->tree().Find(quota.region());
    if (region == RegionTree::kNone) continue;
    int64_t rank = 0;
    for (uint32_t slot :
         FirstFamilies(*state, region, programme, static_cast<size_t>(quota.families()))) {
      *response.add_families() = Describe(*state, slot, ++rank);
    }
  }
  return response;
}

absl::StatusOr<v1::ExplainFamilyResponse> AnswerExplainFamily(
    const Engine& engine, const v1::ExplainFamilyRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const PopulationState* state,
                           FindPopulation(engine, request.population()));
  SEPAKAT_ASSIGN_OR_RETURN(const uint32_t slot, FindFamily(*state, request.family_id()));
  const FamilyRecord& record = state->records().at(slot);
  const Explanation explanation = Explain(*state, record);
  const Provenance& provenance = state->provenance(record.provenance);
  v1::ExplainFamilyResponse response;
  *response.mutable_family() = Describe(*state, slot, explanation.national_rank);
  response.set_version(record.version);
  response.set_observed_on(record.observed_on);
  response.set_source(provenance.source);
  response.set_codebook_id(provenance.codebook_id);
  response.mutable_flags()->Add(provenance.flags.begin(), provenance.flags.end());
  *response.mutable_snapshot() = ToProto(record, explanation.features, provenance);
  AddExplanation(*state, explanation, &response);
  const FamilyTrial trial(*state, record);
  Standing standing = trial.AsRecorded();
  trial.AddRanks(&standing);
  *response.mutable_standing() = ToProto(*state, standing, /*with_views=*/false);
  return response;
}

}  // namespace sepakat::targeting
