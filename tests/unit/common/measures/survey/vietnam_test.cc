// Errors published with the Vietnam Living Standards Survey 1997/98: R `survey` and `convey`,
// communes as primary units, persons as weights.
//
// Ginis of this file are by the rank of the last person (see GiniForm).
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <string>

#include "common/measures/survey/estimator.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_poverty.h"
#include "common/measures/survey/linearise_quantile.h"
#include "common/measures/survey/linearise_share.h"
#include "common/measures/survey/poverty_columns.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

TEST(Vietnam1998, EveryPublishedErrorIsReproduced) {
  const auto folder = support::SharedData("vietnam_vlss_1997");
  if (!folder) GTEST_SKIP() << support::NoSharedData("vietnam_vlss_1997");
  const CsvTable households = CsvTable::Read(*folder / "vietnam_hh.csv");
  const CsvTable reference = CsvTable::Read(*folder / "reference_poverty.csv");
  const auto persons = households.Numbers("hhsize");
  const auto communes = households.Codes("commune");
  std::vector<double> welfare = households.Numbers("lntotal");
  for (size_t i = 0; i < welfare.size(); ++i) welfare[i] = std::exp(welfare[i]) / persons[i];
  const auto design = Design::Create({persons, {{communes, {}, {}}}}, {});
  ASSERT_TRUE(design.ok()) << design.status();
  EXPECT_EQ(design->df(), 193);

  std::map<std::pair<std::string, std::string>, Estimate> actual;
  const auto measure_by = [&](const Domains& domains, const std::vector<std::string>& names) {
    const DomainEstimator estimator(*design, domains);
    const DomainSamples samples = *DomainSamples::Create(*design, domains, welfare);
    const auto keep = [&](const std::string& name, const DomainEstimates& estimates) {
      for (size_t d = 0; d < names.size(); ++d) {
        ASSERT_TRUE(estimates[d].ok()) << estimates[d].status();
        actual[{name, names[d]}] = *estimates[d];
      }
    };
    keep("mean_pcexp", estimator.Mean(welfare));
    for (const auto& [text, line] : {std::pair("1789.871", 1789.871), {"1286.833", 1286.833}}) {
      for (int order = 0; order < 3; ++order) {
        keep("fgt" + std::to_string(order) + "_z" + text,
             estimator.Mean(GapColumn(welfare, PovertyLines(line), order)));
      }
    }
    keep("watts_z1789.871", estimator.Mean(*WattsColumn(welfare, PovertyLines(1789.871))));
    const auto keep_measure = [&](const std::string& name, Lineariser measure) {
      keep(name, estimator.Measure(samples, measure));
    };
    keep_measure("gini", [](const SortedSample& s, std::span<double> u) {
      return LineariseGini(s, GiniForm::kLastPerson, u);
    });
    keep_measure("qsr", [](const SortedSample& s, std::span<double> u) {
      return LineariseQuintileShareRatio(s, QuantileDefinition::kObserved, u);
    });
    keep_measure("theil", [](const SortedSample& s, std::span<double> u) {
      return LineariseGeneralisedEntropy(s, 1, u);
    });
    keep_measure("mld", [](const SortedSample& s, std::span<double> u) {
      return LineariseGeneralisedEntropy(s, 0, u);
    });
    keep_measure("arpt60", [](const SortedSample& s, std::span<double> u) {
      return LineariseRelativeLine(s, RelativeLine{}, u);
    });
    keep_measure("arpr60", [](const SortedSample& s, std::span<double> u) {
      return WithOwnLine(
          s, RelativeLine{},
          [](const SortedSample& sample, double z, std::span<double> own) {
            return LinearisePoverty(sample, z, 0, own);
          },
          u);
    });
  };
  measure_by(Domains::Whole(welfare.size()), {"all"});
  for (const std::string column : {"urban", "farm", "sex"}) {
    const auto codes = households.Codes(column);
    std::vector<std::string> names(2);
    for (size_t i = 0; i < codes.size(); ++i) {
      names[static_cast<size_t>(codes[i])] = column + "=" + households.Text(column)[i];
    }
    measure_by(Domains({codes.begin(), codes.end()}, 2), names);
  }

  const auto estimates = reference.Numbers("estimate");
  const auto errors = reference.Numbers("se");
  for (size_t i = 0; i < reference.rows(); ++i) {
    const std::pair key(reference.Text("measure")[i], reference.Text("domain")[i]);
    ASSERT_TRUE(actual.contains(key)) << key.first << " " << key.second;
    EXPECT_NEAR(actual[key].estimate / estimates[i], 1, 1e-9) << key.first << " " << key.second;
    EXPECT_NEAR(std::pow(*actual[key].standard_error / errors[i], 2), 1, 1e-6)
        << key.first << " " << key.second;
  }
}

}  // namespace
}  // namespace sepakat::measures
