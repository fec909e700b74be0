#include "sepakat/generate/exponential.h"

#include "common/base/fixed_point.h"

namespace sepakat::generate {
namespace {

// log2(e) / 1000 in units of 2^-40, and the series of 2^f = sum (f ln 2)^k / k! in units of 2^-30.
constexpr int64_t kLog2PerThousandth = 1586259973;
constexpr int64_t kOne = int64_t{1} << 30;
constexpr int64_t kLn2 = 744261118;

// 2^fraction for a fraction in units of 2^-30, 0 <= fraction < 1.
int64_t PowerOfTwo(int64_t fraction) {
  const int64_t x = (fraction * kLn2) >> 30;
  int64_t sum = kOne;
  int64_t term = kOne;
  for (int k = 1; k <= 8; ++k) {
    term = ((term * x) >> 30) / k;
    sum += term;
  }
  return sum;
}

}  // namespace

int64_t TimesExp(int64_t value, int thousandths) {
  const int64_t log2 = (kLog2PerThousandth * thousandths) >> 10;
  const int64_t whole = log2 >> 30;
  const base::Int128 scaled = static_cast<base::Int128>(value) * PowerOfTwo(log2 & (kOne - 1));
  const int64_t shift = 30 - whole;
  return static_cast<int64_t>(scaled >> shift);
}

}  // namespace sepakat::generate
