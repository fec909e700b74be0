// Columns of a data set, and the rows of them that belong to a domain.
#pragma once

#include <functional>
#include <vector>

#include "common/measures/sample.h"

namespace sepakat::measures {

struct WeightedColumn {
  std::vector<double> values;
  std::vector<double> weights;

  Sample sample() const { return {values, weights}; }
  SortedSample sorted() const { return SortedSample(sample()); }
  WeightedColumn Where(const std::function<bool(size_t)>& keep) const {
    WeightedColumn kept;
    for (size_t i = 0; i < values.size(); ++i) {
      if (!keep(i)) continue;
      kept.values.push_back(values[i]);
      kept.weights.push_back(weights[i]);
    }
    return kept;
  }
};

}  // namespace sepakat::measures
