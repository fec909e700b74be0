// A running sum of doubles whose error does not grow with the number of terms.
//
// Neumaier (1974): the part that each addition rounds away is kept beside the sum and added when it
// is read; the result is within about one unit in the last place of sum |x|, however many terms.
// Thread: a value. Complexity: constant per term.
#pragma once

#include <cmath>

namespace sepakat::measures {

class CompensatedSum {
 public:
  void Add(double term) {
    const double next = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0;
  double lost_ = 0.0;
};

}  // namespace sepakat::measures
