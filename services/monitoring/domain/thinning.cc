#include "monitoring/domain/thinning.h"

namespace sepakat::monitoring {

std::vector<size_t> Thin(const std::vector<int64_t>& at_ms, size_t max_points) {
  std::vector<size_t> kept;
  if (at_ms.empty()) return kept;
  const auto width = static_cast<uint64_t>(at_ms.back() - at_ms.front()) + 1;
  const auto span_of = [&](size_t i) {
    const auto offset = static_cast<uint64_t>(at_ms[i] - at_ms.front());
    return at_ms.size() <= max_points ? i : static_cast<size_t>(offset * max_points / width);
  };
  for (size_t i = 0; i < at_ms.size(); ++i) {
    if (i + 1 == at_ms.size() || span_of(i + 1) != span_of(i)) kept.push_back(i);
  }
  return kept;
}

}  // namespace sepakat::monitoring
