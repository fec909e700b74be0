#include "common/measures/survey/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "common/base/status.h"

namespace sepakat::measures {
namespace {

// Below this part left out, a cell counts as fully observed.
constexpr double kCensus = 1e-7;

absl::Status Refuse(std::string_view reason, std::string_view message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

// A column whose codes are 0, 1, ... by first appearance.
struct DenseColumn {
  std::vector<uint32_t> codes;
  uint32_t count = 0;
};

DenseColumn Dense(std::span<const int64_t> column) {
  DenseColumn dense;
  dense.codes.reserve(column.size());
  absl::flat_hash_map<int64_t, uint32_t> known;
  for (const int64_t code : column) {
    dense.codes.push_back(known.try_emplace(code, known.size()).first->second);
  }
  dense.count = static_cast<uint32_t>(known.size());
  return dense;
}

// Sorts `order` by `column`, keeping the order of equal codes.
void StableSortBy(const DenseColumn& column, std::vector<uint32_t>& order) {
  std::vector<uint32_t> begin(column.count + 1, 0);
  for (const uint32_t code : column.codes) ++begin[code + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<uint32_t> sorted(order.size());
  for (const uint32_t row : order) sorted[begin[column.codes[row]]++] = row;
  order = std::move(sorted);
}

absl::Status CheckWeights(std::span<const double> weights) {
  bool weighs = false;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i])) {
      return Refuse("NOT_FINITE",
                    fmt::format("row {}: the weight is missing or infinite, so nobody knows whom "
                                "the row stands for; correct it, or leave the row out and say so",
                                i + 1));
    }
    if (weights[i] < 0) {
      return Refuse("NEGATIVE_WEIGHT",
                    fmt::format("row {}: the weight is negative and would take people away from "
                                "the population; correct it at the source",
                                i + 1));
    }
    weighs = weighs || weights[i] > 0;
  }
  if (!weighs) {
    return Refuse("NO_WEIGHT",
                  fmt::format("all {} weights are 0; nobody is represented", weights.size()));
  }
  return absl::OkStatus();
}

absl::Status CheckColumns(const DesignColumns& columns) {
  const size_t rows = columns.weights.size();
  if (rows == 0) return Refuse("NO_ROWS", "the survey has no rows");
  if (rows >= std::numeric_limits<uint32_t>::max()) {
    return Refuse("NO_ROWS", fmt::format("{} rows are more than a design holds", rows));
  }
  if (columns.stages.empty()) {
    return Refuse("NO_STAGE", "name the primary sampling units, or say that every row is one");
  }
  for (size_t s = 0; s < columns.stages.size(); ++s) {
    const Stage& stage = columns.stages[s];
    const auto fits = [&](size_t size) { return size == 0 || size == rows; };
    const bool population_told = stage.population.form != Population::Form::kUnknown;
    if (!fits(stage.units.size()) || !fits(stage.strata.size()) ||
        !fits(stage.population.values.size()) ||
        population_told == stage.population.values.empty()) {
      return Refuse("LENGTH_MISMATCH",
                    fmt::format("stage {}: units, strata and population sizes need one entry for "
                                "each of the {} rows, or none",
                                s + 1, rows));
    }
  }
  return CheckWeights(columns.weights);
}

absl::Status CheckPsuInOneStratum(const DenseColumn& strata, const DenseColumn& units) {
  constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  std::vector<uint32_t> first_row(units.count, kNone);
  for (uint32_t row = 0; row < units.codes.size(); ++row) {
    uint32_t& first = first_row[units.codes[row]];
    if (first == kNone) first = row;
    if (strata.codes[first] != strata.codes[row]) {
      return Refuse("PSU_IN_TWO_STRATA",
                    fmt::format("rows {} and {} have the same primary unit in two strata; it would "
                                "be counted as two independent draws and the error come out too "
                                "small. Correct the stratum, or say that units are numbered within "
                                "strata",
                                first + 1, row + 1));
    }
  }
  return absl::OkStatus();
}

// n / N of one cell, checked against the rows of the cell.
absl::StatusOr<double> SampledFraction(const Population& population, uint32_t units,
                                       std::span<const uint32_t> rows, size_t stage) {
  if (population.form == Population::Form::kUnknown) return 0.0;
  const double told = population.values[rows.front()];
  const bool count = population.form == Population::Form::kCount;
  // An unlimited population is a way to say "drawn with replacement".
  if (count && std::isinf(told) && told > 0) return 0.0;
  if (!std::isfinite(told) || told <= 0 || (!count && told > 1)) {
    return Refuse("BAD_POPULATION",
                  fmt::format("row {}, stage {}: the population {} is {}; a {}", rows.front() + 1,
                              stage + 1, count ? "size" : "fraction", told,
                              count ? "number of units above 0 is needed"
                                    : "share of units above 0 and up to 1 is needed"));
  }
  for (const uint32_t row : rows) {
    if (population.values[row] != told) {
      return Refuse(
          "POPULATION_VARIES",
          fmt::format("rows {} and {}, stage {}: one stratum with two population sizes "
                      "({} and {}); its correction would depend on the order of rows",
                      rows.front() + 1, row + 1, stage + 1, told, population.values[row]));
    }
  }
  if (count && told < units) {
    return Refuse("POPULATION_BELOW_SAMPLE",
                  fmt::format("row {}, stage {}: {} units were drawn from a population of {}; the "
                              "variance would be negative. Give the number of units in the "
                              "stratum, not of rows or persons",
                              rows.front() + 1, stage + 1, units, told));
  }
  return count ? units / told : told;
}

struct CodedStage {
  DenseColumn strata;
  DenseColumn units;  // empty codes: rows are units
};

// Finds the cells and units of stage `s` inside the units of the stage above, row by row in
// `order`. `starts` has the first position of each unit above, and is replaced by those of stage s.
absl::StatusOr<Design::Level> BuildLevel(const DesignColumns& columns, const CodedStage& coded,
                                         size_t s, std::span<const uint32_t> order,
                                         std::vector<uint32_t>& starts,
                                         std::vector<double>& multipliers) {
  Design::Level level;
  const auto same_stratum = [&](uint32_t a, uint32_t b) {
    return coded.strata.codes.empty() || coded.strata.codes[a] == coded.strata.codes[b];
  };
  const auto same_unit = [&](uint32_t a, uint32_t b) {
    return !coded.units.codes.empty() && coded.units.codes[a] == coded.units.codes[b];
  };
  std::vector<double> unit_multipliers;
  for (uint32_t group = 0; group < starts.size(); ++group) {
    const uint32_t end =
        group + 1 < starts.size() ? starts[group + 1] : static_cast<uint32_t>(order.size());
    for (uint32_t at = starts[group]; at < end;) {
      const uint32_t cell_begin = at;
      Design::Cell cell;
      cell.first_unit = static_cast<uint32_t>(level.unit_begin.size());
      cell.group = group;
      for (; at < end && same_stratum(order[cell_begin], order[at]); ++at) {
        if (at == cell_begin || !same_unit(order[at - 1], order[at])) {
          level.unit_begin.push_back(at);
          ++cell.units;
        }
      }
      SEPAKAT_ASSIGN_OR_RETURN(cell.sampled_fraction,
                               SampledFraction(columns.stages[s].population, cell.units,
                                               order.subspan(cell_begin, at - cell_begin), s));
      const double left_out = 1 - cell.sampled_fraction;
      cell.census = left_out < kCensus;
      cell.single = cell.units == 1 && !cell.census && multipliers[group] > 0;
      const double degrees = cell.units > 1 ? cell.units / (cell.units - 1.0) : 1.0;
      cell.scale = cell.census ? 0.0 : multipliers[group] * left_out * degrees;
      unit_multipliers.insert(unit_multipliers.end(), cell.units,
                              multipliers[group] * cell.sampled_fraction);
      level.cells.push_back(cell);
    }
  }
  starts = level.unit_begin;
  multipliers = std::move(unit_multipliers);
  level.unit_begin.push_back(static_cast<uint32_t>(order.size()));
  return level;
}

absl::Status RefuseSingle(const Design::Level& level, std::span<const uint32_t> order, size_t s) {
  for (const Design::Cell& cell : level.cells) {
    if (!cell.single) continue;
    return Refuse(
        "SINGLE_PSU",
        fmt::format("row {}: its stratum has one sampled unit at stage {}, so its variance "
                    "is unknown. Join the stratum with a similar one, give its population "
                    "size if all of it was observed, or choose a rule for single units",
                    order[level.unit_begin[cell.first_unit]] + 1, s + 1));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Design> Design::Create(const DesignColumns& columns, const DesignRules& rules) {
  SEPAKAT_RETURN_IF_ERROR(CheckColumns(columns));
  std::vector<CodedStage> coded;
  for (const Stage& stage : columns.stages) {
    coded.push_back({Dense(stage.strata), Dense(stage.units)});
  }
  if (!rules.units_numbered_within_strata && !columns.stages[0].strata.empty() &&
      !columns.stages[0].units.empty()) {
    SEPAKAT_RETURN_IF_ERROR(CheckPsuInOneStratum(coded[0].strata, coded[0].units));
  }

  Design design;
  design.rules_ = rules;
  design.weights_.assign(columns.weights.begin(), columns.weights.end());
  design.order_.resize(columns.weights.size());
  std::iota(design.order_.begin(), design.order_.end(), 0);
  for (size_t s = coded.size(); s-- > 0;) {
    if (!coded[s].units.codes.empty()) StableSortBy(coded[s].units, design.order_);
    if (!coded[s].strata.codes.empty()) StableSortBy(coded[s].strata, design.order_);
  }

  std::vector<uint32_t> starts = {0};
  std::vector<double> multipliers = {1.0};
  for (size_t s = 0; s < coded.size(); ++s) {
    SEPAKAT_ASSIGN_OR_RETURN(Level level,
                             BuildLevel(columns, coded[s], s, design.order_, starts, multipliers));
    if (s == 0 && level.units() == 1) {
      return Refuse("ONE_PSU",
                    "the whole survey is one primary unit; with nothing to compare it to, no error "
                    "can be estimated. Name the units that were drawn");
    }
    if (rules.single_psu == SinglePsu::kFail) {
      SEPAKAT_RETURN_IF_ERROR(RefuseSingle(level, design.order_, s));
    }
    design.levels_.push_back(std::move(level));
    const bool below_adds =
        !rules.ultimate_cluster && std::ranges::any_of(multipliers, [](double m) { return m > 0; });
    if (!below_adds) break;
  }
  return design;
}

int64_t Design::single_psu_strata() const {
  return std::ranges::count_if(levels_[0].cells, &Cell::single);
}

}  // namespace sepakat::measures
