// Alkire-Foster counting over bit masks: what every combination of deprivations scores is computed
// once, so that a family costs one look-up.
//
//   c = sum of the weights of its deprivations, out of D;  poor if q c >= p D  (k = p/q)
//   H = sum w [poor] / sum w,  M0 = sum w c [poor] / (D sum w),  A = M0 / H
//
// Bit i stands for indicator i of the specification. A family with a missing answer carries
// kAnswerMissing and stays out of every sum (UnknownRule::kDropUnit); under kNotDeprived the caller
// leaves that bit out. Integers only, so sums commute and cancel.
// Source: Alkire and Foster (2011). Errors: those of CheckSpecification(), and InvalidArgument
// TOO_MANY_INDICATORS. Thread: values. Complexity: 4 bytes times 2^indicators, constant per family.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/fixed_point.h"
#include "common/measures/fgt.h"
#include "common/measures/mpi_specification.h"

namespace sepakat::measures {

inline constexpr size_t kMaskIndicators = 15;
inline constexpr uint16_t kAnswerMissing = 1 << kMaskIndicators;

class MpiMasks {
 public:
  static absl::StatusOr<MpiMasks> Create(const MpiSpecification& specification);

  size_t indicators() const { return indicators_; }
  int64_t denominator() const { return denominator_; }
  // c of a poor combination, 0 of any other. Requires a mask of these indicators and
  // kAnswerMissing.
  uint32_t CensoredScore(uint16_t mask) const { return censored_[mask & most_]; }

 private:
  size_t indicators_ = 0;
  int64_t denominator_ = 0;
  uint16_t most_ = 0;
  std::vector<uint32_t> censored_;
};

struct MpiMaskSums {
  int64_t persons = 0;       // sum w, answers known
  int64_t poor_persons = 0;  // sum w [poor]
  base::Int128 score = 0;    // sum w c [poor]
  // By indicator: sum w [deprived], and of the poor alone.
  std::array<int64_t, kMaskIndicators + 1> deprived{};
  std::array<int64_t, kMaskIndicators + 1> censored{};

  bool operator==(const MpiMaskSums&) const = default;
  MpiMaskSums& operator+=(const MpiMaskSums& other);
  // Adds (sign = 1) or takes away (sign = -1) one family.
  void Add(const MpiMasks& masks, uint16_t deprived_mask, int64_t person_weight, int sign);
};

// Denominator 0 when nobody's answers are known; of the intensity when nobody is poor.
Ratio MultidimensionalHeadcount(const MpiMaskSums& sums);
Ratio Intensity(const MpiMaskSums& sums, const MpiMasks& masks);
Ratio AdjustedHeadcount(const MpiMaskSums& sums, const MpiMasks& masks);

}  // namespace sepakat::measures
