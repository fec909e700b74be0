// Keys of monitoring's store, in one place: writers and readers must agree on their order.
//
// Codes and ids contain no '/'. Numbers are padded so that bytes order as numbers do.
//   recent/<population>/<region>/<publication>   every value, for a while
//   kept/<population>/<region>/<slot>            the last value of each slot of time, for ever
//   written/<publication>                        instant, then what `recent` rows it wrote
//   child/<population>/<parent>/<region>         the regions that have figures
// Thread: pure functions.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/region_code.h"

namespace sepakat::monitoring::keys {

inline std::string Recent(std::string_view population, std::string_view region) {
  return fmt::format("recent/{}/{}/", population, region);
}
inline std::string Recent(std::string_view population, std::string_view region,
                          int64_t publication) {
  return fmt::format("recent/{}/{}/{:020}", population, region, publication);
}
inline std::string Kept(std::string_view population, std::string_view region) {
  return fmt::format("kept/{}/{}/", population, region);
}
inline std::string Kept(std::string_view population, std::string_view region, int64_t slot) {
  return fmt::format("kept/{}/{}/{:020}", population, region, slot);
}
inline std::string Written(int64_t publication) {
  return fmt::format("written/{:020}", publication);
}
inline std::string Children(std::string_view population, std::string_view parent) {
  return fmt::format("child/{}/{}/", population, parent);
}
inline std::string Child(std::string_view population, std::string_view region) {
  return fmt::format("child/{}/{}/{}", population, base::ParentOf(region), region);
}
inline std::string Manifest(int64_t publication) {
  return fmt::format("manifest/{:020}", publication);
}
inline std::string Change(std::string_view population, int64_t number) {
  return fmt::format("change/{}/{:020}", population, number);
}
// A source is free text, so it comes last.
inline std::string Arrivals(int64_t hour_ms, std::string_view population, std::string_view source) {
  return fmt::format("arrivals/{:020}/{}/{}", hour_ms, population, source);
}
inline std::string Ingest(std::string_view ingest_id) {
  return fmt::format("ingest/{}", ingest_id);
}
inline constexpr std::string_view kRecent = "recent/";
inline constexpr std::string_view kWritten = "written/";
inline constexpr std::string_view kChild = "child/";
inline constexpr std::string_view kManifest = "manifest/";
inline constexpr std::string_view kChange = "change/";
inline constexpr std::string_view kAlert = "alert/";
inline constexpr std::string_view kTarget = "target/";
inline constexpr std::string_view kScore = "score/";
inline constexpr std::string_view kOutcome = "outcome/";
inline constexpr std::string_view kArrivals = "arrivals/";
inline constexpr std::string_view kArrivalsTotal = "arrivals_total";
inline constexpr std::string_view kComplete = "complete";
inline constexpr std::string_view kRules = "alert_rules";

}  // namespace sepakat::monitoring::keys
