#include "common/measures/poverty_line.h"

#include <fmt/format.h>

#include <cmath>

#include "common/measures/errors.h"

namespace sepakat::measures {

absl::Status CheckLines(const PovertyLines& lines, size_t rows) {
  if (!lines.uniform() && lines.size() != rows) {
    return Invalid(
        "LENGTH_MISMATCH",
        fmt::format("{} lines and {} observations; give one line, or one per observation",
                    lines.size(), rows));
  }
  const size_t count = lines.uniform() ? 1 : rows;
  for (size_t i = 0; i < count; ++i) {
    if (!std::isfinite(lines.at(i)) || lines.at(i) <= 0) {
      return Invalid("BAD_LINE",
                     fmt::format("row {}: the poverty line {} is not a positive number; check the "
                                 "table of lines for its region",
                                 i + 1, lines.at(i)));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPoverty(Sample sample, const PovertyLines& lines) {
  SEPAKAT_RETURN_IF_ERROR(CheckSample(sample));
  return CheckLines(lines, sample.size());
}

std::vector<double> WelfareRatios(Sample sample, const PovertyLines& lines) {
  std::vector<double> ratios(sample.size());
  for (size_t i = 0; i < ratios.size(); ++i) ratios[i] = sample.values[i] / lines.at(i);
  return ratios;
}

}  // namespace sepakat::measures
