#include "common/measures/survey/domain_samples.h"

#include <fmt/format.h>

#include <cmath>

#include "common/base/status.h"

namespace sepakat::measures {

absl::StatusOr<DomainSamples> DomainSamples::Create(const Design& design, const Domains& domains,
                                                    std::span<const double> values) {
  if (values.size() != design.rows()) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "LENGTH_MISMATCH",
        fmt::format("{} values for a design of {} rows", values.size(), design.rows()));
  }
  DomainSamples result;
  result.samples_.reserve(domains.count());
  std::vector<double> part;
  std::vector<double> weights;
  for (uint32_t domain = 0; domain < domains.count(); ++domain) {
    part.clear();
    weights.clear();
    for (const uint32_t row : domains.rows(domain)) {
      if (!std::isfinite(values[row])) {
        return base::Error(absl::StatusCode::kInvalidArgument, "NOT_FINITE",
                           fmt::format("row {}: the value is missing or infinite; leave such rows "
                                       "out of the domains and report how many",
                                       row + 1));
      }
      part.push_back(values[row]);
      weights.push_back(design.weights()[row]);
    }
    const Sample sample{part, weights};
    if (absl::Status status = CheckSample(sample); status.ok()) {
      result.samples_.emplace_back(SortedSample(sample));
    } else {
      result.samples_.emplace_back(std::move(status));
    }
  }
  return result;
}

}  // namespace sepakat::measures
