#include "common/measures/mpi_masks.h"

#include <fmt/format.h>

#include <bit>

#include "common/base/status.h"

namespace sepakat::measures {

absl::StatusOr<MpiMasks> MpiMasks::Create(const MpiSpecification& specification) {
  SEPAKAT_RETURN_IF_ERROR(CheckSpecification(specification));
  const size_t indicators = specification.indicators.size();
  if (indicators > kMaskIndicators) {
    return base::Error(absl::StatusCode::kInvalidArgument, "TOO_MANY_INDICATORS",
                       fmt::format("{} has {} indicators, a mask holds {}", specification.id,
                                   indicators, kMaskIndicators));
  }
  MpiMasks masks;
  masks.indicators_ = indicators;
  masks.denominator_ = Denominator(specification);
  masks.most_ = static_cast<uint16_t>((1U << indicators) - 1);
  const int64_t least = LeastPoorScore(specification);
  masks.censored_.resize(size_t{1} << indicators);
  std::vector<uint32_t> scores(masks.censored_.size());
  for (size_t mask = 1; mask < scores.size(); ++mask) {
    const size_t rest = mask & (mask - 1);
    const auto first = static_cast<size_t>(std::countr_zero(mask));
    scores[mask] = scores[rest] + static_cast<uint32_t>(specification.indicators[first].weight);
    if (scores[mask] >= least) masks.censored_[mask] = scores[mask];
  }
  return masks;
}

MpiMaskSums& MpiMaskSums::operator+=(const MpiMaskSums& other) {
  persons += other.persons;
  poor_persons += other.poor_persons;
  score += other.score;
  for (size_t i = 0; i < deprived.size(); ++i) {
    deprived[i] += other.deprived[i];
    censored[i] += other.censored[i];
  }
  return *this;
}

void MpiMaskSums::Add(const MpiMasks& masks, uint16_t deprived_mask, int64_t person_weight,
                      int sign) {
  if ((deprived_mask & kAnswerMissing) != 0) return;
  const int64_t weight = sign * person_weight;
  const uint32_t c = masks.CensoredScore(deprived_mask);
  persons += weight;
  const int64_t of_poor = c != 0 ? weight : 0;
  poor_persons += of_poor;
  score += base::Int128{weight} * c;
  for (size_t i = 0; i < kMaskIndicators; ++i) {
    const int64_t is_deprived = -static_cast<int64_t>(deprived_mask >> i & 1);  // all ones, or 0
    deprived[i] += weight & is_deprived;
    censored[i] += of_poor & is_deprived;
  }
}

Ratio MultidimensionalHeadcount(const MpiMaskSums& sums) {
  return {sums.poor_persons, sums.persons};
}

Ratio Intensity(const MpiMaskSums& sums, const MpiMasks& masks) {
  return {sums.score, base::Int128{sums.poor_persons} * masks.denominator()};
}

Ratio AdjustedHeadcount(const MpiMaskSums& sums, const MpiMasks& masks) {
  return {sums.score, base::Int128{sums.persons} * masks.denominator()};
}

}  // namespace sepakat::measures
