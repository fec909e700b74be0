#include "sepakat/generate/random.h"

namespace sepakat::generate {
namespace {

uint64_t Mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

constexpr uint64_t kStep = 0x9e3779b97f4a7c15ULL;

}  // namespace

Random::Random(uint64_t seed, uint64_t stream, uint64_t item)
    : state_(Mix(Mix(Mix(seed + kStep) + stream + kStep) + item + kStep)) {}

uint64_t Random::Next() {
  state_ += kStep;
  return Mix(state_);
}

uint32_t Random::Below(uint32_t bound) {
  return static_cast<uint32_t>(((Next() >> 32) * bound) >> 32);
}

int Random::Between(int low, int high) {
  return low + static_cast<int>(Below(static_cast<uint32_t>(high - low + 1)));
}

bool Random::Chance(int permille) { return static_cast<int>(Below(1000)) < permille; }

int Random::Pick(std::span<const int> weights) {
  int sum = 0;
  for (int weight : weights) sum += weight;
  int at = static_cast<int>(Below(static_cast<uint32_t>(sum)));
  int chosen = 0;
  while (at >= weights[static_cast<size_t>(chosen)]) at -= weights[static_cast<size_t>(chosen++)];
  return chosen;
}

int Random::Normal() {
  int sum = 0;
  for (int word = 0; word < 3; ++word) {
    const uint64_t bits = Next();
    for (int part = 0; part < 4; ++part) sum += static_cast<int>((bits >> (16 * part)) & 0xffff);
  }
  return (sum - 6 * 65536) / 64;
}

}  // namespace sepakat::generate
