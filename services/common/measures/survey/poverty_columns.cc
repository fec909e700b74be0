#include "common/measures/survey/poverty_columns.h"

#include <fmt/format.h>

#include <cmath>

#include "common/measures/errors.h"

namespace sepakat::measures {

std::vector<double> GapColumn(std::span<const double> values, const PovertyLines& lines,
                              int order) {
  std::vector<double> column(values.size(), 0.0);
  for (size_t i = 0; i < values.size(); ++i) {
    const double line = lines.at(i);
    if (std::isnan(values[i])) {
      column[i] = values[i];
    } else if (values[i] < line) {
      const double gap = (line - values[i]) / line;
      column[i] = order == 0 ? 1.0 : order == 1 ? gap : gap * gap;
    }
  }
  return column;
}

absl::StatusOr<std::vector<double>> WattsColumn(std::span<const double> values,
                                                const PovertyLines& lines) {
  std::vector<double> column(values.size(), 0.0);
  for (size_t i = 0; i < values.size(); ++i) {
    const double line = lines.at(i);
    if (std::isnan(values[i])) {
      column[i] = values[i];
    } else if (values[i] <= 0) {
      return Undefined("NON_POSITIVE_POOR",
                       fmt::format("row {}: welfare of 0 or less has no logarithm; leave such rows "
                                   "out of the domains and say how many",
                                   i + 1));
    } else if (values[i] < line) {
      column[i] = std::log(line / values[i]);
    }
  }
  return column;
}

}  // namespace sepakat::measures
