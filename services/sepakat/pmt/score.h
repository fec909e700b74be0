// A model applied to a survey: score, rank and decile of each family.
//
// Families are ordered by score, equal scores by their place in the file, 1 the worst off. Deciles
// hold equal numbers of families, or of persons: 1 + floor(10 C / W) with C the weight before the
// family (the rule of targeting). A family without a score has neither rank nor decile.
// It is a local estimate, never the official decile.
// Errors: those of the quantile; InvalidArgument NO_SCORE where no family has one.
// Thread: pure function. Complexity: O(n log n).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pmt/model.h"
#include "sepakat/pmt/families.h"

namespace sepakat::pmt {

struct FamilyScore {
  std::optional<int64_t> score_micro;
  int64_t rank = 0;     // 0 without a score
  uint32_t decile = 0;  // 0 without a score
};

absl::StatusOr<std::vector<FamilyScore>> ScoreFamilies(const Families& families, const Model& model,
                                                       bool by_persons);

}  // namespace sepakat::pmt
