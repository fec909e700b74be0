#include "common/regression/forward_selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "common/regression/least_squares.h"
#include "tests/unit/common/regression/random_sample.h"

namespace sepakat::regression {
namespace {

// The same by fitting every candidate model anew.
std::vector<size_t> SlowForward(const RandomSample& sample, size_t steps) {
  const Triangle triangle = sample.triangle();
  std::vector<size_t> chosen;
  while (chosen.size() < steps) {
    size_t best = 0;
    double least = INFINITY;
    for (size_t j = 0; j < sample.regressors.size(); ++j) {
      if (std::ranges::find(chosen, j) != chosen.end()) continue;
      std::vector<size_t> with = chosen;
      with.push_back(j);
      const double left = Fit(triangle, with, sample.names)->residual_sum;
      if (left < least) {
        least = left;
        best = j;
      }
    }
    chosen.push_back(best);
  }
  return chosen;
}

TEST(ForwardSelection, TakesEachTimeWhatHelpsMost) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    const RandomSample sample(seed, 300, {0.8, 0.02, 0, 0.3, 0, -0.004, 0}, 1);
    const auto steps = SelectForward(sample.triangle(), {}, {.threshold = 1, .most = 5});
    std::vector<size_t> order;
    order.reserve(steps.size());
    for (const ForwardStep& step : steps) order.push_back(step.regressor);
    EXPECT_EQ(order, SlowForward(sample, 5)) << seed;
  }
}

TEST(ForwardSelection, SaysTheTestAndTheFitOfEachStep) {
  const RandomSample sample(11, 250, {0.8, 0.02, 0.001}, 1);
  const auto steps = SelectForward(sample.triangle(), {}, {.threshold = 1});
  ASSERT_EQ(steps.size(), 3U);
  std::vector<size_t> chosen;
  for (const ForwardStep& step : steps) {
    chosen.push_back(step.regressor);
    const auto fit = Fit(sample.triangle(), chosen, sample.names);
    EXPECT_NEAR(step.r_squared, fit->r_squared, 1e-10);
  }
}

TEST(ForwardSelection, StopsWhereTheRestIsNoise) {
  int noise = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const RandomSample sample(seed, 500, {1, 0.1, 0, 0, 0, 0}, 1);
    const auto steps = SelectForward(sample.triangle(), {}, {.criterion = Criterion::kBic});
    ASSERT_GE(steps.size(), 2U);
    EXPECT_THAT((std::vector<size_t>{steps[0].regressor, steps[1].regressor}),
                testing::UnorderedElementsAre(0, 1));
    noise += static_cast<int>(steps.size()) - 2;
  }
  EXPECT_LE(noise, 10);
}

TEST(ForwardSelection, NeverTakesWhatTheOthersDetermine) {
  RandomSample sample(3, 200, {1, 0.1, 0}, 1);
  for (size_t i = 0; i < 200; ++i) sample.regressors[2][i] = 4 - 2 * sample.regressors[0][i];
  const auto steps = SelectForward(sample.triangle(), {}, {.threshold = 1});
  EXPECT_EQ(steps.size(), 2U);
}

TEST(ForwardSelection, BeginsWithWhatIsForced) {
  const RandomSample sample(6, 200, {0, 1, 0.01}, 1);
  const std::vector<size_t> forced = {0};
  for (const ForwardStep& step : SelectForward(sample.triangle(), forced, {})) {
    EXPECT_NE(step.regressor, 0U);
  }
}

}  // namespace
}  // namespace sepakat::regression
