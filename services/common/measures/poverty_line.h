// The poverty line of each observation: one for all, or one per observation.
//
// Lines differ by urban and rural area and by regency, so a national rate needs one per
// observation; measures divide each shortfall by the line that applies to it. The unit is that of
// welfare, period included. Thread: a value that owns nothing.
// Errors: InvalidArgument BAD_LINE, LENGTH_MISMATCH.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

class PovertyLines {
 public:
  explicit PovertyLines(double line) : line_(line), uniform_(true) {}
  // `lines` outlives this object; element i belongs to row i of the sample.
  explicit PovertyLines(std::span<const double> lines) : lines_(lines), uniform_(false) {}

  bool uniform() const { return uniform_; }
  double at(size_t i) const { return uniform_ ? line_ : lines_[i]; }
  size_t size() const { return lines_.size(); }

 private:
  double line_ = 0.0;
  std::span<const double> lines_;
  bool uniform_;
};

// OK if every line is finite and above 0 and there is one for each of `rows` observations.
absl::Status CheckLines(const PovertyLines& lines, size_t rows);
absl::Status CheckPoverty(Sample sample, const PovertyLines& lines);

// Welfare ratios y_i / z_i. Measures that need order (Sen, quantiles of welfare in lines, growth
// incidence) are given a SortedSample of these and the line 1 when lines differ. A ratio is below
// 1 exactly when y_i < z_i, in floating point too. Requires CheckPoverty. Complexity: O(n).
std::vector<double> WelfareRatios(Sample sample, const PovertyLines& lines);

}  // namespace sepakat::measures
