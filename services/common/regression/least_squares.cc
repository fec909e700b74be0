#include "common/regression/least_squares.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <Eigen/QR>
#include <cmath>

#include "common/base/status.h"

namespace sepakat::regression {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

// Relative size under which what is left of a regressor, after the others, is rounding.
constexpr double kDependent = 1e-10;
// Share of the outcome's squares under which its variation is rounding.
constexpr double kConstant = 1e-24;

}  // namespace

double LeastSquares::Predict(std::span<const double> regressors) const {
  double value = coefficients[0];
  for (size_t i = 0; i < regressors.size(); ++i) value += coefficients[i + 1] * regressors[i];
  return value;
}

std::vector<double> LeastSquares::Influence(std::span<const double> regressors,
                                            double residual) const {
  const size_t size = coefficients.size();
  std::vector<double> influence(size);
  for (size_t j = 0; j < size; ++j) {
    double sum = inverse[j * size];
    for (size_t i = 0; i < regressors.size(); ++i) sum += inverse[j * size + i + 1] * regressors[i];
    influence[j] = sum * residual;
  }
  return influence;
}

absl::StatusOr<LeastSquares> Fit(const Triangle& triangle, std::span<const size_t> chosen,
                                 std::span<const std::string> names) {
  const auto size = static_cast<Eigen::Index>(triangle.regressors() + 2);
  const auto terms = static_cast<Eigen::Index>(chosen.size() + 1);
  if (triangle.rows() <= static_cast<size_t>(terms)) {
    return Invalid("TOO_FEW_ROWS", fmt::format("{} observations cannot determine {} coefficients",
                                               triangle.rows(), terms));
  }
  const Eigen::Map<const RowMajor> all(triangle.values().data(), size, size);
  Eigen::MatrixXd design(size, terms);
  design.col(0) = all.col(0);
  for (size_t i = 0; i < chosen.size(); ++i) {
    design.col(static_cast<Eigen::Index>(i + 1)) =
        all.col(static_cast<Eigen::Index>(chosen[i] + 1));
  }
  // Columns of one length, so that units do not matter.
  const Eigen::VectorXd lengths = design.colwise().norm();
  const Eigen::VectorXd scale =
      lengths.unaryExpr([](double length) { return length > 0 ? 1 / length : 0.0; });
  design = design * scale.asDiagonal();
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> rotated(design);
  rotated.setThreshold(kDependent);
  if (rotated.rank() < terms) {
    std::vector<std::string> dependent;
    for (Eigen::Index i = rotated.rank(); i < terms; ++i) {
      const Eigen::Index column = rotated.colsPermutation().indices()[i];
      dependent.push_back(column == 0 ? "constant"
                                      : names[chosen[static_cast<size_t>(column - 1)]]);
    }
    return Invalid("COLLINEAR", fmt::format("others determine {}; leave out one of each group",
                                            fmt::join(dependent, ", ")));
  }
  const Eigen::VectorXd outcome = all.col(size - 1);
  const Eigen::VectorXd solved = rotated.solve(outcome);
  const Eigen::MatrixXd upper =
      rotated.matrixR().topLeftCorner(terms, terms).triangularView<Eigen::Upper>();
  const Eigen::MatrixXd inverted =
      upper.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(terms, terms));
  const Eigen::MatrixXd placed = rotated.colsPermutation() * inverted;
  const Eigen::MatrixXd inverse =
      scale.asDiagonal() * (placed * placed.transpose()) * scale.asDiagonal();

  LeastSquares fit;
  fit.rows = triangle.rows();
  fit.df = fit.rows - static_cast<size_t>(terms);
  fit.residual_sum = (outcome - design * solved).squaredNorm();
  // The first row of the triangle is the constant's direction.
  fit.total_sum = outcome.tail(size - 1).squaredNorm();
  if (!(fit.total_sum > kConstant * outcome.squaredNorm())) {
    return Invalid("NO_VARIATION", "the outcome is the same in every observation");
  }
  fit.sigma = std::sqrt(fit.residual_sum / static_cast<double>(fit.df));
  fit.r_squared = 1 - fit.residual_sum / fit.total_sum;
  fit.adjusted_r_squared =
      1 - (1 - fit.r_squared) * static_cast<double>(fit.rows - 1) / static_cast<double>(fit.df);
  for (Eigen::Index i = 0; i < terms; ++i) {
    fit.coefficients.push_back(solved[i] * scale[i]);
    fit.classical_errors.push_back(fit.sigma * std::sqrt(inverse(i, i)));
    for (Eigen::Index j = 0; j < terms; ++j) fit.inverse.push_back(inverse(i, j));
  }
  return fit;
}

}  // namespace sepakat::regression
