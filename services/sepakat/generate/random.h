// A seeded source of choices that gives the same bytes on every machine.
//
// splitmix64 over (seed, stream, item): each family has a stream of its own, so that one family can
// be drawn again without drawing the others. Integers only. Not for secrets. Thread: one object per
// thread. Complexity: constant per draw.
#pragma once

#include <cstdint>
#include <span>

namespace sepakat::generate {

class Random {
 public:
  explicit Random(uint64_t seed, uint64_t stream = 0, uint64_t item = 0);

  uint64_t Next();

  // 0..bound-1. Requires bound > 0.
  uint32_t Below(uint32_t bound);

  // low..high, both included.
  int Between(int low, int high);

  // True in `permille` of 1000 draws.
  bool Chance(int permille);

  // Position of one weight, chosen in proportion. Requires a positive sum.
  int Pick(std::span<const int> weights);

  // Bell-shaped with mean 0 and standard deviation 1024, within +-6144 (sum of twelve uniforms).
  int Normal();

 private:
  uint64_t state_;
};

}  // namespace sepakat::generate
