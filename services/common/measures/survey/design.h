// How a survey drew its sample: strata, units in stages, population sizes and weights.
//
//   const auto design = Design::Create({.weights = w, .stages = {{.units = psu, .strata =
//   stratum}}},
//                                      {.single_psu = SinglePsu::kFail});
//
// A Design is the sample in the order of its sampling units, so that every variance (variance.h) is
// one pass over contiguous rows. At each stage the rows of one stratum within one unit of the stage
// above form a *cell*, from which n units were drawn out of N. Under the rules of
//   Cochran (1977), Sampling Techniques, 3rd ed., sections 5.3 and 10.3-10.8;
//   Saerndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, result 4.3.1
// the variance of an estimated total adds up over the stages s and their cells c:
//
//   sum_s sum_c m_c (1 - n/N) n/(n-1) sum_i (t_i - mean t)^2,   m_c = product of n/N above cell c
//
// where t_i is the weighted total of unit i. Without population sizes n/N is 0 and only the first
// stage counts: the ultimate-cluster rule (Hansen, Hurwitz, Madow 1953). It is what most tools do,
// and is a little too large where a notable part of the units was drawn.
//
// Numbers are those of svydesign() of R's `survey`: the same strata, units, corrections and
// single-unit rules give the same variance.
//
// Units: `weights` are the number of persons or households that a row stands for; codes are labels
// without order. Thread: a value that never changes. Complexity: O(rows x stages), 16 bytes per row
// and what the units need.
// Errors (InvalidArgument; rows are counted from 1): NO_ROWS, NO_STAGE, LENGTH_MISMATCH,
//   NOT_FINITE, NEGATIVE_WEIGHT, NO_WEIGHT, ONE_PSU, PSU_IN_TWO_STRATA, SINGLE_PSU,
//   BAD_POPULATION, POPULATION_VARIES, POPULATION_BELOW_SAMPLE.
// Does not: calibrate or post-stratify weights, or treat pairwise inclusion probabilities.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

namespace sepakat::measures {

// What a stratum with one sampled unit (and more in the population) adds to a variance.
enum class SinglePsu {
  kFail,       // the design is refused: such a stratum has no variance of its own
  kCertainty,  // nothing, as if the unit had been certain to be drawn: the error is too small
  kCentred,    // its squared total; as the influences of a mean or ratio add up to 0, that is its
               // distance from the whole sample: usually too large
  kAverage,    // the mean of what the other strata add
};

// How many units the cell of a row holds in the population.
struct Population {
  enum class Form { kUnknown, kCount, kFraction };
  Form form = Form::kUnknown;
  // One number per row, the same within a cell: N, or n/N in (0, 1]. Empty when unknown.
  std::span<const double> values;
};

// One stage of sampling; columns as long as the sample, or empty.
struct Stage {
  std::span<const int64_t> units;   // empty: every row is a unit of its own
  std::span<const int64_t> strata;  // empty: one stratum (within each unit of the stage above)
  Population population;
};

struct DesignColumns {
  std::span<const double> weights;
  std::vector<Stage> stages;  // at least one, the primary units first
};

struct DesignRules {
  SinglePsu single_psu = SinglePsu::kFail;
  // True when unit codes are unique within their stratum only (1, 2, 3 again in each). False when
  // they are unique in the survey; a code in two strata is then refused as a mistake.
  bool units_numbered_within_strata = true;
  // True stops after the first stage even if population sizes of further ones are known.
  bool ultimate_cluster = false;
};

class Design {
 public:
  // The units drawn from one stratum within one unit of the stage above.
  struct Cell {
    uint32_t first_unit = 0;
    uint32_t units = 0;           // n
    uint32_t group = 0;           // unit of the stage above; 0 at the first stage
    double sampled_fraction = 0;  // n / N, 0 when unknown
    double scale = 0;             // m (1 - n/N) n/(n-1), the last factor only when n > 1
    bool census = false;          // n = N: adds nothing
    bool single = false;          // n = 1 < N
  };
  // Cells and units of one stage, in the order of order(). Unit i owns the positions
  // [unit_begin[i], unit_begin[i + 1]).
  struct Level {
    std::vector<Cell> cells;
    std::vector<uint32_t> unit_begin;
    size_t units() const { return unit_begin.size() - 1; }
  };

  static absl::StatusOr<Design> Create(const DesignColumns& columns, const DesignRules& rules);

  size_t rows() const { return weights_.size(); }
  std::span<const double> weights() const { return weights_; }  // by row
  // Rows in the order of their units.
  std::span<const uint32_t> order() const { return order_; }
  // Stages that add to a variance: the first one, and others only under known population sizes.
  std::span<const Level> levels() const { return levels_; }
  const DesignRules& rules() const { return rules_; }

  int64_t psus() const { return static_cast<int64_t>(levels_[0].units()); }
  int64_t strata() const { return static_cast<int64_t>(levels_[0].cells.size()); }
  int64_t single_psu_strata() const;
  // Degrees of freedom of a variance over the whole sample: primary units minus strata.
  double df() const { return static_cast<double>(psus() - strata()); }

 private:
  Design() = default;

  std::vector<double> weights_;
  std::vector<uint32_t> order_;
  std::vector<Level> levels_;
  DesignRules rules_;
};

}  // namespace sepakat::measures
