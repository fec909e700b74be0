#include "sepakat/measure/nice_scale.h"

#include <algorithm>
#include <cmath>

namespace sepakat::measure {

std::vector<double> NiceScale::Ticks() const {
  std::vector<double> ticks;
  const auto count = static_cast<int>(std::lround((high - low) / step));
  for (int i = 0; i <= count; ++i) ticks.push_back(low + i * step);
  return ticks;
}

int NiceScale::Decimals(double factor) const {
  return std::max(0, static_cast<int>(std::ceil(-std::log10(step * factor) - 1e-9)));
}

NiceScale ScaleFor(double low, double high, int wanted) {
  if (!(high > low)) {
    const double room = low == 0 ? 1 : std::abs(low) / 10;
    low -= room;
    high += room;
  }
  const double rough = (high - low) / wanted;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double part = rough / power;
  NiceScale scale;
  scale.step = power * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
  scale.low = std::floor(low / scale.step + 1e-9) * scale.step;
  scale.high = std::ceil(high / scale.step - 1e-9) * scale.step;
  return scale;
}

}  // namespace sepakat::measure
