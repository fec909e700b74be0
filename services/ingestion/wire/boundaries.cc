#include "ingestion/wire/boundaries.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "common/base/region_code.h"
#include "common/base/status.h"

namespace sepakat::ingestion {
namespace {

using Json = nlohmann::json;

bool IsPosition(const Json& position) {
  if (!position.is_array() || position.size() < 2) return false;
  if (!position[0].is_number() || !position[1].is_number()) return false;
  const double x = position[0].get<double>();
  const double y = position[1].get<double>();
  return x >= -180 && x <= 180 && y >= -90 && y <= 90;
}

bool IsPolygon(const Json& rings) {
  if (!rings.is_array() || rings.empty()) return false;
  for (const Json& ring : rings) {
    if (!ring.is_array() || ring.size() < 4) return false;
    for (const Json& position : ring) {
      if (!IsPosition(position)) return false;
    }
  }
  return true;
}

bool IsArea(const Json& geometry) {
  if (!geometry.is_object() || !geometry.contains("coordinates")) return false;
  const std::string type = geometry.value("type", "");
  const Json& coordinates = geometry["coordinates"];
  if (type == "Polygon") return IsPolygon(coordinates);
  if (type != "MultiPolygon" || !coordinates.is_array() || coordinates.empty()) return false;
  for (const Json& polygon : coordinates) {
    if (!IsPolygon(polygon)) return false;
  }
  return true;
}

std::string CodeOf(const Json& feature) {
  if (!feature.is_object() || !feature.contains("properties")) return {};
  const Json& properties = feature["properties"];
  if (!properties.is_object() || !properties.contains("kode")) return {};
  const Json& code = properties["kode"];
  if (!code.is_string()) return {};
  std::string dotted = base::WithDots(code.get<std::string>());
  return dotted.empty() ? code.get<std::string>() : dotted;
}

}  // namespace

absl::StatusOr<Boundaries> ReadBoundaries(std::string_view geojson, const RegionMaster& master) {
  const Json collection = Json::parse(geojson, nullptr, false);
  if (collection.is_discarded() || !collection.is_object() ||
      collection.value("type", "") != "FeatureCollection" || !collection.contains("features") ||
      !collection["features"].is_array()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "GEOJSON_INVALID",
                       "the file is no GeoJSON FeatureCollection");
  }
  Boundaries boundaries;
  std::map<std::string, Json> by_parent;
  int number = 0;
  for (const Json& feature : collection["features"]) {
    ++number;
    const std::string code = CodeOf(feature);
    const Region* region = code.empty() ? nullptr : master.Find(code);
    if (region == nullptr) {
      boundaries.problems.push_back(
          fmt::format("feature {}: its property kode names no region of the master", number));
      continue;
    }
    if (!feature.contains("geometry") || !IsArea(feature["geometry"])) {
      boundaries.problems.push_back(
          fmt::format("feature {} ({}): its geometry is no valid Polygon or MultiPolygon", number,
                      region->code));
      continue;
    }
    Json kept = {{"type", "Feature"},
                 {"properties", {{"kode", region->code}, {"nama", region->name}}},
                 {"geometry", feature["geometry"]}};
    by_parent[region->parent].push_back(std::move(kept));
    ++boundaries.features;
  }
  for (auto& [parent, features] : by_parent) {
    const Json out = {{"type", "FeatureCollection"}, {"features", std::move(features)}};
    boundaries.by_parent[parent] = out.dump();
  }
  return boundaries;
}

}  // namespace sepakat::ingestion
