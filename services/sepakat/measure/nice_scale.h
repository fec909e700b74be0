// Round numbers for an axis that covers given values: 0, 5, 10, 15 rather than 0, 4.7, 9.4.
//
// Steps are 1, 2 or 5 times a power of ten (Heckbert 1990).
// Thread: pure function.
#pragma once

#include <vector>

namespace sepakat::measure {

struct NiceScale {
  double low = 0;
  double high = 1;
  double step = 1;
  // From low to high.
  std::vector<double> Ticks() const;
  // Digits behind the mark that tell neighbouring ticks apart; `factor` scales them first
  // (percent).
  int Decimals(double factor) const;
};

// About `wanted` steps; a range of one value gets some room.
NiceScale ScaleFor(double low, double high, int wanted);

}  // namespace sepakat::measure
