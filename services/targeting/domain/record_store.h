// All family records of one population, found by key or by slot, in 64 bytes each.
//
// Slots are dense, never reused (a withdrawn family keeps its tombstone) and stable: records lie in
// chunks that do not move, nothing is allocated for a single one. What many families have in common
// (region and provenance, derived answers, published classes) is kept once and named by a number;
// packed features lie in an arena. A family with a value that does not fit into its narrow field
// has all of them in a table beside.
// Thread: one owner. Complexity: expected constant.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "targeting/domain/family.h"
#include "targeting/domain/feature_arena.h"
#include "targeting/domain/interner.h"
#include "targeting/domain/slot_index.h"

namespace sepakat::targeting {

class RecordStore {
 public:
  RecordStore() = default;
  RecordStore(const RecordStore&) = delete;
  RecordStore& operator=(const RecordStore&) = delete;

  uint32_t size() const { return size_; }
  // A copy; its features stand until the family changes.
  FamilyRecord at(uint32_t slot) const;
  // A copy without features and provenance: they lie elsewhere in memory.
  FamilyRecord brief(uint32_t slot) const;
  const FamilyKey& key(uint32_t slot) const { return narrow(slot).key; }

  std::optional<uint32_t> Find(const FamilyKey& key) const;
  // The slot of a new record under a key that is not present.
  uint32_t Add(const FamilyKey& key);
  // Replaces what is kept of the family but for its key and features.
  void Put(uint32_t slot, const FamilyRecord& record);
  void SetFeatures(uint32_t slot, std::string_view packed);
  // Fetches what Find() and at() will read.
  void Prefetch(const FamilyKey& key) const { index_.Prefetch(HashOf(key)); }

  // Single parts, without a copy of the whole.
  FamilyState state(uint32_t slot) const { return static_cast<FamilyState>(narrow(slot).state); }
  int decile(uint32_t slot) const { return narrow(slot).decile; }
  void set_decile(uint32_t slot, int decile) {
    narrow(slot).decile = static_cast<uint64_t>(decile) & 0xf;
  }
  bool queued(uint32_t slot) const { return narrow(slot).queued; }
  void set_queued(uint32_t slot, bool queued) { narrow(slot).queued = queued; }
  void set_touched(uint32_t slot, bool touched) { narrow(slot).touched = touched; }
  // Its place in orders, decile and needs is not counted yet (population_state.h).
  bool unsettled(uint32_t slot) const { return narrow(slot).unsettled; }
  void set_unsettled(uint32_t slot, bool unsettled) { narrow(slot).unsettled = unsettled; }
  void set_published(uint32_t slot, const FamilyClasses& classes);

  // Welfare, -1 where unknown, and person weight.
  std::pair<int64_t, int64_t> WelfareOf(uint32_t slot) const;

  // Changes the published classes of all families alike.
  template <typename Change>
  void TransformPublished(const Change& change) {
    published_.Transform(change);
  }
  // Forgets the derived answers of all families: they are put anew.
  void ForgetDerived();

  struct Memory {
    size_t records = 0;
    size_t index = 0;
    size_t features = 0;
    size_t shared = 0;  // what many families have in common, and values that are too wide
  };
  Memory MemoryBytes() const;

 private:
  // What many families have in common.
  struct Place {
    uint32_t node = 0;
    uint32_t provenance = 0;
    bool operator==(const Place&) const = default;
    template <typename H>
    friend H AbslHashValue(H hash, const Place& place) {
      return H::combine(std::move(hash), place.node, place.provenance);
    }
  };
  struct Answers {
    DeprivationMasks masks;
    int32_t line = -1;
    uint64_t own_true = 0;
    uint64_t own_unknown = 0;
    bool operator==(const Answers&) const = default;
    template <typename H>
    friend H AbslHashValue(H hash, const Answers& answers) {
      return H::combine(std::move(hash), answers.masks.known, answers.masks.deprived, answers.line,
                        answers.own_true, answers.own_unknown);
    }
  };

  // One cache line. Members without defaults: a chunk is not touched before its records are used.
  struct alignas(64) Narrow {
    FamilyKey key;
    uint64_t content_digest;
    uint64_t accepted : 40;  // milliseconds since kAcceptedFrom; 0 for 0
    uint64_t observed_on : 16;
    uint64_t size : 8;
    uint64_t answers : 24;
    uint64_t published : 24;
    uint64_t decile : 4;
    uint64_t official_decile : 4;
    uint64_t state : 2;
    uint64_t ranked : 1;
    uint64_t scored : 1;
    uint64_t touched : 1;
    uint64_t queued : 1;
    uint64_t unsettled : 1;
    uint64_t wide : 1;
    uint32_t version;
    uint32_t welfare;
    uint32_t family_weight;
    int32_t rank_value;
    FeatureArena::Reference features;
    uint32_t place;
  };
  static_assert(sizeof(Narrow) == 64);
  struct Wide {
    int64_t version = 0;
    int64_t accepted_at_ms = 0;
    int64_t family_weight = 0;
    int64_t welfare = -1;
    int64_t rank_value = 0;
    int32_t observed_on = 0;
    uint32_t answers = 0;
    uint32_t published = 0;
  };

  static constexpr uint32_t kChunk = 1 << 14;
  static constexpr uint32_t kUnknownWelfare = ~uint32_t{0};
  static constexpr int64_t kAcceptedFrom = 1'577'836'800'000;  // 2020-01-01

  Narrow& narrow(uint32_t slot) { return chunks_[slot / kChunk][slot % kChunk]; }
  const Narrow& narrow(uint32_t slot) const { return chunks_[slot / kChunk][slot % kChunk]; }
  static uint64_t HashOf(const FamilyKey& key);
  // False when a value does not fit; then `record` must be kept wide.
  static bool Narrowed(const Wide& values, Narrow* record);
  Wide WidthOf(const Narrow& record, uint32_t slot) const;
  void PutValues(uint32_t slot, const Wide& values);

  std::vector<std::unique_ptr<Narrow[]>> chunks_;
  uint32_t size_ = 0;
  SlotIndex index_;
  FeatureArena features_;
  Interner<Place> places_;
  Interner<Answers> answers_;
  Interner<FamilyClasses> published_;
  absl::flat_hash_map<uint32_t, Wide> wide_;
};

}  // namespace sepakat::targeting
