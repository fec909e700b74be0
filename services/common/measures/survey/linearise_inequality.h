// Influences of inequality measures, exact derivatives of the formulas of inequality.h.
//
// With W = sum w, T = sum w y, mu = T/W, C and G the weight and total up to and including a row in
// ascending order:
//   Gini      N = sum w_i y_i (C_i + C_(i-1)), Gini = N/(W T) - 1
//             u = 2 (T - G + C y)/(W T) - (1 + Gini)(1/W + y/T)
//             (Monti 1991; Langel and Tille 2013, JRSS A 176(2), formula 5)
//   GE(a)     S = sum w y^a:  u = (g/(a (a - 1))) ((a - 1)/W - a y/T + y^a/S),
//             g = W^(a-1) T^(-a) S
//   MLD       u = -(ln y - mean ln y)/W + y/T - 1/W
//   Theil T   u = (y ln y - theta y)/T - y/T + 1/W,  theta = sum w y ln y / T
//   Atkinson  B = sum w y^(1-e)/W:  u = -(1 - A) ((y^(1-e)/B - 1)/((1 - e) W) + 1/W - y/T);
//             e = 1: the limit, with ln y - mean ln y for the first quotient
//   Hoover    u = (|y - mu| + (2 F(mu) - 1)(y - mu) - 2 Hoover y) / (2 T)
//   CV        u = u_GE(2) / CV
//   Kolm      B = sum w exp(-a y)/W:  u = (y - mu)/W + (exp(-a y)/B - 1)/(a W)
// (Cowell and Flachaire 2007; Biewen and Jenkins 2006 for survey data.)
// Writes influences in the order of `sample`. Thread: pure functions. Complexity: O(n).
// Errors: those of inequality.h.
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

// What rank a row of weight w has among persons.
enum class GiniForm {
  // Its middle: the mean difference of inequality.h; the same however rows are merged or split.
  // `laeken` since 0.5.
  kMeanDifference,
  // That of its last person: N = sum w y (2 C - 1), larger by sum (w^2 - w) y / (W T), which is
  // about 1/rows. It depends on the scale of weights. `convey`, and `laeken` before 0.5; here to
  // reproduce what was published with them.
  kLastPerson,
};

absl::StatusOr<double> LineariseGini(const SortedSample& sample, GiniForm form,
                                     std::span<double> influence);
absl::StatusOr<double> LineariseGeneralisedEntropy(const SortedSample& sample, double a,
                                                   std::span<double> influence);
absl::StatusOr<double> LineariseAtkinson(const SortedSample& sample, double aversion,
                                         std::span<double> influence);
absl::StatusOr<double> LineariseHoover(const SortedSample& sample, std::span<double> influence);
absl::StatusOr<double> LineariseCoefficientOfVariation(const SortedSample& sample,
                                                       std::span<double> influence);
absl::StatusOr<double> LineariseKolm(const SortedSample& sample, double aversion,
                                     std::span<double> influence);

}  // namespace sepakat::measures
