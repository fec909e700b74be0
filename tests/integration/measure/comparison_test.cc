// Two surveys beside each other.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/integration/measure/published_figures.h"
#include "tests/integration/measure/village_survey.h"

namespace sepakat::support {
namespace {

// The village a year later: everybody has a tenth more.
std::string Richer() {
  auto rows = VillageRows();
  for (auto& row : rows) row[4] = std::to_string(std::stod(row[4]) * 1.1);
  return WriteText(FolderOfTest() / "later.csv", VillageCsv(rows));
}

class MeasureCompares : public testing::Test {
 protected:
  nlohmann::json Compared(const std::string& later, const std::vector<std::string>& options) {
    const std::string file = WriteText(FolderOfTest() / "survey.csv", VillageCsv());
    std::vector<std::string> arguments = {file,     "--codebook", TestBook("village"),
                                          "--line", "500",        "--by",
                                          "region", "--compare",  later};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Measure(arguments).report()["comparison"];
  }
};

// Equal growth for all: no redistribution, a flat incidence curve, and dominance at every line.
TEST_F(MeasureCompares, GrowthForAllAsGrowthAlone) {
  const nlohmann::json comparison = Compared(Richer(), {});
  const auto& p1 = comparison["growth"][0]["p1"];
  EXPECT_NEAR(p1["growth"].get<double>(), p1["change"].get<double>(), 1e-12);
  EXPECT_NEAR(p1["redistribution"].get<double>(), 0, 1e-12);
  EXPECT_NEAR(p1["residual"].get<double>(), 0, 1e-12);
  EXPECT_NEAR(comparison["growth"][0]["growthRate"].get<double>(), 0.1, 1e-6);
  for (const auto& point : comparison["growthIncidence"]["points"]) {
    EXPECT_NEAR(point["growth"].get<double>(), 0.1, 1e-6);
  }
  for (const auto& dominance : comparison["dominance"]) {
    EXPECT_EQ(dominance["ordering"], "after_has_less");
  }
}

TEST_F(MeasureCompares, SectorsThatAddUpToTheChange) {
  const nlohmann::json comparison = Compared(Richer(), {});
  const auto& total = comparison["sectors"][0]["total"]["p1"];
  const double change = total["after"].get<double>() - total["before"].get<double>();
  EXPECT_NEAR(total["within"].get<double>() + total["shift"].get<double>() +
                  total["interaction"].get<double>(),
              change, 1e-12);
}

// Prices and welfare rose alike, so nobody is better off in real terms.
TEST_F(MeasureCompares, LinesOfEachSurveyInItsOwnPrices) {
  const nlohmann::json comparison = Compared(Richer(), {"--compare-line", "550"});
  for (const auto& change : comparison["changes"]) {
    if (change["measure"] == "p0" || change["measure"] == "p1") {
      EXPECT_NEAR(change["difference"].get<double>(), 0, 1e-9) << change.dump();
    }
  }
}

// Independent samples: the variances add up.
TEST_F(MeasureCompares, DifferencesWithTheErrorsOfBothSurveys) {
  const std::string later = Richer();
  const nlohmann::json comparison = Compared(later, {});
  const Figures before = Measure(
      {FolderOfTest() / "survey.csv", "--codebook", TestBook("village"), "--measures", "gini"});
  for (const auto& change : comparison["changes"]) {
    if (change["measure"] != "gini" || !change["domain"].empty()) continue;
    const double error = *before.Of("gini").standard_error;
    ExpectNear(change["standardError"].get<double>(), error * std::sqrt(2), 1e-6, "gini");
    EXPECT_NEAR(change["difference"].get<double>(), 0, 1e-7);
    EXPECT_GT(change["pValue"].get<double>(), 0.99);
  }
}

TEST_F(MeasureCompares, NothingWithItself) {
  const nlohmann::json comparison = Compared(FolderOfTest() / "survey.csv", {});
  for (const auto& change : comparison["changes"]) {
    EXPECT_EQ(change["difference"], 0.0) << change.dump();
  }
  for (const auto& dominance : comparison["dominance"]) EXPECT_EQ(dominance["ordering"], "equal");
}

}  // namespace
}  // namespace sepakat::support
