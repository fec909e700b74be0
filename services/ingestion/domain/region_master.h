// The regions that codes are looked up in: one edition of the official ones, and those of surveys.
//
// Thread: values; readers must not race with Add.
// Complexity: lookups constant, Children linear in their number, Search linear in the regions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sepakat::ingestion {

struct RegionEntry {
  std::string code;
  std::string name;
  std::string parent;
  int level = 0;
  std::string kind;
};

class RegionMaster {
 public:
  // Regions of one population of its own, or (population empty) those of everybody. A code that is
  // there already gets the newer name.
  void Add(const std::string& population, RegionEntry region);

  // The regions that hold for a population: its own where it has any, else everybody's.
  const RegionEntry* Find(std::string_view population, const std::string& code) const;
  // The deepest known region at or above `code`; nullptr when not even a province is known.
  const RegionEntry* Deepest(std::string_view population, std::string_view code) const;
  std::vector<const RegionEntry*> Children(std::string_view population,
                                           const std::string& parent) const;
  // Regions below `parent` whose name holds `part` (ASCII case ignored), at most `most`.
  std::vector<const RegionEntry*> Search(std::string_view population, std::string_view parent,
                                         std::string_view part, size_t most) const;
  size_t size(std::string_view population) const;

 private:
  struct Tree {
    std::unordered_map<std::string, RegionEntry> by_code;
    std::map<std::string, std::map<std::string, const RegionEntry*>> children;
  };

  const Tree* TreeFor(std::string_view population) const;

  std::map<std::string, Tree, std::less<>> trees_;
};

}  // namespace sepakat::ingestion
