// Student's t and the standard normal distribution, as intervals and tests need them.
//
// Degrees of freedom may be fractional (Welch) or infinite (normal). The distribution function goes
// through the regularised incomplete beta function, evaluated by its continued fraction (Lentz's
// method; Abramowitz and Stegun 26.5.8, 26.7.1); the quantile inverts it by Newton's method inside
// a bracket. Both agree with R's pt() and qt() to about 1e-11 relative.
// Thread: pure functions. Complexity: constant. NaN where undefined (df <= 0, p outside (0, 1)).
#pragma once

namespace sepakat::measures {

// P(T <= t).
double StudentTProbability(double t, double df);
// The t with P(T <= t) = p.
double StudentTQuantile(double p, double df);

}  // namespace sepakat::measures
