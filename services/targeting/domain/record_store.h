// All family records of one population, found by key or by slot.
//
// Slots are dense, never reused (a withdrawn family keeps its tombstone) and stable: records lie in
// chunks that do not move. The index holds slots only and compares keys through them.
// Thread: one owner. Complexity: expected constant.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "targeting/domain/family.h"

namespace sepakat::targeting {

class RecordStore {
 public:
  RecordStore() : index_(0, Hash{this}, Equal{this}) {}
  RecordStore(const RecordStore&) = delete;
  RecordStore& operator=(const RecordStore&) = delete;

  uint32_t size() const { return size_; }
  FamilyRecord& at(uint32_t slot) { return chunks_[slot / kChunk][slot % kChunk]; }
  const FamilyRecord& at(uint32_t slot) const { return chunks_[slot / kChunk][slot % kChunk]; }

  std::optional<uint32_t> Find(const FamilyKey& key) const {
    const auto it = index_.find(key);
    if (it == index_.end()) return std::nullopt;
    return *it;
  }

  // The slot of a new record under a key that is not present.
  uint32_t Add(const FamilyKey& key) {
    if (size_ % kChunk == 0) chunks_.push_back(std::make_unique<FamilyRecord[]>(kChunk));
    const uint32_t slot = size_++;
    at(slot).key = key;
    index_.insert(slot);
    return slot;
  }

 private:
  static constexpr uint32_t kChunk = 1024;

  struct Hash {
    using is_transparent = void;
    const RecordStore* store;
    size_t operator()(const FamilyKey& key) const {
      return static_cast<size_t>((key.high ^ key.low) * 0x9e3779b97f4a7c15ULL);
    }
    size_t operator()(uint32_t slot) const { return (*this)(store->at(slot).key); }
  };
  struct Equal {
    using is_transparent = void;
    const RecordStore* store;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t slot, const FamilyKey& key) const {
      return store->at(slot).key == key;
    }
    bool operator()(const FamilyKey& key, uint32_t slot) const {
      return store->at(slot).key == key;
    }
  };

  std::vector<std::unique_ptr<FamilyRecord[]>> chunks_;
  uint32_t size_ = 0;
  absl::flat_hash_set<uint32_t, Hash, Equal> index_;
};

}  // namespace sepakat::targeting
