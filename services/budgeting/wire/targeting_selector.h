// Asks targeting for the families of a list (FamilySelector over RPC).
//
// Errors: those of the call, told as "asking targeting for the list".
// Thread: any.
#pragma once

#include "budgeting/app/family_selector.h"
#include "common/platform/rpc/rpc_channel.h"

namespace sepakat::budgeting {

class TargetingSelector final : public FamilySelector {
 public:
  explicit TargetingSelector(platform::RpcChannel* targeting) : targeting_(targeting) {}
  absl::StatusOr<Selection> Select(const std::string& programme_id,
                                   const std::vector<Quota>& quotas) override;

 private:
  platform::RpcChannel* const targeting_;
};

}  // namespace sepakat::budgeting
