// Nodes of a tree, named by number, in chunks that never move.
//
// Chunks are small, because many trees are: the order of a village is built for one reading.
// Thread: one owner. Complexity: constant.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace sepakat::targeting {

template <typename Node>
class NodePool {
 public:
  Node& operator[](uint32_t node) { return chunks_[node / kChunk][node % kChunk]; }
  const Node& operator[](uint32_t node) const { return chunks_[node / kChunk][node % kChunk]; }

  // A node with count 0; what else it holds is left from before.
  uint32_t Take() {
    uint32_t node = size_;
    if (free_.empty()) {
      if (size_ % kChunk == 0) chunks_.push_back(std::make_unique_for_overwrite<Node[]>(kChunk));
      ++size_;
    } else {
      node = free_.back();
      free_.pop_back();
    }
    (*this)[node].count = 0;
    return node;
  }
  void Give(uint32_t node) { free_.push_back(node); }

  // Of all nodes that were ever taken.
  size_t MemoryBytes() const { return size_t{size_} * sizeof(Node); }

 private:
  static constexpr uint32_t kChunkBytes = 1 << 13;
  static constexpr uint32_t kChunk =
      std::max(std::bit_floor(kChunkBytes / static_cast<uint32_t>(sizeof(Node))), uint32_t{1});

  std::vector<std::unique_ptr<Node[]>> chunks_;
  std::vector<uint32_t> free_;
  uint32_t size_ = 0;
};

}  // namespace sepakat::targeting
