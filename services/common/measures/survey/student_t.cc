#include "common/measures/survey/student_t.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace sepakat::measures {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kTiny = 1e-300;

// The continued fraction of the incomplete beta function, which converges fast for
// x < (a + 1) / (a + b + 2).
double BetaFraction(double a, double b, double x) {
  const auto away_from_zero = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m < 100'000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    const double step = d * c;
    fraction *= step;
    if (std::abs(step - 1) < 1e-16) break;
  }
  return fraction;
}

// lgamma(a + 1/2) - lgamma(a), whose terms cancel for large a.
double LogGammaHalfStep(double a) {
  if (a < 50) return std::lgamma(a + 0.5) - std::lgamma(a);
  const double r = 1 / a;
  return 0.5 * std::log(a) - r / 8 + r * r * r / 192 - std::pow(r, 5) / 640 +
         17 * std::pow(r, 7) / 14336;
}

// log B(df / 2, 1 / 2).
double LogBeta(double df) { return 0.5 * std::log(std::numbers::pi) - LogGammaHalfStep(df / 2); }

// P(T > t) for t >= 0.
double UpperTail(double t, double df) {
  if (std::isinf(df)) return 0.5 * std::erfc(t / std::numbers::sqrt2);
  const double x = df / (df + t * t);     // the tail is I_x(df/2, 1/2) / 2
  const double y = t * t / (df + t * t);  // 1 - x without cancellation
  if (t == 0) return 0.5;
  const double log_front = 0.5 * df * (-std::log1p(t * t / df)) + 0.5 * std::log(y) - LogBeta(df);
  const double a = df / 2;
  if (x < (a + 1) / (a + 2.5)) return 0.5 * std::exp(log_front) * BetaFraction(a, 0.5, x) / a;
  return 0.5 - 0.5 * std::exp(log_front) * BetaFraction(0.5, a, y) / 0.5;
}

double Density(double t, double df) {
  if (std::isinf(df)) return std::exp(-t * t / 2) / std::sqrt(2 * std::numbers::pi);
  return std::exp(-0.5 * (df + 1) * std::log1p(t * t / df) - LogBeta(df)) / std::sqrt(df);
}

}  // namespace

double StudentTProbability(double t, double df) {
  if (std::isnan(t) || !(df > 0)) return kNaN;
  return t >= 0 ? 1 - UpperTail(t, df) : UpperTail(-t, df);
}

double StudentTQuantile(double p, double df) {
  if (!(p > 0 && p < 1) || !(df > 0)) return kNaN;
  if (p == 0.5) return 0;
  const double tail = p < 0.5 ? p : 1 - p;
  double low = 0;
  double high = 1;
  while (UpperTail(high, df) > tail) {
    low = high;
    high *= 2;
  }
  double t = 0.5 * (low + high);
  for (int i = 0; i < 200; ++i) {
    const double excess = UpperTail(t, df) - tail;
    (excess > 0 ? low : high) = t;
    double next = t + excess / Density(t, df);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const bool settled = std::abs(next - t) <= 1e-15 * std::abs(next);
    t = next;
    if (settled) break;
  }
  return p < 0.5 ? -t : t;
}

}  // namespace sepakat::measures
