#include "monitoring/domain/alert.h"

#include <gtest/gtest.h>

#include <vector>

namespace sepakat::monitoring {
namespace {

constexpr int64_t kMinute = 60'000;

AlertRule PovertyAbove12Percent() {
  AlertRule rule;
  rule.id = "p0-kecamatan";
  rule.population = "register";
  rule.measure = "p0";
  rule.region = "33.26";
  rule.level = base::RegionLevel::kDistrict;
  rule.condition = Condition::kAbove;
  rule.threshold_micro = 120'000;
  rule.hold_ms = 10 * kMinute;
  rule.min_families = 5;
  return rule;
}

TEST(AlertTest, ARuleAppliesToItsLevelBelowItsRegion) {
  struct Case {
    const char* population;
    const char* region;
    bool applies;
  };
  const Case cases[] = {{"register", "33.26.15", true},       {"register", "33.26", false},
                        {"register", "33.26.15.2014", false}, {"register", "33.27.01", false},
                        {"register", "33.2", false},          {"eusilc", "33.26.15", false}};
  for (const Case& c : cases) {
    EXPECT_EQ(AppliesTo(PovertyAbove12Percent(), c.population, c.region), c.applies)
        << c.population << " " << c.region;
  }
}

TEST(AlertTest, EachConditionTreatsItsThresholdAsWritten) {
  struct Case {
    Condition condition;
    bool below, at, above;
  };
  const Case cases[] = {{Condition::kAbove, false, false, true},
                        {Condition::kAtLeast, false, true, true},
                        {Condition::kBelow, true, false, false},
                        {Condition::kAtMost, true, true, false}};
  for (const Case& c : cases) {
    AlertRule rule = PovertyAbove12Percent();
    rule.condition = c.condition;
    EXPECT_EQ(Holds(rule, {119'999, 9}), c.below);
    EXPECT_EQ(Holds(rule, {120'000, 9}), c.at);
    EXPECT_EQ(Holds(rule, {120'001, 9}), c.above);
  }
}

// One look: minute, value in millionths (negative: unknown), and the phase afterwards.
struct Look {
  int64_t minute;
  int64_t value;
  AlertPhase phase;
  int64_t since_minute;
};

void Follow(const AlertRule& rule, const std::vector<Look>& looks) {
  AlertProgress progress;
  for (const Look& look : looks) {
    Reading reading{std::nullopt, 100};
    if (look.value >= 0) reading.value_micro = look.value;
    progress = Advance(rule, progress, reading, look.minute * kMinute);
    EXPECT_EQ(PhaseName(progress.phase), PhaseName(look.phase)) << "minute " << look.minute;
    EXPECT_EQ(progress.since_ms, look.since_minute * kMinute) << "minute " << look.minute;
  }
}

TEST(AlertTest, ItFiresAfterTheConditionHeldLongEnoughAndResolvesWhenItEnds) {
  Follow(PovertyAbove12Percent(), {{1, 119'000, AlertPhase::kInactive, 0},
                                   {2, 121'000, AlertPhase::kPending, 2},
                                   {11, 125'000, AlertPhase::kPending, 2},
                                   {12, 130'000, AlertPhase::kFiring, 2},
                                   {40, 121'000, AlertPhase::kFiring, 2},
                                   {41, 120'000, AlertPhase::kResolved, 2},
                                   {42, 119'000, AlertPhase::kResolved, 2},
                                   {50, 130'000, AlertPhase::kPending, 50}});
}

TEST(AlertTest, ABreakStartsTheHoldTimeAnew) {
  Follow(PovertyAbove12Percent(), {{2, 121'000, AlertPhase::kPending, 2},
                                   {8, 119'000, AlertPhase::kInactive, 0},
                                   {9, 121'000, AlertPhase::kPending, 9},
                                   {12, 121'000, AlertPhase::kPending, 9},
                                   {19, 121'000, AlertPhase::kFiring, 9}});
}

TEST(AlertTest, MissingDataEndAPendingAlertButDoNotResolveAFiringOne) {
  Follow(PovertyAbove12Percent(), {{2, 121'000, AlertPhase::kPending, 2},
                                   {3, -1, AlertPhase::kInactive, 0},
                                   {4, 121'000, AlertPhase::kPending, 4},
                                   {14, 121'000, AlertPhase::kFiring, 4},
                                   {15, -1, AlertPhase::kFiring, 4}});
}

TEST(AlertTest, WithoutHoldTimeItFiresAtOnce) {
  AlertRule rule = PovertyAbove12Percent();
  rule.hold_ms = 0;
  Follow(rule, {{2, 121'000, AlertPhase::kFiring, 2}});
}

TEST(AlertTest, AFewFamiliesAreNoEvidence) {
  EXPECT_EQ(Holds(PovertyAbove12Percent(), {900'000, 4}), std::nullopt);
}

}  // namespace
}  // namespace sepakat::monitoring
