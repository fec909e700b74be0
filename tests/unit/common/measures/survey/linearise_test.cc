// The influence of a row is the derivative of the measure by the weight of the row. For measures
// without a density that is checked by moving each weight a little and measuring again with the
// point measures; what rests on a density is compared with published errors (eusilc_test.cc).
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/measures/fgt_sample.h"
#include "common/measures/inequality.h"
#include "common/measures/lorenz.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_poverty.h"
#include "common/measures/survey/linearise_quantile.h"
#include "common/measures/survey/linearise_share.h"
#include "common/measures/survey/poverty_columns.h"
#include "tests/support/survey/random_survey.h"

namespace sepakat::measures {
namespace {

using Influence = std::span<double>;
using Linearise = std::function<absl::StatusOr<double>(const SortedSample&, Influence)>;
using Measure = std::function<absl::StatusOr<double>(const SortedSample&)>;

struct Case {
  std::string name;
  Linearise linearise;
  Measure measure;
};

std::vector<Case> Cases() {
  const auto gini = [](GiniForm form) {
    return [form](const SortedSample& s, Influence u) { return LineariseGini(s, form, u); };
  };
  const auto entropy = [](double a) {
    return Case{
        "GE(" + std::to_string(a) + ")",
        [a](const SortedSample& s, Influence u) { return LineariseGeneralisedEntropy(s, a, u); },
        [a](const SortedSample& s) { return GeneralisedEntropy(s.sample(), a); }};
  };
  const auto atkinson = [](double e) {
    return Case{"Atkinson(" + std::to_string(e) + ")",
                [e](const SortedSample& s, Influence u) { return LineariseAtkinson(s, e, u); },
                [e](const SortedSample& s) { return Atkinson(s.sample(), e); }};
  };
  const auto lorenz = [](double p) {
    return Case{"Lorenz(" + std::to_string(p) + ")",
                [p](const SortedSample& s, Influence u) { return LineariseLorenzShare(s, p, u); },
                [p](const SortedSample& s) { return LorenzShare(s, p); }};
  };
  return {
      {"Gini", gini(GiniForm::kMeanDifference), [](const SortedSample& s) { return Gini(s); }},
      {"Gini, rank of the last person", gini(GiniForm::kLastPerson),
       [](const SortedSample& s) -> absl::StatusOr<double> {
         double sum = 0;
         for (size_t i = 0; i < s.size(); ++i) {
           sum += s.weights()[i] * s.values()[i] * (2 * s.cumulative_weights()[i] - 1);
         }
         return sum / (s.total_weight() * s.total()) - 1;
       }},
      entropy(-1),
      entropy(0),
      entropy(0.5),
      entropy(1),
      entropy(2),
      entropy(3),
      atkinson(0.5),
      atkinson(1),
      atkinson(2),
      {"Hoover", LineariseHoover, [](const SortedSample& s) { return Hoover(s.sample()); }},
      {"CV", LineariseCoefficientOfVariation,
       [](const SortedSample& s) { return CoefficientOfVariation(s.sample()); }},
      lorenz(0.05),
      lorenz(0.4),
      lorenz(0.9),
      {"Palma", LinearisePalma, [](const SortedSample& s) { return Palma(s); }},
      {"Kolm", [](const SortedSample& s, Influence u) { return LineariseKolm(s, 0.002, u); },
       [](const SortedSample& s) { return Kolm(s.sample(), 0.002); }},
      {"SST",
       [](const SortedSample& s, Influence u) { return LineariseSenShorrocksThon(s, 950, u); },
       [](const SortedSample& s) { return SenShorrocksThon(s, 950); }},
      {"Sen", [](const SortedSample& s, Influence u) { return LineariseSen(s, 950, u); },
       [](const SortedSample& s) { return Sen(s, 950, SenForm::kReplicationInvariant); }},
  };
}

class Derivative : public ::testing::TestWithParam<Case> {};

TEST_P(Derivative, OfEveryWeightIsTheInfluence) {
  const support::RandomSurvey survey =
      support::MakeSurvey({.name = "", .psus_per_stratum = 60, .clustered = false, .seed = 3});
  std::vector<double> values = survey.welfare;
  values[5] = values[9];  // a tie
  const SortedSample sample({values, survey.weights});
  std::vector<double> influence(sample.size());
  const auto estimate = GetParam().linearise(sample, influence);
  ASSERT_TRUE(estimate.ok()) << estimate.status();
  EXPECT_NEAR(*estimate, *GetParam().measure(sample), 1e-12 * std::abs(*estimate));
  const std::vector<double> sorted(sample.values().begin(), sample.values().end());
  std::vector<double> weights(sample.weights().begin(), sample.weights().end());
  double scale = 0;
  for (const double u : influence) scale = std::max(scale, std::abs(u));
  for (size_t i = 0; i < sample.size(); ++i) {
    const double kept = weights[i];
    const double step = 1e-4 * kept;
    weights[i] = kept + step;
    const double up = *GetParam().measure(SortedSample({sorted, weights}));
    weights[i] = kept - step;
    const double down = *GetParam().measure(SortedSample({sorted, weights}));
    weights[i] = kept;
    EXPECT_NEAR(influence[i], (up - down) / (2 * step), 2e-6 * scale) << "row " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Linearise, Derivative, ::testing::ValuesIn(Cases()),
                         [](const auto& shape) {
                           std::string name = shape.param.name;
                           std::ranges::replace_if(
                               name, [](char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

SortedSample ThreeHundred() {
  const support::RandomSurvey survey =
      support::MakeSurvey({.name = "", .psus_per_stratum = 300, .clustered = false, .seed = 4});
  return SortedSample({survey.welfare, survey.weights});
}

// With the line held still, influences of poverty are derivatives too.
TEST(LinearisePoverty, UnderAStillLineIsTheDerivativeOfEveryWeight) {
  const SortedSample sample = ThreeHundred();
  const double line = 900;
  const std::vector<double> values(sample.values().begin(), sample.values().end());
  std::vector<double> weights(sample.weights().begin(), sample.weights().end());
  const PovertyLines lines(line);
  std::vector<double> influence(sample.size());
  for (int order = 0; order < kFgtOrders; ++order) {
    ASSERT_TRUE(LinearisePoverty(sample, line, order, influence).ok());
    for (size_t i = 0; i < 40; ++i) {
      const double kept = weights[i];
      weights[i] = kept * 1.0001;
      const double up = MeasurePoverty({values, weights}, lines)->fgt[order];
      weights[i] = kept * 0.9999;
      const double down = MeasurePoverty({values, weights}, lines)->fgt[order];
      weights[i] = kept;
      EXPECT_NEAR(influence[i] * kept * 0.0002, up - down, 1e-11) << "order " << order;
    }
  }
}

// The slope by the line, where no density is needed.
TEST(LinearisePoverty, TheSlopeIsTheDerivativeByTheLine) {
  const SortedSample sample = ThreeHundred();
  const double line = 900.123;
  const double step = 1e-4;
  std::vector<double> influence(sample.size());
  for (int order = 1; order < kFgtOrders; ++order) {
    const auto at = [&](double z) {
      return MeasurePoverty(sample.sample(), PovertyLines(z))->fgt[static_cast<size_t>(order)];
    };
    EXPECT_NEAR(LinearisePoverty(sample, line, order, influence)->slope,
                (at(line + step) - at(line - step)) / (2 * step), 1e-9);
  }
  const auto watts = [&](double z) { return *Watts(sample.sample(), PovertyLines(z)); };
  EXPECT_NEAR(LineariseWatts(sample, line, influence)->slope,
              (watts(line + step) - watts(line - step)) / (2 * step), 1e-9);
}

TEST(LinearisePoverty, AnOwnLineAddsItsOwnUncertainty) {
  const SortedSample sample = ThreeHundred();
  const RelativeLine rule{.share = 0.6};
  std::vector<double> of_line(sample.size());
  std::vector<double> still(sample.size());
  std::vector<double> whole(sample.size());
  const double line = *LineariseRelativeLine(sample, rule, of_line);
  const auto headcount = [](const SortedSample& s, double z, Influence u) {
    return LinearisePoverty(s, z, 0, u);
  };
  const UnderLine under = *headcount(sample, line, still);
  EXPECT_EQ(*WithOwnLine(sample, rule, headcount, whole), under.estimate);
  for (size_t i = 0; i < sample.size(); ++i) {
    EXPECT_DOUBLE_EQ(whole[i], still[i] + under.slope * of_line[i]);
  }
}

TEST(LineariseQuantile, InfluencesAddUpToNothing) {
  const SortedSample sample = ThreeHundred();
  std::vector<double> influence(sample.size());
  const double median =
      *LineariseQuantile(sample, {1, 2}, QuantileDefinition::kObserved, influence);
  double sum = 0;
  double largest = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    sum += sample.weights()[i] * influence[i];
    largest = std::max(largest, std::abs(sample.weights()[i] * influence[i]));
  }
  // But for the part of one row that stands across the middle.
  EXPECT_LE(std::abs(sum), 2 * largest);
  EXPECT_EQ(median, *Quantile(sample, {1, 2}, QuantileDefinition::kObserved));
}

TEST(LineariseRelativeLine, AShareOfTheMeanMovesWithTheMean) {
  const SortedSample sample = ThreeHundred();
  std::vector<double> influence(sample.size());
  const RelativeLine rule{.share = 0.5, .base = RelativeLine::Base::kMean};
  EXPECT_DOUBLE_EQ(*LineariseRelativeLine(sample, rule, influence), 0.5 * sample.mean());
  EXPECT_DOUBLE_EQ(influence[7],
                   0.5 * (sample.values()[7] - sample.mean()) / sample.total_weight());
}

TEST(Linearise, WhereEveryoneIsEqualAQuantileHasNoDensity) {
  const std::vector<double> values(5, 100);
  const std::vector<double> weights(5, 1);
  const SortedSample sample({values, weights});
  std::vector<double> influence(5);
  EXPECT_EQ(
      base::ReasonOf(
          LineariseQuantile(sample, {1, 2}, QuantileDefinition::kObserved, influence).status()),
      "NO_SPREAD");
}

TEST(PovertyColumns, HaveThePointMeasuresAsTheirMeans) {
  const SortedSample sample = ThreeHundred();
  std::vector<double> each(sample.size());
  for (size_t i = 0; i < each.size(); ++i) each[i] = i % 2 == 0 ? 800 : 1200;
  for (const PovertyLines& lines : {PovertyLines(900), PovertyLines(each)}) {
    const auto poverty = MeasurePoverty(sample.sample(), lines);
    for (int order = 0; order < kFgtOrders; ++order) {
      const auto column = GapColumn(sample.values(), lines, order);
      EXPECT_NEAR(Mean({column, sample.weights()}), poverty->fgt[static_cast<size_t>(order)],
                  1e-15);
    }
    EXPECT_NEAR(Mean({*WattsColumn(sample.values(), lines), sample.weights()}),
                *Watts(sample.sample(), lines), 1e-15);
  }
}

TEST(PovertyColumns, AMissingWelfareIsNotPoorAndNotRich) {
  const std::vector<double> values = {std::nan(""), 50};
  EXPECT_TRUE(std::isnan(GapColumn(values, PovertyLines(100), 0)[0]));
  EXPECT_TRUE(std::isnan((*WattsColumn(values, PovertyLines(100)))[0]));
  EXPECT_EQ(base::ReasonOf(WattsColumn(std::vector<double>{0, 50}, PovertyLines(100)).status()),
            "NON_POSITIVE_POOR");
}

}  // namespace
}  // namespace sepakat::measures
