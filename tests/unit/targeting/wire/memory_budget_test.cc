// Too little memory is told before it is missing: F21.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using support::Family;
using support::TargetingRig;
using testing::HasSubstr;

// A quarter of a GiB is kept for queues and publications: this leaves one MiB for families.
constexpr int64_t kOneMib = 257;

absl::Status StartWith(TargetingRig& rig, int64_t budget_mib) {
  const runtime::Env env{&rig.log, nullptr, nullptr, &rig.clock, &runtime::NoTelemetry()};
  TargetingOptions options;
  options.memory_budget_mib = budget_mib;
  const auto app = TargetingApp::Create(env, options);
  return app.ok() ? (*app)->Start() : app.status();
}

TEST(MemoryBudget, ARegisterThatIsTooLargeDoesNotStartAndSaysWhatItNeeds) {
  TargetingRig rig;
  for (int id = 1; id <= 5000; ++id) rig.Record(Family{.id = id});
  rig.Settle();
  const absl::Status refused = StartWith(rig, kOneMib);
  EXPECT_EQ(base::ReasonOf(refused), "REGISTER_TOO_LARGE");
  EXPECT_FALSE(base::IsRetriable(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("5000 families needs about 258 MiB"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("may use 257 MiB"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("memory.budget_mb"));
  EXPECT_TRUE(StartWith(rig, kOneMib + 1).ok());
  EXPECT_TRUE(StartWith(rig, 0).ok());
}

TEST(MemoryBudget, IntakeWaitsBeforeItIsPassedAndQuestionsAreStillAnswered) {
  constexpr int kFamilies = 20'000;
  TargetingOptions options;
  options.memory_budget_mib = kOneMib;
  TargetingRig rig(options);
  for (int id = 1; id <= kFamilies; ++id) rig.Record(Family{.id = id});
  absl::Status polled;
  for (int turn = 0; turn < 50 && polled.ok(); ++turn) {
    polled = rig.PollOnce();
    rig.clock.AdvanceMs(400);
  }
  EXPECT_EQ(base::ReasonOf(polled), "MEMORY_BUDGET_FULL");
  EXPECT_TRUE(base::IsRetriable(polled));
  EXPECT_EQ(base::ReasonOf(rig.PollOnce()), "MEMORY_BUDGET_FULL");
  const int64_t taken = std::stoll(rig.Value("0", "families"));
  EXPECT_GT(taken, 0);
  EXPECT_LT(taken, kFamilies);
  // Nothing is lost: with more memory the rest is read from where it stopped.
  options.memory_budget_mib = 0;
  rig.Restart(options);
  rig.Settle();
  EXPECT_EQ(rig.Value("0", "families"), std::to_string(kFamilies));
}

}  // namespace
}  // namespace sepakat::targeting
