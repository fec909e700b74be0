// The regions of one population, created when the first family or line needs them.
//
// A family hangs on the deepest region known; its region's own sums change at once, the totals of
// the enclosing regions when the engine settles.
// Thread: one owner. Complexity: lookup expected constant, creation linear in the depth.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "targeting/domain/region_sums.h"
#include "targeting/domain/welfare_order.h"

namespace sepakat::targeting {

// Families of one region and one programme; by_decile[0] counts those without decile.
struct NeedCounts {
  int64_t eligible = 0;
  int64_t unknown = 0;
  std::array<int64_t, measures::kDeciles + 1> by_decile{};
  bool operator==(const NeedCounts&) const = default;
  bool empty() const { return eligible == 0 && unknown == 0; }
};

struct RegionNode {
  std::string code;
  uint32_t parent = 0;  // itself for the nation
  int level = 0;
  std::vector<uint32_t> children;
  std::vector<uint32_t> families;  // slots of the families that hang here, ascending
  RegionSums own;
  RegionSums total;
  // Known welfare of all families inside. Villages have none: their few families lie side by side
  // and are sorted when somebody asks.
  std::unique_ptr<WelfareOrder> welfare;
  std::vector<NeedCounts> needs;            // own families, by programme
  std::vector<NeedCounts> published_needs;  // as they were said last
  std::vector<uint32_t> lines;              // candidate lines, most special first
  // Newest observation and acceptance of the own families and of all inside.
  int32_t own_observed_on = 0;
  int64_t own_accepted_ms = 0;
  int32_t observed_on = 0;
  int64_t accepted_ms = 0;
  bool newest_stale = false;  // the newest own family left
  bool dirty = false;
  std::array<uint64_t, 2> digest_part{};  // of the totals, while the region is not empty
  bool in_digest = false;
  uint64_t published_figures = 0;  // hashes of what was said last, 0 for nothing
  uint64_t published_ranking = 0;

  // All but the welfare order.
  size_t MemoryBytes() const;
};

class RegionTree {
 public:
  RegionTree();
  // Index of the region, creating it and its ancestors. Requires base::IsRegionCode(code).
  uint32_t Intern(std::string_view code);
  // Absent region: kNone.
  uint32_t Find(std::string_view code) const;

  static constexpr uint32_t kNation = 0;
  static constexpr uint32_t kNone = ~uint32_t{0};

  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  RegionNode& at(uint32_t index) { return nodes_[index]; }
  const RegionNode& at(uint32_t index) const { return nodes_[index]; }
  // The region and everything inside it, parents before children.
  std::vector<uint32_t> Subtree(uint32_t index) const;

 private:
  std::deque<RegionNode> nodes_;
  absl::flat_hash_map<std::string, uint32_t> index_;
};

}  // namespace sepakat::targeting
