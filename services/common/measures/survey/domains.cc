#include "common/measures/survey/domains.h"

#include <numeric>
#include <utility>

#include "common/measures/compensated_sum.h"

namespace sepakat::measures {

Domains::Domains(std::vector<uint32_t> labels, uint32_t count)
    : labels_(std::move(labels)), begin_(count + size_t{1}, 0) {
  for (const uint32_t label : labels_) {
    if (label != kOutside) ++begin_[label + 1];
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  rows_.resize(begin_.back());
  std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (uint32_t row = 0; row < labels_.size(); ++row) {
    if (labels_[row] != kOutside) rows_[next[labels_[row]]++] = row;
  }
}

Domains Domains::Whole(size_t rows) { return Domains(std::vector<uint32_t>(rows, 0), 1); }

Domains Domains::Only(const std::vector<bool>& keep) const {
  std::vector<uint32_t> labels = labels_;
  for (size_t row = 0; row < labels.size(); ++row) {
    if (!keep[row]) labels[row] = kOutside;
  }
  return Domains(std::move(labels), count());
}

std::vector<DomainSupport> SupportOf(const Design& design, const Domains& domains) {
  constexpr uint32_t kNever = std::numeric_limits<uint32_t>::max();
  std::vector<DomainSupport> support(domains.count());
  std::vector<CompensatedSum> weights(domains.count());
  std::vector<uint32_t> last_unit(domains.count(), kNever);
  std::vector<uint32_t> last_cell(domains.count(), kNever);
  const Design::Level& level = design.levels()[0];
  for (uint32_t c = 0; c < level.cells.size(); ++c) {
    const Design::Cell& cell = level.cells[c];
    for (uint32_t unit = cell.first_unit; unit < cell.first_unit + cell.units; ++unit) {
      for (uint32_t at = level.unit_begin[unit]; at < level.unit_begin[unit + 1]; ++at) {
        const uint32_t row = design.order()[at];
        const uint32_t domain = domains.labels()[row];
        const double weight = design.weights()[row];
        if (domain == Domains::kOutside || weight <= 0) continue;
        ++support[domain].observations;
        weights[domain].Add(weight);
        if (std::exchange(last_unit[domain], unit) != unit) ++support[domain].psus;
        if (std::exchange(last_cell[domain], c) != c) ++support[domain].strata;
      }
    }
  }
  for (uint32_t d = 0; d < support.size(); ++d) support[d].weight_sum = weights[d].value();
  return support;
}

}  // namespace sepakat::measures
