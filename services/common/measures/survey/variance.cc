#include "common/measures/survey/variance.h"

#include <cstdint>

namespace sepakat::measures {
namespace {

// The part of one unit's total that falls into one domain.
struct Part {
  uint32_t domain;
  uint32_t unit;
  double total;
};

// Gathers the parts of a cell's units, unit after unit.
class Gatherer {
 public:
  Gatherer(const Design& design, const Domains& domains)
      : design_(design), domains_(domains), total_(domains.count()), seen_(domains.count()) {}

  void Gather(const Design::Level& level, const Design::Cell& cell,
              std::span<const double> influence, std::vector<Part>& parts) {
    parts.clear();
    for (uint32_t unit = cell.first_unit; unit < cell.first_unit + cell.units; ++unit) {
      for (uint32_t at = level.unit_begin[unit]; at < level.unit_begin[unit + 1]; ++at) {
        const uint32_t row = design_.order()[at];
        const uint32_t domain = domains_.labels()[row];
        if (domain == Domains::kOutside) continue;
        if (!seen_[domain]) {
          seen_[domain] = true;
          touched_.push_back(domain);
        }
        total_[domain] += design_.weights()[row] * influence[row];
      }
      for (const uint32_t domain : touched_) {
        parts.push_back({domain, unit - cell.first_unit, total_[domain]});
        total_[domain] = 0;
        seen_[domain] = false;
      }
      touched_.clear();
    }
  }

 private:
  const Design& design_;
  const Domains& domains_;
  std::vector<double> total_;
  std::vector<char> seen_;
  std::vector<uint32_t> touched_;
};

// Sums per domain that are cheap to clear: only what was touched.
class DomainSums {
 public:
  struct Sum {
    double total = 0;
    double squares = 0;
    uint32_t units = 0;
    uint32_t cells = 0;
    uint32_t usable_cells = 0;
    bool touched = false;
  };
  explicit DomainSums(uint32_t count) : sums_(count) {}

  Sum& operator[](uint32_t domain) {
    Sum& sum = sums_[domain];
    if (!sum.touched) {
      sum.touched = true;
      touched_.push_back(domain);
    }
    return sum;
  }
  template <typename Visit>
  void Drain(Visit visit) {
    for (const uint32_t domain : touched_) {
      visit(domain, sums_[domain]);
      sums_[domain] = Sum{};
    }
    touched_.clear();
  }

 private:
  std::vector<Sum> sums_;
  std::vector<uint32_t> touched_;
};

// sum over a cell's units of (t - mean t)^2 for each domain, times the cell's scale. Units without
// a row in the domain have t = 0.
class CellVariance {
 public:
  CellVariance(SinglePsu rule, uint32_t domains) : rule_(rule), sums_(domains) {}

  template <typename Add>
  void Compute(const Design::Cell& cell, std::span<const Part> parts, Add add) {
    const double scale = ScaleOf(cell);
    const double n = cell.units;
    for (const Part& part : parts) {
      DomainSums::Sum& sum = sums_[part.domain];
      sum.total += part.total;
      ++sum.units;
    }
    for (const Part& part : parts) {
      DomainSums::Sum& sum = sums_[part.domain];
      const double away = part.total - Centre(cell, sum.total);
      sum.squares += away * away;
    }
    sums_.Drain([&](uint32_t domain, const DomainSums::Sum& sum) {
      const double mean = Centre(cell, sum.total);
      add(domain, scale * (sum.squares + (n - sum.units) * mean * mean));
    });
  }

  // From what a unit's total is measured: the mean of its cell, or, for a single unit, 0.
  static double Centre(const Design::Cell& cell, double cell_total) {
    return cell.single ? 0.0 : cell_total / cell.units;
  }
  double ScaleOf(const Design::Cell& cell) const {
    return cell.single && rule_ != SinglePsu::kCentred ? 0.0 : cell.scale;
  }

 private:
  SinglePsu rule_;
  DomainSums sums_;
};

// What single units make of the sum over the other cells of a group.
std::optional<double> GroupFactor(SinglePsu rule, uint32_t cells, uint32_t usable) {
  if (rule != SinglePsu::kAverage) return 1.0;
  if (usable == 0) return std::nullopt;
  return static_cast<double>(cells) / usable;
}

bool EndsGroup(const Design::Level& level, size_t cell) {
  return cell + 1 == level.cells.size() || level.cells[cell + 1].group != level.cells[cell].group;
}

}  // namespace

std::vector<std::optional<double>> VarianceByDomain(const Design& design, const Domains& domains,
                                                    std::span<const double> influence) {
  const SinglePsu rule = design.rules().single_psu;
  std::vector<std::optional<double>> variance(domains.count(), 0.0);
  Gatherer gatherer(design, domains);
  CellVariance cell_variance(rule, domains.count());
  DomainSums group(domains.count());
  std::vector<Part> parts;
  for (const Design::Level& level : design.levels()) {
    for (size_t c = 0; c < level.cells.size(); ++c) {
      const Design::Cell& cell = level.cells[c];
      gatherer.Gather(level, cell, influence, parts);
      cell_variance.Compute(cell, parts, [&](uint32_t domain, double added) {
        DomainSums::Sum& sum = group[domain];
        sum.total += added;
        ++sum.cells;
        if (!cell.single) ++sum.usable_cells;
      });
      if (!EndsGroup(level, c)) continue;
      group.Drain([&](uint32_t domain, const DomainSums::Sum& sum) {
        const auto factor = GroupFactor(rule, sum.cells, sum.usable_cells);
        if (!factor) {
          variance[domain].reset();
        } else if (variance[domain]) {
          *variance[domain] += sum.total * *factor;
        }
      });
    }
  }
  return variance;
}

std::optional<double> Variance(const Design& design, std::span<const double> influence) {
  return VarianceByDomain(design, Domains::Whole(design.rows()), influence)[0];
}

std::optional<JointVariance> JointVarianceByDomain(const Design& design, const Domains& domains,
                                                   std::span<const double> influence,
                                                   std::span<const double> shared) {
  const SinglePsu rule = design.rules().single_psu;
  JointVariance joint{std::vector<double>(domains.count()), std::vector<double>(domains.count()),
                      0};
  const Domains whole = Domains::Whole(design.rows());
  Gatherer gatherer(design, domains);
  Gatherer whole_gatherer(design, whole);
  CellVariance cell_variance(rule, domains.count());
  DomainSums own(domains.count());
  DomainSums cross(domains.count());
  std::vector<Part> parts;
  std::vector<Part> shared_parts;  // one per unit, in order
  for (const Design::Level& level : design.levels()) {
    double group_shared = 0;
    uint32_t cells = 0;
    uint32_t usable = 0;
    for (size_t c = 0; c < level.cells.size(); ++c) {
      const Design::Cell& cell = level.cells[c];
      gatherer.Gather(level, cell, influence, parts);
      whole_gatherer.Gather(level, cell, shared, shared_parts);
      cell_variance.Compute(cell, parts,
                            [&](uint32_t domain, double added) { own[domain].total += added; });
      double cell_total = 0;
      for (const Part& part : shared_parts) cell_total += part.total;
      const double centre = CellVariance::Centre(cell, cell_total);
      const double scale = cell_variance.ScaleOf(cell);
      for (const Part& part : parts) {
        cross[part.domain].total += scale * part.total * (shared_parts[part.unit].total - centre);
      }
      for (const Part& part : shared_parts) {
        group_shared += scale * (part.total - centre) * (part.total - centre);
      }
      ++cells;
      if (!cell.single) ++usable;
      if (!EndsGroup(level, c)) continue;
      const auto factor = GroupFactor(rule, cells, usable);
      if (!factor) return std::nullopt;
      own.Drain([&](uint32_t domain, const DomainSums::Sum& sum) {
        joint.own[domain] += sum.total * *factor;
      });
      cross.Drain([&](uint32_t domain, const DomainSums::Sum& sum) {
        joint.cross[domain] += sum.total * *factor;
      });
      joint.shared += group_shared * *factor;
      group_shared = 0;
      cells = usable = 0;
    }
  }
  return joint;
}

}  // namespace sepakat::measures
