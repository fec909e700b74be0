// A survey -> a local proxy-means model, and what is known about it.
//
// Weighted least squares of log welfare per head on terms over the families. Some families are set
// aside before anything is chosen or fitted; errors at the cuts, explained share and calibration
// are those of these families. Terms are chosen by the caller, forward, or by the lasso with
// cross-validation; what was chosen is then fitted without shrinkage, so that coefficients have
// errors and mean what they say. Errors ignore that terms were chosen.
// Standard errors follow the survey's design (strata, primary units), of which the fitted families
// are a domain: they equal those of R's svyglm() on the subset. Classical errors, those of lm(),
// stand beside them.
// A family takes part if its weight is positive, its welfare known and above zero, and every
// candidate term known.
// Errors: InvalidArgument NO_WELFARE, NO_TERMS, TOO_FEW_ROWS, COLLINEAR, NO_VARIATION,
//   COEFFICIENT_TOO_LARGE.
// Thread: pure function. Complexity: linear in the families times the square of the candidates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/fraction.h"
#include "common/pmt/accuracy.h"
#include "common/pmt/model.h"
#include "common/regression/forward_selection.h"
#include "sepakat/pmt/candidates.h"
#include "sepakat/pmt/families.h"

namespace sepakat::pmt {

enum class Selection { kAll, kForward, kLasso };

// How families are set aside.
struct Holdout {
  enum Kind {
    kNone,   // judged on the families it was fitted on: too kind
    kDrawn,  // one of `parts` parts, drawn by the seed, whole sampling units
    kEvery,  // each `parts`-th family of the file
  };
  Kind kind = kDrawn;
  uint32_t parts = 5;
};

struct FitOptions {
  // In the model whatever the selection says.
  std::vector<Term> keep;
  // Empty: those of FindCandidates().
  std::vector<Term> candidates;
  CandidateRules candidate_rules;
  Selection selection = Selection::kForward;
  regression::ForwardRules forward;
  uint32_t folds = 10;
  // True: the smallest cross-validated error; false: the fewest terms within one error of it.
  bool lasso_smallest = false;
  uint64_t seed = 1;
  // A family counts for its members; false: for one.
  bool by_persons = true;
  Holdout holdout;
  std::vector<measures::Fraction> cuts = {{1, 5}, {3, 10}, {2, 5}};
};

struct Coefficient {
  // Empty for the constant.
  std::optional<Term> term;
  double estimate = 0;
  // Absent where the design gives none.
  std::optional<double> standard_error;
  double classical_error = 0;
  std::optional<double> p_value;
  // Weighted mean of the term.
  double mean = 0;
};

struct CutReport {
  Cut cut;
  CutAccuracy fitted;
  // Of the families set aside, if there are any.
  std::optional<CutAccuracy> held;
};

struct FitReport {
  std::vector<Coefficient> coefficients;
  size_t families = 0;  // in the file, with weight
  size_t without_welfare = 0;
  size_t with_unknown_terms = 0;
  size_t fitted = 0;
  size_t held = 0;
  double design_df = 0;
  double r_squared = 0;
  double adjusted_r_squared = 0;
  double sigma = 0;
  std::optional<double> held_r_squared;
  double smearing = 0;
  std::vector<Term> candidates;
  std::vector<std::string> too_unknown;
  // In the order in which they were taken; forward only.
  std::vector<std::pair<Term, regression::ForwardStep>> steps;
  // Lasso only: the chosen lambda.
  std::optional<double> lambda;
  std::vector<CutReport> cuts;
  // Of the families set aside, else of the fitted ones.
  std::vector<CalibrationRow> calibration;
  // By family of the file: predicted log welfare, NaN where a term is not known.
  std::vector<double> predictions;
  std::vector<bool> is_held;
  // Rounded to millionths.
  int64_t intercept_micro = 0;
  std::vector<ModelTerm> terms;
};

absl::StatusOr<FitReport> FitModel(const Families& families, const FitOptions& options);

}  // namespace sepakat::pmt
