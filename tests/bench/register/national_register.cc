#include "tests/bench/register/national_register.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "tests/bench/support/report.h"

namespace sepakat::bench {
namespace {

constexpr uint32_t kCurveBits = 12;
constexpr double kSpread = 0.55;  // standard deviation of log welfare

// SplitMix64 (Steele, Lea, Flood 2014): a bijection that looks random.
uint64_t Mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// Draw number `of` of something with number `about`.
uint64_t Draw(uint64_t seed, uint64_t about, uint64_t of) {
  return Mix(Mix(seed ^ of << 56) ^ about);
}

uint32_t Below(uint64_t random, uint32_t end) {
  return static_cast<uint32_t>((random >> 32) * end >> 32);
}

// The value below which a share `p` of a standard normal lies (bisection; the table is small).
double NormalQuantile(double p) {
  double low = -9;
  double high = 9;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::sqrt(2.0)) < p ? low : high) = middle;
  }
  return low;
}

// Children are dealt to parents in order, each parent getting about as many.
std::vector<uint32_t> Deal(uint32_t children, uint32_t parents) {
  std::vector<uint32_t> parent(children);
  for (uint32_t i = 0; i < children; ++i) {
    parent[i] = static_cast<uint32_t>(uint64_t{i} * parents / children);
  }
  return parent;
}

// The how-manieth child of its parent each is.
std::vector<uint32_t> Places(const std::vector<uint32_t>& parent) {
  std::vector<uint32_t> place(parent.size());
  for (size_t i = 1; i < parent.size(); ++i) {
    place[i] = parent[i] == parent[i - 1] ? place[i - 1] + 1 : 0;
  }
  return place;
}

}  // namespace

void FamilyData::Resize(int64_t families) {
  const auto count = static_cast<size_t>(families);
  welfare.resize(count);
  family_weight.resize(count);
  size.resize(count);
  deprived.resize(count);
}

NationalRegister::NationalRegister(int64_t families, uint64_t seed)
    : seed_(seed), villages_(kVillages) {
  const std::vector<uint32_t> district = Deal(kVillages, kDistricts);
  const std::vector<uint32_t> regency = Deal(kDistricts, kRegencies);
  const std::vector<uint32_t> province = Deal(kRegencies, kProvinces);
  place_in_parent_ = Places(district);
  district_place_ = Places(regency);
  regency_place_ = Places(province);
  for (uint32_t i = 0; i < kRegencies; ++i) {
    regency_level_.push_back(750'000 + Below(Draw(seed, i, 1), 900'000));
  }
  // Villages differ in size by a factor of thirty.
  std::vector<double> until(kVillages + 1);
  for (uint32_t i = 0; i < kVillages; ++i) {
    const double u = static_cast<double>(Draw(seed, i, 2) >> 11) * 0x1p-53;
    until[i + 1] = until[i] + 0.2 + 3 * u * u * u;
  }
  for (uint32_t i = 0; i < kVillages; ++i) {
    Village& village = villages_[i];
    village.district = district[i];
    village.regency = regency[village.district];
    village.province = province[village.regency];
    const bool town = Draw(seed, i, 3) % 10 < 3;
    village.line_class = 2 * village.regency + (town ? 1 : 0);
    village.line =
        static_cast<uint32_t>(regency_level_[village.regency] * (town ? 0.58 : 0.5) / 1000) * 1000;
    const auto share = [&](double sum) {
      return std::llround(sum / until.back() * static_cast<double>(families));
    };
    village.first = share(until[i]);
    village.end = share(until[i + 1]);
  }
  constexpr uint32_t kSteps = 1 << kCurveBits;
  for (uint32_t i = 0; i <= kSteps; ++i) {
    const double p = (i + 0.5) / (kSteps + 1);
    curve_.push_back(static_cast<uint32_t>(65'536 * std::exp(kSpread * NormalQuantile(p))));
  }
}

std::string NationalRegister::CodeOf(uint32_t village) const {
  const Village& v = villages_[village];
  return fmt::format("{:02}.{:02}.{:02}.{:04}", 11 + v.province, 1 + regency_place_[v.regency],
                     1 + district_place_[v.district],
                     (v.line_class % 2 == 1 ? 1001 : 2001) + place_in_parent_[village]);
}

void NationalRegister::Fill(uint32_t first, uint32_t end, FamilyData* data) const {
  // Chances in 256 of each deprivation among the better off; the poor have twice that and more.
  constexpr std::array<uint8_t, 16> kChance = {18, 26, 15, 22, 14, 4,  30, 8,
                                               20, 12, 34, 10, 9,  24, 0,  0};
  constexpr std::array<uint8_t, 16> kSizes = {1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6, 7, 9};
  for (uint32_t v = first; v < end; ++v) {
    const Village& village = villages_[v];
    const uint64_t median = regency_level_[village.regency];
    for (int64_t family = village.first; family < village.end; ++family) {
      const auto i = static_cast<size_t>(family);
      const uint64_t random = Draw(seed_, static_cast<uint64_t>(family), 4);
      const size_t step = random >> (64 - kCurveBits);
      const uint64_t part = random >> (64 - kCurveBits - 16) & 0xffff;
      const uint64_t factor = curve_[step] + ((curve_[step + 1] - curve_[step]) * part >> 16);
      data->welfare[i] = static_cast<uint32_t>(median * factor >> 16);
      data->size[i] = kSizes[random & 15];
      data->family_weight[i] = 900 + static_cast<uint32_t>((random >> 4 & 0xff) * 200 >> 8);
      const int poor = data->welfare[i] < village.line ? 3 : 1;
      const uint64_t bytes[2] = {Mix(random), Mix(~random)};
      uint32_t mask = 0;
      for (uint32_t bit = 0; bit < kIndicators; ++bit) {
        const auto drawn = static_cast<int>(bytes[bit / 8] >> (8 * (bit % 8)) & 0xff);
        mask |= static_cast<uint32_t>(drawn < poor * kChance[bit]) << bit;
      }
      data->deprived[i] = static_cast<uint16_t>(mask);
    }
  }
}

void NationalRegister::FillFeatures(int64_t first, int64_t end, std::span<uint8_t> rows) const {
  size_t at = 0;
  for (int64_t family = first; family < end; ++family) {
    for (uint64_t word = 0; word < kFeatures / 8; ++word) {
      // Codes of 0 to 7, half of them 0 or 1, as answers of a questionnaire are.
      uint64_t drawn = Draw(seed_, static_cast<uint64_t>(family), 8 + word);
      for (int byte = 0; byte < 8; ++byte, drawn >>= 8) {
        const uint64_t code = drawn & 7;
        rows[at++] = static_cast<uint8_t>((drawn & 8) != 0 ? code & 1 : code);
      }
    }
  }
}

std::string NationalRegister::Text() const {
  return fmt::format("{} families, {} villages, seed {}", Grouped(families()), Grouped(kVillages),
                     seed_);
}

void InThreads(const NationalRegister& source, int threads,
               const std::function<void(int part, uint32_t first, uint32_t end)>& work) {
  const std::span<const Village> villages = source.villages();
  const auto begin_of = [&](int part) {
    if (part == threads) return kVillages;
    const int64_t family = source.families() / threads * part;
    const auto it = std::ranges::lower_bound(villages, family, {}, &Village::first);
    return static_cast<uint32_t>(it - villages.begin());
  };
  std::vector<std::thread> running;
  for (int part = 1; part < threads; ++part) {
    running.emplace_back([&, part] { work(part, begin_of(part), begin_of(part + 1)); });
  }
  work(0, begin_of(0), begin_of(1));
  for (std::thread& thread : running) thread.join();
}

}  // namespace sepakat::bench
