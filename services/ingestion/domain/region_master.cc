#include "ingestion/domain/region_master.h"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "common/base/region_code.h"

namespace sepakat::ingestion {
namespace {

bool HoldsIgnoringCase(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  return !std::ranges::search(text, part, same).empty();
}

}  // namespace

void RegionMaster::Add(const std::string& population, RegionEntry region) {
  Tree& tree = trees_[population];
  RegionEntry& entry = tree.by_code[region.code];
  entry = std::move(region);
  tree.children[entry.parent][entry.code] = &entry;
}

const RegionMaster::Tree* RegionMaster::TreeFor(std::string_view population) const {
  auto it = trees_.find(population);
  if (it == trees_.end()) it = trees_.find(std::string_view{});
  return it == trees_.end() ? nullptr : &it->second;
}

const RegionEntry* RegionMaster::Find(std::string_view population, const std::string& code) const {
  const Tree* tree = TreeFor(population);
  if (tree == nullptr) return nullptr;
  const auto it = tree->by_code.find(code);
  return it == tree->by_code.end() ? nullptr : &it->second;
}

const RegionEntry* RegionMaster::Deepest(std::string_view population, std::string_view code) const {
  for (; !code.empty() && code != base::kNationCode; code = base::ParentOf(code)) {
    if (const RegionEntry* region = Find(population, std::string(code))) return region;
  }
  return nullptr;
}

std::vector<const RegionEntry*> RegionMaster::Children(std::string_view population,
                                                       const std::string& parent) const {
  std::vector<const RegionEntry*> regions;
  const Tree* tree = TreeFor(population);
  if (tree == nullptr) return regions;
  if (const auto it = tree->children.find(parent); it != tree->children.end()) {
    for (const auto& [code, region] : it->second) regions.push_back(region);
  }
  return regions;
}

std::vector<const RegionEntry*> RegionMaster::Search(std::string_view population,
                                                     std::string_view parent,
                                                     std::string_view part, size_t most) const {
  std::vector<const RegionEntry*> found;
  const Tree* tree = TreeFor(population);
  if (tree == nullptr) return found;
  for (const auto& [code, region] : tree->by_code) {
    if (base::IsWithin(code, parent) && HoldsIgnoringCase(region.name, part)) {
      found.push_back(&region);
    }
  }
  const auto by_level_and_code = [](const RegionEntry* a, const RegionEntry* b) {
    return std::tie(a->level, a->code) < std::tie(b->level, b->code);
  };
  std::ranges::sort(found, by_level_and_code);
  if (found.size() > most) found.resize(most);
  return found;
}

size_t RegionMaster::size(std::string_view population) const {
  const Tree* tree = TreeFor(population);
  return tree == nullptr ? 0 : tree->by_code.size();
}

}  // namespace sepakat::ingestion
