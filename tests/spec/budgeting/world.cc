#include "tests/spec/budgeting/world.h"

#include <gtest/gtest.h>

#include "common/runtime/topics.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"

namespace sepakat::budgeting {

namespace topics = runtime::topics;

targeting::v1::RankedFamily Ranked(const std::string& id, const std::string& region,
                                   uint32_t decile) {
  targeting::v1::RankedFamily family;
  family.set_family_id(id);
  family.set_region(region);
  family.set_decile(decile);
  return family;
}

World::World()
    : targeting_rpc_("sepakat.targeting.v1.TargetingService"),
      targeting_(&clock, {&targeting_rpc_}),
      writer_(&log, &clock, "sepakat/targeting") {
  targeting_rpc_.Unary<targeting::v1::SelectFamiliesRequest, targeting::v1::SelectFamiliesResponse>(
      "SelectFamilies",
      [this](const platform::CallContext&, const targeting::v1::SelectFamiliesRequest& request)
          -> absl::StatusOr<targeting::v1::SelectFamiliesResponse> {
        ++selections;
        if (targeting_away) return absl::UnavailableError("targeting is away");
        targeting::v1::SelectFamiliesResponse response;
        response.set_publication(publication_);
        for (const auto& quota : request.quotas()) {
          const auto& families = ranked[quota.region()];
          for (size_t i = 0; i < families.size() && i < static_cast<size_t>(quota.families());
               ++i) {
            *response.add_families() = families[i];
          }
        }
        return response;
      });
  EXPECT_TRUE(log.EnsureTopics(topics::All(1)).ok());
  Restart();
}

void World::Restart() {
  app_ = std::make_unique<BudgetingApp>(
      runtime::Env{&log, &store, nullptr, &clock, &runtime::NoTelemetry()}, &targeting_);
  ASSERT_TRUE(app_->Start().ok());
}

void World::Run() {
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(app_->Poll(0).ok());
    ASSERT_TRUE(app_->Relay().ok());
  }
}

absl::StatusOr<v1::SetProgrammesResponse> World::SetProgramme(int64_t units,
                                                              const std::string& request_id) {
  v1::SetProgrammesRequest request;
  request.mutable_context()->set_request_id(request_id);
  auto* programme = request.add_programmes();
  programme->set_id("rtlh");
  programme->set_version(request_id);
  programme->set_name("Perbaikan rumah tidak layak huni");
  programme->set_subactivity_code("1.04.03.2.03.0002");
  programme->set_nomenclature_version("SIPD 2027");
  programme->set_agency("Dinas Perumahan");
  programme->set_unit("Unit Rumah");
  programme->set_unit_cost_rupiah(kUnit);
  programme->set_ceiling_rupiah(units * kUnit);
  programme->set_deadline(20'800);
  programme->mutable_rule()->add_needs("unfit_house");
  return Call<v1::SetProgrammesResponse>("SetProgrammes", request);
}

void World::WriteManifest(int64_t publication, int64_t needs) {
  targeting::events::v1::PublicationManifest manifest;
  manifest.set_publication(publication);
  manifest.set_cut_at_ms(clock.NowMs());
  (*manifest.mutable_output_counts())[std::string(topics::kNeed)] = needs;
  ASSERT_TRUE(writer_.Write(topics::kManifest, std::to_string(publication), manifest).ok());
}

void World::WriteNeed(int64_t publication, const std::string& region,
                      std::vector<int64_t> by_decile) {
  targeting::events::v1::NeedPublished need;
  need.set_publication(publication);
  need.set_programme_id("rtlh");
  need.set_region(region);
  need.set_cut_at_ms(clock.NowMs());
  by_decile.resize(11);
  int64_t eligible = 0;
  for (const int64_t families : by_decile) {
    need.add_eligible_by_decile(families);
    eligible += families;
  }
  need.set_eligible_families(eligible);
  ASSERT_TRUE(writer_.Write(topics::kNeed, "rtlh/" + region, need).ok());
}

void World::Publish(const std::map<std::string, std::vector<int64_t>>& by_decile) {
  ++publication_;
  WriteManifest(publication_, static_cast<int64_t>(by_decile.size()));
  for (const auto& [region, families] : by_decile) WriteNeed(publication_, region, families);
  Run();
}

void World::Cross(const std::string& family, const std::string& region, const std::string& boundary,
                  const std::string& to) {
  targeting::events::v1::BoundaryCrossed crossing;
  crossing.set_publication(publication_ + 1);
  crossing.set_family_id(family);
  crossing.set_region(region);
  crossing.set_boundary(boundary);
  crossing.set_to(to);
  ASSERT_TRUE(writer_.Write(topics::kCrossing, "register/" + family, crossing).ok());
}

v1::GetProposalResponse World::Proposal() {
  v1::GetProposalRequest request;
  request.set_programme_id("rtlh");
  absl::StatusOr<v1::GetProposalResponse> response =
      Call<v1::GetProposalResponse>("GetProposal", request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response.ok() ? *response : v1::GetProposalResponse();
}

absl::StatusOr<v1::ApprovePlanResponse> World::Approve(const std::string& plan_id,
                                                       const std::string& request_id,
                                                       const std::string& reason) {
  v1::ApprovePlanRequest request;
  request.mutable_context()->set_request_id(request_id);
  request.mutable_context()->set_actor("Kepala Bappeda");
  request.mutable_context()->set_reason(reason);
  request.set_plan_id(plan_id);
  return Call<v1::ApprovePlanResponse>("ApprovePlan", request);
}

absl::StatusOr<v1::RecordDeliveryResponse> World::Deliver(const std::string& plan_id,
                                                          const std::string& family, int64_t cost,
                                                          const std::string& minutes) {
  v1::RecordDeliveryRequest request;
  request.mutable_context()->set_request_id(plan_id + family + std::to_string(cost) + minutes);
  request.mutable_context()->set_actor("Dinas Perumahan");
  request.set_plan_id(plan_id);
  request.set_family_id(family);
  request.set_delivered_on(static_cast<int32_t>(clock.NowMs() / 86'400'000));
  request.set_cost_rupiah(cost);
  request.set_handover_record(minutes);
  return Call<v1::RecordDeliveryResponse>("RecordDelivery", request);
}

}  // namespace sepakat::budgeting
