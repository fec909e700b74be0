// Standard errors published with the synthetic EU-SILC of Austria: R `survey` and `convey`, persons
// and households as primary units, nation and nine regions. The reference prints eight digits of
// each error, so variances are compared to 1e-6.
//
// Two definitions differ from the house's and are followed where they are compared: `convey` gives
// a Gini by the rank of a row's last person, and its poor stand on or below the line (no value of
// the file lies on a line used here).
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
using support::SharedData;

constexpr auto kObserved = QuantileDefinition::kObserved;

struct Reference {
  double estimate = 0;
  double error = 0;
};

class Eusilc : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto folder = SharedData("eusilc");
    if (!folder) GTEST_SKIP() << support::NoSharedData("eusilc");
    const CsvTable people = CsvTable::Read(*folder / "eusilc.csv");
    income_ = people.Numbers("eqIncome");
    weights_ = people.Numbers("rb050");
    regions_ = people.Codes("db040");
    units_ = people.Codes(GetParam() == "person_psu" ? "rb030" : "db030");
    const auto& names = people.Text("db040");
    for (size_t i = 0; i < names.size(); ++i) {
      if (static_cast<size_t>(regions_[i]) == region_names_.size()) {
        region_names_.push_back(names[i]);
      }
    }
    auto design = Design::Create({weights_, {{units_, regions_, {}}}},
                                 {.units_numbered_within_strata = false});
    ASSERT_TRUE(design.ok()) << design.status();
    design_.emplace(*std::move(design));

    const CsvTable reference = CsvTable::Read(*folder / "reference.csv");
    const auto estimates = reference.Numbers("estimate");
    const auto errors = reference.Numbers("se");
    for (size_t i = 0; i < reference.rows(); ++i) {
      if (reference.Text("source")[i] != "convey/survey " + GetParam()) continue;
      reference_[{reference.Text("measure")[i], reference.Text("domain")[i]}] = {estimates[i],
                                                                                 errors[i]};
    }
  }

  void Compare(const std::string& measure, const std::string& domain,
               const absl::StatusOr<Estimate>& actual) {
    ASSERT_TRUE(actual.ok()) << measure << " " << domain << ": " << actual.status();
    const auto known = reference_.find({measure, domain});
    ASSERT_NE(known, reference_.end()) << measure << " " << domain;
    compared_.insert(known->first);
    EXPECT_NEAR(actual->estimate / known->second.estimate, 1, 1e-9) << measure << " " << domain;
    EXPECT_NEAR(std::pow(*actual->standard_error / known->second.error, 2), 1, 1e-6)
        << measure << " " << domain;
  }

  // Every measure of the reference that is told for several domains.
  void CompareByDomain(const Domains& domains, const std::vector<std::string>& names,
                       const EstimatedLine& line) {
    const DomainEstimator estimator(*design_, domains);
    const DomainSamples samples = *DomainSamples::Create(*design_, domains, income_);
    const auto each = [&](const std::string& measure, const DomainEstimates& estimates) {
      for (size_t d = 0; d < names.size(); ++d) Compare(measure, names[d], estimates[d]);
    };
    each("mean", estimator.Mean(income_));
    for (int order = 0; order < 3; ++order) {
      const std::string name = "fgt" + std::to_string(order);
      each(name + "_abs10000", estimator.Mean(GapColumn(income_, PovertyLines(10'000), order)));
      const auto poverty = [&](const SortedSample& s, double z, std::span<double> u) {
        return LinearisePoverty(s, z, order, u);
      };
      const auto under = estimator.MeasureUnderLine(samples, line, poverty);
      each(name + "_relq60", under);
      if (order == 0) each("arpr", under);
    }
    each("rmpg", estimator.MeasureUnderLine(samples, line, LineariseRelativeMedianGap));
    each("arpt", estimator.Measure(samples, [](const SortedSample& s, std::span<double> u) {
      return LineariseRelativeLine(s, RelativeLine{}, u);
    }));
    each("gini", estimator.Measure(samples, [](const SortedSample& s, std::span<double> u) {
      return LineariseGini(s, GiniForm::kLastPerson, u);
    }));
    each("qsr", estimator.Measure(samples, [](const SortedSample& s, std::span<double> u) {
      return LineariseQuintileShareRatio(s, kObserved, u);
    }));
  }

  std::vector<double> income_;
  std::vector<double> weights_;
  std::vector<int64_t> regions_;
  std::vector<int64_t> units_;
  std::vector<std::string> region_names_;
  std::optional<Design> design_;
  std::map<std::pair<std::string, std::string>, Reference> reference_;
  std::set<std::pair<std::string, std::string>> compared_;
};

TEST_P(Eusilc, EveryPublishedErrorIsReproduced) {
  const Domains nation = Domains::Whole(income_.size());
  const DomainEstimator whole(*design_, nation);
  const DomainSamples everyone = *DomainSamples::Create(*design_, nation, income_);
  const EstimatedLine line =
      *EstimateLine(whole, everyone, [](const SortedSample& s, std::span<double> u) {
        return LineariseRelativeLine(s, RelativeLine{}, u);
      });
  CompareByDomain(nation, {"Austria"}, line);
  Compare("poormed", "Austria",
          whole.MeasureUnderLine(everyone, line, LineariseMedianOfThePoor)[0]);

  std::vector<uint32_t> labels(regions_.begin(), regions_.end());
  CompareByDomain(Domains(labels, static_cast<uint32_t>(region_names_.size())), region_names_,
                  line);

  std::vector<bool> positive;
  for (const double y : income_) positive.push_back(y > 0);
  const Domains earners = nation.Only(positive);
  const DomainEstimator of_earners(*design_, earners);
  const DomainSamples incomes = *DomainSamples::Create(*design_, earners, income_);
  const auto compare_positive = [&](const std::string& name, Lineariser measure) {
    Compare(name, "Austria (eqIncome>0)", of_earners.Measure(incomes, measure)[0]);
  };
  const auto entropy = [](double a) {
    return [a](const SortedSample& s, std::span<double> u) {
      return LineariseGeneralisedEntropy(s, a, u);
    };
  };
  const auto atkinson = [](double e) {
    return [e](const SortedSample& s, std::span<double> u) { return LineariseAtkinson(s, e, u); };
  };
  compare_positive("mld_gei0_pos", entropy(0));
  compare_positive("theil_gei1_pos", entropy(1));
  compare_positive("gei2_pos", entropy(2));
  compare_positive("atkinson05_pos", atkinson(0.5));
  compare_positive("atkinson1_pos", atkinson(1));
  std::vector<double> positive_income = income_;
  for (double& y : positive_income) y = y > 0 ? y : std::nan("");
  Compare("watts_abs10000_pos", "Austria (eqIncome>0)",
          of_earners.Mean(*WattsColumn(positive_income, PovertyLines(10'000)))[0]);

  EXPECT_EQ(compared_.size(), reference_.size()) << "some of the reference was not compared";
}

// The acceptance figures of the data set, to as many digits as they are printed with.
TEST_P(Eusilc, TheHousesOwnGiniDiffersFromThePublishedOneByLessThanOnePartInAThousand) {
  const Domains nation = Domains::Whole(income_.size());
  const DomainSamples everyone = *DomainSamples::Create(*design_, nation, income_);
  const auto gini = DomainEstimator(*design_, nation)
                        .Measure(everyone, [](const SortedSample& s, std::span<double> u) {
                          return LineariseGini(s, GiniForm::kMeanDifference, u);
                        })[0];
  const Reference published = reference_[{"gini", "Austria"}];
  EXPECT_NEAR(gini->estimate, 0.264896192113, 1e-11);  // laeken 0.5.2
  EXPECT_NEAR(*gini->standard_error / published.error, 1, 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Published, Eusilc, ::testing::Values("person_psu", "household_psu"),
                         [](const auto& shape) { return shape.param; });

}  // namespace
}  // namespace sepakat::measures
