// One variable of a survey, in ascending order within each domain: what measures that need order
// (quantiles, Gini, shares, poverty under a line) work on, built once for all of them.
//
// A domain without rows, or with weights of 0 only, has no sample, and its measures are refused
// with the reason. The variable must be finite in all rows of the domains; leave others out with
// Domains::Only() and say how many.
// Thread: values that never change. Complexity: O(rows log rows), 36 bytes per row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/sample.h"
#include "common/measures/survey/design.h"
#include "common/measures/survey/domains.h"

namespace sepakat::measures {

class DomainSamples {
 public:
  // `values` has one entry per row. InvalidArgument NOT_FINITE or LENGTH_MISMATCH.
  static absl::StatusOr<DomainSamples> Create(const Design& design, const Domains& domains,
                                              std::span<const double> values);

  // EMPTY_SAMPLE or NO_WEIGHT for a domain of nobody.
  const absl::StatusOr<SortedSample>& of(uint32_t domain) const { return samples_[domain]; }

 private:
  DomainSamples() = default;
  std::vector<absl::StatusOr<SortedSample>> samples_;
};

}  // namespace sepakat::measures
