#include "targeting/domain/figures.h"

#include <array>
#include <optional>

#include "common/base/fixed_point.h"

namespace sepakat::targeting {
namespace {

using base::Int128;
using measures::Ratio;

// Fills the list in catalogue order, so a measure without a figure is seen at once.
class Reader {
 public:
  explicit Reader(int64_t weight_unit) : weight_unit_(weight_unit) {}

  void Put(Ratio ratio, int64_t unknown, int64_t observed) {
    if (observed == 0 && unknown > 0) ratio = {};
    figures_.push_back({&measures::Catalogue()[figures_.size()], ratio, unknown, observed});
  }
  // Weighted numbers: both sides lose the weight unit where nothing is lost.
  void PutWeights(Int128 numerator, Int128 denominator, int64_t unknown, int64_t observed) {
    if (numerator % weight_unit_ == 0 && denominator % weight_unit_ == 0) {
      numerator /= weight_unit_;
      denominator /= weight_unit_;
    }
    Put({numerator, denominator}, unknown, observed);
  }
  void PutCount(Int128 weight, int64_t unknown, int64_t observed) {
    PutWeights(weight, weight_unit_, unknown, observed);
  }
  std::vector<FigureValue> Take() { return std::move(figures_); }

 private:
  int64_t weight_unit_;
  std::vector<FigureValue> figures_;
};

struct Below {
  int64_t families = 0;
  int64_t poor_families = 0;
  int64_t poor_weight = 0;
};

Below SumLines(const RegionSums& sums) {
  Below below;
  for (const RegionSums::LineEntry& entry : sums.lines) {
    below.families += entry.sums.families;
    below.poor_families += entry.sums.poor_families;
    below.poor_weight += entry.sums.poor_weight;
  }
  return below;
}

void PutPoverty(const RegionSums& sums, const std::vector<LineClass>& classes, Reader* reader) {
  const Below below = SumLines(sums);
  const int64_t unknown = sums.families - below.families;
  reader->PutCount(below.poor_weight, unknown, below.families);
  reader->PutCount(below.poor_families, unknown, below.families);
  const Ratio p0 = ReadFgt(sums, classes, 0);
  reader->PutWeights(p0.numerator, p0.denominator, unknown, below.families);
  reader->Put(ReadFgt(sums, classes, 1), unknown, below.families);
  reader->Put(ReadFgt(sums, classes, 2), unknown, below.families);
}

void PutDistribution(const RegionSums& sums, const WelfareOrder& distribution, int64_t welfare_unit,
                     Reader* reader) {
  const auto put = [&](Ratio ratio) {
    reader->Put(ratio, sums.families - sums.known_families, sums.known_families);
  };
  put({sums.welfare, Int128{sums.known_person_weight} * welfare_unit});
  const std::optional<int64_t> median = distribution.Quantile(1, 2);
  put(median ? Ratio{*median, welfare_unit} : Ratio{});
  put(distribution.Gini());
  put(distribution.LorenzShare(4, 10));
  // What the richest have to what the poorest have; nothing to compare where these have nothing.
  const auto richest_to_poorest = [&](int64_t richest, int64_t poorest) {
    const Ratio rest = distribution.LorenzShare(10 - richest, 10);
    const Ratio poor = distribution.LorenzShare(poorest, 10);
    return Ratio{poor.numerator == 0 ? 0 : rest.denominator - rest.numerator, poor.numerator};
  };
  put(richest_to_poorest(1, 4));
  put(richest_to_poorest(2, 2));
}

void PutDeciles(const RegionSums& sums, Reader* reader) {
  const int64_t unknown = sums.families - sums.ranked_families;
  for (const auto& weights : {sums.decile_families, sums.decile_persons}) {
    for (size_t k = 1; k < weights.size(); ++k) {
      reader->PutCount(weights[k], unknown, sums.ranked_families);
    }
  }
  int64_t low = 0;
  int64_t all = 0;
  for (size_t k = 1; k < sums.decile_families.size(); ++k) {
    if (k <= 4) low += sums.decile_families[k];
    all += sums.decile_families[k];
  }
  reader->PutWeights(low, all, unknown, sums.ranked_families);
}

// Where a deprivation is no indicator of the measure, nothing is said of it.
void PutMpi(const RegionSums& sums, const MpiCounter& mpi, Reader* reader) {
  const int64_t unknown = sums.families - sums.mpi_families;
  const auto put = [&](Ratio ratio) { reader->Put(ratio, unknown, sums.mpi_families); };
  std::array<std::optional<size_t>, measures::kDeprivations> indicators;
  for (size_t i = 0; i < mpi.indicators(); ++i) {
    indicators[static_cast<size_t>(mpi.deprivation(i))] = i;
  }
  const measures::MpiMaskSums& counted = sums.mpi;
  reader->PutWeights(counted.poor_persons, counted.persons, unknown, sums.mpi_families);
  put(measures::Intensity(counted, mpi.masks()));
  put(measures::AdjustedHeadcount(counted, mpi.masks()));
  for (const std::optional<size_t>& i : indicators) {
    if (i) {
      reader->PutWeights(counted.censored[*i], counted.persons, unknown, sums.mpi_families);
    } else {
      reader->Put({}, 0, 0);
    }
  }
  for (const std::optional<size_t>& i : indicators) {
    if (i) {
      put({base::Int128{mpi.weight(*i)} * counted.censored[*i], counted.score});
    } else {
      reader->Put({}, 0, 0);
    }
  }
}

}  // namespace

Ratio ReadFgt(const RegionSums& sums, const std::vector<LineClass>& classes, int order) {
  std::vector<measures::LineSums> lines;
  lines.reserve(sums.lines.size());
  for (const RegionSums::LineEntry& entry : sums.lines) {
    lines.push_back({classes[static_cast<size_t>(entry.line_class)].line, entry.sums});
  }
  return measures::Fgt(lines, order);
}

std::vector<FigureValue> ReadFigures(const RegionSums& sums, const WelfareOrder& distribution,
                                     const std::vector<LineClass>& classes, const MpiCounter& mpi,
                                     const Population& population) {
  Reader reader(base::PowerOfTen(population.weight_decimals));
  reader.PutCount(sums.family_weight, 0, sums.families);
  reader.PutCount(sums.person_weight, 0, sums.families);
  PutPoverty(sums, classes, &reader);
  PutDistribution(sums, distribution, base::PowerOfTen(population.welfare_decimals), &reader);
  for (const DeprivationSums& deprivation : sums.deprivations) {
    reader.PutWeights(deprivation.deprived_weight, deprivation.known_weight,
                      sums.families - deprivation.known_families, deprivation.known_families);
  }
  PutDeciles(sums, &reader);
  reader.Put({sums.score, Int128{sums.scored_person_weight} * 1'000'000},
             sums.families - sums.scored_families, sums.scored_families);
  reader.PutWeights(sums.known_family_weight, sums.family_weight, 0, sums.families);
  reader.PutCount(sums.need_family_weight, sums.need_unknown_families,
                  sums.families - sums.need_unknown_families);
  PutMpi(sums, mpi, &reader);
  return reader.Take();
}

}  // namespace sepakat::targeting
