#include "targeting/domain/figures.h"

#include <gtest/gtest.h>

#include "common/base/fixed_point.h"
#include "common/base/status.h"
#include "targeting/domain/engine.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

struct Shown {
  std::string numerator;
  std::string denominator;
  std::string value;
  int64_t unknown = 0;
  int64_t observed = 0;
};

// A small population in one village.
class Village {
 public:
  explicit Village(Population population) {
    ParameterChange change;
    change.line = PovertyLine{population.id, "0", 0, 0, "500", "test", "1"};
    change.model = Model{population.id,
                         "pmt",
                         "1",
                         "",
                         "",
                         "",
                         10'000'000,
                         {{Variable::kFloor, {}, -500'000, "", {}}}};
    change.population = std::move(population);
    population_ = change.population->id;
    engine_.Stage(change);
  }

  absl::Status Add(int64_t size, int64_t weight, std::optional<int64_t> welfare,
                   std::vector<std::pair<Variable, int>> answers = {}) {
    FamilyUpdate update;
    update.population = population_;
    update.key = {1, ++last_};
    update.version = 1;
    update.region = "33.26.15.2014";
    update.size = size;
    update.family_weight = weight;
    update.welfare = welfare;
    for (const auto& [variable, value] : answers) update.features.Set(variable, value);
    return engine_.Apply(update);
  }

  Shown Show(std::string_view measure) {
    engine_.Cut(true);
    const PopulationState& state = *engine_.Find(population_);
    for (const FigureValue& figure : FiguresOf(state, RegionTree::kNation).figures) {
      if (figure.measure->id != measure) continue;
      const auto& [numerator, denominator] = figure.ratio;
      return {base::ToText(numerator), base::ToText(denominator),
              base::QuotientText(numerator, denominator, figure.measure->decimals),
              figure.unknown_families, figure.observed_families};
    }
    return {};
  }

  Engine& engine() { return engine_; }

 private:
  Engine engine_{&support::ShippedRules()};
  std::string population_;
  uint64_t last_ = 0;
};

TEST(Figures, OfARegisterCountWholeFamiliesAndPersons) {
  Village village({"register", 0, 3});
  ASSERT_TRUE(village.Add(4, 1000, 400, {{Variable::kLighting, 4}, {Variable::kFloor, 2}}).ok());
  ASSERT_TRUE(village.Add(1, 1000, 900, {{Variable::kLighting, 1}, {Variable::kFloor, 4}}).ok());
  ASSERT_TRUE(village.Add(3, 1000, std::nullopt).ok());
  const struct {
    std::string_view measure;
    Shown expected;
  } cases[] = {
      {"families", {"3", "1", "3", 0, 3}},
      {"persons", {"8", "1", "8", 0, 3}},
      {"poor_persons", {"4", "1", "4", 1, 2}},
      {"poor_families", {"1", "1", "1", 1, 2}},
      {"p0", {"4", "5", "0.800000", 1, 2}},
      {"mean_welfare", {"2500000", "5000", "500.00", 1, 2}},
      {"median_welfare", {"400", "1", "400.00", 1, 2}},
      // 4 x 1 persons 500 apart, over 5 persons with 2500 together
      {"gini", {"2000000000", "12500000000", "0.160000", 1, 2}},
      {"bottom40_welfare_share", {"8000000", "25000000", "0.320000", 1, 2}},
      // the richest tenth has 450, the poorest four tenths 800
      {"palma", {"4500000", "8000000", "0.5625", 1, 2}},
      {"s80s20", {"9000000", "4000000", "2.2500", 1, 2}},
      {"deprived.no_electricity", {"1", "2", "0.500000", 1, 2}},
      {"deprived.uninsured", {"0", "0", "", 3, 0}},
      {"decile_families.1", {"1", "1", "1", 1, 2}},
      {"decile_families.6", {"1", "1", "1", 1, 2}},
      {"decile_families.2", {"0", "1", "0", 1, 2}},
      {"decile_persons.1", {"1", "1", "1", 1, 2}},
      {"decile_persons.6", {"4", "1", "4", 1, 2}},
      {"bottom40_share", {"1", "2", "0.500000", 1, 2}},
      // (4 * 9.0 + 1 * 8.0) / 5
      {"score_mean", {"44000000000", "5000000000", "8.800000", 1, 2}},
      {"coverage", {"2", "3", "0.666667", 0, 3}},
  };
  for (const auto& c : cases) {
    const Shown shown = village.Show(c.measure);
    EXPECT_EQ(shown.numerator, c.expected.numerator) << c.measure;
    EXPECT_EQ(shown.denominator, c.expected.denominator) << c.measure;
    EXPECT_EQ(shown.value, c.expected.value) << c.measure;
    EXPECT_EQ(shown.unknown, c.expected.unknown) << c.measure;
    EXPECT_EQ(shown.observed, c.expected.observed) << c.measure;
  }
}

TEST(Figures, FamiliesInNeedAreCountedOnceHoweverManyProgrammesCouldServeThem) {
  Village village({"register", 0, 3});
  ParameterChange change;
  change.programme =
      Programme{"light", "1", "register", *NeedsMask({"no_electricity"}), 0, false, {}};
  village.engine().Stage(change);
  change.programme->id = "solar";
  village.engine().Stage(change);
  ASSERT_TRUE(village.Add(4, 1000, 400, {{Variable::kLighting, 4}}).ok());
  ASSERT_TRUE(village.Add(1, 1000, 900, {{Variable::kLighting, 1}}).ok());
  ASSERT_TRUE(village.Add(3, 1000, 900).ok());
  const Shown shown = village.Show("families_in_need");
  EXPECT_EQ(shown.value, "1");
  EXPECT_EQ(shown.observed, 2);
  EXPECT_EQ(shown.unknown, 1);
}

TEST(Figures, FamiliesInNeedAreUnknownWhileThereIsNoProgramme) {
  Village village({"register", 0, 3});
  ASSERT_TRUE(village.Add(4, 1000, 400, {{Variable::kLighting, 4}}).ok());
  EXPECT_EQ(village.Show("families_in_need").value, "");
  EXPECT_EQ(village.Show("families_in_need").unknown, 1);
}

TEST(Figures, OfASurveyKeepTheFractionsOfItsWeights) {
  Village village({"eusilc", 2, 6});
  ASSERT_TRUE(village.Add(3, 504'569'620, 49'999).ok());
  EXPECT_EQ(village.Show("families").numerator, "504569620");
  EXPECT_EQ(village.Show("families").denominator, "1000000");
  EXPECT_EQ(village.Show("families").value, "505");
  EXPECT_EQ(village.Show("p0").value, "1.000000");  // the line of 500 is 50000 hundredths
  EXPECT_EQ(village.Show("mean_welfare").value, "499.99");
}

TEST(Figures, StandInTheOrderOfTheCatalogue) {
  const std::vector<FigureValue> figures =
      ReadFigures({}, {}, {}, MpiCounter(DefaultMpi("register")), Population{"register", 0, 3});
  ASSERT_EQ(figures.size(), measures::Catalogue().size());
  for (size_t i = 0; i < figures.size(); ++i) {
    EXPECT_EQ(figures[i].measure, &measures::Catalogue()[i]);
  }
}

TEST(Intake, RefusesWhatWouldNotFitAndChangesNothing) {
  Village village({"register", 0, 3});
  ASSERT_TRUE(village.Add(1, 1000, 100).ok());
  const int64_t large = measures::kPersonWeightEnd;
  const struct {
    absl::Status status;
    std::string_view reason;
  } cases[] = {
      {village.Add(0, 1000, 1), "SIZE_OUT_OF_RANGE"},
      {village.Add(256, 1000, 1), "SIZE_OUT_OF_RANGE"},
      {village.Add(1, 0, 1), "WEIGHT_OUT_OF_RANGE"},
      {village.Add(1, large, 1), "WEIGHT_OUT_OF_RANGE"},
      {village.Add(2, large / 2, 1), "WEIGHT_OUT_OF_RANGE"},
      {village.Add(1, 1000, -1), "WELFARE_OUT_OF_RANGE"},
      {village.Add(1, 1000, measures::kWelfareEnd), "WELFARE_OUT_OF_RANGE"},
      {village.Add(1, 1000, 1, {{Variable::kFloorAreaM2, 1'000'001}}), "VALUE_OUT_OF_RANGE"},
  };
  for (const auto& c : cases) EXPECT_EQ(base::ReasonOf(c.status), c.reason);
  EXPECT_EQ(village.Show("families").value, "1");
}

TEST(Intake, APopulationNeverPassesTheWeightThatFitsItsSums) {
  Village village({"register", 0, 0});
  absl::Status status;
  int64_t added = 0;
  for (; status.ok() && added < 5000; ++added) {
    status = village.Add(1, measures::kPersonWeightEnd - 1, 0);
  }
  EXPECT_EQ(base::ReasonOf(status), "REGION_WEIGHT_FULL");
  EXPECT_EQ(village.Show("families").observed, added - 1);
  EXPECT_EQ(village.Show("p0").value, "1.000000");
}

}  // namespace
}  // namespace sepakat::targeting
