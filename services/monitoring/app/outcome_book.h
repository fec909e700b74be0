// Did help close the need? From a delivery to the next crossing of the same need.
//
// Families of approved lists are followed: when help was delivered and the family's
// `need.<programme>` changed afterwards, OutcomeMeasured says whether it is closed now. Approval,
// delivery and crossing may be read in any order: the last crossing by own data of a family that is
// not followed yet stays in the store. Errors: those of store and codec. Thread: the task's.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"
#include "monitoring/app/monitoring_codec.h"

namespace sepakat::monitoring {

class OutcomeBook {
 public:
  explicit OutcomeBook(const MonitoringCodec* codec) : codec_(codec) {}

  absl::Status Load(const runtime::StateStore& store);
  bool Follows(std::string_view family_id) const {
    return followed_.contains(std::string(family_id));
  }
  void OnApproved(const PlanNews& plan, runtime::Transaction& tx);
  absl::Status OnDelivery(const DeliveryNews& delivery, std::string bytes,
                          runtime::Transaction& tx);
  void OnCrossing(const Crossing& crossing, runtime::Transaction& tx);
  // Outcomes measured since the last call.
  std::vector<Outcome> TakeMeasured() { return std::exchange(measured_, {}); }

 private:
  // What is known of one family and programme.
  struct Case {
    DeliveryNews delivery;  // delivery_id empty: not delivered yet
    std::string need;       // class after the last crossing, empty before the first
    int64_t crossed_at_ms = 0;
    int64_t publication = 0;
    std::string region;
  };

  // From `need|crossed at|publication|region`.
  static void ReadCrossed(std::string_view value, Case* found);
  void Measure(const Case& found, runtime::Transaction& tx);

  const MonitoringCodec* const codec_;
  // Family id -> programme id -> case.
  std::unordered_map<std::string, std::map<std::string, Case>> followed_;
  std::vector<Outcome> measured_;
};

}  // namespace sepakat::monitoring
