#include "common/measures/survey/estimator.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

#include "common/base/status.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_poverty.h"
#include "common/measures/survey/linearise_quantile.h"
#include "common/measures/survey/student_t.h"
#include "tests/support/survey/random_survey.h"

namespace sepakat::measures {
namespace {

const DesignColumns kTwentyRows = [] {
  static const std::vector<double> weights(20, 5);
  return DesignColumns{weights, {Stage{}}};
}();

std::vector<double> Counting(size_t n) {
  std::vector<double> values;
  for (size_t i = 1; i <= n; ++i) values.push_back(static_cast<double>(i));
  return values;
}

TEST(DomainEstimator, TheMeanOfASimpleSampleByHand) {
  const Design design = *Design::Create(kTwentyRows, {});
  const Domains whole = Domains::Whole(20);
  const Estimate mean = *DomainEstimator(design, whole).Mean(Counting(20))[0];
  EXPECT_DOUBLE_EQ(mean.estimate, 10.5);
  EXPECT_DOUBLE_EQ(*mean.standard_error, std::sqrt(35.0 / 20));  // s^2 of 1..20 is 35
  EXPECT_EQ(mean.design_df, 19);
  EXPECT_DOUBLE_EQ(*mean.lower, 10.5 - StudentTQuantile(0.975, 19) * std::sqrt(1.75));
  EXPECT_DOUBLE_EQ(*mean.upper, 10.5 + StudentTQuantile(0.975, 19) * std::sqrt(1.75));
  EXPECT_DOUBLE_EQ(*mean.cv, std::sqrt(1.75) / 10.5);
  EXPECT_EQ(mean.observations, 20);
  EXPECT_EQ(mean.weight_sum, 100);
  EXPECT_EQ(mean.quality, Quality::kGood);
}

TEST(DomainEstimator, ASimpleSampleHasTheDesignEffectOne) {
  const Design design = *Design::Create(kTwentyRows, {});
  const Domains whole = Domains::Whole(20);
  const DomainEstimator estimator(design, whole);
  EXPECT_NEAR(*estimator.Mean(Counting(20))[0]->design_effect, 1, 1e-12);
  EXPECT_NEAR(*estimator.Total(Counting(20))[0]->design_effect, 1, 1e-12);
  const DomainSamples samples = *DomainSamples::Create(design, whole, Counting(20));
  const auto gini = [](const SortedSample& s, std::span<double> u) {
    return LineariseGini(s, GiniForm::kMeanDifference, u);
  };
  EXPECT_NEAR(*estimator.Measure(samples, gini)[0]->design_effect, 1, 1e-12);
}

// Households of one cluster that are all alike are worth one household.
TEST(DomainEstimator, AlikeClustersMultiplyTheVarianceByTheirSize) {
  const std::vector<double> weights(40, 1);
  std::vector<int64_t> units;
  std::vector<double> values;
  for (int i = 0; i < 40; ++i) {
    units.push_back(i / 4);
    values.push_back(i / 4 % 3);
  }
  const Design design = *Design::Create({weights, {{units, {}, {}}}}, {});
  const Domains whole = Domains::Whole(40);
  const double effect = *DomainEstimator(design, whole).Mean(values)[0]->design_effect;
  EXPECT_NEAR(effect, 4 * 39.0 / 36, 1e-9);  // s^2 of 40 rows over that of 10 units
}

TEST(DomainEstimator, AShareKeepsItsLogitIntervalInsideZeroAndOne) {
  const Design design = *Design::Create(kTwentyRows, {});
  const Domains whole = Domains::Whole(20);
  std::vector<double> poor(20, 0);
  poor[3] = 1;
  const DomainEstimator estimator(design, whole);
  EXPECT_LT(*estimator.Mean(poor)[0]->lower, 0);
  const Estimate logit = *estimator.Mean(poor, IntervalForm::kLogit)[0];
  const double half = StudentTQuantile(0.975, 19) * *logit.standard_error / (0.05 * 0.95);
  EXPECT_NEAR(*logit.lower, 1 / (1 + 19 * std::exp(half)), 1e-15);
  EXPECT_NEAR(*logit.upper, 1 / (1 + 19 * std::exp(-half)), 1e-15);
}

TEST(DomainEstimator, ADomainOfNobodyIsRefusedAndTheOthersStand) {
  const Design design = *Design::Create(kTwentyRows, {});
  std::vector<uint32_t> labels(20, 0);
  labels[19] = 2;
  const Domains domains(labels, 3);
  const DomainEstimator estimator(design, domains);
  const auto means = estimator.Mean(Counting(20));
  EXPECT_TRUE(means[0].ok());
  EXPECT_EQ(base::ReasonOf(means[1].status()), "EMPTY_SAMPLE");
  const auto ratios = estimator.Ratio(Counting(20), std::vector<double>(20, 0));
  EXPECT_EQ(base::ReasonOf(ratios[0].status()), "ZERO_DENOMINATOR");
  const DomainSamples samples = *DomainSamples::Create(design, domains, Counting(20));
  const auto medians = estimator.WoodruffQuantile(samples, 0.5);
  EXPECT_TRUE(medians[0].ok());
  EXPECT_EQ(base::ReasonOf(medians[1].status()), "EMPTY_SAMPLE");
}

TEST(DomainEstimator, OneUnitInADomainLeavesNoDegreesOfFreedomAndNoInterval) {
  const Design design = *Design::Create(kTwentyRows, {});
  std::vector<uint32_t> labels(20, Domains::kOutside);
  labels[4] = 0;
  const Domains domains(labels, 1);
  const Estimate total = *DomainEstimator(design, domains).Total(Counting(20))[0];
  EXPECT_EQ(total.design_df, 0);
  EXPECT_TRUE(total.standard_error.has_value());
  EXPECT_FALSE(total.lower.has_value());
  EXPECT_FALSE(total.design_effect.has_value());
}

TEST(DomainEstimator, AnUnknownVarianceIsAbsentAndNotZero) {
  const std::vector<double> weights(3, 1);
  const std::vector<int64_t> strata = {1, 2, 3};
  const Design design =
      *Design::Create({weights, {{{}, strata, {}}}}, {.single_psu = SinglePsu::kAverage});
  const Domains whole = Domains::Whole(3);
  const Estimate mean = *DomainEstimator(design, whole).Mean(Counting(3))[0];
  EXPECT_EQ(mean.estimate, 2);
  EXPECT_FALSE(mean.standard_error.has_value());
  EXPECT_FALSE(mean.cv.has_value());
  EXPECT_EQ(mean.quality, Quality::kUnknown);
}

TEST(DomainEstimator, RowsOutsideAllDomainsMayMissTheirValue) {
  const Design design = *Design::Create(kTwentyRows, {});
  std::vector<double> values = Counting(20);
  values[6] = std::nan("");
  std::vector<bool> known(20, true);
  known[6] = false;
  const Domains domains = Domains::Whole(20).Only(known);
  const Estimate mean = *DomainEstimator(design, domains).Mean(values)[0];
  EXPECT_NEAR(mean.estimate, 203.0 / 19, 1e-12);
  EXPECT_TRUE(std::isfinite(*mean.standard_error));
  EXPECT_EQ(mean.observations, 19);
  EXPECT_EQ(base::ReasonOf(DomainSamples::Create(design, Domains::Whole(20), values).status()),
            "NOT_FINITE");
  EXPECT_TRUE(DomainSamples::Create(design, domains, values).ok());
}

// A line that everybody shares: the error of a region's rate contains that of the national line,
// and the region that is the whole country has the error of a rate under its own line.
TEST(DomainEstimator, ASharedLineOverTheWholeSampleIsItsOwnLine) {
  const support::RandomSurvey survey =
      support::MakeSurvey({.name = "", .strata = 4, .psus_per_stratum = 8, .seed = 5});
  const Design design = *Design::Create(survey.columns(), survey.rules());
  const Domains whole = Domains::Whole(survey.rows());
  const DomainEstimator estimator(design, whole);
  const DomainSamples samples = *DomainSamples::Create(design, whole, survey.welfare);
  const RelativeLine rule{.share = 0.6};
  const auto of_line = [&](const SortedSample& s, std::span<double> u) {
    return LineariseRelativeLine(s, rule, u);
  };
  const auto headcount = [](const SortedSample& s, double z, std::span<double> u) {
    return LinearisePoverty(s, z, 0, u);
  };
  const EstimatedLine line = *EstimateLine(estimator, samples, of_line);
  const Estimate shared = *estimator.MeasureUnderLine(samples, line, headcount)[0];
  const Estimate own = *estimator.Measure(samples, [&](const auto& s, std::span<double> u) {
    return WithOwnLine(s, rule, headcount, u);
  })[0];
  EXPECT_EQ(shared.estimate, own.estimate);
  EXPECT_NEAR(*shared.standard_error, *own.standard_error, 1e-12 * *own.standard_error);
  EXPECT_NEAR(*shared.design_effect, *own.design_effect, 1e-9);
}

TEST(Quality, IsGradedByTheCutsOfTheStatisticsOffice) {
  const QualityCuts bps;
  EXPECT_EQ(Grade(0.05, bps), Quality::kGood);
  EXPECT_EQ(Grade(0.25, bps), Quality::kGood);
  EXPECT_EQ(Grade(0.2501, bps), Quality::kCaution);
  EXPECT_EQ(Grade(0.50, bps), Quality::kCaution);
  EXPECT_EQ(Grade(0.51, bps), Quality::kUnreliable);
  EXPECT_EQ(Grade(std::nullopt, bps), Quality::kUnknown);
  EXPECT_EQ(Grade(0.17, {.good = 0.15, .caution = 0.30}), Quality::kCaution);
}

}  // namespace
}  // namespace sepakat::measures
