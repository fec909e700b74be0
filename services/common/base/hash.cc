#include "common/base/hash.h"

#include <fmt/format.h>

#include <cstring>

#include "common/base/fixed_point.h"

namespace sepakat::base {
namespace {

uint64_t Load64(const char* p) {
  uint64_t value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

// Finaliser of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output bit.
uint64_t Mix(uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

constexpr uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

UInt128 Hash128(std::string_view bytes) {
  return (static_cast<UInt128>(Hash64(bytes, 0x5345)) << 64) | Hash64(bytes, 0x5041);
}

UInt128 Join(uint64_t high, uint64_t low) { return (static_cast<UInt128>(high) << 64) | low; }

}  // namespace

uint64_t Hash64(std::string_view bytes, uint64_t seed) {
  uint64_t hash = Mix(seed + kGolden * (bytes.size() + 1));
  const char* p = bytes.data();
  size_t left = bytes.size();
  for (; left >= 8; p += 8, left -= 8) hash = Mix(hash ^ Load64(p)) + kGolden;
  if (left > 0) {
    uint64_t tail = 0;
    std::memcpy(&tail, p, left);
    hash = Mix(hash ^ tail ^ (uint64_t{left} << 56)) + kGolden;
  }
  return Mix(hash);
}

void Digest128::Add(std::string_view bytes) {
  const UInt128 sum = Join(high_, low_) + Hash128(bytes);
  high_ = static_cast<uint64_t>(sum >> 64);
  low_ = static_cast<uint64_t>(sum);
}

void Digest128::Remove(std::string_view bytes) {
  const UInt128 sum = Join(high_, low_) - Hash128(bytes);
  high_ = static_cast<uint64_t>(sum >> 64);
  low_ = static_cast<uint64_t>(sum);
}

std::string Digest128::Hex() const { return fmt::format("{:016x}{:016x}", high_, low_); }

uint32_t Murmur2(std::string_view key) {
  constexpr uint32_t kM = 0x5bd1e995;
  uint32_t hash = 0x9747b28c ^ static_cast<uint32_t>(key.size());
  const char* p = key.data();
  size_t left = key.size();
  for (; left >= 4; p += 4, left -= 4) {
    uint32_t k;
    std::memcpy(&k, p, sizeof k);
    k *= kM;
    k ^= k >> 24;
    k *= kM;
    hash = (hash * kM) ^ k;
  }
  if (left > 0) {
    uint32_t tail = 0;
    std::memcpy(&tail, p, left);
    hash = (hash ^ tail) * kM;
  }
  hash ^= hash >> 13;
  hash *= kM;
  return hash ^ (hash >> 15);
}

int32_t PartitionOf(std::string_view key, int32_t partitions) {
  return static_cast<int32_t>((Murmur2(key) & 0x7fffffffU) % static_cast<uint32_t>(partitions));
}

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    hex.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
    hex.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
  }
  return hex;
}

}  // namespace sepakat::base
