// Two surveys beside each other: what changed, by how much it may be chance, and where it came
// from.
//
//   changes        of every figure that both have, with the error of the difference
//   growth         change of poverty as growth and redistribution, per line that does not itself
//                  follow the distribution, with residual and Shapley version
//   sectors        Huppi-Ravallion, per such line and breakdown
//   dominance      of the distributions, first and second order, in lines where lines differ
//   incidence      growth at each place of the distribution
// The samples are taken as independent. Amounts are compared as they are: give each survey lines in
// its own prices (--compare-line), and welfare is measured in the first of them that does not
// follow the distribution itself. Errors: those of the parts; a part that cannot be worked out says
// why and costs no other. Thread: pure function. Complexity: one sort per survey.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/decomposition.h"
#include "common/measures/dominance.h"
#include "common/measures/growth_incidence.h"
#include "common/measures/mpi_change.h"
#include "common/measures/sector_decomposition.h"
#include "common/measures/survey/change.h"
#include "sepakat/measure/survey_run.h"

namespace sepakat::measure {

struct FigureChange {
  Subject subject;
  Domain domain;
  measures::Estimate before;
  measures::Estimate after;
  measures::Change change;
};

struct GrowthParts {
  std::string line;
  absl::StatusOr<measures::GrowthDecomposition> parts = absl::UnknownError("not decomposed");
};

struct SectorPartsByDomain {
  std::string line;
  Breakdown by;
  std::vector<Domain> domains;
  absl::StatusOr<measures::SectorDecomposition> parts = absl::UnknownError("not decomposed");
};

struct DominanceOf {
  measures::DominanceOrder order;
  absl::StatusOr<measures::Dominance> result = absl::UnknownError("not compared");
};

struct MpiParts {
  std::string k;
  measures::MpiChange change;
};

struct Comparison {
  // The later survey.
  SurveyFacts later;
  double years = 1;
  std::vector<FigureChange> changes;
  // Figures of domains that one of the surveys lacks.
  int64_t without_partner = 0;
  std::vector<GrowthParts> growth;
  std::vector<SectorPartsByDomain> sectors;
  // Welfare in this line; empty: as it is.
  std::string welfare_in;
  std::vector<DominanceOf> dominance;
  std::optional<absl::StatusOr<measures::GrowthIncidence>> incidence;
  std::vector<MpiParts> mpi;
};

absl::StatusOr<Comparison> Compare(const SurveyRun& before,
                                   const std::vector<BreakdownFigures>& figures_before,
                                   const SurveyRun& after,
                                   const std::vector<BreakdownFigures>& figures_after,
                                   double confidence, double years);

// The observations of a survey with welfare and a line, ready for functions of two surveys. Welfare
// is in lines; without a line it is as it is.
struct WelfareSample {
  std::vector<double> values;
  std::vector<double> weights;
  std::vector<uint32_t> rows;
  measures::Sample view() const { return {values, weights}; }
};
WelfareSample WelfareIn(const Plan& plan, std::optional<size_t> line);

// The first line that does not follow the distribution itself.
std::optional<size_t> PriceLine(const Plan& plan);

}  // namespace sepakat::measure
