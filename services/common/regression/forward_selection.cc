#include "common/regression/forward_selection.h"

#include <Eigen/Core>
#include <cmath>
#include <optional>

#include "common/measures/survey/student_t.h"

namespace sepakat::regression {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// What is left of a regressor, relative to its length, when the chosen ones determine it.
constexpr double kDependent = 1e-10;

// The columns of a triangle, made orthogonal to those that were taken.
class Remainders {
 public:
  explicit Remainders(const Triangle& triangle)
      : columns_(Eigen::Map<const RowMajor>(triangle.values().data(),
                                            static_cast<Eigen::Index>(triangle.regressors() + 2),
                                            static_cast<Eigen::Index>(triangle.regressors() + 2))),
        lengths_(columns_.colwise().norm()),
        taken_(triangle.regressors() + 2, false) {
    Take(0);
  }

  size_t outcome() const { return taken_.size() - 1; }
  double residual_sum() const { return Column(outcome()).squaredNorm(); }
  bool taken(size_t column) const { return taken_[column]; }

  // By how much the residual sum falls; nothing for a dependent column.
  std::optional<double> Gain(size_t column) const {
    const double length = Column(column).norm();
    if (!(length > kDependent * lengths_[static_cast<Eigen::Index>(column)])) return std::nullopt;
    const double along = Column(column).dot(Column(outcome())) / length;
    return along * along;
  }

  void Take(size_t column) {
    taken_[column] = true;
    const double length = Column(column).norm();
    if (!(length > 0)) return;
    const Eigen::VectorXd direction = Column(column) / length;
    for (size_t other = 0; other < taken_.size(); ++other) {
      if (taken_[other]) continue;
      auto rest = columns_.col(static_cast<Eigen::Index>(other));
      // Twice, so that rounding leaves nothing behind.
      for (int pass = 0; pass < 2; ++pass) rest -= direction.dot(rest) * direction;
    }
  }

 private:
  Eigen::MatrixXd::ConstColXpr Column(size_t column) const {
    return columns_.col(static_cast<Eigen::Index>(column));
  }

  Eigen::MatrixXd columns_;
  Eigen::VectorXd lengths_;
  std::vector<bool> taken_;
};

double Penalised(double residual_sum, double rows, double coefficients, Criterion criterion) {
  const double price = criterion == Criterion::kAic ? 2 : std::log(rows);
  return rows * std::log(residual_sum / rows) + price * coefficients;
}

}  // namespace

std::vector<ForwardStep> SelectForward(const Triangle& triangle, std::span<const size_t> forced,
                                       const ForwardRules& rules) {
  Remainders rest(triangle);
  const double total_sum = rest.residual_sum();
  for (const size_t regressor : forced) rest.Take(regressor + 1);
  const auto rows = static_cast<double>(triangle.rows());
  size_t coefficients = forced.size() + 1;
  std::vector<ForwardStep> steps;
  while (rules.most == 0 || steps.size() < rules.most) {
    size_t best = 0;
    double gain = 0;
    for (size_t column = 1; column < rest.outcome(); ++column) {
      if (rest.taken(column)) continue;
      const std::optional<double> found = rest.Gain(column);
      if (found && *found > gain) {
        best = column;
        gain = *found;
      }
    }
    const double df = rows - static_cast<double>(coefficients) - 1;
    if (best == 0 || df < 1) break;
    const double before = rest.residual_sum();
    const double after = std::max(before - gain, 0.0);
    const double t = std::sqrt(gain / (after / df));
    const double p_value = 2 * measures::StudentTProbability(-t, df);
    const auto k = static_cast<double>(coefficients);
    const bool better = rules.criterion == Criterion::kPValue
                            ? p_value <= rules.threshold
                            : Penalised(after, rows, k + 1, rules.criterion) <
                                  Penalised(before, rows, k, rules.criterion);
    if (!better) break;
    rest.Take(best);
    ++coefficients;
    steps.push_back({best - 1, 1 - rest.residual_sum() / total_sum, p_value});
  }
  return steps;
}

}  // namespace sepakat::regression
