#include "budgeting/wire/targeting_selector.h"

#include "common/base/status.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::budgeting {
namespace {

// A list of thousands of families takes a moment under load.
constexpr int64_t kTimeoutMs = 10'000;

}  // namespace

absl::StatusOr<Selection> TargetingSelector::Select(const std::string& programme_id,
                                                    const std::vector<Quota>& quotas) {
  targeting::v1::SelectFamiliesRequest request;
  request.set_programme_id(programme_id);
  for (const Quota& quota : quotas) {
    auto* added = request.add_quotas();
    added->set_region(quota.region);
    added->set_families(quota.families);
  }
  const absl::StatusOr<targeting::v1::SelectFamiliesResponse> answer =
      targeting_->Call<targeting::v1::SelectFamiliesResponse>(
          "sepakat.targeting.v1.TargetingService/SelectFamilies", request,
          {.timeout_ms = kTimeoutMs, .traceparent = ""});
  if (!answer.ok()) return base::Annotate(answer.status(), "asking targeting for the list");
  Selection selection;
  selection.publication = answer->publication();
  for (const auto& family : answer->families()) {
    selection.families.push_back({family.family_id(), family.region(), family.decile()});
  }
  return selection;
}

}  // namespace sepakat::budgeting
