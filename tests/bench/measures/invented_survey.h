// An invented national survey: ten households per census block, an urban and a rural stratum in
// each of 514 regencies, blocks that resemble each other.
//
// Thread: pure function.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sepakat::bench {

inline constexpr uint32_t kRegencies = 514;
inline constexpr uint64_t kSurveySeed = 20251125;

struct Survey {
  std::vector<double> weights;
  // Rupiah per head and month.
  std::vector<double> welfare;
  std::vector<double> size;
  std::vector<int64_t> psus;
  std::vector<int64_t> strata;
  std::vector<uint32_t> regencies;
};

// `rows` is a multiple of ten.
Survey MakeSurvey(size_t rows);

}  // namespace sepakat::bench
