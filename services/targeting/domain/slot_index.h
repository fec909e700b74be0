// Slots of records, found by the hash of their keys: open addressing in words of 32 bits.
//
// A word holds the slot and, in the bits that slots do not need, part of the hash, so that a record
// is looked at only when it is probably the one. Slots are dense and never leave.
// Thread: one owner. Complexity: expected constant; 5 to 8 bytes per slot.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace sepakat::targeting {

class SlotIndex {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  // The slot whose key `is(slot)`, kNone when there is none.
  template <typename Is>
  uint32_t Find(uint64_t hash, const Is& is) const {
    if (words_.empty()) return kNone;
    for (size_t at = Home(hash);; at = Next(at)) {
      const uint32_t word = words_[at];
      if (word == kNone) return kNone;
      if ((word & ~slot_mask_) != Tag(hash)) continue;
      const uint32_t slot = word & slot_mask_;
      if (is(slot)) return slot;
    }
  }

  // Adds the next slot, whose key is not there yet. `hash_of(slot)` of all slots up to it.
  template <typename HashOf>
  void Add(uint32_t slot, const HashOf& hash_of) {
    if (slot >= full_) Grow(slot, hash_of);
    Put(hash_of(slot), slot);
  }

  void Prefetch(uint64_t hash) const {
    if (!words_.empty()) __builtin_prefetch(&words_[Home(hash)]);
  }

  size_t MemoryBytes() const { return words_.size() * sizeof(uint32_t); }

 private:
  // At most three quarters of the words are taken.
  template <typename HashOf>
  void Grow(uint32_t slots, const HashOf& hash_of) {
    const size_t capacity = size_t{slots} + slots / 2 + 16;
    // All ones stay free for kNone.
    slot_mask_ = static_cast<uint32_t>((uint64_t{1} << std::bit_width(capacity + 1)) - 1);
    full_ = static_cast<uint32_t>(capacity);
    words_ = {};
    words_.resize(capacity + capacity / 3, kNone);
    for (uint32_t slot = 0; slot < slots; ++slot) Put(hash_of(slot), slot);
  }

  void Put(uint64_t hash, uint32_t slot) {
    size_t at = Home(hash);
    while (words_[at] != kNone) at = Next(at);
    words_[at] = slot | Tag(hash);
  }

  size_t Home(uint64_t hash) const {
    __extension__ using Wide = unsigned __int128;
    return static_cast<size_t>(static_cast<Wide>(hash) * words_.size() >> 64);
  }
  size_t Next(size_t at) const { return at + 1 == words_.size() ? 0 : at + 1; }
  uint32_t Tag(uint64_t hash) const { return static_cast<uint32_t>(hash) & ~slot_mask_; }

  std::vector<uint32_t> words_;
  uint32_t slot_mask_ = 0;
  uint32_t full_ = 0;  // slots that fit
};

}  // namespace sepakat::targeting
