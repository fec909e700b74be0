// The second way to an error: measure again under many sets of weights, and see how much it moves.
//
//   variance = scale * sum_r r_scale_r (theta_r - c)^2
// with c the mean of the replicates, or the estimate itself (mse). It needs no linearisation and so
// serves any measure, at the price of measuring once per replicate. Sets of weights:
//   JK1        leaves out one primary unit at a time and multiplies the rest by n/(n-1), all
//              strata as one; scale (n-1)/n (1 - f)
//   JKn        the same within each stratum; r_scale (n_h - 1)/n_h (1 - f_h)
//   bootstrap  draws n_h - 1 of the n_h primary units of a stratum with replacement; a unit drawn k
//              times gets the factor 1 - l + l k n_h/(n_h - 1), l = sqrt(1 - f_h); scale 1/(R - 1)
//              (Rao, Wu, Yue 1992, Survey Methodology 18(2); without f "subbootstrap" of R)
//   given      columns delivered with the survey, with the scales that its documentation tells
// (Wolter 2007, Introduction to Variance Estimation, chapters 4 and 5.) Only primary units are
// resampled, so further stages count as under the ultimate-cluster rule. The jackknife is not
// consistent for quantiles and what is built on them (median, relative lines, QSR); use the
// bootstrap or linearisation there.
// Factors are kept per primary unit, not per row, and those of a jackknife not at all.
// Thread: values; randomness is the caller's. Complexity: O(rows) per replicate.
// Errors: InvalidArgument BAD_REPLICATES, LENGTH_MISMATCH, NEGATIVE_WEIGHT, NOT_FINITE;
// FailedPrecondition STRATIFIED (JK1), SINGLE_PSU (a stratum of one unit cannot be resampled; only
// the rule kCertainty says what to do then).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/measures/survey/design.h"
#include "common/measures/survey/estimator.h"

namespace sepakat::measures {

enum class ReplicateCentre { kMeanOfReplicates, kEstimate };

class ReplicateWeights {
 public:
  static absl::StatusOr<ReplicateWeights> Jk1(const Design& design);
  static absl::StatusOr<ReplicateWeights> Jkn(const Design& design);
  // `random()` gives 64 uniform random bits, as std::mt19937_64 does; the same bits give the same
  // replicates everywhere.
  template <typename Generator>
  static absl::StatusOr<ReplicateWeights> Bootstrap(const Design& design, int replicates,
                                                    Generator& random) {
    return BootstrapFrom(design, replicates, [&random]() -> uint64_t { return random(); });
  }
  // `columns`: the weights of each replicate by row, ready to use. `replicate_scales`: r_scale of
  // each, empty for 1 throughout.
  static absl::StatusOr<ReplicateWeights> Given(const Design& design,
                                                std::vector<std::vector<double>> columns,
                                                double scale, std::vector<double> replicate_scales);

  size_t count() const { return replicate_scales_.size(); }
  double scale() const { return scale_; }
  std::span<const double> replicate_scales() const { return replicate_scales_; }
  // Degrees of freedom of the variance when it does not follow from the design: replicates - 1 for
  // given columns.
  std::optional<double> df() const { return df_; }
  // The weights of the survey itself, and of replicate r, by row.
  std::span<const double> base() const { return base_; }
  void Fill(size_t r, std::span<double> weights) const;

 private:
  // The primary units [first, first + units) of one stratum, of which `dropped` is left out.
  struct Deletion {
    uint32_t first = 0;
    uint32_t units = 0;
    uint32_t dropped = 0;
  };

  using RandomBits = absl::FunctionRef<uint64_t()>;

  explicit ReplicateWeights(const Design& design);
  static absl::StatusOr<ReplicateWeights> Jackknife(const Design& design);
  static absl::StatusOr<ReplicateWeights> BootstrapFrom(const Design& design, int replicates,
                                                        RandomBits random);

  std::vector<double> base_;
  std::vector<uint32_t> psu_of_row_;
  uint32_t psus_ = 0;
  std::vector<Deletion> deletions_;         // jackknife: one per replicate
  std::vector<double> factors_;             // bootstrap: replicate after replicate
  std::vector<std::vector<double>> given_;  // given: replicate after replicate
  double scale_ = 1;
  std::vector<double> replicate_scales_;
  std::optional<double> df_;
};

// Says several numbers of the survey under a set of weights by row; NaN where undefined.
using Remeasure = absl::FunctionRef<std::vector<double>(std::span<const double> weights)>;

// The variance of each number. Replicates in which it is undefined are left out; nullopt when fewer
// than two remain.
std::vector<std::optional<double>> ReplicateVariances(const ReplicateWeights& replicates,
                                                      Remeasure measure, ReplicateCentre centre);

// Estimates for the domains of `estimator`; `measure` says one number per domain. Undefined ones
// carry FailedPrecondition UNDEFINED. Design effects are absent.
DomainEstimates EstimateByReplicates(const DomainEstimator& estimator,
                                     const ReplicateWeights& replicates, Remeasure measure,
                                     ReplicateCentre centre = ReplicateCentre::kMeanOfReplicates,
                                     IntervalForm form = IntervalForm::kSymmetric);

}  // namespace sepakat::measures
