// The regions of one edition, and the editions by date.
//
// Codes decide; names only suggest (domain ground rule 7). Regions are temporal: a family observed
// on a day is looked up in the edition of that day, then in the newest one. Thread: immutable after
// Build(); RegionEditions is a plain value. Complexity: Find is constant.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sepakat::ingestion {

struct Region {
  std::string code;
  std::string name;
  std::string parent;
  int level = 0;
  std::string kind;
};

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

class RegionMaster {
 public:
  // Regions in any order; the nation `0` is added when missing. A region whose parent is missing,
  // or whose code comes twice, is left out and told in `problems`.
  static std::shared_ptr<const RegionMaster> Build(std::vector<Region> regions,
                                                   std::vector<std::string>* problems);

  const Region* Find(std::string_view code) const;
  // The region itself or the deepest ancestor that is known below the nation; null if there is
  // none.
  const Region* Deepest(std::string_view code) const;
  // In order of code.
  std::vector<const Region*> Children(std::string_view parent) const;
  // Regions within `within` whose name contains `part` (ASCII case ignored), at most `limit`.
  std::vector<const Region*> WithName(std::string_view part, std::string_view within,
                                      size_t limit) const;
  std::span<const Region> all() const { return regions_; }
  size_t size() const { return regions_.size(); }

 private:
  std::vector<Region> regions_;  // by code
  std::vector<std::vector<uint32_t>> children_;
  std::unordered_map<std::string, uint32_t, StringHash, std::equal_to<>> by_code_;
};

// Editions by the day they become valid.
class RegionEditions {
 public:
  void Set(int32_t valid_from, std::shared_ptr<const RegionMaster> master) {
    editions_[valid_from] = std::move(master);
  }
  bool empty() const { return editions_.empty(); }
  // Requires !empty(). Before the first edition: the first one.
  const RegionMaster& At(int32_t day) const;
  const RegionMaster& Newest() const { return *editions_.rbegin()->second; }

 private:
  std::map<int32_t, std::shared_ptr<const RegionMaster>> editions_;
};

// What a Kemendagri code says of itself: kabupaten, kota, desa, kelurahan, desa_adat, ...
std::string_view KindOf(std::string_view kemendagri_code);

// `kode,nama` with dotted codes, further columns ignored. Problems carry line numbers.
std::vector<Region> ReadRegionCsv(std::string_view csv, std::vector<std::string>* problems);

}  // namespace sepakat::ingestion
