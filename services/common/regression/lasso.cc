#include "common/regression/lasso.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "common/base/status.h"

namespace sepakat::regression {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int kMostRounds = 100'000;
// A round that changes no fitted value by more than this share of the outcome's deviation ends it.
constexpr double kConverged = 1e-9;

// The sample as the descent needs it: standardised regressors, outcome without its mean.
class Standardised {
 public:
  explicit Standardised(const Triangle& triangle)
      : all_(Eigen::Map<const RowMajor>(triangle.values().data(), Size(triangle), Size(triangle))) {
    const Eigen::Index last = all_.cols() - 1;
    const double root = std::sqrt(triangle.weight());
    // The first row holds what lies along the constant: the means.
    means_ = all_.row(0).segment(1, last - 1) / all_(0, 0);
    outcome_mean_ = all_(0, last) / all_(0, 0);
    const Eigen::MatrixXd rest = all_.bottomRows(last).middleCols(1, last - 1) / root;
    const Eigen::VectorXd outcome = all_.bottomRows(last).col(last) / root;
    deviations_ = rest.colwise().norm();
    Eigen::MatrixXd scaled = rest;
    for (Eigen::Index j = 0; j < scaled.cols(); ++j) {
      const bool varies = deviations_[j] > 1e-12 * std::abs(means_[j]) && deviations_[j] > 0;
      if (!varies) deviations_[j] = 0;
      scaled.col(j) *= varies ? 1 / deviations_[j] : 0.0;
    }
    products_ = scaled.transpose() * scaled;
    with_outcome_ = scaled.transpose() * outcome;
    outcome_deviation_ = outcome.norm();
  }

  double largest_lambda() const { return with_outcome_.cwiseAbs().maxCoeff(); }
  bool varies() const { return outcome_deviation_ > 0 && largest_lambda() > 0; }

  // Improves standardised coefficients from where they stand.
  void Descend(double lambda, Eigen::VectorXd* b) const {
    Eigen::VectorXd gradient = with_outcome_ - products_ * *b;
    for (int round = 0; round < kMostRounds; ++round) {
      double moved = 0;
      for (Eigen::Index j = 0; j < b->size(); ++j) {
        if (deviations_[j] == 0) continue;
        const double free = gradient[j] + (*b)[j];
        const double next = std::copysign(std::max(std::abs(free) - lambda, 0.0), free);
        const double change = next - (*b)[j];
        if (change == 0) continue;
        gradient -= change * products_.col(j);
        (*b)[j] = next;
        moved = std::max(moved, std::abs(change));
      }
      if (moved <= kConverged * outcome_deviation_) return;
    }
  }

  // In the regressors' own units, constant first.
  std::vector<double> Coefficients(const Eigen::VectorXd& b) const {
    std::vector<double> coefficients{outcome_mean_};
    for (Eigen::Index j = 0; j < b.size(); ++j) {
      const double own = deviations_[j] > 0 ? b[j] / deviations_[j] : 0.0;
      coefficients.push_back(own);
      coefficients[0] -= own * means_[j];
    }
    return coefficients;
  }

  Eigen::VectorXd Nothing() const { return Eigen::VectorXd::Zero(products_.rows()); }

 private:
  static Eigen::Index Size(const Triangle& triangle) {
    return static_cast<Eigen::Index>(triangle.regressors() + 2);
  }

  Eigen::MatrixXd all_;
  Eigen::VectorXd means_;
  Eigen::VectorXd deviations_;
  double outcome_mean_ = 0;
  double outcome_deviation_ = 0;
  Eigen::MatrixXd products_;
  Eigen::VectorXd with_outcome_;
};

// sum w (y - b0 - x b)^2 over the sample of a triangle.
double SquaredError(const Triangle& triangle, const std::vector<double>& coefficients) {
  const size_t size = triangle.regressors() + 2;
  const std::vector<double>& rows = triangle.values();
  double sum = 0;
  for (size_t row = 0; row < size; ++row) {
    double rest = rows[row * size + size - 1];
    for (size_t j = 0; j < coefficients.size(); ++j) rest -= coefficients[j] * rows[row * size + j];
    sum += rest * rest;
  }
  return sum;
}

std::vector<double> PathFrom(double largest, size_t steps) {
  std::vector<double> path;
  for (size_t i = 0; i < steps; ++i) {
    path.push_back(largest *
                   std::pow(1e-3, static_cast<double>(i) / static_cast<double>(steps - 1)));
  }
  return path;
}

}  // namespace

std::vector<double> Lasso(const Triangle& triangle, double lambda) {
  const Standardised sample(triangle);
  Eigen::VectorXd b = sample.Nothing();
  sample.Descend(lambda, &b);
  return sample.Coefficients(b);
}

std::vector<double> LambdaPath(const Triangle& triangle, size_t steps) {
  return PathFrom(Standardised(triangle).largest_lambda(), steps);
}

absl::StatusOr<LassoChoice> CrossValidate(std::span<const Triangle> folds) {
  if (folds.size() < 2) {
    return base::Error(absl::StatusCode::kInvalidArgument, "TOO_FEW_FOLDS",
                       "cross-validation needs two folds or more");
  }
  std::vector<const Triangle*> parts;
  for (const Triangle& fold : folds) parts.push_back(&fold);
  const Triangle whole = Triangle::Joined(parts);
  if (!Standardised(whole).varies()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "NO_VARIATION",
                       "no regressor goes with the outcome");
  }
  LassoChoice choice;
  choice.path = LambdaPath(whole);
  std::vector<std::vector<double>> errors(choice.path.size());
  for (size_t left_out = 0; left_out < folds.size(); ++left_out) {
    std::vector<const Triangle*> others;
    for (const Triangle* part : parts) {
      if (part != parts[left_out]) others.push_back(part);
    }
    const Standardised sample(Triangle::Joined(others));
    Eigen::VectorXd b = sample.Nothing();
    for (size_t i = 0; i < choice.path.size(); ++i) {
      sample.Descend(choice.path[i], &b);
      errors[i].push_back(SquaredError(folds[left_out], sample.Coefficients(b)) /
                          folds[left_out].weight());
    }
  }
  const double total = whole.weight();
  for (const std::vector<double>& by_fold : errors) {
    double mean = 0;
    for (size_t k = 0; k < by_fold.size(); ++k) mean += folds[k].weight() / total * by_fold[k];
    double variance = 0;
    for (size_t k = 0; k < by_fold.size(); ++k) {
      variance += folds[k].weight() / total * (by_fold[k] - mean) * (by_fold[k] - mean);
    }
    choice.mean_error.push_back(mean);
    choice.standard_error.push_back(std::sqrt(variance / static_cast<double>(by_fold.size() - 1)));
  }
  choice.smallest =
      static_cast<size_t>(std::ranges::min_element(choice.mean_error) - choice.mean_error.begin());
  const double bound = choice.mean_error[choice.smallest] + choice.standard_error[choice.smallest];
  while (choice.mean_error[choice.one_error] > bound) ++choice.one_error;
  return choice;
}

std::vector<size_t> Chosen(const std::vector<double>& coefficients) {
  std::vector<size_t> chosen;
  for (size_t i = 1; i < coefficients.size(); ++i) {
    if (coefficients[i] != 0) chosen.push_back(i - 1);
  }
  return chosen;
}

}  // namespace sepakat::regression
