#include "common/measures/mpi_sensitivity.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

// Weight by integer score.
using ScoreWeights = std::map<int64_t, CompensatedSum>;

struct MeanScore {
  CompensatedSum weight;
  CompensatedSum total;

  void Add(double w, int64_t score) {
    weight.Add(w);
    total.Add(w * static_cast<double>(score));
  }
  double value() const { return total.value() / weight.value(); }
};

// The least score >= `least` of a unit with score `known` and unknown deprivations of these
// weights.
int64_t LeastReachable(int64_t known, int64_t least, const std::vector<int64_t>& unknown_weights) {
  int64_t most = known;
  for (const int64_t weight : unknown_weights) most += weight;
  std::vector<bool> reachable(static_cast<size_t>(most - known + 1));
  reachable[0] = true;
  for (const int64_t weight : unknown_weights) {
    for (size_t s = reachable.size(); s-- > static_cast<size_t>(weight);) {
      if (reachable[s - static_cast<size_t>(weight)]) reachable[s] = true;
    }
  }
  auto offset = static_cast<size_t>(least - known);
  while (!reachable[offset]) ++offset;
  return known + static_cast<int64_t>(offset);
}

// Admits optional scores in the given order while each moves the mean in the wanted direction.
template <typename Iterator, typename Better>
void AdmitWhileBetter(MeanScore& mean, Iterator begin, Iterator end, Better better) {
  for (auto it = begin; it != end; ++it) {
    const auto& [score, weight] = *it;
    if (weight.value() == 0) continue;
    if (mean.weight.value() > 0 && !better(static_cast<double>(score), mean.value())) return;
    mean.Add(weight.value(), score);
  }
}

// The bounds of A, fed unit by unit.
class IntensityBounds {
 public:
  explicit IntensityBounds(const MpiSpecification& specification)
      : specification_(specification), least_poor_(LeastPoorScore(specification)) {}

  // `known` and `most`: the scores with all unknowns at no and at yes.
  void Add(double w, int64_t known, int64_t most, uint64_t unknown) {
    if (w == 0 || most < least_poor_) return;
    if (known >= least_poor_) {
      lowest_.Add(w, known);
      highest_.Add(w, most);
      return;
    }
    possible_low_[LeastPoor(known, unknown)].Add(w);
    possible_high_[most].Add(w);
  }

  std::optional<Interval> Take() {
    AdmitWhileBetter(lowest_, possible_low_.begin(), possible_low_.end(), std::less<>());
    AdmitWhileBetter(highest_, possible_high_.rbegin(), possible_high_.rend(), std::greater<>());
    if (highest_.weight.value() == 0) return std::nullopt;
    const auto denominator = static_cast<double>(Denominator(specification_));
    return Interval{lowest_.value() / denominator, highest_.value() / denominator};
  }

 private:
  int64_t LeastPoor(int64_t known, uint64_t unknown) {
    auto [entry, fresh] = reachable_.try_emplace({known, unknown}, 0);
    if (!fresh) return entry->second;
    std::vector<int64_t> weights;
    for (size_t j = 0; j < specification_.indicators.size(); ++j) {
      if ((unknown >> j & 1) != 0) weights.push_back(specification_.indicators[j].weight);
    }
    return entry->second = LeastReachable(known, least_poor_, weights);
  }

  const MpiSpecification& specification_;
  const int64_t least_poor_;
  MeanScore lowest_;
  MeanScore highest_;
  ScoreWeights possible_low_;
  ScoreWeights possible_high_;
  std::map<std::pair<int64_t, uint64_t>, int64_t> reachable_;
};

// The sample with every unknown answered alike.
std::vector<Deprivations> Answered(MpiSample sample, bool deprived) {
  std::vector<Deprivations> units(sample.units.begin(), sample.units.end());
  for (Deprivations& unit : units) {
    if (deprived) unit.deprived |= unit.unknown;
    unit.unknown = 0;
  }
  return units;
}

}  // namespace

absl::StatusOr<std::vector<CutoffFigures>> MpiByCutoff(const MpiSpecification& specification,
                                                       MpiSample sample) {
  SEPAKAT_RETURN_IF_ERROR(CheckMpiSample(specification, sample));
  const std::vector<std::optional<int64_t>> scores = Scores(specification, sample);
  ScoreWeights weights;
  CompensatedSum total;
  for (size_t i = 0; i < sample.size(); ++i) {
    if (!scores[i] || sample.weights[i] == 0) continue;
    weights[*scores[i]].Add(sample.weights[i]);
    total.Add(sample.weights[i]);
  }
  if (total.value() == 0) {
    return Undefined("NO_COMPLETE_UNIT",
                     "no unit with weight has all deprivations known; use bounds");
  }
  const auto denominator = static_cast<double>(Denominator(specification));
  std::vector<CutoffFigures> figures;
  MeanScore poor;
  for (auto it = weights.rbegin(); it != weights.rend() && it->first > 0; ++it) {
    poor.Add(it->second.value(), it->first);
    figures.push_back({it->first, poor.weight.value() / total.value(), poor.value() / denominator,
                       poor.total.value() / denominator / total.value()});
  }
  std::ranges::reverse(figures);
  return figures;
}

absl::StatusOr<MpiBounds> BoundsOfMpi(const MpiSpecification& specification, MpiSample sample) {
  SEPAKAT_RETURN_IF_ERROR(CheckMpiSample(specification, sample));
  const std::vector<Deprivations> all_no = Answered(sample, /*deprived=*/false);
  const std::vector<Deprivations> all_yes = Answered(sample, /*deprived=*/true);
  SEPAKAT_ASSIGN_OR_RETURN(const MpiFigures low, Mpi(specification, {all_no, sample.weights}));
  SEPAKAT_ASSIGN_OR_RETURN(const MpiFigures high, Mpi(specification, {all_yes, sample.weights}));
  const auto known = Scores(specification, {all_no, sample.weights});
  const auto most = Scores(specification, {all_yes, sample.weights});
  MpiBounds bounds;
  bounds.headcount = {low.headcount, high.headcount};
  bounds.adjusted = {low.adjusted, high.adjusted};
  for (size_t j = 0; j < specification.indicators.size(); ++j) {
    bounds.raw.push_back({low.indicators[j].raw, high.indicators[j].raw});
    bounds.censored.push_back({low.indicators[j].censored, high.indicators[j].censored});
  }
  IntensityBounds intensity(specification);
  CompensatedSum unknown_weight;
  for (size_t i = 0; i < sample.size(); ++i) {
    const uint64_t unknown = sample.units[i].unknown;
    if (unknown != 0) unknown_weight.Add(sample.weights[i]);
    intensity.Add(sample.weights[i], *known[i], *most[i], unknown);
  }
  bounds.intensity = intensity.Take();
  bounds.weight = low.weight;
  bounds.unknown_weight = unknown_weight.value();
  return bounds;
}

}  // namespace sepakat::measures
