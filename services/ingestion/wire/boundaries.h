// Boundaries as GeoJSON: checked, then grouped by the parent of each region.
//
// Thread: pure function.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ingestion/domain/region_master.h"

namespace sepakat::ingestion {

struct Boundaries {
  // FeatureCollection by parent code.
  std::map<std::string, std::string> by_parent;
  int64_t features = 0;
  std::vector<std::string> problems;
};

// Features need a property `kode` that the master knows and a Polygon or MultiPolygon inside the
// bounds of the earth; others are told and left out.
// Errors: InvalidArgument GEOJSON_INVALID.
absl::StatusOr<Boundaries> ReadBoundaries(std::string_view geojson, const RegionMaster& master);

}  // namespace sepakat::ingestion
