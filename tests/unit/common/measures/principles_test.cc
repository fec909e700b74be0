// What a measure of poverty or inequality must do whatever the data: the principles that textbooks
// ask of it, on random populations.
#include <gtest/gtest.h>
// rapidcheck needs gtest before it.
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "common/measures/fgt_sample.h"
#include "common/measures/inequality.h"
#include "common/measures/lorenz.h"
#include "tests/support/measures/random_units.h"

namespace sepakat::measures {
namespace {

using support::Agrees;
using support::Columns;
using support::DrawLine;
using support::DrawUnits;
using support::Units;

struct InequalityMeasure {
  std::string name;
  std::function<double(Sample)> of;
};

const std::vector<InequalityMeasure> kInequality = {
    {"Gini", [](Sample s) { return *Gini(SortedSample(s)); }},
    {"Theil T", [](Sample s) { return *TheilT(s); }},
    {"MLD", [](Sample s) { return *MeanLogDeviation(s); }},
    {"GE(2)", [](Sample s) { return *GeneralisedEntropy(s, 2); }},
    {"Atkinson 0.5", [](Sample s) { return *Atkinson(s, 0.5); }},
    {"Atkinson 1", [](Sample s) { return *Atkinson(s, 1); }},
    {"Hoover", [](Sample s) { return *Hoover(s); }},
};

struct PovertyMeasure {
  std::string name;
  std::function<double(Sample, double)> of;  // sample, line
};

const std::vector<PovertyMeasure> kPoverty = {
    {"P0", [](Sample s, double z) { return MeasurePoverty(s, PovertyLines(z))->fgt[0]; }},
    {"P1", [](Sample s, double z) { return MeasurePoverty(s, PovertyLines(z))->fgt[1]; }},
    {"P2", [](Sample s, double z) { return MeasurePoverty(s, PovertyLines(z))->fgt[2]; }},
    {"Watts", [](Sample s, double z) { return *Watts(s, PovertyLines(z)); }},
    {"Sen",
     [](Sample s, double z) { return *Sen(SortedSample(s), z, SenForm::kReplicationInvariant); }},
    {"SST", [](Sample s, double z) { return *SenShorrocksThon(SortedSample(s), z); }},
};

RC_GTEST_PROP(Principles, InequalityAndPovertyDoNotDependOnTheUnitOfMoney, ()) {
  const Units units = DrawUnits(1);
  const auto line = static_cast<double>(DrawLine(units));
  const Columns columns(units);
  std::vector<double> in_thousands = columns.values;
  for (double& value : in_thousands) value *= 1e-3;
  const Sample thousands{in_thousands, columns.weights};
  for (const InequalityMeasure& measure : kInequality) {
    RC_ASSERT(Agrees(measure.of(thousands), measure.of(columns.sample()), 1));
  }
  for (const PovertyMeasure& measure : kPoverty) {
    RC_ASSERT(Agrees(measure.of(thousands, line * 1e-3), measure.of(columns.sample(), line), 1));
  }
}

RC_GTEST_PROP(Principles, CopyingEverybodyOrScalingWeightsChangesNothing, ()) {
  const Units units = DrawUnits(1);
  const auto line = static_cast<double>(DrawLine(units));
  const Columns columns(units);
  std::vector<double> values = columns.values;
  std::vector<double> weights = columns.weights;
  values.insert(values.end(), columns.values.begin(), columns.values.end());
  weights.insert(weights.end(), columns.weights.begin(), columns.weights.end());
  std::vector<double> scaled = columns.weights;
  for (double& weight : scaled) weight *= 217.3;
  for (const Sample same : {Sample{values, weights}, Sample{columns.values, scaled}}) {
    for (const InequalityMeasure& measure : kInequality) {
      RC_ASSERT(Agrees(measure.of(same), measure.of(columns.sample()), 1));
    }
    for (const PovertyMeasure& measure : kPoverty) {
      RC_ASSERT(Agrees(measure.of(same, line), measure.of(columns.sample(), line)));
    }
  }
}

RC_GTEST_PROP(Principles, WhoHasNoWeightDoesNotExist, ()) {
  const Units units = DrawUnits(1);
  const auto line = static_cast<double>(DrawLine(units));
  const Columns all(units);
  Units with_weight;
  for (const auto& unit : units) {
    if (unit.persons > 0) with_weight.push_back(unit);
  }
  const Columns some(with_weight);
  for (const InequalityMeasure& measure : kInequality) {
    RC_ASSERT(measure.of(all.sample()) == measure.of(some.sample()));
  }
  for (const PovertyMeasure& measure : kPoverty) {
    RC_ASSERT(measure.of(all.sample(), line) == measure.of(some.sample(), line));
  }
}

// From a poorer to a richer person, both staying on the same side of each other.
RC_GTEST_PROP(Principles, ARegressiveTransferRaisesInequalityAndDeepensPoverty, ()) {
  Units units = DrawUnits(2, 1);
  units.front().persons = 1;
  units.push_back({*rc::gen::inRange<int64_t>(2, 50), 1, 1});
  const size_t a = 0;
  const size_t b = units.size() - 1;
  const size_t poorer = units[a].welfare <= units[b].welfare ? a : b;
  const size_t richer = poorer == a ? b : a;
  const Columns before(units);
  const int64_t moved = *rc::gen::inRange<int64_t>(1, units[poorer].welfare);
  units[poorer].welfare -= moved;
  units[richer].welfare += moved;
  const Columns after(units);
  // Nobody crosses the line: Sen's index may fall when the richer one does.
  const bool both_poor = before.values[poorer] == before.values[richer];
  const double line = both_poor ? after.values[richer] + 1 : before.values[poorer] + 1;
  for (const InequalityMeasure& measure : kInequality) {
    const double raised = measure.of(after.sample()) - measure.of(before.sample());
    // Hoover sees only transfers across the mean.
    RC_ASSERT((measure.name == "Hoover" ? raised >= -1e-15 : raised > 0));
  }
  for (const PovertyMeasure& measure : kPoverty) {
    if (measure.name == "P0") continue;  // does not see how poor anybody is
    const double raised = measure.of(after.sample(), line) - measure.of(before.sample(), line);
    // The gap does not see a transfer between two who stay poor.
    RC_ASSERT((measure.name == "P1" ? raised >= -1e-15 : raised > 0));
  }
}

RC_GTEST_PROP(Principles, PovertyOfGroupsAddsUpToPovertyOfAll, ()) {
  const Units one = DrawUnits(1);
  const Units other = DrawUnits(1);
  Units both = one;
  both.insert(both.end(), other.begin(), other.end());
  const auto line = static_cast<double>(DrawLine(both));
  const double n1 = static_cast<double>(support::Persons(one));
  const double n2 = static_cast<double>(support::Persons(other));
  for (const PovertyMeasure& measure : kPoverty) {
    if (measure.name == "Sen" || measure.name == "SST") continue;  // ranks cross groups
    const double parts = n1 * measure.of(Columns(one).sample(), line) +
                         n2 * measure.of(Columns(other).sample(), line);
    RC_ASSERT(Agrees(measure.of(Columns(both).sample(), line), parts / (n1 + n2)));
  }
}

RC_GTEST_PROP(Principles, EntropyIsInequalityWithinGroupsPlusInequalityBetweenThem, ()) {
  const Units groups[] = {DrawUnits(1), DrawUnits(1)};
  Units all = groups[0];
  all.insert(all.end(), groups[1].begin(), groups[1].end());
  const auto persons = static_cast<double>(support::Persons(all));
  const auto welfare = static_cast<double>(support::TotalWelfare(all));
  for (const double a : {0.0, 0.5, 1.0, 2.0}) {
    std::vector<double> means;
    std::vector<double> sizes;
    double within = 0;
    for (const Units& group : groups) {
      const auto n = static_cast<double>(support::Persons(group));
      const auto total = static_cast<double>(support::TotalWelfare(group));
      means.push_back(total / n);
      sizes.push_back(n);
      within += std::pow(n / persons, 1 - a) * std::pow(total / welfare, a) *
                *GeneralisedEntropy(Columns(group).sample(), a);
    }
    const double between = *GeneralisedEntropy({means, sizes}, a);
    RC_ASSERT(Agrees(*GeneralisedEntropy(Columns(all).sample(), a), within + between, 1));
  }
}

RC_GTEST_PROP(Principles, ThePovertyMeasuresAreOrdered, ()) {
  const Units units = DrawUnits(0);
  const auto line = static_cast<double>(DrawLine(units));
  const Poverty poverty = *MeasurePoverty(Columns(units).sample(), PovertyLines(line));
  RC_ASSERT(poverty.headcount() >= poverty.gap());
  RC_ASSERT(poverty.gap() >= poverty.severity());
  RC_ASSERT(poverty.severity() >= 0);
  if (poverty.gap_of_the_poor) {
    RC_ASSERT(Agrees(poverty.gap(), poverty.headcount() * *poverty.gap_of_the_poor));
  }
}

RC_GTEST_PROP(Principles, TheGiniIsTheAreaBetweenTheLorenzCurveAndTheDiagonal, ()) {
  const Units units = DrawUnits(0);
  const SortedSample sample = Columns(units).sorted();
  double area = 0;
  double p = 0;
  double share = 0;
  for (const double below : sample.cumulative_weights()) {
    const double next_p = below / sample.total_weight();
    const double next_share = *LorenzShare(sample, next_p);
    area += (next_p - p) * (share + next_share) / 2;
    p = next_p;
    share = next_share;
  }
  RC_ASSERT(Agrees(*Gini(sample), 1 - 2 * area, 1));
}

}  // namespace
}  // namespace sepakat::measures
