#include "targeting/domain/eligibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "common/measures/catalogue.h"

namespace sepakat::targeting {
namespace {

std::string Upper(std::string_view name) {
  std::string upper(name);
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  return upper;
}

void NoteOutcome(Reasons* reasons, std::string_view part, Truth truth) {
  if (reasons == nullptr || truth == Truth::kTrue) return;
  reasons->push_back(
      fmt::format("{}_{}", Upper(part), truth == Truth::kFalse ? "NOT_MET" : "UNKNOWN"));
}

Truth Holds(const RulePart& part, const Features& features) {
  if (!features.Known(part.variable)) return Truth::kUnknown;
  const int32_t value = features.Value(part.variable);
  return TruthOf(value >= part.at_least && (part.at_most < part.at_least || value <= part.at_most));
}

}  // namespace

Truth OwnEligibility(const Programme& programme, const DeprivationMasks& masks,
                     std::optional<bool> poor, const Features& features, Reasons* reasons) {
  Truth result = Truth::kTrue;
  if ((programme.needs & ~masks.known) != 0) result = Truth::kUnknown;
  if ((programme.needs & masks.known & ~masks.deprived) != 0) result = Truth::kFalse;
  if (reasons == nullptr && result == Truth::kFalse) return result;
  for (int i = 0; reasons != nullptr && i < measures::kDeprivations; ++i) {
    if ((programme.needs >> i & 1) == 0) continue;
    NoteOutcome(reasons, measures::kDeprivationNames[i], masks.Of(i));
  }
  if (programme.poor_only) {
    const Truth below = poor ? TruthOf(*poor) : Truth::kUnknown;
    NoteOutcome(reasons, "poverty_line", below);
    result = And(result, below);
  }
  for (const RulePart& part : programme.parts) {
    const Truth holds = Holds(part, features);
    NoteOutcome(reasons, NameOf(part.variable), holds);
    result = And(result, holds);
  }
  return result;
}

Truth DecileEligibility(const Programme& programme, int decile, Reasons* reasons) {
  if (programme.decile_max == 0) return Truth::kTrue;
  const Truth truth = decile == 0 ? Truth::kUnknown : TruthOf(decile <= programme.decile_max);
  NoteOutcome(reasons, "decile", truth);
  return truth;
}

}  // namespace sepakat::targeting
