#include "common/measures/sector_decomposition.h"

#include <fmt/format.h>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

struct SectorSums {
  CompensatedSum weight;
  std::array<CompensatedSum, kFgtOrders> orders;
};

absl::StatusOr<std::vector<SectorSums>> SumBySector(const SectoralSurvey& sectoral,
                                                    uint32_t sectors) {
  const auto& [survey, sector_of] = sectoral;
  SEPAKAT_RETURN_IF_ERROR(CheckPoverty(survey.sample, survey.lines));
  if (sector_of.size() != survey.sample.size()) {
    return Invalid("LENGTH_MISMATCH",
                   fmt::format("{} sectors and {} observations; give one sector per observation",
                               sector_of.size(), survey.sample.size()));
  }
  std::vector<SectorSums> sums(sectors);
  for (size_t i = 0; i < sector_of.size(); ++i) {
    if (sector_of[i] >= sectors) {
      return Invalid("BAD_SECTOR", fmt::format("row {}: sector {} is none of 0 to {}", i + 1,
                                               sector_of[i], int64_t{sectors} - 1));
    }
    const double w = survey.sample.weights[i];
    SectorSums& sum = sums[sector_of[i]];
    sum.weight.Add(w);
    const double missing = survey.lines.at(i) - survey.sample.values[i];
    if (missing <= 0) continue;
    double power = w;
    for (CompensatedSum& order : sum.orders) {
      order.Add(power);
      power *= missing / survey.lines.at(i);
    }
  }
  return sums;
}

double TotalOf(const std::vector<SectorSums>& sums) {
  CompensatedSum total;
  for (const SectorSums& sum : sums) total.Add(sum.weight.value());
  return total.value();
}

}  // namespace

absl::StatusOr<SectorDecomposition> DecomposeBySector(const SectoralSurvey& before,
                                                      const SectoralSurvey& after,
                                                      uint32_t sectors) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<SectorSums> first, SumBySector(before, sectors));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<SectorSums> second, SumBySector(after, sectors));
  const double weight_before = TotalOf(first);
  const double weight_after = TotalOf(second);
  SectorDecomposition result;
  result.sectors.resize(sectors);
  for (uint32_t s = 0; s < sectors; ++s) {
    Sector& sector = result.sectors[s];
    sector.share_before = first[s].weight.value() / weight_before;
    sector.share_after = second[s].weight.value() / weight_after;
    if (sector.share_before == 0 && sector.share_after == 0) continue;
    if (sector.share_before == 0 || sector.share_after == 0) {
      return Undefined("SECTOR_IN_ONE_SURVEY",
                       fmt::format("sector {} has nobody in the survey {}, so its poverty there is "
                                   "unknown; merge it with a neighbour in both surveys",
                                   s, sector.share_before == 0 ? "before" : "after"));
    }
    const double moved = sector.share_after - sector.share_before;
    for (size_t order = 0; order < sector.orders.size(); ++order) {
      SectorParts& parts = sector.orders[order];
      parts.before = first[s].orders[order].value() / first[s].weight.value();
      parts.after = second[s].orders[order].value() / second[s].weight.value();
      parts.within = sector.share_before * (parts.after - parts.before);
      parts.shift = moved * parts.before;
      parts.interaction = moved * (parts.after - parts.before);
      SectorParts& total = result.total[order];
      total.before += sector.share_before * parts.before;
      total.after += sector.share_after * parts.after;
      total.within += parts.within;
      total.shift += parts.shift;
      total.interaction += parts.interaction;
    }
  }
  return result;
}

}  // namespace sepakat::measures
