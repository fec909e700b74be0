#include "tests/support/survey/variance_oracle.h"

#include <cmath>
#include <map>

namespace sepakat::support {
namespace {

using measures::DesignColumns;
using measures::DesignRules;
using measures::Population;
using measures::SinglePsu;

using Rows = std::vector<size_t>;

int64_t CodeOf(std::span<const int64_t> column, size_t row, int64_t otherwise) {
  return column.empty() ? otherwise : column[row];
}

long double FractionOf(const Population& population, size_t row, size_t n) {
  if (population.form == Population::Form::kFraction) return population.values[row];
  if (population.form == Population::Form::kCount) {
    return static_cast<long double>(n) / population.values[row];
  }
  return 0;
}

struct Oracle {
  const DesignColumns& columns;
  const DesignRules& rules;
  std::span<const double> weighted;
  const std::vector<bool>& inside;

  bool Touched(const std::map<int64_t, Rows>& units) const {
    for (const auto& [unit, rows] : units) {
      for (const size_t row : rows) {
        if (inside[row]) return true;
      }
    }
    return false;
  }

  std::optional<long double> Variance(const Rows& all, size_t stage) const {
    std::map<int64_t, std::map<int64_t, Rows>> strata;
    for (const size_t row : all) {
      strata[CodeOf(columns.stages[stage].strata, row, 0)]
            [CodeOf(columns.stages[stage].units, row, static_cast<int64_t>(row))]
                .push_back(row);
    }
    long double between = 0;
    long double within = 0;
    int touched = 0;
    int usable = 0;
    for (const auto& [stratum, units] : strata) {
      const long double n = units.size();
      const long double f =
          FractionOf(columns.stages[stage].population, units.begin()->second.front(), units.size());
      const bool census = 1 - f < 1e-7L;
      const bool single = units.size() == 1 && !census;
      if (Touched(units)) {
        ++touched;
        if (!single) ++usable;
      }
      std::vector<long double> totals;
      for (const auto& [unit, rows] : units) {
        long double total = 0;
        for (const size_t row : rows) total += inside[row] ? weighted[row] : 0.0;
        totals.push_back(total);
        const bool deeper = stage + 1 < columns.stages.size() && !rules.ultimate_cluster && f > 0;
        if (deeper) {
          const auto below = Variance(rows, stage + 1);
          if (!below) return std::nullopt;
          within += f * *below;
        }
      }
      if (census) continue;
      if (single) {
        if (rules.single_psu == SinglePsu::kCentred) between += (1 - f) * totals[0] * totals[0];
        continue;
      }
      long double mean = 0;
      for (const long double total : totals) mean += total / n;
      for (const long double total : totals) {
        between += (1 - f) * n / (n - 1) * (total - mean) * (total - mean);
      }
    }
    if (rules.single_psu == SinglePsu::kAverage && touched > 0) {
      if (usable == 0) return std::nullopt;
      between *= static_cast<long double>(touched) / usable;
    }
    return between + within;
  }
};

}  // namespace

std::optional<double> OracleVariance(const DesignColumns& columns, const DesignRules& rules,
                                     std::span<const double> weighted,
                                     const std::vector<bool>& inside) {
  Rows all(weighted.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto variance = Oracle{columns, rules, weighted, inside}.Variance(all, 0);
  if (!variance) return std::nullopt;
  return static_cast<double>(*variance);
}

}  // namespace sepakat::support
