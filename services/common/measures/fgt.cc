#include "common/measures/fgt.h"

namespace sepakat::measures {

bool InIntakeBounds(int64_t welfare, int64_t person_weight) {
  return welfare >= 0 && welfare < kWelfareEnd && person_weight > 0 &&
         person_weight < kPersonWeightEnd;
}

FgtSums& FgtSums::operator+=(const FgtSums& other) {
  families += other.families;
  weight += other.weight;
  poor_families += other.poor_families;
  poor_weight += other.poor_weight;
  gap += other.gap;
  gap_squared += other.gap_squared;
  return *this;
}

void FgtSums::Add(int64_t line, int64_t welfare, int64_t family_weight, int64_t person_weight,
                  int sign) {
  families += sign;
  weight += sign * person_weight;
  if (welfare >= line) return;
  const base::Int128 shortfall = line - welfare;
  poor_families += sign * family_weight;
  poor_weight += sign * person_weight;
  gap += sign * (shortfall * person_weight);
  gap_squared += sign * (shortfall * shortfall * person_weight);
}

Ratio Fgt(std::span<const LineSums> lines, int order) {
  Ratio ratio;
  for (const LineSums& line : lines) {
    const base::Int128 z = line.line;
    ratio.denominator += line.sums.weight;
    if (order == 0) ratio.numerator += line.sums.poor_weight;
    if (order == 1) ratio.numerator += base::QuotientShift40(line.sums.gap, z);
    if (order == 2) ratio.numerator += base::QuotientShift40(line.sums.gap_squared, z * z);
  }
  if (order > 0) ratio.denominator <<= 40;
  return ratio;
}

}  // namespace sepakat::measures
