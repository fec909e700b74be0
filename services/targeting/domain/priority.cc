#include "targeting/domain/priority.h"

#include <algorithm>

#include "targeting/domain/figures.h"

namespace sepakat::targeting {
namespace {

constexpr int64_t kMillion = 1'000'000;

int64_t Micro(const measures::Ratio& ratio) {
  if (ratio.denominator == 0) return 0;
  // Numerators of gaps reach 2^86: the quotient is taken before the scale where it must be.
  return static_cast<int64_t>(
      base::QuotientShift40(ratio.numerator, ratio.denominator) * kMillion >> 40);
}

int64_t Micro(base::Int128 numerator, base::Int128 denominator) {
  return denominator == 0 ? 0 : static_cast<int64_t>(numerator * kMillion / denominator);
}

// One rate of every region, made relative to the highest.
std::vector<int64_t> Relative(std::vector<int64_t> rates) {
  const int64_t highest = rates.empty() ? 0 : *std::ranges::max_element(rates);
  for (int64_t& rate : rates) rate = Micro(rate, highest);
  return rates;
}

template <typename Rate>
std::vector<int64_t> RelativeRates(const std::vector<const RegionInput*>& regions, Rate rate) {
  std::vector<int64_t> rates;
  rates.reserve(regions.size());
  for (const RegionInput* region : regions) rates.push_back(rate(*region->sums));
  return Relative(std::move(rates));
}

std::vector<int64_t> PoorShares(const std::vector<const RegionInput*>& regions,
                                const std::vector<LineClass>& classes) {
  std::vector<base::Int128> poor;
  base::Int128 total = 0;
  for (const RegionInput* region : regions) {
    poor.push_back(ReadFgt(*region->sums, classes, 0).numerator);
    total += poor.back();
  }
  std::vector<int64_t> shares;
  shares.reserve(poor.size());
  for (base::Int128 weight : poor) shares.push_back(Micro(weight, total));
  return shares;
}

std::vector<int64_t> MeanDeprivations(const std::vector<const RegionInput*>& regions) {
  std::vector<int64_t> sums(regions.size());
  for (size_t i = 0; i < measures::kDeprivations; ++i) {
    const std::vector<int64_t> relative = RelativeRates(regions, [i](const RegionSums& region) {
      return Micro(region.deprivations[i].deprived_weight, region.deprivations[i].known_weight);
    });
    for (size_t r = 0; r < sums.size(); ++r) sums[r] += relative[r];
  }
  for (int64_t& sum : sums) sum /= measures::kDeprivations;
  return sums;
}

}  // namespace

std::vector<RegionScore> RankRegions(const std::vector<RegionInput>& regions,
                                     const std::vector<LineClass>& classes,
                                     const PriorityWeights& weights) {
  std::vector<const RegionInput*> inhabited;
  for (const RegionInput& region : regions) {
    if (!region.sums->empty()) inhabited.push_back(&region);
  }
  const auto fgt = [&](int order) {
    return RelativeRates(
        inhabited, [&](const RegionSums& sums) { return Micro(ReadFgt(sums, classes, order)); });
  };
  const std::vector<int64_t> shares = PoorShares(inhabited, classes);
  const std::vector<int64_t> p0 = fgt(0);
  const std::vector<int64_t> p1 = fgt(1);
  const std::vector<int64_t> deprivations = MeanDeprivations(inhabited);
  std::vector<RegionScore> scores;
  for (size_t i = 0; i < inhabited.size(); ++i) {
    RegionScore score;
    score.region = inhabited[i]->region;
    score.parts = {{"poor_persons", weights.poor_share * shares[i] / kMillion},
                   {"p0", weights.p0 * p0[i] / kMillion},
                   {"p1", weights.p1 * p1[i] / kMillion},
                   {"deprived", weights.deprivations * deprivations[i] / kMillion}};
    for (const ScorePart& part : score.parts) score.score_micro += part.score_micro;
    scores.push_back(std::move(score));
  }
  std::ranges::sort(scores, [](const RegionScore& a, const RegionScore& b) {
    return std::tuple(-a.score_micro, std::string_view(a.region)) <
           std::tuple(-b.score_micro, std::string_view(b.region));
  });
  int32_t rank = 0;
  for (RegionScore& score : scores) score.rank = ++rank;
  return scores;
}

}  // namespace sepakat::targeting
