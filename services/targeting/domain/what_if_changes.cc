#include "targeting/domain/what_if_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "common/base/fixed_point.h"
#include "common/base/region_code.h"
#include "common/base/status.h"

namespace sepakat::targeting {
namespace {

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

bool Nothing(const WhatIfChanges& changes) {
  return changes.lines.empty() && changes.line_percent == kWholePercent && !changes.model &&
         !changes.settings && changes.programmes.empty() && changes.rules == nullptr &&
         !changes.mpi && changes.weights.empty();
}

// value * percent, half to even, in the unit of the population.
absl::StatusOr<std::string> Scaled(const PovertyLine& line, int64_t percent, int decimals) {
  SEPAKAT_ASSIGN_OR_RETURN(const int64_t value, base::ParseScaled(line.value, decimals));
  const std::string text = base::QuotientText(base::Int128{value} * percent, kWholePercent, 0);
  SEPAKAT_ASSIGN_OR_RETURN(const base::Int128 scaled, base::ParseInt128(text));
  return base::ScaledToText(scaled, decimals);
}

absl::Status ChangeLines(const WhatIfChanges& changes, ParameterSet* set) {
  if (changes.line_percent <= 0 || changes.line_percent > kLargestPercent) {
    return Invalid("PERCENT_OUT_OF_RANGE", "line_percent must lie above 0 and be at most 1000");
  }
  std::set<PovertyLine::Key> given;
  for (const PovertyLine& line : changes.lines) {
    if (!given.insert(line.key()).second) {
      return Invalid("LINES_CONTRADICT",
                     fmt::format("two lines hold for region {}, area {}, from day {}", line.region,
                                 line.urban_rural, line.valid_from));
    }
  }
  if (changes.line_percent != kWholePercent) {
    const std::string percent = base::ScaledToText(changes.line_percent, 4);
    for (auto& [key, line] : set->lines) {
      if (given.contains(key)) continue;
      SEPAKAT_ASSIGN_OR_RETURN(
          line.value, Scaled(line, changes.line_percent, set->population.welfare_decimals));
      line.version = fmt::format("{} x {}%", line.version, percent);
    }
  }
  for (const PovertyLine& line : changes.lines) set->lines[line.key()] = line;
  for (const auto& [key, line] : set->lines) {
    SEPAKAT_RETURN_IF_ERROR(Check(line, set->population));
  }
  return absl::OkStatus();
}

absl::Status ChangeRanking(const WhatIfChanges& changes, ParameterSet* set) {
  if (changes.model) {
    SEPAKAT_RETURN_IF_ERROR(Check(*changes.model));
    set->models[changes.model->id] = *changes.model;
  }
  if (!changes.settings) return absl::OkStatus();
  SEPAKAT_RETURN_IF_ERROR(Check(*changes.settings));
  set->settings = *changes.settings;
  const std::string& id = set->settings.model_id;
  if (id.empty() || id == kWelfareRanking || set->models.contains(id)) return absl::OkStatus();
  return Invalid("MODEL_UNKNOWN", "no model is called " + id + "; give it with the branch");
}

// The values that all parts leave for one variable must not be empty.
absl::Status CheckParts(const Programme& programme) {
  std::map<Variable, std::pair<int64_t, int64_t>> left;
  for (const RulePart& part : programme.parts) {
    auto& [least, most] = left.try_emplace(part.variable, -kValueEnd, kValueEnd).first->second;
    least = std::max<int64_t>(least, part.at_least);
    if (part.at_most >= part.at_least) most = std::min<int64_t>(most, part.at_most);
    if (least > most) {
      return Invalid("RULE_CONTRADICTS",
                     fmt::format("programme {}: no value of {} meets all parts of its rule",
                                 programme.id, NameOf(part.variable)));
    }
  }
  return absl::OkStatus();
}

absl::Status ChangeProgrammes(const WhatIfChanges& changes, ParameterSet* set) {
  std::set<std::string> given;
  for (const Programme& changed : changes.programmes) {
    const auto it = set->programmes.find(changed.id);
    if (it == set->programmes.end()) {
      return Invalid("PROGRAMME_UNKNOWN", fmt::format("population {} has no programme called `{}`",
                                                      set->population.id, changed.id));
    }
    if (!given.insert(changed.id).second) {
      return Invalid("PROGRAMME_REPEATED",
                     fmt::format("programme {} has two rules in one branch", changed.id));
    }
    if (changed.decile_max < 0 || changed.decile_max > measures::kDeciles) {
      return Invalid("DECILE_OUT_OF_RANGE",
                     fmt::format("programme {}: decile_max is 1 to 10, or 0 for any", changed.id));
    }
    SEPAKAT_RETURN_IF_ERROR(CheckParts(changed));
    Programme& programme = it->second;
    programme.version += " what-if";
    programme.needs = changed.needs;
    programme.decile_max = changed.decile_max;
    programme.poor_only = changed.poor_only;
    programme.parts = changed.parts;
  }
  return absl::OkStatus();
}

absl::Status CheckWeights(const std::vector<AreaFactor>& weights) {
  std::set<std::pair<std::string, int>> given;
  for (const AreaFactor& area : weights) {
    if (!base::IsRegionCode(area.region)) {
      return Invalid("REGION_CODE_MALFORMED",
                     fmt::format("`{}` is not a region code such as 33.26", area.region));
    }
    if (area.urban_rural < 0 || area.urban_rural > 2) {
      return Invalid("URBAN_RURAL_OUT_OF_RANGE", "urban_rural of a factor is 0, 1 or 2");
    }
    if (area.factor_micro <= 0 || area.factor_micro > kLargestFactorMicro) {
      return Invalid("FACTOR_OUT_OF_RANGE",
                     fmt::format("the factor of {} must be at least a millionth and at most 100",
                                 area.region));
    }
    if (!given.insert({area.region, area.urban_rural}).second) {
      return Invalid("FACTORS_CONTRADICT",
                     fmt::format("region {} has two factors for the same area", area.region));
    }
  }
  return absl::OkStatus();
}

}  // namespace

int64_t ScaledWeight(int64_t weight, int64_t factor_micro) {
  constexpr int64_t kUnit = 1'000'000;
  const base::Int128 product = base::Int128{weight} * factor_micro;
  auto whole = static_cast<int64_t>(product / kUnit);
  const auto twice_rest = static_cast<int64_t>(2 * (product % kUnit));
  if (twice_rest > kUnit || (twice_rest == kUnit && whole % 2 != 0)) ++whole;
  return std::max<int64_t>(whole, 1);
}

absl::StatusOr<ParameterSet> Changed(const ParameterSet& base, const WhatIfChanges& changes) {
  if (Nothing(changes)) {
    return Invalid("NOTHING_CHANGED",
                   "the branch changes nothing: give it a line, a model, settings, a rule, a rule "
                   "set or weights");
  }
  ParameterSet set = base;
  SEPAKAT_RETURN_IF_ERROR(ChangeLines(changes, &set));
  SEPAKAT_RETURN_IF_ERROR(ChangeRanking(changes, &set));
  SEPAKAT_RETURN_IF_ERROR(ChangeProgrammes(changes, &set));
  if (changes.mpi) {
    SEPAKAT_RETURN_IF_ERROR(Check(*changes.mpi));
    set.mpi = *changes.mpi;
  }
  SEPAKAT_RETURN_IF_ERROR(CheckWeights(changes.weights));
  return set;
}

}  // namespace sepakat::targeting
