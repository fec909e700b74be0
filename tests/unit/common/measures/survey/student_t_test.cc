#include "common/measures/survey/student_t.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace sepakat::measures {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Values of qt() of R 4.2.
TEST(StudentT, QuantilesAgreeWithR) {
  struct Case {
    double p, df, t;
  };
  const Case cases[] = {
      {0.6, 1, 0.32491969623290634},        {0.975, 1, 12.706204736174694},
      {0.9999, 1, 3183.0987571185015},      {0.9, 2, 1.8856180831641269},
      {0.995, 2, 9.9248432009182892},       {0.6, 3.7, 0.27216446429206936},
      {0.975, 3.7, 2.8675207071911917},     {0.9999, 3.7, 14.780396445535471},
      {0.975, 5, 2.5705818356363137},       {0.9, 10, 1.3721836411103356},
      {0.995, 10, 3.16927267261695},        {0.975, 29.5, 2.0437249667721229},
      {0.9999, 29.5, 4.2437518672982719},   {0.6, 100, 0.25402218245822766},
      {0.995, 100, 2.6258905214380182},     {0.9999, 1234, 3.7302210280694199},
      {0.975, 1234, 1.961888263458698},     {0.975, 1e6, 1.9599663568141066},
      {0.9999, 1e6, 3.7190302747625714},    {0.975, kInfinity, 1.9599639845400536},
      {0.9, kInfinity, 1.2815515655446008},
  };
  for (const Case& c : cases) {
    EXPECT_NEAR(StudentTQuantile(c.p, c.df) / c.t, 1, 1e-11) << c.p << " with df " << c.df;
    EXPECT_NEAR(StudentTQuantile(1 - c.p, c.df) / -c.t, 1, 1e-11) << 1 - c.p << " with df " << c.df;
  }
}

// Values of pt() of R 4.2.
TEST(StudentT, ProbabilitiesAgreeWithRFarIntoTheTail) {
  struct Case {
    double t, df, p;
  };
  const Case cases[] = {
      {-30, 0.5, 0.058546841490053458},
      {-1, 0.5, 0.30112161084132205},
      {-30, 1, 0.010606402405535424},
      {-0.001, 1, 0.49968169021991943},
      {-30, 4, 3.6764280488306617e-06},
      {-3.3, 4, 0.014966710042063035},
      {-30, 33.3, 5.5170340076948898e-26},
      {-1, 33.3, 0.16226103659653379},
      {-30, 10000, 1.0221635237128654e-189},
      {-3.3, 10000, 0.00048511562216314207},
      {-30, kInfinity, 4.9067139271481872e-198},
      {-3.3, kInfinity, 0.00048342414238377744},
  };
  for (const Case& c : cases) {
    EXPECT_NEAR(StudentTProbability(c.t, c.df) / c.p, 1, 1e-10) << c.t << " with df " << c.df;
    EXPECT_NEAR(StudentTProbability(-c.t, c.df), 1 - c.p, 1e-14) << -c.t << " with df " << c.df;
  }
}

TEST(StudentT, TheMiddleIsZero) {
  EXPECT_EQ(StudentTQuantile(0.5, 7), 0);
  EXPECT_EQ(StudentTProbability(0, 7), 0.5);
}

TEST(StudentT, WithoutDegreesOfFreedomThereIsNoInterval) {
  EXPECT_TRUE(std::isnan(StudentTQuantile(0.975, 0)));
  EXPECT_TRUE(std::isnan(StudentTQuantile(0.975, -1)));
  EXPECT_TRUE(std::isnan(StudentTQuantile(1, 5)));
  EXPECT_TRUE(std::isnan(StudentTProbability(1, 0)));
}

}  // namespace
}  // namespace sepakat::measures
