#include "common/regression/triangle.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

namespace sepakat::regression {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Rows that are rotated in at once.
constexpr size_t kBlock = 1024;

}  // namespace

Triangle::Triangle(const Columns& columns, std::span<const uint32_t> rows)
    : columns_(columns.regressors.size() + 2) {
  for (const uint32_t row : rows) {
    const double weight = columns.weights[row];
    if (weight <= 0) continue;
    const double root = std::sqrt(weight);
    values_.push_back(root);
    for (const std::vector<double>& regressor : columns.regressors) {
      values_.push_back(root * regressor[row]);
    }
    values_.push_back(root * columns.outcome[row]);
    ++rows_;
    weight_ += weight;
    if (values_.size() >= (columns_ + kBlock) * columns_) Reduce();
  }
  Reduce();
}

Triangle Triangle::Joined(std::span<const Triangle* const> parts) {
  Triangle whole(parts.front()->columns_);
  for (const Triangle* part : parts) {
    whole.values_.insert(whole.values_.end(), part->values_.begin(), part->values_.end());
    whole.rows_ += part->rows_;
    whole.weight_ += part->weight_;
  }
  whole.Reduce();
  return whole;
}

void Triangle::Reduce() {
  const auto columns = static_cast<Eigen::Index>(columns_);
  const auto rows = static_cast<Eigen::Index>(values_.size() / columns_);
  std::vector<double> triangle(columns_ * columns_, 0.0);
  if (rows > 0) {
    const Eigen::Map<const RowMajor> stacked(values_.data(), rows, columns);
    const Eigen::HouseholderQR<Eigen::MatrixXd> rotated(stacked);
    const RowMajor upper =
        rotated.matrixQR().topRows(std::min(rows, columns)).triangularView<Eigen::Upper>();
    std::copy(upper.data(), upper.data() + upper.size(), triangle.begin());
  }
  values_ = std::move(triangle);
}

}  // namespace sepakat::regression
