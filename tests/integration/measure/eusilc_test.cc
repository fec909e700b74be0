// EU-SILC of Austria through the front door: every figure that `laeken` and `convey` give for it.
#include <gtest/gtest.h>

#include "tests/integration/measure/published_figures.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::support {
namespace {

constexpr char kRelative[] = "60%median";
constexpr char kAbsolute[] = "10000";

const std::map<std::string, std::string> kRegions = {
    {"Burgenland", "AT11"}, {"Lower Austria", "AT12"}, {"Vienna", "AT13"},
    {"Carinthia", "AT21"},  {"Styria", "AT22"},        {"Upper Austria", "AT31"},
    {"Salzburg", "AT32"},   {"Tyrol", "AT33"},         {"Vorarlberg", "AT34"}};

struct Meaning {
  std::string measure;
  Figures::Words parameters;
  // The reference prints percent.
  double scale = 1;
};

const std::map<std::string, Meaning> kLaeken = {
    {"arpr", {"p0", {{"line", kRelative}}, 100}},
    {"arpr_sex", {"p0", {{"line", kRelative}}, 100}},
    {"arpt", {"line", {{"line", kRelative}}}},
    {"gini", {"gini", {}, 100}},
    {"qsr", {"qsr", {}}},
    {"rmpg", {"relative_median_gap", {{"line", kRelative}}, 100}},
    {"wmean", {"mean", {}}},
    {"wmedian", {"median", {}}},
    {"quantile_0.1", {"quantile", {{"level", "0.1"}}}},
    {"quantile_0.2", {"quantile", {{"level", "0.2"}}}},
    {"quantile_0.25", {"quantile", {{"level", "0.25"}}}},
    {"quantile_0.5", {"quantile", {{"level", "0.5"}}}},
    {"quantile_0.75", {"quantile", {{"level", "0.75"}}}},
    {"quantile_0.8", {"quantile", {{"level", "0.8"}}}},
    {"quantile_0.9", {"quantile", {{"level", "0.9"}}}}};

const std::map<std::string, Meaning> kConvey = {
    {"arpr", {"p0", {{"line", kRelative}}}},
    {"arpt", {"line", {{"line", kRelative}}}},
    {"fgt0_relq60", {"p0", {{"line", kRelative}}}},
    {"fgt1_relq60", {"p1", {{"line", kRelative}}}},
    {"fgt2_relq60", {"p2", {{"line", kRelative}}}},
    {"fgt0_abs10000", {"p0", {{"line", kAbsolute}}}},
    {"fgt1_abs10000", {"p1", {{"line", kAbsolute}}}},
    {"fgt2_abs10000", {"p2", {{"line", kAbsolute}}}},
    {"gini", {"gini", {{"form", "last_person"}}}},
    {"mean", {"mean", {}}},
    {"qsr", {"qsr", {}}},
    {"rmpg", {"relative_median_gap", {{"line", kRelative}}}},
    {"poormed", {"median_of_poor", {{"line", kRelative}}}}};

// Over incomes above zero.
const std::map<std::string, Meaning> kPositive = {
    {"atkinson05_pos", {"atkinson", {{"aversion", "0.5"}}}},
    {"atkinson1_pos", {"atkinson", {{"aversion", "1.0"}}}},
    {"gei2_pos", {"ge", {{"a", "2.0"}}}},
    {"mld_gei0_pos", {"mld", {}}},
    {"theil_gei1_pos", {"theil", {}}},
    {"watts_abs10000_pos", {"watts", {{"line", kAbsolute}}}}};

Figures AllFigures(const std::string& file, const std::string& book, const std::string& quantiles) {
  constexpr char kMeasures[] =
      "p0,p1,p2,line,relative_median_gap,median_of_poor,gini,gini:last_person,qsr,mean,"
      "median,quantile:0.1,quantile:0.2,quantile:0.25,quantile:0.5,quantile:0.75,"
      "quantile:0.8,quantile:0.9";
  return Measure({file, "--codebook", book, "--line", kRelative, "--line", kAbsolute, "--measures",
                  kMeasures, "--by", "region,rb090", "--quantiles", quantiles});
}

Figures PositiveFigures(const std::string& file, const std::string& book) {
  return Measure({file, "--codebook", book, "--line", kAbsolute, "--measures",
                  "watts,theil,mld,ge:2,atkinson:0.5,atkinson:1", "--positive-welfare"});
}

TEST(MeasureEusilc, GivesAllFiguresOfLaekenAndConveyWithTheirErrors) {
  const auto folder = SharedData("eusilc");
  if (!folder) GTEST_SKIP() << NoSharedData("eusilc");
  const std::string file = *folder / "eusilc.csv";
  const std::map<std::string, std::string> books = {
      {"convey/survey person_psu", TestBook("eusilc_persons")},
      {"convey/survey household_psu", "eusilc"}};
  const Figures laeken = AllFigures(file, "eusilc", "next");
  std::map<std::string, Figures> convey;
  std::map<std::string, Figures> positive;
  for (const auto& [source, book] : books) {
    convey[source] = AllFigures(file, book, "observed");
    positive[source] = PositiveFigures(file, book);
  }

  const CsvTable reference = CsvTable::Read(*folder / "reference.csv");
  const std::vector<double> estimates = reference.Numbers("estimate");
  const std::vector<double> errors = reference.Numbers("se");
  int compared = 0;
  for (size_t i = 0; i < reference.rows(); ++i) {
    const std::string& source = reference.Text("source")[i];
    const std::string& name = reference.Text("measure")[i];
    const std::string& place = reference.Text("domain")[i];
    Figures::Words domain;
    if (const auto region = kRegions.find(place); region != kRegions.end()) {
      domain = {{"region", region->second}};
    } else if (name == "arpr_sex") {
      domain = {{"rb090", place}};
    }
    const bool of_laeken = source == "laeken";
    const bool of_positive = kPositive.contains(name);
    const auto& meanings = of_laeken ? kLaeken : of_positive ? kPositive : kConvey;
    ASSERT_TRUE(meanings.contains(name)) << name;
    const Meaning& meaning = meanings.at(name);
    const Figures& figures = of_laeken     ? laeken
                             : of_positive ? positive.at(source)
                                           : convey.at(source);
    ExpectPublished(figures.Of(meaning.measure, meaning.parameters, domain), estimates[i],
                    errors[i], source + " " + name + " " + place, meaning.scale);
    ++compared;
  }
  EXPECT_EQ(compared, 324);
}

TEST(MeasureEusilc, CarriesObservationsWeightsAndDegreesOfFreedomOfEveryFigure) {
  const auto folder = SharedData("eusilc");
  if (!folder) GTEST_SKIP() << NoSharedData("eusilc");
  const Figures figures = Measure(
      {*folder / "eusilc.csv", "--codebook", "eusilc", "--measures", "gini", "--by", "region"});
  const PublishedFigure all = figures.Of("gini");
  EXPECT_EQ(all.observations, 14827);
  EXPECT_EQ(all.design_df, 6000 - 9);
  ExpectNear(all.weight_sum, 8182222, 1e-6, "population");
  EXPECT_EQ(figures.Of("gini", {}, {{"region", "AT11"}}).observations, 549);
}

}  // namespace
}  // namespace sepakat::support
