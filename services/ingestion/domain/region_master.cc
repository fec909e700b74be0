#include "ingestion/domain/region_master.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/region_code.h"
#include "ingestion/domain/csv_reader.h"

namespace sepakat::ingestion {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool ContainsIgnoringCase(std::string_view text, std::string_view part) {
  return std::ranges::search(text, part, [](char a, char b) { return Lower(a) == Lower(b); })
                 .begin() != text.end() ||
         part.empty();
}

}  // namespace

std::shared_ptr<const RegionMaster> RegionMaster::Build(std::vector<Region> regions,
                                                        std::vector<std::string>* problems) {
  auto master = std::make_shared<RegionMaster>();
  const bool has_nation =
      std::ranges::any_of(regions, [](const Region& r) { return r.code == base::kNationCode; });
  if (!has_nation) {
    regions.push_back({std::string(base::kNationCode), "Indonesia", "", 0, "negara"});
  }
  // Level by level, so that a parent is known before its children.
  std::ranges::stable_sort(regions, {}, [](const Region& r) { return r.level; });
  for (Region& region : regions) {
    if (master->by_code_.contains(region.code)) {
      problems->push_back(fmt::format("region {} is given twice", region.code));
    } else if (region.level > 0 && !master->by_code_.contains(region.parent)) {
      problems->push_back(fmt::format("region {} is left out: its parent {} is missing",
                                      region.code, region.parent));
    } else {
      master->by_code_.emplace(region.code, 0);
      master->regions_.push_back(std::move(region));
    }
  }
  std::ranges::sort(master->regions_, {}, [](const Region& r) { return r.code; });
  master->children_.resize(master->regions_.size());
  for (uint32_t i = 0; i < master->regions_.size(); ++i) {
    master->by_code_[master->regions_[i].code] = i;
  }
  for (uint32_t i = 0; i < master->regions_.size(); ++i) {
    const auto parent = master->by_code_.find(master->regions_[i].parent);
    if (parent != master->by_code_.end()) master->children_[parent->second].push_back(i);
  }
  return master;
}

const Region* RegionMaster::Find(std::string_view code) const {
  const auto it = by_code_.find(code);
  return it == by_code_.end() ? nullptr : &regions_[it->second];
}

const Region* RegionMaster::Deepest(std::string_view code) const {
  for (; !code.empty() && code != base::kNationCode; code = base::ParentOf(code)) {
    if (const Region* region = Find(code)) return region;
  }
  return nullptr;
}

std::vector<const Region*> RegionMaster::Children(std::string_view parent) const {
  std::vector<const Region*> children;
  const auto it = by_code_.find(parent);
  if (it == by_code_.end()) return children;
  for (const uint32_t child : children_[it->second]) children.push_back(&regions_[child]);
  return children;
}

std::vector<const Region*> RegionMaster::WithName(std::string_view part, std::string_view within,
                                                  size_t limit) const {
  std::vector<const Region*> found;
  for (const Region& region : regions_) {
    if (found.size() >= limit) break;
    if (!within.empty() && !base::IsWithin(region.code, within)) continue;
    if (ContainsIgnoringCase(region.name, part)) found.push_back(&region);
  }
  return found;
}

const RegionMaster& RegionEditions::At(int32_t day) const {
  auto it = editions_.upper_bound(day);
  if (it != editions_.begin()) --it;
  return *it->second;
}

std::string_view KindOf(std::string_view code) {
  if (code == base::kNationCode) return "negara";
  switch (base::LevelOf(code)) {
    case base::RegionLevel::kNation:
      return "negara";
    case base::RegionLevel::kProvince:
      return "provinsi";
    case base::RegionLevel::kRegency:
      return code.size() > 3 && code[3] >= '7' ? "kota" : "kabupaten";
    case base::RegionLevel::kDistrict:
      return "kecamatan";
    case base::RegionLevel::kVillage:
      break;
  }
  switch (code.size() > 9 ? code[9] : '2') {
    case '1':
      return "kelurahan";
    case '3':
      return "desa_adat";
    default:
      return "desa";
  }
}

std::vector<Region> ReadRegionCsv(std::string_view csv, std::vector<std::string>* problems) {
  std::vector<Region> regions;
  CsvReader reader;
  reader.Feed(csv);
  reader.Finish();
  CsvRow row;
  size_t code_at = 0;
  size_t name_at = 0;
  bool header = true;
  while (reader.Next(&row) == CsvReader::kRow) {
    if (header) {
      const auto code = std::ranges::find(row.cells, "kode");
      const auto name = std::ranges::find(row.cells, "nama");
      if (code == row.cells.end() || name == row.cells.end()) {
        problems->push_back("line 1: the header must name the columns kode and nama");
        return regions;
      }
      code_at = static_cast<size_t>(code - row.cells.begin());
      name_at = static_cast<size_t>(name - row.cells.begin());
      header = false;
      continue;
    }
    if (row.problem || row.cells.size() <= std::max(code_at, name_at)) {
      problems->push_back(fmt::format("line {}: cannot be split into cells", row.line));
      continue;
    }
    const std::string_view code = row.cells[code_at];
    if (code == base::kNationCode) {
      regions.push_back({std::string(code), std::string(row.cells[name_at]), "", 0, "negara"});
      continue;
    }
    if (!base::IsKemendagriCode(code)) {
      problems->push_back(fmt::format(
          "line {}: '{}' is no code of the form 33.26.15.2014 (a spreadsheet may have cut zeros)",
          row.line, code));
      continue;
    }
    regions.push_back({std::string(code), std::string(row.cells[name_at]),
                       std::string(base::ParentOf(code)), static_cast<int>(base::LevelOf(code)),
                       std::string(KindOf(code))});
  }
  return regions;
}

}  // namespace sepakat::ingestion
