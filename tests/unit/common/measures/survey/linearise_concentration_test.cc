// Errors of the concentration index and of points of the concentration curve: as derivatives, by
// the published formula, beside the Gini and the Lorenz curve, and against repeated samples.
#include "common/measures/survey/linearise_concentration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "common/measures/benefit_incidence.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_share.h"

namespace sepakat::measures {
namespace {

struct People {
  std::vector<double> welfare;
  std::vector<double> benefits;
  std::vector<double> weights;
};

// The poorer, the likelier a benefit; amounts vary.
People Draw(size_t count, uint64_t seed, bool weighted) {
  std::mt19937_64 random(seed);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  People people;
  for (size_t i = 0; i < count; ++i) {
    const double normal = std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * M_PI * uniform());
    people.welfare.push_back(1000 * std::exp(0.6 * normal));
    const bool receives = uniform() < 0.6 / (1 + people.welfare.back() / 1000);
    people.benefits.push_back(receives ? 50 + 100 * uniform() : 0);
    people.weights.push_back(weighted ? 0.5 + 2 * uniform() : 1);
  }
  return people;
}

double IndexOf(const People& people) {
  const SortedSample welfare({people.welfare, people.weights});
  return ConcentrationCurve::Of(welfare, people.benefits)->Index();
}

TEST(LineariseConcentrationIndex, IsTheDerivativeByEachWeightWithUnitsOfEqualWelfareToo) {
  People people = Draw(60, 3, true);
  people.welfare[5] = people.welfare[9];
  people.welfare[7] = people.welfare[9];
  const SortedSample welfare({people.welfare, people.weights});
  std::vector<double> influence(60);
  const auto index = LineariseConcentrationIndex(welfare, people.benefits, influence);
  ASSERT_TRUE(index.ok()) << index.status();
  EXPECT_NEAR(*index, IndexOf(people), 1e-14);
  double largest = 0;
  for (const double u : influence) largest = std::max(largest, std::abs(u));
  for (size_t i = 0; i < influence.size(); ++i) {
    const size_t row = welfare.order()[i];
    const double step = 1e-4 * people.weights[row];
    People more = people;
    more.weights[row] += step;
    People less = people;
    less.weights[row] -= step;
    EXPECT_NEAR(influence[i], (IndexOf(more) - IndexOf(less)) / (2 * step), 2e-6 * largest) << row;
  }
}

// Kakwani, Wagstaff and van Doorslaer (1997), equation 14, written down a second time.
TEST(LineariseConcentrationIndex, HasThePublishedVarianceOfASimpleSample) {
  const People people = Draw(400, 11, false);
  const SortedSample welfare({people.welfare, people.weights});
  const auto n = static_cast<double>(welfare.size());
  std::vector<double> influence(welfare.size());
  const double index = *LineariseConcentrationIndex(welfare, people.benefits, influence);
  double mean = 0;
  for (const double benefit : people.benefits) mean += benefit / n;
  double before = 0;
  double squares = 0;
  double of_influence = 0;
  for (size_t i = 0; i < welfare.size(); ++i) {
    const double benefit = people.benefits[welfare.order()[i]];
    const double after = before + benefit / (n * mean);
    const double rank = (static_cast<double>(i) + 0.5) / n;
    const double a = benefit / mean * (2 * rank - 1 - index) + 2 - before - after;
    squares += a * a / n;
    of_influence += influence[i] * influence[i];
    before = after;
  }
  const double published = (squares - (1 + index) * (1 + index)) / n;
  EXPECT_NEAR(of_influence, published, 1e-12 * published);
}

// Of welfare itself the index is the Gini.
TEST(LineariseConcentrationIndex, OfWelfareIsThatOfTheGini) {
  const People people = Draw(80, 5, true);
  const SortedSample welfare({people.welfare, people.weights});
  std::vector<double> own(80);
  std::vector<double> gini(80);
  EXPECT_NEAR(*LineariseConcentrationIndex(welfare, people.welfare, own),
              *LineariseGini(welfare, GiniForm::kMeanDifference, gini), 1e-13);
  for (size_t i = 0; i < own.size(); ++i) EXPECT_NEAR(own[i], gini[i], 1e-14);
}

// Of welfare itself the curve is the Lorenz curve, whose slope needs no kernel.
TEST(LineariseConcentrationShare, OfWelfareIsNearlyThatOfTheLorenzCurve) {
  const People people = Draw(4000, 5, true);
  const SortedSample welfare({people.welfare, people.weights});
  std::vector<double> own(4000);
  std::vector<double> lorenz(4000);
  EXPECT_NEAR(*LineariseConcentrationShare(welfare, people.welfare, 0.4, own),
              *LineariseLorenzShare(welfare, 0.4, lorenz), 1e-13);
  double own_squares = 0;
  double lorenz_squares = 0;
  for (size_t i = 0; i < own.size(); ++i) {
    own_squares += own[i] * own[i];
    lorenz_squares += lorenz[i] * lorenz[i];
  }
  EXPECT_NEAR(std::sqrt(own_squares / lorenz_squares), 1, 0.02);
}

TEST(LineariseConcentrationShare, IsWithoutErrorWhereAllHaveTheSame) {
  const std::vector<double> welfare(5, 100.0);
  const std::vector<double> weights(5, 1.0);
  const std::vector<double> benefits = {1, 0, 1, 0, 0};
  std::vector<double> influence(5, 7.0);
  const SortedSample sample({welfare, weights});
  EXPECT_DOUBLE_EQ(*LineariseConcentrationShare(sample, benefits, 0.4, influence), 0.4);
  for (const double u : influence) EXPECT_EQ(u, 0);
}

// The scatter of 600 samples is what the mean linearised variance says, within a tenth.
TEST(LineariseConcentration, FitsTheScatterOfRepeatedSamples) {
  constexpr int kSamples = 600;
  constexpr size_t kSize = 500;
  struct Scatter {
    double sum = 0, squares = 0, linearised = 0;
    void Add(double value, std::span<const double> influence) {
      sum += value / kSamples;
      squares += value * value / kSamples;
      for (const double u : influence) linearised += u * u / kSamples;
    }
    double ratio() const { return std::sqrt(linearised / (squares - sum * sum)); }
  };
  Scatter index;
  Scatter poorest;
  std::vector<double> influence(kSize);
  for (int i = 0; i < kSamples; ++i) {
    const People people = Draw(kSize, static_cast<uint64_t>(1000 + i), false);
    const SortedSample welfare({people.welfare, people.weights});
    index.Add(*LineariseConcentrationIndex(welfare, people.benefits, influence), influence);
    poorest.Add(*LineariseConcentrationShare(welfare, people.benefits, 0.4, influence), influence);
  }
  EXPECT_NEAR(index.ratio(), 1, 0.1);
  EXPECT_NEAR(poorest.ratio(), 1, 0.1);
}

}  // namespace
}  // namespace sepakat::measures
