#include "common/measures/alkire_foster.h"

#include <fmt/format.h>

#include <bit>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"
#include "common/measures/sample.h"

namespace sepakat::measures {
namespace {

template <typename Visit>
void ForEachBit(uint64_t bits, Visit visit) {
  for (; bits != 0; bits &= bits - 1) visit(static_cast<size_t>(std::countr_zero(bits)));
}

int64_t ScoreOf(const MpiSpecification& specification, uint64_t deprived) {
  int64_t score = 0;
  ForEachBit(deprived, [&](size_t j) { score += specification.indicators[j].weight; });
  return score;
}

bool Dropped(const MpiSpecification& specification, Deprivations unit) {
  return unit.unknown != 0 && specification.unknown == UnknownRule::kDropUnit;
}

}  // namespace

absl::Status CheckMpiSample(const MpiSpecification& specification, MpiSample sample) {
  SEPAKAT_RETURN_IF_ERROR(CheckSpecification(specification));
  if (sample.units.size() != sample.weights.size()) {
    return Invalid("LENGTH_MISMATCH",
                   fmt::format("{} units and {} weights; give one weight per unit",
                               sample.units.size(), sample.weights.size()));
  }
  SEPAKAT_RETURN_IF_ERROR(CheckWeights(sample.weights));
  const size_t indicators = specification.indicators.size();
  const uint64_t beyond = indicators == kMostIndicators ? 0 : ~uint64_t{0} << indicators;
  for (size_t i = 0; i < sample.size(); ++i) {
    const Deprivations unit = sample.units[i];
    if (((unit.deprived | unit.unknown) & beyond) != 0 || (unit.deprived & unit.unknown) != 0) {
      return Invalid("BAD_DEPRIVATION",
                     fmt::format("unit {}: a deprivation is both known and unknown, or belongs to "
                                 "none of the {} indicators",
                                 i + 1, indicators));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<MpiFigures> Mpi(const MpiSpecification& specification, MpiSample sample) {
  SEPAKAT_RETURN_IF_ERROR(CheckMpiSample(specification, sample));
  const size_t indicators = specification.indicators.size();
  const auto denominator = static_cast<double>(Denominator(specification));
  const int64_t least_poor = LeastPoorScore(specification);
  MpiFigures figures;
  CompensatedSum weight, dropped, poor, scores;
  std::vector<CompensatedSum> raw(indicators);
  std::vector<CompensatedSum> censored(indicators);
  for (size_t i = 0; i < sample.size(); ++i) {
    const Deprivations unit = sample.units[i];
    const double w = sample.weights[i];
    if (Dropped(specification, unit)) {
      ++figures.dropped_units;
      dropped.Add(w);
      continue;
    }
    ++figures.units;
    weight.Add(w);
    ForEachBit(unit.deprived, [&](size_t j) { raw[j].Add(w); });
    const int64_t score = ScoreOf(specification, unit.deprived);
    if (score < least_poor) continue;
    poor.Add(w);
    scores.Add(w * static_cast<double>(score));
    ForEachBit(unit.deprived, [&](size_t j) { censored[j].Add(w); });
  }
  figures.weight = weight.value();
  figures.dropped_weight = dropped.value();
  if (figures.weight == 0) {
    return Undefined(
        "NO_COMPLETE_UNIT",
        fmt::format("no unit with weight is left: {} of {} were dropped for an unknown "
                    "deprivation; use bounds, or a rule that keeps them",
                    figures.dropped_units, sample.size()));
  }
  const double score_sum = scores.value();
  figures.headcount = poor.value() / figures.weight;
  figures.adjusted = score_sum / denominator / figures.weight;
  if (poor.value() > 0) figures.intensity = score_sum / denominator / poor.value();
  for (size_t j = 0; j < indicators; ++j) {
    IndicatorFigures& indicator = figures.indicators.emplace_back();
    indicator.raw = raw[j].value() / figures.weight;
    indicator.censored = censored[j].value() / figures.weight;
    if (score_sum > 0) {
      indicator.contribution =
          static_cast<double>(specification.indicators[j].weight) * censored[j].value() / score_sum;
    }
  }
  for (const MpiDimension& dimension : specification.dimensions) {
    std::optional<double>& sum = figures.dimension_contributions.emplace_back();
    for (size_t j = 0; j < indicators; ++j) {
      if (specification.indicators[j].dimension != dimension.id) continue;
      if (figures.indicators[j].contribution) {
        sum = sum.value_or(0) + *figures.indicators[j].contribution;
      }
    }
  }
  return figures;
}

std::vector<std::optional<int64_t>> Scores(const MpiSpecification& specification,
                                           MpiSample sample) {
  std::vector<std::optional<int64_t>> scores(sample.size());
  for (size_t i = 0; i < sample.size(); ++i) {
    const Deprivations unit = sample.units[i];
    if (!Dropped(specification, unit)) scores[i] = ScoreOf(specification, unit.deprived);
  }
  return scores;
}

}  // namespace sepakat::measures
