#include "sepakat/generate/exponential.h"

#include <cmath>

#include "gtest/gtest.h"

namespace sepakat::generate {
namespace {

TEST(TimesExp, LeavesAValueUnchangedAtZero) { EXPECT_EQ(TimesExp(538371, 0), 538371); }

TEST(TimesExp, AgreesWithTheMathematicalFunction) {
  for (int thousandths = -8000; thousandths <= 8000; thousandths += 37) {
    const double expected = 1e9 * std::exp(thousandths / 1000.0);
    EXPECT_NEAR(static_cast<double>(TimesExp(1'000'000'000, thousandths)), expected,
                1 + expected * 2e-5)
        << thousandths;
  }
}

TEST(TimesExp, NeverFallsWhenThePowerRises) {
  for (int thousandths = -2000; thousandths < 3500; ++thousandths) {
    EXPECT_LE(TimesExp(538371, thousandths), TimesExp(538371, thousandths + 1));
  }
}

}  // namespace
}  // namespace sepakat::generate
