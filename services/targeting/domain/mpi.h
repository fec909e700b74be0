// The multidimensional poverty measure that is kept current: Alkire and Foster (2011) over the
// engine's deprivations.
//
// Which deprivations count, their whole weights (sum D) and the cut-off p/q are a versioned
// parameter. A family with an unknown answer to one of them stays out of every sum and is counted
// as unknown, or, where the parameter says so, counts as not deprived in it: three answers, one
// stated rule. Formulas: common/measures/alkire_foster.h; sums: common/measures/mpi_masks.h.
// Errors: InvalidArgument MPI_WITHOUT_INDICATORS, INDICATOR_UNKNOWN, INDICATOR_REPEATED,
//   WEIGHT_NOT_POSITIVE, WEIGHTS_CONTRADICT, CUTOFF_OUT_OF_RANGE, VERSION_MISSING.
// Thread: values. Complexity: constant per family; a table of 2^indicators entries per parameter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/measures/mpi_masks.h"
#include "targeting/domain/deprivations.h"

namespace sepakat::targeting {

struct MpiIndicator {
  std::string deprivation;  // one of measures::kDeprivationNames
  std::string dimension;
  int64_t weight = 0;
  bool operator==(const MpiIndicator&) const = default;
};

struct MpiParameter {
  std::string population;
  std::string id;
  std::string version;
  std::string name;
  std::string source;
  std::vector<MpiIndicator> indicators;
  // D, what the weights must add up to.
  int64_t denominator = 0;
  // k = p/q.
  int64_t cutoff_numerator = 1;
  int64_t cutoff_denominator = 3;
  bool unknown_is_not_deprived = false;
  bool operator==(const MpiParameter&) const = default;
};

// Three dimensions of equal weight, D = 18, k = 1/3, as the global index weighs them; insurance
// stands where that one asks for child mortality, which a register does not know.
MpiParameter DefaultMpi(std::string population);

absl::Status Check(const MpiParameter& mpi);

// The parameter, ready to count by.
class MpiCounter {
 public:
  // Requires Check(mpi).
  explicit MpiCounter(const MpiParameter& mpi);

  const measures::MpiMasks& masks() const { return masks_; }
  size_t indicators() const { return deprivations_.size(); }
  // Index among the engine's deprivations, and weight, of an indicator.
  int deprivation(size_t indicator) const { return deprivations_[indicator]; }
  int64_t weight(size_t indicator) const { return weights_[indicator]; }

  // Bit i is indicator i; measures::kAnswerMissing where the family stays out.
  uint16_t MaskOf(const DeprivationMasks& answers) const {
    if (!unknown_is_not_deprived_ && (answers.known & asked_) != asked_) {
      return measures::kAnswerMissing;
    }
    uint16_t mask = 0;
    for (size_t i = 0; i < deprivations_.size(); ++i) {
      mask = static_cast<uint16_t>(mask | (answers.deprived >> deprivations_[i] & 1) << i);
    }
    return mask;
  }

 private:
  std::vector<int> deprivations_;
  std::vector<int64_t> weights_;
  uint16_t asked_ = 0;
  bool unknown_is_not_deprived_;
  measures::MpiMasks masks_;
};

}  // namespace sepakat::targeting
