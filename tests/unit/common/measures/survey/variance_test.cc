#include "common/measures/survey/variance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/survey/random_survey.h"
#include "tests/support/survey/variance_oracle.h"

namespace sepakat::measures {
namespace {

using support::MakeSurvey;
using support::OracleVariance;
using support::RandomSurvey;
using support::SurveyShape;

constexpr double kTolerance = 1e-12;

void ExpectSame(std::optional<double> actual, std::optional<double> expected,
                const std::string& where) {
  ASSERT_EQ(actual.has_value(), expected.has_value()) << where;
  if (actual) {
    EXPECT_NEAR(*actual, *expected, kTolerance * std::abs(*expected)) << where;
  }
}

std::vector<double> Weighted(const RandomSurvey& survey, const std::vector<double>& influence) {
  std::vector<double> weighted;
  for (size_t i = 0; i < survey.rows(); ++i) weighted.push_back(survey.weights[i] * influence[i]);
  return weighted;
}

class EveryDesign : public ::testing::TestWithParam<SurveyShape> {
 protected:
  void SetUp() override {
    survey_ = MakeSurvey(GetParam());
    auto design = Design::Create(survey_.columns(), survey_.rules());
    ASSERT_TRUE(design.ok()) << design.status();
    design_.emplace(*std::move(design));
  }
  RandomSurvey survey_;
  std::optional<Design> design_;
};

TEST_P(EveryDesign, TheTotalHasTheVarianceOfTheTextbook) {
  const std::vector<bool> all(survey_.rows(), true);
  ExpectSame(
      Variance(*design_, survey_.welfare),
      OracleVariance(survey_.columns(), survey_.rules(), Weighted(survey_, survey_.welfare), all),
      "all");
}

TEST_P(EveryDesign, OnePassServesAllDomains) {
  const Domains domains(survey_.domain, survey_.domains);
  const auto variances = VarianceByDomain(*design_, domains, survey_.welfare);
  for (uint32_t d = 0; d < survey_.domains; ++d) {
    std::vector<bool> inside;
    for (const uint32_t label : survey_.domain) inside.push_back(label == d);
    ExpectSame(variances[d],
               OracleVariance(survey_.columns(), survey_.rules(),
                              Weighted(survey_, survey_.welfare), inside),
               "domain " + std::to_string(d));
  }
}

// u_d + a v, added up before the variance is taken.
TEST_P(EveryDesign, ASharedPartIsJoinedExactly) {
  const Domains domains(survey_.domain, survey_.domains);
  std::vector<double> shared;
  for (size_t i = 0; i < survey_.rows(); ++i) shared.push_back(std::log(survey_.welfare[i]) - 6.5);
  const auto joint = JointVarianceByDomain(*design_, domains, survey_.welfare, shared);
  ASSERT_TRUE(joint.has_value());
  const std::vector<bool> all(survey_.rows(), true);
  for (uint32_t d = 0; d < survey_.domains; ++d) {
    for (const double a : {0.0, 300.0, -2000.0}) {
      std::vector<double> sum;
      for (size_t i = 0; i < survey_.rows(); ++i) {
        sum.push_back((survey_.domain[i] == d ? survey_.welfare[i] : 0.0) + a * shared[i]);
      }
      const auto expected =
          OracleVariance(survey_.columns(), survey_.rules(), Weighted(survey_, sum), all);
      const double actual = joint->own[d] + 2 * a * joint->cross[d] + a * a * joint->shared;
      EXPECT_NEAR(actual, *expected, 1e-11 * *expected) << "domain " << d << ", a " << a;
    }
  }
}

TEST_P(EveryDesign, TheOrderOfRowsDoesNotMatter) {
  RandomSurvey reversed = survey_;
  const auto reverse = [](auto& column) { std::ranges::reverse(column); };
  for (RandomSurvey::StageColumns& stage : reversed.stages) {
    reverse(stage.units);
    reverse(stage.strata);
    reverse(stage.population);
  }
  reverse(reversed.weights);
  reverse(reversed.welfare);
  const auto design = Design::Create(reversed.columns(), reversed.rules());
  ASSERT_TRUE(design.ok()) << design.status();
  ExpectSame(Variance(*design, reversed.welfare), Variance(*design_, survey_.welfare), "reversed");
}

INSTANTIATE_TEST_SUITE_P(Survey, EveryDesign, ::testing::ValuesIn(support::AllShapes()),
                         [](const auto& shape) {
                           std::string name = shape.param.name;
                           std::ranges::replace_if(
                               name, [](char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

// By hand: four rows of weight 10, y = 1, 2, 3, 6; t = 10, 20, 30, 60, mean 30.
TEST(Variance, OfASimpleSampleByHand) {
  const std::vector<double> weights(4, 10);
  const std::vector<double> y = {1, 2, 3, 6};
  const auto variance = [&](Population population) {
    return *Variance(*Design::Create({weights, {{{}, {}, population}}}, {}), y);
  };
  EXPECT_DOUBLE_EQ(variance({}), 4.0 / 3 * (400 + 100 + 0 + 900));
  const std::vector<double> forty(4, 40);
  EXPECT_DOUBLE_EQ(variance({Population::Form::kCount, forty}), 0.9 * 4.0 / 3 * 1400);
  const std::vector<double> tenth(4, 0.1);
  EXPECT_DOUBLE_EQ(variance({Population::Form::kFraction, tenth}), 0.9 * 4.0 / 3 * 1400);
}

TEST(Variance, ACompleteCountHasNone) {
  const std::vector<double> weights(4, 1);
  const std::vector<double> four(4, 4);
  const auto design = Design::Create({weights, {{{}, {}, {Population::Form::kCount, four}}}}, {});
  EXPECT_EQ(*Variance(*design, std::vector<double>{1, 2, 3, 6}), 0);
}

TEST(Variance, WithOnlySingleUnitsTheAverageIsUnknown) {
  const std::vector<double> weights(3, 1);
  const std::vector<int64_t> strata = {1, 2, 3};
  const auto design =
      Design::Create({weights, {{{}, strata, {}}}}, {.single_psu = SinglePsu::kAverage});
  ASSERT_TRUE(design.ok()) << design.status();
  EXPECT_FALSE(Variance(*design, std::vector<double>{1, 2, 3}).has_value());
}

// A domain that is cut out of the file instead of kept in the design looks too precise.
TEST(Variance, ADomainKeepsTheUnitsThatItDoesNotTouch) {
  const std::vector<double> weights(6, 1);
  const std::vector<int64_t> units = {1, 1, 2, 2, 3, 3};
  const std::vector<double> y = {4, 9, 5, 9, 9, 9};
  const auto design = Design::Create({weights, {{units, {}, {}}}}, {});
  const Domains first_rows(
      {0, Domains::kOutside, 0, Domains::kOutside, Domains::kOutside, Domains::kOutside}, 1);
  // Unit totals 4, 5, 0 with mean 3.
  EXPECT_DOUBLE_EQ(*VarianceByDomain(*design, first_rows, y)[0], 1.5 * (1 + 4 + 9));
}

}  // namespace
}  // namespace sepakat::measures
