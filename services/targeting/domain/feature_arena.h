// Packed features of all families of a population, in few large pieces of memory.
//
// A piece of text is named by a 32-bit reference; 0 is the empty text. Freed room is used again for
// texts of about the same length, so updates do not make the arena grow.
// Thread: one owner. Complexity: constant. Room: the text, two bytes, rounded up to eight; 32 GiB
// in all.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace sepakat::targeting {

class FeatureArena {
 public:
  using Reference = uint32_t;

  // Requires fewer than 2^16 bytes.
  Reference Add(std::string_view text);
  void Free(Reference reference);
  // Stands until the reference is freed.
  std::string_view at(Reference reference) const;

  // Bytes of the chunks that were begun.
  size_t MemoryBytes() const { return size_t{end_} * kUnit; }

 private:
  static constexpr size_t kUnit = 8;
  // A text does not pass the end of its chunk.
  static constexpr size_t kChunkUnits = size_t{1} << 17;

  char* Place(Reference reference) const {
    return chunks_[reference / kChunkUnits].get() + reference % kChunkUnits * kUnit;
  }

  std::vector<std::unique_ptr<char[]>> chunks_;
  // Unit 0 is never given, so that reference 0 stands for no text.
  Reference end_ = 1;
  std::vector<std::vector<Reference>> free_;  // by units
};

}  // namespace sepakat::targeting
