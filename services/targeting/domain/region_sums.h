// Everything that is summed over the families of one region, in exact integers.
//
// Sums commute and cancel: taking a family's old contribution away and adding its new one leaves
// what a fresh count would give, to the bit. The sums of a region are its own families' plus those
// of the regions inside it.
// Thread: values. Complexity: constant per family (14 deprivations, 11 decile classes).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "common/base/fixed_point.h"
#include "common/measures/catalogue.h"
#include "common/measures/fgt.h"
#include "common/measures/mpi_masks.h"
#include "targeting/domain/family.h"
#include "targeting/domain/mpi.h"

namespace sepakat::targeting {

// A line value and its version: families under different ones are summed apart.
struct LineClass {
  int64_t line = 0;
  std::string version;
  // Codes of the regions whose line it is, for the reader; no part of the order.
  std::string regions;
  auto operator<=>(const LineClass& other) const {
    return std::tie(line, version) <=> std::tie(other.line, other.version);
  }
  bool operator==(const LineClass& other) const {
    return std::tie(line, version) == std::tie(other.line, other.version);
  }
};

struct DeprivationSums {
  int64_t deprived_weight = 0;  // family weights
  int64_t known_weight = 0;
  int64_t known_families = 0;
  bool operator==(const DeprivationSums&) const = default;
};

struct RegionSums {
  int64_t families = 0;  // unweighted
  int64_t family_weight = 0;
  int64_t person_weight = 0;
  // Families with known welfare.
  int64_t known_families = 0;
  int64_t known_family_weight = 0;
  int64_t known_person_weight = 0;
  base::Int128 welfare = 0;  // sum w y
  // Families scored by the ranking model, and those that have a rank.
  int64_t scored_families = 0;
  int64_t scored_person_weight = 0;
  base::Int128 score = 0;  // sum w score
  int64_t ranked_families = 0;
  // Families that a programme could serve, and those of which that is not known (unweighted).
  int64_t need_family_weight = 0;
  int64_t need_unknown_families = 0;
  std::array<DeprivationSums, measures::kDeprivations> deprivations{};
  // By the multidimensional measure, of families whose answers are known; weighted by persons.
  int64_t mpi_families = 0;
  measures::MpiMaskSums mpi;
  // Index 0: without decile.
  std::array<int64_t, measures::kDeciles + 1> decile_families{};
  std::array<int64_t, measures::kDeciles + 1> decile_persons{};

  // FGT sums by index of line class, ascending, empty ones left out.
  struct LineEntry {
    int32_t line_class = 0;
    measures::FgtSums sums;
    bool operator==(const LineEntry&) const = default;
  };
  std::vector<LineEntry> lines;

  bool operator==(const RegionSums&) const = default;
  bool empty() const { return families == 0; }

  // Adds (sign = 1) or takes away (sign = -1) a recorded family under its derived values.
  void Add(const FamilyRecord& record, const std::vector<LineClass>& classes,
           const MpiCounter& mpi_counter, int sign);
  // Adds or takes away what CountNeeds() of the population found about a family.
  void AddNeed(const FamilyRecord& record, Truth in_need, int sign);
  // The family moved from one decile to another.
  void MoveDecile(const FamilyRecord& record, int from, int to);
  RegionSums& operator+=(const RegionSums& other);

  // Bytes that are equal for equal sums, whatever the line classes' indices are.
  std::string CanonicalBytes(const std::vector<LineClass>& classes) const;

 private:
  measures::FgtSums& LineOf(int32_t line_class);
  void DropEmptyLines();
};

}  // namespace sepakat::targeting
