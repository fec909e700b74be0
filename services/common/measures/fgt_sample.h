// Poverty of a weighted sample: incidence, depth, severity, and the measures that see inequality
// among the poor.
//
// y is welfare per head, z the line that applies, w the person weight (household weight times
// size), W = sum w; an observation is poor if y < z, strictly.
//   P_a   = sum w [y < z] ((z - y)/z)^a / W           Foster, Greer, Thorbecke (1984)
//   IG    = P1 / P0, the mean normalised gap of the poor
//   Watts = sum w [y < z] ln(z/y) / W                 Watts (1968)
//   Sen   see SenForm                                 Sen (1976)
//   SST   = P1 (1 + Gini of the gaps ((z - y)/z)+)    Shorrocks (1995), Thon (1979)
// All are pure numbers between 0 and 1 (publications often print P1 and P2 times 100); Watts has no
// upper bound. A negative welfare makes a gap above 1, which is kept as it is.
// Errors: those of CheckPoverty; FailedPrecondition NON_POSITIVE_POOR (Watts).
// Thread: pure functions. Complexity: one pass, nothing allocated.
// Does not: keep exact integer sums that can be taken back (see fgt.h).
#pragma once

#include <array>
#include <optional>

#include "absl/status/statusor.h"
#include "common/measures/poverty_line.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

inline constexpr int kFgtOrders = 3;

struct Poverty {
  std::array<double, kFgtOrders> fgt{};  // P0, P1, P2
  double poor_weight = 0;                // persons below their line
  double total_weight = 0;
  // sum w (z - y)+ in welfare per period: what lifting every poor person exactly to the line would
  // cost if nothing leaked. With one line it is P1 W z.
  double shortfall = 0;
  // IG; nothing when nobody is poor.
  std::optional<double> gap_of_the_poor;

  double headcount() const { return fgt[0]; }
  double gap() const { return fgt[1]; }
  double severity() const { return fgt[2]; }
};

absl::StatusOr<Poverty> MeasurePoverty(Sample sample, const PovertyLines& lines);

absl::StatusOr<double> Watts(Sample sample, const PovertyLines& lines);

// q is the weight of the poor, r the rank among them (1 = poorest).
enum class SenForm {
  // 2/((q + 1) W z) sum_poor (z - y)(q + 1 - r): Sen's own form. It counts heads, so it changes
  // when every unit is doubled, and weights must be numbers of persons; a weight w stands for w
  // equal persons.
  kOriginal,
  // P0 (IG + (1 - IG) G_p), G_p the Gini of the poor: the limit of the form above when every unit
  // is copied without end. The one to use with survey weights.
  kReplicationInvariant,
};

// Lines that differ: give the SortedSample of WelfareRatios and the line 1.
// 0 when nobody is poor.
absl::StatusOr<double> Sen(const SortedSample& sample, double line, SenForm form);
absl::StatusOr<double> SenShorrocksThon(const SortedSample& sample, double line);

}  // namespace sepakat::measures
