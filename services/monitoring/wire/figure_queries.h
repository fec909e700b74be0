// Queries about figures: of a region, of its children, over time, and their freshness.
//
// Errors: NotFound REGION_WITHOUT_FIGURES; InvalidArgument REGION_INVALID, PAGE_TOKEN_INVALID.
// Thread: any; reads committed rows.
#pragma once

#include "absl/status/statusor.h"
#include "common/runtime/clock.h"
#include "common/runtime/state_store.h"
#include "monitoring/app/figure_history.h"
#include "monitoring/domain/freshness.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::monitoring {

class FigureQueries {
 public:
  FigureQueries(const runtime::StateStore* store, const runtime::Clock* clock,
                FreshnessTable freshness)
      : store_(store), clock_(clock), freshness_(std::move(freshness)), reader_(store) {}

  absl::StatusOr<v1::GetRegionFiguresResponse> Region(
      const v1::GetRegionFiguresRequest& request) const;
  absl::StatusOr<v1::ListChildFiguresResponse> Children(
      const v1::ListChildFiguresRequest& request) const;
  absl::StatusOr<v1::GetTrendResponse> Trend(const v1::GetTrendRequest& request) const;
  absl::StatusOr<v1::ListPublicationsResponse> Publications(
      const v1::ListPublicationsRequest& request) const;
  absl::StatusOr<v1::ListFreshnessResponse> Freshness(
      const v1::ListFreshnessRequest& request) const;

 private:
  // The publication asked for with its instant, or the latest.
  absl::StatusOr<FigureReader::AsOf> Moment(int64_t publication) const;

  const runtime::StateStore* const store_;
  const runtime::Clock* const clock_;
  const FreshnessTable freshness_;
  const FigureReader reader_;
};

}  // namespace sepakat::monitoring
