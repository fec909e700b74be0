// From a proposal to a frozen list and to deliveries: who may be on it, what is refused and why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "tests/spec/budgeting/world.h"

namespace sepakat::budgeting {
namespace {

using budgeting::events::v1::DeliveryRecorded;
using budgeting::events::v1::PlanEvent;
using ::testing::HasSubstr;

// Two villages: A with two families of decile 1 and one of decile 2, B with one of decile 1.
class ApprovalSpec : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(world_.SetProgramme(3, "r1").ok());
    world_.ranked[kVillageA] = {Ranked("a1", kVillageA, 1), Ranked("a2", kVillageA, 1),
                                Ranked("a3", kVillageA, 2)};
    world_.ranked[kVillageB] = {Ranked("b1", kVillageB, 1)};
    world_.Publish({{kVillageA, {2, 1}}, {kVillageB, {1}}});
    plan_ = world_.Proposal().proposal().plan_id();
  }

  World world_;
  std::string plan_;
};

TEST_F(ApprovalSpec, TheListIsFrozenWithRankPublicationAndDigest) {
  const auto response = world_.Approve(plan_, "a1");
  ASSERT_TRUE(response.ok()) << response.status();
  const auto& approved = response->approved();
  ASSERT_EQ(approved.families_size(), 3);
  EXPECT_EQ(approved.families(0).family_id(), "a1");
  EXPECT_EQ(approved.families(0).rank(), 1);
  EXPECT_EQ(approved.families(2).family_id(), "b1");
  EXPECT_EQ(approved.families(2).rank(), 3);
  EXPECT_EQ(approved.publication(), 1);
  EXPECT_EQ(approved.list_digest().size(), 32u);
  EXPECT_EQ(approved.cost_rupiah(), 3 * kUnit);
  EXPECT_EQ(approved.approved_by(), "Kepala Bappeda");
}

TEST_F(ApprovalSpec, ARepeatedRequestGetsTheSameAnswerAndFreezesNothingTwice) {
  const auto first = world_.Approve(plan_, "a1");
  const auto again = world_.Approve(plan_, "a1");
  ASSERT_TRUE(first.ok() && again.ok()) << again.status();
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());
  world_.Run();
  int approvals = 0;
  for (const PlanEvent& event : world_.Said<PlanEvent>(runtime::topics::kPlan)) {
    approvals += event.has_approved() ? 1 : 0;
  }
  EXPECT_EQ(approvals, 1);
}

TEST_F(ApprovalSpec, AnotherRequestForAnApprovedPlanIsRefusedByName) {
  ASSERT_TRUE(world_.Approve(plan_, "a1").ok());
  const auto second = world_.Approve(plan_, "a2");
  EXPECT_EQ(base::ReasonOf(second.status()), "PLAN_ALREADY_APPROVED");
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("Kepala Bappeda"));
}

TEST_F(ApprovalSpec, AnOutdatedProposalIsRefusedAndTheNewOneNamed) {
  world_.Publish({{kVillageB, {0}}});
  const auto response = world_.Approve(plan_, "a1");
  EXPECT_EQ(base::ReasonOf(response.status()), "PLAN_OUTDATED");
  EXPECT_THAT(std::string(response.status().message()),
              HasSubstr(world_.Proposal().proposal().plan_id()));
}

TEST_F(ApprovalSpec, APersonAndAReasonAreRequired) {
  EXPECT_EQ(base::ReasonOf(world_.Approve(plan_, "a1", "").status()), "DECISION_INCOMPLETE");
  EXPECT_TRUE(world_.Approve(plan_, "a1", "musdes 12 Maret").ok()) << "a refusal is not remembered";
}

TEST_F(ApprovalSpec, WithoutTargetingNothingIsFrozen) {
  world_.targeting_away = true;
  EXPECT_EQ(world_.Approve(plan_, "a1").status().code(), absl::StatusCode::kUnavailable);
  world_.targeting_away = false;
  EXPECT_TRUE(world_.Approve(plan_, "a1").ok()) << "the same request may be tried again";
}

TEST_F(ApprovalSpec, AFamilyThatLeftMeanwhileIsNotOnTheList) {
  world_.ranked[kVillageB].clear();
  const auto response = world_.Approve(plan_, "a1");
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->approved().families_size(), 2);
  EXPECT_EQ(response->approved().cost_rupiah(), 2 * kUnit);
}

TEST_F(ApprovalSpec, ProgrammesAreCountedForOneRegionWhenAsked) {
  ASSERT_TRUE(world_.Approve(plan_, "a1").ok());
  ASSERT_TRUE(world_.Deliver(plan_, "b1").ok());
  ASSERT_TRUE(world_.SetProgramme(5, "r2").ok());
  world_.Run();
  const struct {
    std::string region;
    int64_t eligible, proposed, approved, delivered;
  } cases[] = {{"", 4, 1, 3, 1},        {"0", 4, 1, 3, 1},       {"33.26.01", 4, 1, 3, 1},
               {kVillageA, 3, 1, 2, 0}, {kVillageB, 1, 0, 1, 1}, {"33.26.02", 0, 0, 0, 0}};
  for (const auto& c : cases) {
    v1::ListProgrammesRequest request;
    request.set_region(c.region);
    const auto list = world_.Call<v1::ListProgrammesResponse>("ListProgrammes", request);
    ASSERT_TRUE(list.ok()) << list.status();
    ASSERT_EQ(list->programmes_size(), 1);
    const v1::ProgrammeSummary& row = list->programmes(0);
    EXPECT_EQ(row.eligible_families(), c.eligible) << c.region;
    EXPECT_EQ(row.proposed_units(), c.proposed) << c.region;
    EXPECT_EQ(row.proposed_rupiah(), c.proposed * kUnit) << c.region;
    EXPECT_EQ(row.approved_units(), c.approved) << c.region;
    EXPECT_EQ(row.approved_rupiah(), c.approved * kUnit) << c.region;
    EXPECT_EQ(row.delivered_units(), c.delivered) << c.region;
    EXPECT_EQ(row.programme().ceiling_rupiah(), 5 * kUnit) << c.region;
  }
}

TEST_F(ApprovalSpec, AFamilyOnAListIsNotProposedASecondTime) {
  ASSERT_TRUE(world_.Approve(plan_, "a1").ok());
  ASSERT_TRUE(world_.SetProgramme(5, "r2").ok());
  world_.Run();
  const auto proposal = world_.Proposal().proposal();
  EXPECT_EQ(proposal.eligible_families(), 1) << "only a3 is on no list";
  EXPECT_EQ(proposal.committed_rupiah(), 3 * kUnit);
  const auto second = world_.Approve(proposal.plan_id(), "a2");
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->approved().families_size(), 1);
  EXPECT_EQ(second->approved().families(0).family_id(), "a3");
}

TEST_F(ApprovalSpec, AListedFamilyWhoseNeedClosedIsNotTakenOutOfTheNeedsAgain) {
  ASSERT_TRUE(world_.Approve(plan_, "a1").ok());
  ASSERT_TRUE(world_.SetProgramme(9, "r2").ok());
  // b1 was surveyed again and is no longer eligible, while a new family b2 is.
  world_.Cross("b1", kVillageB, "need.rtlh", "none");
  world_.Publish({{kVillageB, {1}}});
  EXPECT_EQ(world_.Proposal().proposal().eligible_families(), 2) << "a3 and b2";
}

TEST_F(ApprovalSpec, APreviewAfterAnApprovalShowsWhatComesOnTop) {
  ASSERT_TRUE(world_.Approve(plan_, "a1").ok());
  v1::PreviewPlanRequest request;
  request.set_programme_id("rtlh");
  request.set_ceiling_rupiah(4 * kUnit);
  const auto preview = world_.Call<v1::PreviewPlanResponse>("PreviewPlan", request);
  ASSERT_TRUE(preview.ok());
  EXPECT_EQ(preview->compared_with(), "approved");
  EXPECT_EQ(preview->compared_plan_id(), plan_);
  EXPECT_EQ(preview->families_gaining(), 1);
  EXPECT_EQ(preview->families_losing(), 0);
}

TEST_F(ApprovalSpec, ADeliveryIsRecordedOnceForAFamilyOfTheList) {
  ASSERT_TRUE(world_.Approve(plan_, "a1").ok());
  struct Case {
    const char* what;
    const char* family;
    int64_t cost;
    const char* minutes;
    const char* reason;  // OK when it is accepted
  };
  const Case cases[] = {
      {"a family of another list", "a3", kUnit, "BAST/1", "FAMILY_NOT_ON_LIST"},
      {"no minutes", "a1", kUnit, "", "DELIVERY_INVALID"},
      {"no cost", "a1", 0, "BAST/1", "DELIVERY_INVALID"},
      {"more than the plan holds", "a1", 3 * kUnit + 1, "BAST/1", "COST_ABOVE_PLAN"},
      {"as planned", "a1", kUnit, "BAST/1", "OK"},
      {"a second time", "a1", kUnit, "BAST/2", "ALREADY_DELIVERED"},
      {"dearer, but the plan covers it", "a2", 2 * kUnit, "BAST/3", "OK"},
      {"nothing is left", "b1", 1, "BAST/4", "COST_ABOVE_PLAN"},
  };
  for (const Case& c : cases) {
    const auto response = world_.Deliver(plan_, c.family, c.cost, c.minutes);
    EXPECT_EQ(response.ok() ? "OK" : base::ReasonOf(response.status()), c.reason) << c.what;
  }
  EXPECT_EQ(base::ReasonOf(world_.Deliver("no-such-plan", "a1").status()), "PLAN_UNKNOWN");
  world_.Run();
  EXPECT_EQ(world_.Said<DeliveryRecorded>(runtime::topics::kDelivery).size(), 2u);
  v1::GetPlanRequest request;
  request.set_plan_id(plan_);
  const auto plan = world_.Call<v1::GetPlanResponse>("GetPlan", request);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->deliveries_size(), 2);
  EXPECT_EQ(plan->proposal().plan_id(), plan_) << "with the certificate it was approved under";
}

TEST_F(ApprovalSpec, PlansArePagedNewestFirst) {
  ASSERT_TRUE(world_.Approve(plan_, "a1").ok());
  world_.clock.AdvanceMs(1000);
  ASSERT_TRUE(world_.SetProgramme(5, "r2").ok());
  const std::string second = world_.Proposal().proposal().plan_id();
  ASSERT_TRUE(world_.Approve(second, "a2").ok());
  v1::ListPlansRequest request;
  request.set_page_size(1);
  auto page = world_.Call<v1::ListPlansResponse>("ListPlans", request);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->plans(0).plan_id(), second);
  request.set_page_token(page->next_page_token());
  page = world_.Call<v1::ListPlansResponse>("ListPlans", request);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->plans(0).plan_id(), plan_);
  EXPECT_EQ(page->next_page_token(), "");
}

}  // namespace
}  // namespace sepakat::budgeting
