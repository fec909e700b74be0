#include "common/measures/mpi_specification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "tests/support/measures/global_mpi.h"

namespace sepakat::measures {
namespace {

using support::GlobalMpi;

std::vector<int64_t> Weights(const MpiSpecification& specification) {
  std::vector<int64_t> weights;
  for (const MpiIndicator& indicator : specification.indicators)
    weights.push_back(indicator.weight);
  return weights;
}

TEST(Judge, ComparesAnAchievementWithItsCutoff) {
  using Comparison = DeprivationCutoff::Comparison;
  struct Case {
    Comparison comparison;
    Answer below, at, above;  // achievements 5, 6 and 7 against 6
  };
  const Case cases[] = {
      {Comparison::kLess, Answer::kYes, Answer::kNo, Answer::kNo},
      {Comparison::kAtMost, Answer::kYes, Answer::kYes, Answer::kNo},
      {Comparison::kEqual, Answer::kNo, Answer::kYes, Answer::kNo},
      {Comparison::kAtLeast, Answer::kNo, Answer::kYes, Answer::kYes},
      {Comparison::kGreater, Answer::kNo, Answer::kNo, Answer::kYes},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Judge(5, {c.comparison, 6}), c.below);
    EXPECT_EQ(Judge(6, {c.comparison, 6}), c.at);
    EXPECT_EQ(Judge(7, {c.comparison, 6}), c.above);
    EXPECT_EQ(Judge(std::nullopt, {c.comparison, 6}), Answer::kUnknown);
  }
}

TEST(MpiSpecification, EqualDimensionsOfTwoTwoAndSixIndicatorsWeighInEighteenths) {
  MpiSpecification global = GlobalMpi();
  for (MpiIndicator& indicator : global.indicators) indicator.weight = 0;
  ASSERT_TRUE(SetNestedWeights(global).ok());
  EXPECT_EQ(Weights(global), (std::vector<int64_t>{3, 3, 3, 3, 1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(Denominator(global), 18);
  EXPECT_EQ(LeastPoorScore(global), 6);
}

TEST(MpiSpecification, DimensionsMayWeighDifferently) {
  MpiSpecification specification;
  specification.dimensions = {{"health", 2}, {"school", 1}};
  specification.indicators = {{"a", "health", 0, {}},
                              {"b", "school", 0, {}},
                              {"c", "school", 0, {}},
                              {"d", "school", 0, {}}};
  ASSERT_TRUE(SetNestedWeights(specification).ok());
  EXPECT_EQ(Weights(specification), (std::vector<int64_t>{6, 1, 1, 1}));
}

TEST(MpiSpecification, TheLeastPoorScoreIsTheFirstThatReachesTheCut) {
  MpiSpecification global = GlobalMpi();
  struct Case {
    Fraction cutoff;
    int64_t score;
  };
  for (const Case& c : {Case{{1, 3}, 6},
                        {{1, 5}, 4},
                        {{1, 2}, 9},
                        {{1, 1}, 18},
                        {{1, 18}, 1},
                        {{1, 1'000'000'000}, 1},
                        {{333'333'333, 1'000'000'000}, 6}}) {
    global.cutoff = c.cutoff;
    EXPECT_EQ(LeastPoorScore(global), c.score) << c.cutoff.numerator << "/" << c.cutoff.denominator;
  }
}

// Shortened decimal weights put every one of these sets on the wrong side of one third.
TEST(MpiSpecification, EightySevenSetsOfIndicatorsStandExactlyOnOneThird) {
  const MpiSpecification global = GlobalMpi();
  int on_the_cut = 0;
  int misjudged = 0;
  for (uint64_t set = 0; set < 1024; ++set) {
    int64_t score = 0;
    double shortened = 0;
    for (size_t j = 0; j < 10; ++j) {
      if ((set >> j & 1) == 0) continue;
      score += global.indicators[j].weight;
      shortened += global.indicators[j].weight == 3 ? 0.1666 : 0.0555;
    }
    if (score != LeastPoorScore(global)) continue;
    ++on_the_cut;
    misjudged += shortened < 1.0 / 3;
  }
  EXPECT_EQ(on_the_cut, 87);
  EXPECT_EQ(misjudged, 87);
}

TEST(MpiSpecification, MistakesAreNamed) {
  struct Case {
    std::string mistake;
    std::function<void(MpiSpecification&)> make;
  };
  const Case cases[] = {
      {"'sanitation' is named twice", [](auto& s) { s.indicators[9].id = "sanitation"; }},
      {"'health' is named twice", [](auto& s) { s.dimensions[1].id = "health"; }},
      {"'assets' stands in dimension 'wealth'",
       [](auto& s) { s.indicators[9].dimension = "wealth"; }},
      {"'leisure' has no indicator",
       [](auto& s) {
         s.dimensions.push_back({"leisure", 1});
       }},
      {"'nutrition' weighs 0", [](auto& s) { s.indicators[0].weight = 0; }},
      {"'nutrition' weighs -3", [](auto& s) { s.indicators[0].weight = -3; }},
      {"weights sum to",
       [](auto& s) {
         for (auto& i : s.indicators) i.weight = 1'000'000;
       }},
      {"0 indicators", [](auto& s) { s.indicators.clear(); }},
      {"everybody poor",
       [](auto& s) {
         s.cutoff = {0, 3};
       }},
      {"4/3",
       [](auto& s) {
         s.cutoff = {4, 3};
       }},
  };
  for (const Case& c : cases) {
    MpiSpecification specification = GlobalMpi();
    c.make(specification);
    const absl::Status status = CheckSpecification(specification);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.mistake;
    EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr(c.mistake));
  }
  EXPECT_TRUE(CheckSpecification(GlobalMpi()).ok());
}

TEST(MpiSpecification, NestedWeightsBeyondTheDenominatorAreRefused) {
  MpiSpecification specification;
  specification.dimensions = {{"a", 999'999}, {"b", 999'998}};
  specification.indicators = {{"1", "a", 0, {}}, {"2", "b", 0, {}}};
  EXPECT_EQ(base::ReasonOf(SetNestedWeights(specification)), "BAD_SPECIFICATION");
}

}  // namespace
}  // namespace sepakat::measures
