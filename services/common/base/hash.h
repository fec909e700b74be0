// Hashes that are the same on every machine and in every release.
//
// Hash64 is XXH64-quality mixing for digests of state and content (detects faults, not tampering).
// Murmur2 picks the partition of a key as Java clients do.
// Thread: pure functions. Complexity: linear.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sepakat::base {

// 64-bit hash of bytes under a seed.
uint64_t Hash64(std::string_view bytes, uint64_t seed = 0);

// Sum modulo 2^128 of hashed parts: order of addition does not matter, Remove undoes Add.
class Digest128 {
 public:
  void Add(std::string_view bytes);
  void Remove(std::string_view bytes);
  // 32 lower-case hex digits.
  std::string Hex() const;
  bool operator==(const Digest128&) const = default;

 private:
  uint64_t low_ = 0;
  uint64_t high_ = 0;
};

// Murmur2 of a key as Kafka's Java clients compute it.
uint32_t Murmur2(std::string_view key);

// Partition for a key by murmur2, as Java clients choose it. Requires partitions > 0.
int32_t PartitionOf(std::string_view key, int32_t partitions);

// Lower-case hex of bytes.
std::string Hex(std::string_view bytes);

}  // namespace sepakat::base
