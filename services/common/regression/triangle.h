// A weighted sample of regressors and outcome, condensed to a triangle.
//
// Householder rotations turn the rows sqrt(w) (1, x_1 .. x_p, y) into an upper triangular matrix of
// p + 2 rows with the same inner products (Golub and Van Loan, Matrix Computations, section 5.3;
// updated block by block). Every least-squares question about any subset of the regressors is then
// answered from the triangle alone, with the accuracy of an orthogonal method: nothing is squared.
// Triangles of parts of a sample join to that of the whole, which is what cross-validation needs.
// Thread: a value. Complexity: O(n p^2) to build, memory p^2 whatever n.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sepakat::regression {

// A sample as parallel columns of finite numbers; owns nothing.
struct Columns {
  std::span<const std::vector<double>> regressors;
  std::span<const double> outcome;
  std::span<const double> weights;
};

class Triangle {
 public:
  // Of the named rows of the sample; those of weight 0 add nothing, not even to rows().
  Triangle(const Columns& columns, std::span<const uint32_t> rows);
  // Of all parts together. Requires at least one, all with the same regressors.
  static Triangle Joined(std::span<const Triangle* const> parts);

  // p, without the constant.
  size_t regressors() const { return columns_ - 2; }
  // Observations with weight.
  size_t rows() const { return rows_; }
  double weight() const { return weight_; }
  // Row-major, p + 2 rows and columns: constant, regressors, outcome.
  const std::vector<double>& values() const { return values_; }

 private:
  explicit Triangle(size_t columns) : columns_(columns) {}

  // Rotates rows that stand below the triangle into it.
  void Reduce();

  size_t columns_;
  size_t rows_ = 0;
  double weight_ = 0;
  std::vector<double> values_;
};

}  // namespace sepakat::regression
