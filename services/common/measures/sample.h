// One variable of a weighted sample, and the same in ascending order.
//
// Every point measure of this folder takes one of the two. `values` are in the survey's unit of
// welfare (rupiah per person and month, euro per year, ...), `weights` say how many persons or
// households of the population an observation stands for; only their proportions matter to a
// measure that is a quotient. An observation of weight 0 takes part in nothing.
// A SortedSample is built once and serves all measures that need order (quantiles, Gini, Lorenz,
// ...), each of which is then one linear pass.
// Thread: values; a SortedSample never changes. Errors: InvalidArgument EMPTY_SAMPLE,
// LENGTH_MISMATCH, NOT_FINITE, NEGATIVE_WEIGHT, NO_WEIGHT, TOO_MANY_ROWS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"

namespace sepakat::measures {

// Parallel columns; owns nothing.
struct Sample {
  std::span<const double> values;   // finite
  std::span<const double> weights;  // finite, >= 0, at least one > 0
  size_t size() const { return values.size(); }
};

// OK if `sample` may be given to a measure. The message names the first offending row, counted
// from 1, and never its value.
absl::Status CheckSample(Sample sample);
// The part of it that concerns weights alone.
absl::Status CheckWeights(std::span<const double> weights);

double TotalWeight(Sample sample);  // sum w
double Total(Sample sample);        // sum w y
double Mean(Sample sample);         // sum w y / sum w

// The sample in ascending order of value; observations of equal value keep the order of the input.
class SortedSample {
 public:
  // Requires CheckSample(sample).ok(). Complexity: O(n log n), 36 bytes per observation kept.
  explicit SortedSample(Sample sample);

  size_t size() const { return values_.size(); }
  std::span<const double> values() const { return values_; }
  std::span<const double> weights() const { return weights_; }  // in the same order
  // sum w and sum w y over the observations up to and including this one.
  std::span<const double> cumulative_weights() const { return cumulative_weights_; }
  std::span<const double> cumulative_totals() const { return cumulative_totals_; }
  // Position in the input of the i-th smallest observation.
  std::span<const uint32_t> order() const { return order_; }

  double total_weight() const { return cumulative_weights_.back(); }
  double total() const { return cumulative_totals_.back(); }
  double mean() const { return total() / total_weight(); }
  Sample sample() const { return {values_, weights_}; }

 private:
  std::vector<double> values_;
  std::vector<double> weights_;
  std::vector<double> cumulative_weights_;
  std::vector<double> cumulative_totals_;
  std::vector<uint32_t> order_;
};

}  // namespace sepakat::measures
