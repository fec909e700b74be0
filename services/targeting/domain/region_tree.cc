#include "targeting/domain/region_tree.h"

#include "absl/strings/string_view.h"
#include "common/base/region_code.h"

namespace sepakat::targeting {

size_t RegionNode::MemoryBytes() const {
  const auto held = [](const auto& vector) { return vector.capacity() * sizeof(vector[0]); };
  return sizeof *this + held(children) + held(families) + held(needs) + held(published_needs) +
         held(lines) + held(own.lines) + held(total.lines);
}

RegionTree::RegionTree() {
  RegionNode& nation = nodes_.emplace_back();
  nation.code = base::kNationCode;
  nation.welfare = std::make_unique<WelfareOrder>();
  index_.emplace(base::kNationCode, kNation);
}

uint32_t RegionTree::Intern(std::string_view code) {
  if (const uint32_t found = Find(code); found != kNone) return found;
  const uint32_t parent = Intern(base::ParentOf(code));
  const auto index = static_cast<uint32_t>(nodes_.size());
  RegionNode& node = nodes_.emplace_back();
  node.code = code;
  node.parent = parent;
  node.level = nodes_[parent].level + 1;
  if (node.level < static_cast<int>(base::RegionLevel::kVillage)) {
    node.welfare = std::make_unique<WelfareOrder>();
  }
  nodes_[parent].children.push_back(index);
  index_.emplace(std::string(code), index);
  return index;
}

uint32_t RegionTree::Find(std::string_view code) const {
  const auto it = index_.find(absl::string_view(code.data(), code.size()));
  return it == index_.end() ? kNone : it->second;
}

std::vector<uint32_t> RegionTree::Subtree(uint32_t index) const {
  std::vector<uint32_t> subtree = {index};
  for (size_t i = 0; i < subtree.size(); ++i) {
    const std::vector<uint32_t>& children = nodes_[subtree[i]].children;
    subtree.insert(subtree.end(), children.begin(), children.end());
  }
  return subtree;
}

}  // namespace sepakat::targeting
