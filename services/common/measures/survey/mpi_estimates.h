// The multidimensional poverty index with design errors, by domain.
//
// Every figure of alkire_foster.h is a mean or a ratio of columns of rows, so its error is that of
// a ratio (estimator.h), exactly as Stata's `mpitb` and R's `survey` give it:
//   H = mean [poor]             A = sum w c [poor] / sum w [poor]       M0 = mean c [poor]
//   raw = mean d_j              censored = mean d_j [poor]
//   contribution = sum w v_j d_j [poor] / sum w D c [poor]
// A does not multiply errors of H and M0; it is a ratio of its own, over the poor only.
// Rows that the specification's rule for unknowns drops stay in the design and leave the domains.
// The change between two independent surveys is change.h; that of H, A and M0 in parts
// mpi_change.h. Thread: pure function. Complexity: O(rows x indicators), one indicator in memory at
// a time. Errors: those of CheckSpecification; InvalidArgument LENGTH_MISMATCH. A domain without
// poor has no A and no contributions (ZERO_DENOMINATOR).
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/alkire_foster.h"
#include "common/measures/survey/estimator.h"

namespace sepakat::measures {

struct MpiEstimates {
  struct Indicator {
    DomainEstimates raw;
    DomainEstimates censored;
    DomainEstimates contribution;
  };
  DomainEstimates headcount;
  DomainEstimates intensity;
  DomainEstimates adjusted;
  std::vector<Indicator> indicators;                     // in the specification's order
  std::vector<DomainEstimates> dimension_contributions;  // the same
};

// `units` has one entry per row of the design, whose weights count persons.
absl::StatusOr<MpiEstimates> EstimateMpi(const Design& design, const Domains& domains,
                                         const MpiSpecification& specification,
                                         std::span<const Deprivations> units,
                                         EstimateOptions options = {},
                                         IntervalForm form = IntervalForm::kSymmetric);

}  // namespace sepakat::measures
