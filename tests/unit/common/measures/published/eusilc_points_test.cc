// Point estimates published with the synthetic EU-SILC of Austria 2006: `laeken`, and `convey` with
// two designs, which give the same points.
//
// `convey` ranks a row's last person in its Gini; the difference to the mean-difference Gini of the
// library is sum (w^2 - w) y / (W sum w y), and is added here.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/measures/fgt_sample.h"
#include "common/measures/inequality.h"
#include "common/measures/lorenz.h"
#include "common/measures/relative_line.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"
#include "tests/unit/common/measures/published/columns.h"
#include "tests/unit/common/measures/published/published.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

constexpr auto kObserved = QuantileDefinition::kObserved;
constexpr auto kAveraged = QuantileDefinition::kAveragedAtTies;

class EusilcPoints : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = support::SharedData("eusilc");
    if (!folder_) GTEST_SKIP() << support::NoSharedData("eusilc");
    const CsvTable people = CsvTable::Read(*folder_ / "eusilc.csv");
    everyone_ = {people.Numbers("eqIncome"), people.Numbers("rb050")};
    regions_ = people.Text("db040");
    sexes_ = people.Text("rb090");
  }

  Published Read(const std::string& source) const {
    Published published(1e-9);
    const CsvTable reference = CsvTable::Read(*folder_ / "reference.csv");
    const auto estimates = reference.Numbers("estimate");
    for (size_t i = 0; i < reference.rows(); ++i) {
      if (reference.Text("source")[i] != source) continue;
      published.Add(reference.Text("measure")[i], reference.Text("domain")[i], estimates[i]);
    }
    return published;
  }

  // Austria and its nine regions.
  std::vector<std::pair<std::string, WeightedColumn>> Domains() const {
    std::vector<std::pair<std::string, WeightedColumn>> domains = {{"Austria", everyone_}};
    for (const std::string& region : std::set<std::string>(regions_.begin(), regions_.end())) {
      domains.emplace_back(region,
                           everyone_.Where([&](size_t i) { return regions_[i] == region; }));
    }
    return domains;
  }

  std::optional<std::filesystem::path> folder_;
  WeightedColumn everyone_;
  std::vector<std::string> regions_;
  std::vector<std::string> sexes_;
};

TEST_F(EusilcPoints, OfLaeken) {
  Published published = Read("laeken");
  const SortedSample nation = everyone_.sorted();
  const double line = *LineOf(nation, {.share = 0.6, .definition = kAveraged});
  published.Compare("arpt", "Austria", line);
  for (const auto& [text, level] : {std::pair<const char*, Fraction>{"0.1", {1, 10}},
                                    {"0.2", {1, 5}},
                                    {"0.25", {1, 4}},
                                    {"0.5", {1, 2}},
                                    {"0.75", {3, 4}},
                                    {"0.8", {4, 5}},
                                    {"0.9", {9, 10}}}) {
    published.Compare(std::string("quantile_") + text, "Austria",
                      Quantile(nation, level, kAveraged));
  }
  for (const std::string sex : {"female", "male"}) {
    const WeightedColumn persons = everyone_.Where([&](size_t i) { return sexes_[i] == sex; });
    published.Compare("arpr_sex", sex,
                      100 * MeasurePoverty(persons.sample(), PovertyLines(line))->headcount());
  }
  for (const auto& [domain, column] : Domains()) {
    const SortedSample sorted = column.sorted();
    published.Compare("arpr", domain,
                      100 * MeasurePoverty(column.sample(), PovertyLines(line))->headcount());
    published.Compare("gini", domain, 100 * *Gini(sorted));
    published.Compare("qsr", domain, QuintileShareRatio(sorted, kAveraged));
    published.Compare("rmpg", domain, 100 * *RelativeMedianGap(sorted, line, kAveraged));
    published.Compare("wmean", domain, sorted.mean());
    published.Compare("wmedian", domain, Median(sorted, kAveraged));
  }
  published.ExpectEveryRowCompared(70);
}

double LastPersonGini(const WeightedColumn& column) {
  const SortedSample sorted = column.sorted();
  double beyond = 0;
  for (size_t i = 0; i < column.values.size(); ++i) {
    beyond += (column.weights[i] * column.weights[i] - column.weights[i]) * column.values[i];
  }
  return *Gini(sorted) + beyond / (sorted.total_weight() * sorted.total());
}

TEST_F(EusilcPoints, OfConveyWithBothDesigns) {
  for (const std::string source : {"convey/survey person_psu", "convey/survey household_psu"}) {
    Published published = Read(source);
    const SortedSample nation = everyone_.sorted();
    const double line = *LineOf(nation, {});
    published.Compare("poormed", "Austria", MedianOfThePoor(nation, line, kObserved));
    for (const auto& [domain, column] : Domains()) {
      const SortedSample sorted = column.sorted();
      const Poverty absolute = *MeasurePoverty(column.sample(), PovertyLines(10'000));
      const Poverty relative = *MeasurePoverty(column.sample(), PovertyLines(line));
      for (size_t order = 0; order < 3; ++order) {
        const std::string name = "fgt" + std::to_string(order);
        published.Compare(name + "_abs10000", domain, absolute.fgt[order]);
        published.Compare(name + "_relq60", domain, relative.fgt[order]);
      }
      published.Compare("arpr", domain, relative.headcount());
      published.Compare("arpt", domain, LineOf(sorted, {}));
      published.Compare("gini", domain, LastPersonGini(column));
      published.Compare("mean", domain, sorted.mean());
      published.Compare("qsr", domain, QuintileShareRatio(sorted, kObserved));
      published.Compare("rmpg", domain, RelativeMedianGap(sorted, line, kObserved));
    }
    const WeightedColumn earners =
        everyone_.Where([&](size_t i) { return everyone_.values[i] > 0; });
    const std::string domain = "Austria (eqIncome>0)";
    published.Compare("theil_gei1_pos", domain, TheilT(earners.sample()));
    published.Compare("mld_gei0_pos", domain, MeanLogDeviation(earners.sample()));
    published.Compare("gei2_pos", domain, GeneralisedEntropy(earners.sample(), 2));
    published.Compare("atkinson05_pos", domain, Atkinson(earners.sample(), 0.5));
    published.Compare("atkinson1_pos", domain, Atkinson(earners.sample(), 1));
    published.Compare("watts_abs10000_pos", domain, Watts(earners.sample(), PovertyLines(10'000)));
    published.ExpectEveryRowCompared(127);
  }
}

}  // namespace
}  // namespace sepakat::measures
