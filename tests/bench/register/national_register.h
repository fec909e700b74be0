// A seeded register the shape of Indonesia: 83,000 villages in 7,277 districts, 514 regencies and
// 38 provinces, N families in them, the same for the same seed whatever the order or number of
// threads in which they are made.
//
// Families of a village lie side by side, villages of a district too, and so on up. Every value is
// drawn from a hash of seed and family number, so a million families or ninety come at the speed of
// memory. Welfare follows a log-normal curve around a level of its regency; the line is the
// regency's, one for towns and one for the countryside; deprivations are commoner among the poor.
// Thread: const functions from any. Complexity: about 30 ns per family, 60 with features.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "common/measures/column_sums.h"

namespace sepakat::bench {

inline constexpr uint32_t kVillages = 83'000;
inline constexpr uint32_t kDistricts = 7'277;
inline constexpr uint32_t kRegencies = 514;
inline constexpr uint32_t kProvinces = 38;
inline constexpr int kIndicators = 14;
inline constexpr int kFeatures = 48;

struct Village {
  uint32_t district = 0;
  uint32_t regency = 0;
  uint32_t province = 0;
  // 2 * regency, or one more in a town: the class of its poverty line.
  uint32_t line_class = 0;
  uint32_t line = 0;
  int64_t first = 0;  // family
  int64_t end = 0;
};

// Families in columns, in the order of their numbers.
struct FamilyData {
  std::vector<uint32_t> welfare;
  std::vector<uint32_t> family_weight;
  std::vector<uint8_t> size;
  std::vector<uint16_t> deprived;

  measures::FamilyColumns view() const { return {welfare, family_weight, size, deprived}; }
  void Resize(int64_t families);
};

class NationalRegister {
 public:
  NationalRegister(int64_t families, uint64_t seed);

  int64_t families() const { return villages_.back().end; }
  uint64_t seed() const { return seed_; }
  std::span<const Village> villages() const { return villages_; }
  // `33.26.15.2014`, a code of its own for each.
  std::string CodeOf(uint32_t village) const;

  // Fills the places of the families of the villages [first, end).
  void Fill(uint32_t first, uint32_t end, FamilyData* data) const;
  // Answers to kFeatures questions of the families [first, end), one byte each, family after
  // family.
  void FillFeatures(int64_t first, int64_t end, std::span<uint8_t> rows) const;
  // `1,000,000 families, 83,000 villages, seed 7`.
  std::string Text() const;

 private:
  uint64_t seed_;
  std::vector<Village> villages_;
  std::vector<uint32_t> place_in_parent_;  // by village, district, regency: see CodeOf
  std::vector<uint32_t> district_place_;
  std::vector<uint32_t> regency_place_;
  std::vector<uint32_t> regency_level_;  // median welfare
  std::vector<uint32_t> curve_;          // quantiles of welfare over its median, 2^-16
};

// Runs `work(first, end)` over a division of the villages into parts of equally many families.
// `threads` 1: here.
void InThreads(const NationalRegister& source, int threads,
               const std::function<void(int part, uint32_t first, uint32_t end)>& work);

}  // namespace sepakat::bench
