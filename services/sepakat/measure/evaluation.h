// Every planned figure for every domain of every breakdown.
//
// A relative line is estimated once, from all observations that are looked at, and its uncertainty
// reaches every domain. With replicate weights errors come from measuring again under each of them.
// Observations whose group is not known are counted, and are in the figures for everybody alone.
// Errors: those of the frame's groups; a figure that is undefined in one domain says so itself.
// Thread: pure function. Complexity: for each breakdown, linear in the observations per figure plus
// one sort.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/survey/design.h"
#include "common/measures/survey/replicate.h"
#include "sepakat/measure/figure.h"
#include "sepakat/measure/plan.h"

namespace sepakat::measure {

// The columns that make up a domain; none: everybody.
using Breakdown = std::vector<Name>;

struct EvaluationOptions {
  measures::EstimateOptions estimates;
  // True: intervals of shares are symmetric too.
  bool symmetric_intervals = false;
  // Not owned; nullptr: linearised errors.
  const measures::ReplicateWeights* replicates = nullptr;
};

struct BreakdownFigures {
  Breakdown by;
  std::vector<Domain> domains = {};
  // Observations that are looked at and whose group is not known.
  int64_t unknown = 0;
  double unknown_weight = 0;
  // Subject after subject, each with one figure per domain.
  std::vector<Figure> figures = {};
};

absl::StatusOr<std::vector<BreakdownFigures>> Evaluate(const Plan& plan,
                                                       const measures::Design& design,
                                                       const std::vector<Breakdown>& breakdowns,
                                                       const EvaluationOptions& options);

// The domains of one breakdown and the place of each observation among them, kUnknownGroup where it
// is not known.
struct Split {
  std::vector<Domain> domains;
  std::vector<uint32_t> labels;
};
Split SplitBy(const Frame& frame, const Breakdown& by);

}  // namespace sepakat::measure
