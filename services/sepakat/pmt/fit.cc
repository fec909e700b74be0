#include "sepakat/pmt/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/base/status.h"
#include "common/measures/survey/student_t.h"
#include "common/measures/survey/variance.h"
#include "common/regression/folds.h"
#include "common/regression/lasso.h"
#include "common/regression/least_squares.h"
#include "sepakat/measure/table.h"

namespace sepakat::pmt {
namespace {

using regression::LeastSquares;
using regression::Triangle;

constexpr double kMicro = 1e6;
// Bounds of targeting's models.
constexpr double kCoefficientEnd = 1000;
constexpr double kSquaredCoefficientEnd = 1;

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

class Fitting {
 public:
  Fitting(const Families& families, const FitOptions& options)
      : families_(families), options_(options) {}

  absl::StatusOr<FitReport> Run() {
    SEPAKAT_RETURN_IF_ERROR(FindUsable());
    SEPAKAT_RETURN_IF_ERROR(FindTerms());
    Split();
    if (fitted_.empty()) return Invalid("TOO_FEW_ROWS", "no family is left to be fitted on");
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<size_t> chosen, Choose());
    if (chosen.empty()) {
      return Invalid("NO_TERMS", "no term goes with welfare; name some with --terms");
    }
    const Triangle triangle(Columns(), fitted_);
    SEPAKAT_ASSIGN_OR_RETURN(const LeastSquares fit, Fit(triangle, chosen, names_));
    Tell(fit, chosen);
    Predict(fit, chosen);
    SEPAKAT_RETURN_IF_ERROR(JudgeFit());
    SEPAKAT_RETURN_IF_ERROR(MakeModel());
    return std::move(report_);
  }

 private:
  regression::Columns Columns() const { return {values_, outcome_, weights_}; }

  // Families with weight and welfare; outcome and weights of all.
  absl::Status FindUsable() {
    if (families_.welfare.empty()) {
      return Invalid("NO_WELFARE", "the code book names no welfare; add [roles] welfare");
    }
    const size_t size = families_.size();
    usable_.assign(size, false);
    outcome_.assign(size, 0.0);
    weights_.assign(size, 0.0);
    for (size_t i = 0; i < size; ++i) {
      const double weight = families_.weights[i] * (options_.by_persons ? families_.sizes[i] : 1);
      if (!(weight > 0)) continue;
      ++report_.families;
      const double welfare = families_.welfare[i];
      if (!(welfare > 0)) {
        ++report_.without_welfare;
        continue;
      }
      usable_[i] = true;
      outcome_[i] = std::log(welfare);
      weights_[i] = weight;
    }
    if (report_.families == report_.without_welfare) {
      return Invalid("NO_WELFARE", "no family has a weight and a welfare above zero");
    }
    return absl::OkStatus();
  }

  // Kept terms first, then candidates; families that lack one are no longer usable.
  absl::Status FindTerms() {
    terms_ = options_.keep;
    std::vector<Term> candidates = options_.candidates;
    if (candidates.empty() && (options_.selection != Selection::kAll || terms_.empty())) {
      Candidates found = FindCandidates(families_, usable_, options_.candidate_rules);
      candidates = std::move(found.terms);
      report_.too_unknown = std::move(found.too_unknown);
    }
    for (Term& term : candidates) {
      if (std::ranges::find(terms_, term) == terms_.end()) terms_.push_back(std::move(term));
    }
    if (terms_.empty()) {
      return Invalid("NO_TERMS", "the code book fills no variable that a model could use");
    }
    report_.candidates = terms_;
    for (const Term& term : terms_) {
      names_.push_back(TextOf(term));
      values_.push_back(families_.ValuesOf(term));
    }
    known_.assign(families_.size(), true);
    for (const std::vector<double>& column : values_) {
      for (size_t i = 0; i < column.size(); ++i) {
        if (std::isnan(column[i])) known_[i] = false;
      }
    }
    for (size_t i = 0; i < usable_.size(); ++i) {
      if (usable_[i] && !known_[i]) {
        usable_[i] = false;
        ++report_.with_unknown_terms;
      }
    }
    return absl::OkStatus();
  }

  void Split() {
    const size_t size = families_.size();
    report_.is_held.assign(size, false);
    const Holdout& holdout = options_.holdout;
    std::vector<uint32_t> part;
    if (holdout.kind == Holdout::kDrawn) {
      part = regression::SplitByUnit(families_.psus, size, holdout.parts, options_.seed);
    }
    for (size_t i = 0; i < size; ++i) {
      const bool held = holdout.kind == Holdout::kDrawn   ? part[i] == 0
                        : holdout.kind == Holdout::kEvery ? (i + 1) % holdout.parts == 0
                                                          : false;
      report_.is_held[i] = held;
      if (!usable_[i]) continue;
      (held ? held_ : fitted_).push_back(static_cast<uint32_t>(i));
    }
    report_.fitted = fitted_.size();
    report_.held = held_.size();
  }

  std::vector<size_t> Kept() const {
    std::vector<size_t> kept;
    for (size_t i = 0; i < options_.keep.size(); ++i) kept.push_back(i);
    return kept;
  }

  absl::StatusOr<std::vector<size_t>> Choose() {
    std::vector<size_t> chosen = Kept();
    if (options_.selection == Selection::kAll) {
      for (size_t i = chosen.size(); i < terms_.size(); ++i) chosen.push_back(i);
      return chosen;
    }
    if (options_.selection == Selection::kForward) {
      for (const regression::ForwardStep& step :
           regression::SelectForward(Triangle(Columns(), fitted_), chosen, options_.forward)) {
        report_.steps.emplace_back(terms_[step.regressor], step);
        chosen.push_back(step.regressor);
      }
      return chosen;
    }
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<size_t> by_lasso, ChooseByLasso());
    for (const size_t place : by_lasso) {
      if (place >= options_.keep.size()) chosen.push_back(place);
    }
    return chosen;
  }

  absl::StatusOr<std::vector<size_t>> ChooseByLasso() {
    const std::vector<uint32_t> fold = regression::SplitByUnit(families_.psus, families_.size(),
                                                               options_.folds, options_.seed + 1);
    std::vector<std::vector<uint32_t>> rows(options_.folds);
    for (const uint32_t row : fitted_) rows[fold[row]].push_back(row);
    std::vector<Triangle> folds;
    for (const std::vector<uint32_t>& part : rows) {
      if (!part.empty()) folds.emplace_back(Columns(), part);
    }
    SEPAKAT_ASSIGN_OR_RETURN(const regression::LassoChoice choice,
                             regression::CrossValidate(folds));
    report_.lambda = choice.path[options_.lasso_smallest ? choice.smallest : choice.one_error];
    return regression::Chosen(regression::Lasso(Triangle(Columns(), fitted_), *report_.lambda));
  }

  std::vector<double> RowOf(uint32_t row, const std::vector<size_t>& chosen) const {
    std::vector<double> values;
    for (const size_t place : chosen) values.push_back(values_[place][row]);
    return values;
  }

  void Tell(const LeastSquares& fit, const std::vector<size_t>& chosen) {
    report_.r_squared = fit.r_squared;
    report_.adjusted_r_squared = fit.adjusted_r_squared;
    report_.sigma = fit.sigma;
    double total = 0;
    for (const uint32_t row : fitted_) total += weights_[row];
    for (size_t j = 0; j < fit.coefficients.size(); ++j) {
      Coefficient coefficient;
      if (j > 0) coefficient.term = terms_[chosen[j - 1]];
      coefficient.estimate = fit.coefficients[j];
      coefficient.classical_error = fit.classical_errors[j];
      for (const uint32_t row : fitted_) {
        coefficient.mean += weights_[row] / total * (j == 0 ? 1 : values_[chosen[j - 1]][row]);
      }
      report_.coefficients.push_back(coefficient);
    }
    if (families_.design) TellErrors(fit, chosen);
  }

  void TellErrors(const LeastSquares& fit, const std::vector<size_t>& chosen) {
    std::vector<std::vector<double>> influence(fit.coefficients.size(),
                                               std::vector<double>(families_.size(), 0.0));
    for (const uint32_t row : fitted_) {
      const std::vector<double> x = RowOf(row, chosen);
      const std::vector<double> own = fit.Influence(x, outcome_[row] - fit.Predict(x));
      // The design counts families; a family weighs for its members here.
      const double scale = weights_[row] / families_.weights[row];
      for (size_t j = 0; j < own.size(); ++j) influence[j][row] = scale * own[j];
    }
    report_.design_df = families_.design->df() + 1 - static_cast<double>(fit.coefficients.size());
    for (size_t j = 0; j < influence.size(); ++j) {
      const std::optional<double> variance = measures::Variance(*families_.design, influence[j]);
      if (!variance) continue;
      Coefficient& coefficient = report_.coefficients[j];
      coefficient.standard_error = std::sqrt(*variance);
      const double t = std::abs(coefficient.estimate) / *coefficient.standard_error;
      const double p = 2 * measures::StudentTProbability(-t, report_.design_df);
      if (!std::isnan(p)) coefficient.p_value = p;
    }
  }

  void Predict(const LeastSquares& fit, const std::vector<size_t>& chosen) {
    report_.predictions.assign(families_.size(), measure::kUnknownNumber);
    for (uint32_t row = 0; row < families_.size(); ++row) {
      report_.predictions[row] = fit.Predict(RowOf(row, chosen));
    }
  }

  struct Part {
    std::vector<double> outcome;
    std::vector<double> score;
    std::vector<double> weights;
    Scored view() const { return {outcome, score, weights}; }
  };

  Part PartOf(const std::vector<uint32_t>& rows) const {
    Part part;
    for (const uint32_t row : rows) {
      part.outcome.push_back(outcome_[row]);
      part.score.push_back(report_.predictions[row]);
      part.weights.push_back(weights_[row]);
    }
    return part;
  }

  absl::Status JudgeFit() {
    const Part fitted = PartOf(fitted_);
    const Part held = PartOf(held_);
    report_.smearing = SmearingFactor(fitted.view());
    for (const measures::Fraction& share : options_.cuts) {
      CutReport cut;
      SEPAKAT_ASSIGN_OR_RETURN(cut.cut, FindCut(fitted.view(), share));
      SEPAKAT_ASSIGN_OR_RETURN(cut.fitted, Judge(fitted.view(), cut.cut));
      if (!held_.empty()) {
        SEPAKAT_ASSIGN_OR_RETURN(cut.held, Judge(held.view(), cut.cut));
      }
      report_.cuts.push_back(cut);
    }
    if (!held_.empty()) {
      SEPAKAT_ASSIGN_OR_RETURN(report_.held_r_squared, ExplainedShare(held.view()));
    }
    SEPAKAT_ASSIGN_OR_RETURN(
        report_.calibration,
        Calibrate(held_.empty() ? fitted.view() : held.view(), report_.smearing));
    return absl::OkStatus();
  }

  absl::Status MakeModel() {
    for (const Coefficient& coefficient : report_.coefficients) {
      const bool squared = coefficient.term && coefficient.term->power == 2;
      if (std::abs(coefficient.estimate) >= (squared ? kSquaredCoefficientEnd : kCoefficientEnd)) {
        return Invalid("COEFFICIENT_TOO_LARGE",
                       fmt::format("the coefficient of {} is too large for a model in millionths; "
                                   "change its unit",
                                   coefficient.term ? TextOf(*coefficient.term) : "the constant"));
      }
      const int64_t micro = std::llround(kMicro * coefficient.estimate);
      if (!coefficient.term) {
        report_.intercept_micro = micro;
        continue;
      }
      // What an unknown answer adds is the mean, so that one gap costs no rank.
      report_.terms.push_back({*coefficient.term, micro,
                               std::llround(kMicro * coefficient.estimate * coefficient.mean),
                               TextOf(*coefficient.term)});
    }
    return absl::OkStatus();
  }

  const Families& families_;
  const FitOptions& options_;
  FitReport report_;
  std::vector<bool> usable_;
  std::vector<bool> known_;
  std::vector<double> outcome_;
  std::vector<double> weights_;
  std::vector<Term> terms_;
  std::vector<std::string> names_;
  std::vector<std::vector<double>> values_;
  std::vector<uint32_t> fitted_;
  std::vector<uint32_t> held_;
};

}  // namespace

absl::StatusOr<FitReport> FitModel(const Families& families, const FitOptions& options) {
  return Fitting(families, options).Run();
}

}  // namespace sepakat::pmt
