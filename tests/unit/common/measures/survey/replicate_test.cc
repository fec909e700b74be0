#include "common/measures/survey/replicate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "common/base/status.h"
#include "tests/support/survey/random_survey.h"

namespace sepakat::measures {
namespace {

using support::MakeSurvey;
using support::RandomSurvey;

constexpr auto kCount = Population::Form::kCount;

// Totals and means of welfare by domain, from weights alone.
class Totals {
 public:
  explicit Totals(const RandomSurvey& survey) : survey_(survey) {}
  std::vector<double> operator()(std::span<const double> weights) const {
    std::vector<double> totals(survey_.domains, 0.0);
    for (size_t i = 0; i < survey_.rows(); ++i) {
      totals[survey_.domain[i]] += weights[i] * survey_.welfare[i];
    }
    return totals;
  }

 private:
  const RandomSurvey& survey_;
};

struct Prepared {
  RandomSurvey survey;
  Design design;
  Domains domains;
};

Prepared Prepare(const support::SurveyShape& shape) {
  RandomSurvey survey = MakeSurvey(shape);
  Design design = *Design::Create(survey.columns(), survey.rules());
  Domains domains(survey.domain, survey.domains);
  return {std::move(survey), std::move(design), std::move(domains)};
}

// For a total, leaving out one unit at a time gives the linearised variance exactly, around the
// estimate as around the mean of replicates when there is one stratum.
TEST(Replicates, TheJackknifeOfATotalIsItsLinearisedVariance) {
  for (const auto form : {Population::Form::kUnknown, kCount}) {
    const Prepared p =
        Prepare({.name = "", .strata = 5, .population = form, .whole_strata = true, .seed = 8});
    const auto jackknife = ReplicateWeights::Jkn(p.design);
    ASSERT_TRUE(jackknife.ok()) << jackknife.status();
    const DomainEstimator estimator(p.design, p.domains);
    const auto linearised = estimator.Total(p.survey.welfare);
    const auto replicated =
        EstimateByReplicates(estimator, *jackknife, Totals(p.survey), ReplicateCentre::kEstimate);
    for (size_t d = 0; d < p.survey.domains; ++d) {
      EXPECT_NEAR(*replicated[d]->standard_error / *linearised[d]->standard_error, 1, 1e-12);
      EXPECT_NEAR(replicated[d]->estimate / linearised[d]->estimate, 1, 1e-14);
      EXPECT_EQ(replicated[d]->design_df, linearised[d]->design_df);
    }
  }
}

TEST(Replicates, Jk1ServesAnUnstratifiedSampleOnly) {
  const Prepared one = Prepare({.name = "", .psus_per_stratum = 12, .seed = 9});
  const auto jackknife = ReplicateWeights::Jk1(one.design);
  ASSERT_TRUE(jackknife.ok());
  EXPECT_EQ(static_cast<int64_t>(jackknife->count()), one.design.psus());
  const auto variances =
      ReplicateVariances(*jackknife, Totals(one.survey), ReplicateCentre::kMeanOfReplicates);
  const auto linearised = VarianceByDomain(one.design, one.domains, one.survey.welfare);
  for (size_t d = 0; d < one.survey.domains; ++d) {
    EXPECT_NEAR(*variances[d] / *linearised[d], 1, 1e-12);
  }
  const Prepared two = Prepare({.name = "", .strata = 2, .seed = 9});
  EXPECT_EQ(base::ReasonOf(ReplicateWeights::Jk1(two.design).status()), "STRATIFIED");
}

TEST(Replicates, TheBootstrapComesCloseToTheLinearisedVariance) {
  for (const auto form : {Population::Form::kUnknown, kCount}) {
    const Prepared p = Prepare({.name = "", .strata = 6, .population = form, .seed = 10});
    std::mt19937_64 random(20260);
    const auto bootstrap = ReplicateWeights::Bootstrap(p.design, 4000, random);
    ASSERT_TRUE(bootstrap.ok());
    const auto variances =
        ReplicateVariances(*bootstrap, Totals(p.survey), ReplicateCentre::kMeanOfReplicates);
    const auto linearised = VarianceByDomain(p.design, p.domains, p.survey.welfare);
    for (size_t d = 0; d < p.survey.domains; ++d) {
      // Relative error of a variance from 4000 draws: about sqrt(2/4000) = 2.2 %.
      EXPECT_NEAR(*variances[d] / *linearised[d], 1, 0.09);
    }
  }
}

TEST(Replicates, TheBootstrapKeepsTheWeightOfEveryStratum) {
  const std::vector<double> weights(12, 3);
  const std::vector<int64_t> strata = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2};
  const Design design = *Design::Create({weights, {{{}, strata, {}}}}, {});
  std::mt19937_64 random(1);
  const auto bootstrap = ReplicateWeights::Bootstrap(design, 50, random);
  std::vector<double> replicate(12);
  for (size_t r = 0; r < bootstrap->count(); ++r) {
    bootstrap->Fill(r, replicate);
    EXPECT_NEAR(std::accumulate(replicate.begin(), replicate.begin() + 5, 0.0), 15, 1e-9);
    EXPECT_NEAR(std::accumulate(replicate.begin() + 5, replicate.end(), 0.0), 21, 1e-9);
  }
}

TEST(Replicates, TheSameSeedGivesTheSameErrors) {
  const Prepared p = Prepare({.name = "", .strata = 3, .seed = 12});
  std::vector<std::optional<double>> runs[2];
  for (auto& run : runs) {
    std::mt19937_64 random(77);
    run = ReplicateVariances(*ReplicateWeights::Bootstrap(p.design, 20, random), Totals(p.survey),
                             ReplicateCentre::kEstimate);
  }
  EXPECT_EQ(runs[0], runs[1]);
}

// Bits that stand for no unit more than for another are used, the others are drawn again: with
// three units and 2^64 = 1 (mod 3) the bits 0 are unfair.
TEST(Replicates, UnfairBitsAreDrawnAgain) {
  const std::vector<double> weights(3, 1);
  const Design design = *Design::Create({weights, {Stage{}}}, {});
  const uint64_t bits[] = {0, 4, 0, 0, 7, 5, 8};
  size_t next = 0;
  const auto source = [&] { return bits[next++]; };
  const auto bootstrap = ReplicateWeights::Bootstrap(design, 2, source);
  std::vector<double> replicate(3);
  bootstrap->Fill(0, replicate);  // units 1 and 1
  EXPECT_THAT(replicate, ::testing::ElementsAre(0, 3, 0));
  bootstrap->Fill(1, replicate);  // units 2 and 2
  EXPECT_THAT(replicate, ::testing::ElementsAre(0, 0, 3));
  EXPECT_EQ(next, 7u);
}

TEST(Replicates, GivenColumnsAreUsedAsTheyAre) {
  const Prepared p = Prepare({.name = "", .strata = 4, .seed = 13});
  const auto jackknife = ReplicateWeights::Jkn(p.design);
  std::vector<std::vector<double>> columns(jackknife->count(),
                                           std::vector<double>(p.design.rows()));
  for (size_t r = 0; r < columns.size(); ++r) jackknife->Fill(r, columns[r]);
  const auto given = ReplicateWeights::Given(
      p.design, columns, jackknife->scale(),
      {jackknife->replicate_scales().begin(), jackknife->replicate_scales().end()});
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_EQ(ReplicateVariances(*given, Totals(p.survey), ReplicateCentre::kEstimate),
            ReplicateVariances(*jackknife, Totals(p.survey), ReplicateCentre::kEstimate));
  EXPECT_EQ(*given->df(), static_cast<double>(columns.size()) - 1);
}

TEST(Replicates, AnUndefinedReplicateIsLeftOut) {
  const std::vector<double> weights(4, 1);
  const Design design = *Design::Create({weights, {Stage{}}}, {});
  const auto jackknife = ReplicateWeights::Jk1(design);
  // Undefined without the first row; the other replicates say 1, 2, 3.
  const auto measure = [](std::span<const double> w) {
    return std::vector<double>{w[0] == 0 ? std::nan("") : w[1] == 0 ? 1 : w[2] == 0 ? 2 : 3.0};
  };
  const auto variances =
      ReplicateVariances(*jackknife, measure, ReplicateCentre::kMeanOfReplicates);
  EXPECT_DOUBLE_EQ(*variances[0], 0.75 * 2);
}

TEST(Replicates, WhatCannotBeResampledIsRefused) {
  const support::SurveyShape lonely = {.name = "",
                                       .strata = 3,
                                       .single_psu_strata = 1,
                                       .single_psu = SinglePsu::kCentred,
                                       .seed = 14};
  const Prepared centred = Prepare(lonely);
  EXPECT_EQ(base::ReasonOf(ReplicateWeights::Jkn(centred.design).status()), "SINGLE_PSU");
  support::SurveyShape certain = lonely;
  certain.single_psu = SinglePsu::kCertainty;
  EXPECT_TRUE(ReplicateWeights::Jkn(Prepare(certain).design).ok());
  std::mt19937_64 random(1);
  EXPECT_EQ(base::ReasonOf(ReplicateWeights::Bootstrap(centred.design, 1, random).status()),
            "BAD_REPLICATES");
  const auto reason = [&](std::vector<std::vector<double>> columns, double scale,
                          std::vector<double> scales) {
    return base::ReasonOf(
        ReplicateWeights::Given(centred.design, std::move(columns), scale, std::move(scales))
            .status());
  };
  const std::vector<double> good(centred.design.rows(), 1);
  std::vector<double> negative = good;
  negative[0] = -1;
  EXPECT_EQ(reason({good}, 1, {}), "BAD_REPLICATES");
  EXPECT_EQ(reason({good, good}, 0, {}), "BAD_REPLICATES");
  EXPECT_EQ(reason({good, {1, 2}}, 1, {}), "LENGTH_MISMATCH");
  EXPECT_EQ(reason({good, good}, 1, {1}), "LENGTH_MISMATCH");
  EXPECT_EQ(reason({good, negative}, 1, {}), "NEGATIVE_WEIGHT");
}

}  // namespace
}  // namespace sepakat::measures
