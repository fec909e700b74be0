// A household survey of one regency: poverty, inequality, welfare classes and the reach of three
// programmes, over households and over persons. Line Rp539,283 per person and month; no weights.
// Quantiles are those of `laeken`: with 520 equal weights, fifths and halves are met exactly.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/measures/fgt_sample.h"
#include "common/measures/inequality.h"
#include "common/measures/lorenz.h"
#include "common/measures/targeting_accuracy.h"
#include "common/measures/vulnerability.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"
#include "tests/unit/common/measures/published/columns.h"
#include "tests/unit/common/measures/published/published.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

constexpr auto kNext = QuantileDefinition::kNextAtTies;
constexpr double kLine = 539'283;

TEST(SusenasPoints, OfHouseholdsAndPersons) {
  const auto folder = support::SharedData("susenas_konsumsi_1607");
  if (!folder) GTEST_SKIP() << support::NoSharedData("susenas_konsumsi_1607");
  const CsvTable table = CsvTable::Read(*folder / "rumah_tangga.csv");
  const auto size = table.Numbers("hhsize");
  std::vector<double> welfare = table.Numbers("exp_total");
  for (size_t i = 0; i < welfare.size(); ++i) welfare[i] /= size[i];

  Published published(1e-9);
  const CsvTable reference = CsvTable::Read(*folder / "reference.csv");
  for (size_t i = 0; i < reference.rows(); ++i) {
    published.Add(reference.Text("measure")[i], "", reference.Numbers("value")[i]);
  }
  const std::vector<double> once(size.size(), 1.0);
  published.Compare("n_households", "", TotalWeight({welfare, once}));
  published.Compare("n_persons", "", TotalWeight({welfare, size}));

  std::vector<Answer> poor;
  for (const double y : welfare) poor.push_back(y < kLine ? Answer::kYes : Answer::kNo);
  for (const auto& [unit, weights] :
       {std::pair{std::string("household"), once}, {"person", size}}) {
    const auto compare = [&](const std::string& measure, const absl::StatusOr<double>& actual) {
      published.Compare(measure + "_" + unit, "", actual);
    };
    const WeightedColumn column{welfare, weights};
    const SortedSample sorted = column.sorted();
    const Poverty poverty = *MeasurePoverty(column.sample(), PovertyLines(kLine));
    compare("fgt0", poverty.headcount());
    compare("fgt1", poverty.gap());
    compare("fgt2", poverty.severity());
    compare("watts", Watts(column.sample(), PovertyLines(kLine)));
    compare("mean_pc", sorted.mean());
    compare("gini", Gini(sorted));
    compare("qsr", QuintileShareRatio(sorted, kNext));
    compare("median_pc", Median(sorted, kNext));
    const std::vector<double> multiples = {1, 1.2, 1.5, 3.5, 17};
    const auto classes = *WelfareClasses(column.sample(), PovertyLines(kLine), multiples);
    for (const auto& [name, c] : {std::pair<std::string, size_t>{"1.0", 0},
                                  {"1.2", 1},
                                  {"1.5", 2},
                                  {"3.5", 3},
                                  {"17.0", 4}}) {
      compare("share_below_" + name + "xGK", classes[c].share_below);
    }
    for (const std::string programme : {"pkh", "bpnt", "kks"}) {
      std::vector<Answer> receives;
      // 1 is yes, for a card only if it was shown; 5 is no, 2 a card not shown.
      for (const double code : table.Numbers(programme)) {
        receives.push_back(code == 1 ? Answer::kYes : Answer::kNo);
      }
      const TargetingAccuracy accuracy = *MeasureTargeting({weights, poor, receives});
      compare(programme + "_coverage", accuracy.coverage);
      compare(programme + "_exclusion_error", *accuracy.exclusion_error);
      compare(programme + "_inclusion_error", *accuracy.inclusion_error);
    }
  }
  published.ExpectEveryRowCompared(46);
}

}  // namespace
}  // namespace sepakat::measures
