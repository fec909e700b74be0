// Seeded samples for the regression tests.
#pragma once

#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "common/regression/triangle.h"

namespace sepakat::regression {

struct RandomSample {
  std::vector<std::vector<double>> regressors;
  std::vector<double> outcome;
  std::vector<double> weights;
  std::vector<uint32_t> rows;
  std::vector<std::string> names;

  // Regressor j has coefficient `truth[j]`; the outcome is 2 more, with normal noise.
  RandomSample(uint64_t seed, size_t n, const std::vector<double>& truth, double noise) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    regressors.resize(truth.size());
    for (size_t i = 0; i < n; ++i) {
      double y = 2 + noise * normal(random);
      const double common = normal(random);
      for (size_t j = 0; j < truth.size(); ++j) {
        // Neighbours go together, and units differ by powers of ten.
        const double x = (normal(random) + 0.5 * common) * std::pow(10.0, static_cast<int>(j % 3));
        regressors[j].push_back(x);
        y += truth[j] * x;
      }
      outcome.push_back(y);
      weights.push_back(0.5 + static_cast<double>(random() % 7));
    }
    rows.resize(n);
    std::iota(rows.begin(), rows.end(), 0U);
    for (size_t j = 0; j < truth.size(); ++j) names.push_back("x" + std::to_string(j));
  }

  Columns columns() const { return {regressors, outcome, weights}; }
  Triangle triangle() const { return Triangle(columns(), rows); }
};

inline std::vector<size_t> All(size_t count) {
  std::vector<size_t> all(count);
  std::iota(all.begin(), all.end(), size_t{0});
  return all;
}

}  // namespace sepakat::regression
