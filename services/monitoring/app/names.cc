#include "monitoring/app/names.h"

#include <fmt/format.h>

#include "common/base/region_code.h"
#include "common/base/status.h"

namespace sepakat::monitoring {
namespace {

constexpr std::string_view kProgramme = "programme/";

std::string RegionKey(std::string_view population, std::string_view code) {
  return fmt::format("name/{}/{}", population, code);
}

}  // namespace

absl::Status Names::Load(const runtime::StateStore& store) {
  programmes_.clear();
  absl::Status status;
  SEPAKAT_RETURN_IF_ERROR(store.Scan(kProgramme, runtime::PrefixEnd(kProgramme),
                                     [&](std::string_view key, std::string_view value) {
                                       absl::StatusOr<ProgrammeName> name =
                                           codec_->DecodeProgramme(value);
                                       status = name.status();
                                       if (name.ok()) {
                                         programmes_[std::string(key.substr(kProgramme.size()))] =
                                             *name;
                                       }
                                       return status.ok();
                                     }));
  return status;
}

void Names::Keep(const std::vector<RegionName>& regions, runtime::Transaction& tx) const {
  for (const RegionName& region : regions)
    tx.Put(RegionKey(region.population, region.code), region.name);
}

void Names::Keep(const ProgrammeName& programme, std::string bytes, runtime::Transaction& tx) {
  tx.Put(fmt::format("{}{}", kProgramme, programme.id), std::move(bytes));
  programmes_[programme.id] = programme;
}

std::string Names::OfRegion(std::string_view population, std::string_view region,
                            runtime::Transaction& tx) const {
  for (const std::string_view scope : {population, std::string_view()}) {
    const absl::StatusOr<std::optional<std::string>> name = tx.Get(RegionKey(scope, region));
    if (name.ok() && name->has_value() && !(*name)->empty()) return **name;
  }
  return region == base::kNationCode ? "Indonesia" : std::string(region);
}

ProgrammeName Names::OfProgramme(const std::string& programme_id) const {
  const auto found = programmes_.find(programme_id);
  ProgrammeName name =
      found == programmes_.end() ? ProgrammeName{programme_id, "", "", ""} : found->second;
  if (name.name.empty()) name.name = programme_id;
  if (name.name_en.empty()) name.name_en = name.name;
  if (name.population.empty()) name.population = "register";
  return name;
}

}  // namespace sepakat::monitoring
