// From needs to a proposal: when it is made, when it changes, what a preview says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "tests/spec/budgeting/world.h"

namespace sepakat::budgeting {
namespace {

using budgeting::events::v1::PlanEvent;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::pair<std::string, int64_t>> Units(
    const budgeting::events::v1::PlanProposed& plan) {
  std::vector<std::pair<std::string, int64_t>> units;
  for (const auto& row : plan.rows()) units.emplace_back(row.region(), row.proposed_units());
  return units;
}

TEST(ProposalSpec, ThePoorestDecilesAreProposedUnderTheCeiling) {
  World world;
  ASSERT_TRUE(world.SetProgramme(3, "r1").ok());
  world.Publish({{kVillageA, {1, 2}}, {kVillageB, {1, 1}}});
  const auto response = world.Proposal();
  EXPECT_THAT(Units(response.proposal()), ElementsAre(std::pair(std::string(kVillageA), 2),
                                                      std::pair(std::string(kVillageB), 1)));
  EXPECT_EQ(response.proposal().publication(), 1);
  EXPECT_EQ(response.proposal().cost_rupiah(), 3 * kUnit);
  EXPECT_EQ(response.proposal().gap(), 0);
  EXPECT_EQ(response.proposal().eligible_families(), 5);
  EXPECT_EQ(response.proposal().unserved_families(), 2);
  EXPECT_THAT(response.certificate_id(), HasSubstr("terbukti terbaik"));
  EXPECT_THAT(response.certificate_en(), HasSubstr("proven the best"));
}

TEST(ProposalSpec, NoProposalMixesTwoPublications) {
  World world;
  ASSERT_TRUE(world.SetProgramme(10, "r1").ok());
  world.Publish({{kVillageA, {1}}, {kVillageB, {1}}});
  world.WriteManifest(2, 2);
  world.WriteNeed(2, kVillageA, {3});
  world.Run();
  EXPECT_EQ(world.Proposal().proposal().publication(), 1)
      << "half of publication 2 is still on its way";
  world.Restart();
  world.Run();
  EXPECT_EQ(world.Proposal().proposal().eligible_families(), 2) << "also after a restart";
  world.WriteNeed(2, kVillageB, {2});
  world.Run();
  EXPECT_EQ(world.Proposal().proposal().publication(), 2);
  EXPECT_EQ(world.Proposal().proposal().eligible_families(), 5);
}

TEST(ProposalSpec, ALaterPublicationShowsThatACompactedEarlierOneIsComplete) {
  World world;
  ASSERT_TRUE(world.SetProgramme(10, "r1").ok());
  world.WriteManifest(1, 2);
  world.WriteNeed(1, kVillageA, {1});  // The other need of 1 was compacted away by that of 2.
  world.WriteManifest(2, 1);
  world.WriteNeed(2, kVillageB, {2});
  world.Run();
  EXPECT_EQ(world.Proposal().proposal().publication(), 2);
  EXPECT_EQ(world.Proposal().proposal().eligible_families(), 3);
}

TEST(ProposalSpec, AProposalIsSaidOnlyWhenItsAllocationChanged) {
  World world;
  ASSERT_TRUE(world.SetProgramme(2, "r1").ok());
  world.Publish({{kVillageA, {2}}, {kVillageB, {0, 1}}});
  const std::string first = world.Proposal().proposal().plan_id();
  world.Publish({{kVillageB, {0, 2}}});  // one more family that the ceiling does not reach
  EXPECT_EQ(world.Proposal().proposal().plan_id(), first);
  EXPECT_EQ(world.Proposal().proposal().eligible_families(), 4)
      << "the figures beside it are current";
  world.Publish({{kVillageA, {1}}});  // one served family left
  EXPECT_NE(world.Proposal().proposal().plan_id(), first);
  EXPECT_EQ(world.Said<PlanEvent>(runtime::topics::kPlan).size(), 2u);
}

TEST(ProposalSpec, AProgrammeWithAWrongCodeIsRefusedAndAWrongUnitWarnedAbout) {
  World world;
  v1::SetProgrammesRequest request;
  request.mutable_context()->set_request_id("r1");
  request.add_programmes()->set_id("x");
  const auto refused = world.Call<v1::SetProgrammesResponse>("SetProgrammes", request);
  EXPECT_EQ(base::ReasonOf(refused.status()), "PROGRAMME_INVALID");
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("U.BB.PP.L.KK.SSSS"));
  const auto accepted = world.SetProgramme(0, "r2");
  ASSERT_TRUE(accepted.ok());
  EXPECT_EQ(accepted->warnings_size(), 0);
  EXPECT_EQ(world.Call<v1::SetProgrammesResponse>("SetProgrammes", v1::SetProgrammesRequest())
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument)
      << "a mutation without request id";
}

TEST(PreviewSpec, AnotherCeilingShowsWhoGainsAndWhoLosesAndChangesNothing) {
  World world;
  ASSERT_TRUE(world.SetProgramme(3, "r1").ok());
  world.Publish({{kVillageA, {1, 2}}, {kVillageB, {1, 1}}});
  v1::PreviewPlanRequest request;
  request.set_programme_id("rtlh");
  request.set_ceiling_rupiah(1 * kUnit);
  const auto less = world.Call<v1::PreviewPlanResponse>("PreviewPlan", request);
  ASSERT_TRUE(less.ok());
  EXPECT_EQ(less->compared_with(), "proposal");
  EXPECT_EQ(less->families_losing(), 2);
  EXPECT_EQ(less->families_gaining(), 0);
  request.set_ceiling_rupiah(4 * kUnit);
  const auto more = world.Call<v1::PreviewPlanResponse>("PreviewPlan", request);
  ASSERT_TRUE(more.ok());
  EXPECT_EQ(more->families_gaining(), 1);
  ASSERT_EQ(more->changes_size(), 1);
  EXPECT_EQ(more->changes(0).region(), kVillageA);
  EXPECT_EQ(more->changes(0).units_before(), 2);
  EXPECT_EQ(more->changes(0).units_after(), 3);
  EXPECT_EQ(world.Proposal().proposal().ceiling_rupiah(), 3 * kUnit);
}

TEST(ProposalSpec, ARebuiltStoreTakesProgrammesAndListsFromTheLog) {
  World world;
  ASSERT_TRUE(world.SetProgramme(1, "r1").ok());
  ASSERT_TRUE(world.SetProgramme(2, "r2").ok());
  world.ranked[kVillageA] = {Ranked("f1", kVillageA, 1), Ranked("f2", kVillageA, 1)};
  world.Publish({{kVillageA, {2}}});
  const std::string plan = world.Proposal().proposal().plan_id();
  ASSERT_TRUE(world.Approve(plan, "a1").ok());
  ASSERT_TRUE(world.Deliver(plan, "f1").ok());
  world.Run();
  runtime::StoreBatch wipe;
  ASSERT_TRUE(world.store
                  .Scan("", "",
                        [&](std::string_view key, std::string_view) {
                          wipe.Delete(std::string(key));
                          return true;
                        })
                  .ok());
  ASSERT_TRUE(world.store.Commit(wipe).ok());
  world.Restart();
  world.Run();
  const auto list =
      world.Call<v1::ListProgrammesResponse>("ListProgrammes", v1::ListProgrammesRequest());
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->programmes_size(), 1);
  EXPECT_EQ(list->programmes(0).programme().version(), "r2");
  EXPECT_EQ(list->programmes(0).approved_units(), 2);
  EXPECT_EQ(list->programmes(0).delivered_units(), 1);
}

}  // namespace
}  // namespace sepakat::budgeting
