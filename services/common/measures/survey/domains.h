// A split of the sample into parts that do not overlap: regencies, urban and rural, sexes, all.
//
// A domain is estimated with the design of the whole sample: rows outside count 0 and stay in the
// design, because how many units of a stratum fell into the domain is itself a matter of chance
// (Saerndal, Swensson, Wretman 1992, section 10.3). Cutting the rows out of the file instead gives
// errors that are too small. Rows in no domain (unknown region, missing welfare) are kOutside.
// Thread: values that never change. Complexity: O(rows), 8 bytes per row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "common/measures/survey/design.h"

namespace sepakat::measures {

class Domains {
 public:
  static constexpr uint32_t kOutside = std::numeric_limits<uint32_t>::max();

  // `labels`: one domain number below `count`, or kOutside, for each row.
  Domains(std::vector<uint32_t> labels, uint32_t count);
  // One domain of all rows.
  static Domains Whole(size_t rows);
  // The same domains without the rows where `keep` is false.
  Domains Only(const std::vector<bool>& keep) const;

  uint32_t count() const { return static_cast<uint32_t>(begin_.size() - 1); }
  std::span<const uint32_t> labels() const { return labels_; }
  // Rows of one domain, ascending.
  std::span<const uint32_t> rows(uint32_t domain) const {
    return std::span(rows_).subspan(begin_[domain], begin_[domain + 1] - begin_[domain]);
  }

 private:
  std::vector<uint32_t> labels_;
  std::vector<uint32_t> rows_;
  std::vector<uint32_t> begin_;
};

// What of the design a domain touches, over rows with a weight above 0.
struct DomainSupport {
  int64_t observations = 0;
  double weight_sum = 0;
  int64_t psus = 0;
  int64_t strata = 0;
  // As degf() of R's `survey`: primary units minus strata that have a row in the domain.
  double df() const { return static_cast<double>(psus - strata); }
};

std::vector<DomainSupport> SupportOf(const Design& design, const Domains& domains);

}  // namespace sepakat::measures
