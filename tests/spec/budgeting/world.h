// A budgeting service between a log and a targeting that knows its families: what the scenarios
// use.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "budgeting/budgeting_app.h"
#include "common/embedded/memory_log.h"
#include "common/embedded/memory_store.h"
#include "common/platform/rpc/direct_channel.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "tests/support/events/event_writer.h"
#include "tests/support/runtime/manual_clock.h"
#include "tests/support/runtime/test_driver.h"

namespace sepakat::budgeting {

constexpr char kVillageA[] = "33.26.01.2001";
constexpr char kVillageB[] = "33.26.01.2002";
constexpr int64_t kUnit = 20'000'000;

class World {
 public:
  World();

  // A new App over the same log and store, as after a restart.
  void Restart();
  void Run();

  // The programme `rtlh` with a ceiling of `units` units.
  absl::StatusOr<v1::SetProgrammesResponse> SetProgramme(int64_t units,
                                                         const std::string& request_id);
  // One publication: manifest and the needs of the villages by decile.
  void Publish(const std::map<std::string, std::vector<int64_t>>& by_decile);
  void WriteManifest(int64_t publication, int64_t needs);
  void WriteNeed(int64_t publication, const std::string& region, std::vector<int64_t> by_decile);
  void Cross(const std::string& family, const std::string& region, const std::string& boundary,
             const std::string& to);

  // Families that targeting ranks, worst off first, by region.
  std::map<std::string, std::vector<targeting::v1::RankedFamily>> ranked;
  bool targeting_away = false;
  int selections = 0;

  template <typename Response>
  absl::StatusOr<Response> Call(const std::string& method,
                                const google::protobuf::Message& request) {
    platform::DirectChannel channel(&clock, {&app_->rpc()});
    return channel.Call<Response>("sepakat.budgeting.v1.BudgetingService/" + method, request);
  }
  v1::GetProposalResponse Proposal();
  absl::StatusOr<v1::ApprovePlanResponse> Approve(const std::string& plan_id,
                                                  const std::string& request_id,
                                                  const std::string& reason = "musrenbang");
  absl::StatusOr<v1::RecordDeliveryResponse> Deliver(const std::string& plan_id,
                                                     const std::string& family,
                                                     int64_t cost = kUnit,
                                                     const std::string& minutes = "BAST/1");
  // Decoded values of a topic, in order.
  template <typename Event>
  std::vector<Event> Said(std::string_view topic) {
    std::vector<Event> events;
    const runtime::StartOffset from{{std::string(topic), 0}, 0};
    auto reader = log.OpenReader(std::span(&from, 1));
    const auto records = (*reader)->Poll(10'000, 0);
    for (const runtime::LogRecord& record : *records) {
      events.emplace_back().ParseFromString(*record.value);
    }
    return events;
  }

  support::ManualClock clock;
  embedded::MemoryLog log;
  embedded::MemoryStore store;

 private:
  platform::RpcService targeting_rpc_;
  platform::DirectChannel targeting_;
  support::EventWriter writer_;
  std::unique_ptr<BudgetingApp> app_;
  int64_t publication_ = 0;
};

targeting::v1::RankedFamily Ranked(const std::string& id, const std::string& region,
                                   uint32_t decile);

}  // namespace sepakat::budgeting
