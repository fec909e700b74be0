// Why one family stands where it stands: every variable, rule, programme and distance.
//
// Thread: the owner of the state. Complexity: linear in the variables, rules and programmes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "targeting/domain/population_state.h"
#include "targeting/domain/truth.h"

namespace sepakat::targeting {

struct VariableView {
  Variable variable = Variable::kMembers;
  std::optional<int32_t> value;
  int64_t contribution_micro = 0;
  bool in_model = false;
};

struct RuleView {
  std::string name;
  Truth result = Truth::kUnknown;
  Reasons reasons;
};

struct Explanation {
  Features features;
  std::vector<VariableView> variables;
  std::vector<RuleView> rules;       // the fourteen deprivations
  std::vector<RuleView> programmes;  // by id
  std::optional<LineClass> line;
  const Model* model = nullptr;  // nullptr where welfare ranks
  int64_t national_rank = 0;     // 0 when unranked
  int64_t ranked_families = 0;
};

// The parts, for a family that is recorded or only thought of. `model` nullptr: nothing is scored.
std::vector<VariableView> ViewVariables(const Features& features, const Model* model);
std::vector<RuleView> ViewRules(const Features& features, int32_t size, const RuleSet& rules);
std::vector<RuleView> ViewProgrammes(std::span<const Programme* const> programmes,
                                     const Features& features, const Derived& derived, int decile);

Explanation Explain(const PopulationState& state, const FamilyRecord& record);

}  // namespace sepakat::targeting
