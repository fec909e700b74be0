#include "targeting/domain/derivation.h"

#include "targeting/domain/eligibility.h"
#include "targeting/domain/score.h"

namespace sepakat::targeting {

int32_t LineOf(const Yardstick& yardstick, const Features& features, const FamilyInputs& inputs) {
  return yardstick.lines->ClassOf(inputs.lines, features.Value(Variable::kUrbanRural),
                                  inputs.observed_on);
}

PovertyClass PovertyOf(const LineTable& lines, int32_t line, int64_t welfare) {
  if (welfare < 0 || line < 0) return PovertyClass::kUnknown;
  return welfare < lines.classes()[static_cast<size_t>(line)].line ? PovertyClass::kPoor
                                                                   : PovertyClass::kNotPoor;
}

void DeriveRank(const Yardstick& yardstick, const Features& features, int64_t welfare,
                Derived* derived) {
  if (yardstick.model == nullptr) {
    derived->scored = false;
    derived->ranked = welfare >= 0;
    derived->rank_value = derived->ranked ? welfare : 0;
    return;
  }
  const std::optional<int64_t> score = Score(*yardstick.model, features);
  derived->scored = derived->ranked = score.has_value();
  derived->rank_value = score.value_or(0);
}

void DeriveProgrammes(const Yardstick& yardstick, const Features& features, Derived* derived) {
  std::optional<bool> poor;
  if (derived->poverty != PovertyClass::kUnknown) poor = derived->poverty == PovertyClass::kPoor;
  derived->own_true = 0;
  derived->own_unknown = 0;
  for (size_t i = 0; i < yardstick.programmes.size(); ++i) {
    const Truth own =
        OwnEligibility(*yardstick.programmes[i], derived->masks, poor, features, nullptr);
    if (own == Truth::kTrue) derived->own_true |= uint64_t{1} << i;
    if (own == Truth::kUnknown) derived->own_unknown |= uint64_t{1} << i;
  }
}

Derived Derive(const Yardstick& yardstick, const Features& features, const FamilyInputs& inputs) {
  Derived derived;
  derived.masks = EvaluateDeprivations(features, inputs.size, *yardstick.rules);
  derived.line = LineOf(yardstick, features, inputs);
  derived.poverty = PovertyOf(*yardstick.lines, derived.line, inputs.welfare);
  DeriveRank(yardstick, features, inputs.welfare, &derived);
  DeriveProgrammes(yardstick, features, &derived);
  return derived;
}

ServedDeciles::ServedDeciles(std::span<const Programme* const> programmes) {
  for (size_t bit = 0; bit < programmes.size(); ++bit) {
    for (size_t decile = 0; decile < served.size(); ++decile) {
      const Truth truth = DecileEligibility(*programmes[bit], static_cast<int>(decile), nullptr);
      if (truth == Truth::kTrue) served[decile] |= uint64_t{1} << bit;
      if (truth == Truth::kUnknown) undecided[decile] |= uint64_t{1} << bit;
    }
  }
}

FamilyClasses ServedDeciles::ClassesOf(const Derived& derived, int decile) const {
  const auto index = static_cast<size_t>(decile);
  FamilyClasses classes;
  classes.present = true;
  classes.decile = static_cast<uint8_t>(decile);
  classes.poverty = derived.poverty;
  classes.open = derived.own_true & served[index];
  classes.unclear = (derived.own_unknown & (served[index] | undecided[index])) |
                    (derived.own_true & undecided[index]);
  return classes;
}

MpiCounter CounterOf(const ParameterSet& parameters) {
  return MpiCounter(Check(parameters.mpi).ok() ? parameters.mpi : DefaultMpi({}));
}

std::vector<const Programme*> CountedProgrammes(const ParameterSet& parameters) {
  std::vector<const Programme*> programmes;
  for (const auto& [id, programme] : parameters.programmes) {
    if (programmes.size() == kMaxProgrammes) break;
    programmes.push_back(&programme);
  }
  return programmes;
}

}  // namespace sepakat::targeting
