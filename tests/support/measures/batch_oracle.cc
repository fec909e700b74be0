#include "tests/support/measures/batch_oracle.h"

#include <algorithm>
#include <cstdlib>

namespace sepakat::support {
namespace {

std::vector<std::string> RegionAndAncestors(const std::string& code) {
  std::vector<std::string> path = {"0"};
  if (code == "0") return path;
  for (size_t i = 0; i <= code.size(); ++i) {
    if (i == code.size() || code[i] == '.') path.push_back(code.substr(0, i));
  }
  return path;
}

// floor(sum * 2^40 / divisor), digit by digit in base 2.
Wide Shifted(Wide sum, Wide divisor) {
  Wide quotient = sum / divisor;
  Wide rest = sum % divisor;
  for (int bit = 0; bit < 40; ++bit) {
    quotient *= 2;
    rest *= 2;
    if (rest >= divisor) {
      rest -= divisor;
      quotient += 1;
    }
  }
  return quotient;
}

std::map<std::string, int> Deciles(std::vector<OracleFamily> families, bool by_persons) {
  std::map<std::string, int> deciles;
  std::vector<OracleFamily> ranked;
  for (const OracleFamily& family : families) {
    deciles[family.id] = 0;
    if (family.rank_value) ranked.push_back(family);
  }
  std::sort(ranked.begin(), ranked.end(), [](const OracleFamily& a, const OracleFamily& b) {
    return *a.rank_value != *b.rank_value ? *a.rank_value < *b.rank_value : a.id < b.id;
  });
  const auto weight = [by_persons](const OracleFamily& family) {
    return by_persons ? family.weight * family.size : family.weight;
  };
  Wide total = 0;
  for (const OracleFamily& family : ranked) total += weight(family);
  Wide before = 0;
  for (const OracleFamily& family : ranked) {
    deciles[family.id] = static_cast<int>(1 + 10 * before / total);
    before += weight(family);
  }
  return deciles;
}

void AddPoverty(const std::vector<const OracleFamily*>& inside, OracleRegion* region) {
  std::map<std::pair<int64_t, std::string>, std::pair<Wide, Wide>> by_line;
  for (const OracleFamily* family : inside) {
    if (!family->welfare) continue;
    const int64_t persons = family->weight * family->size;
    region->welfare += Wide{persons} * *family->welfare;
    region->welfare_weight += persons;
    for (const OracleFamily* other : inside) {
      if (other == family) break;
      if (!other->welfare) continue;
      const int64_t distance = std::abs(*family->welfare - *other->welfare);
      region->pair_distance += Wide{persons} * (other->weight * other->size) * distance;
    }
    if (!family->line) continue;
    region->measured += 1;
    region->measured_weight += persons;
    if (*family->welfare >= family->line->first) continue;
    region->poor_families += family->weight;
    region->poor_persons += persons;
    const Wide gap = family->line->first - *family->welfare;
    by_line[*family->line].first += persons * gap;
    by_line[*family->line].second += persons * gap * gap;
  }
  for (const auto& [line, sums] : by_line) {
    region->gap += Shifted(sums.first, line.first);
    region->gap_squared += Shifted(sums.second, Wide{line.first} * line.first);
  }
}

}  // namespace

OracleResult ComputeBatch(const std::vector<OracleFamily>& families, bool deciles_by_persons) {
  OracleResult result;
  result.deciles = Deciles(families, deciles_by_persons);
  std::map<std::string, std::vector<const OracleFamily*>> inside;
  for (const OracleFamily& family : families) {
    for (const std::string& code : RegionAndAncestors(family.region)) {
      inside[code].push_back(&family);
    }
  }
  for (const auto& [code, members] : inside) {
    OracleRegion& region = result.regions[code];
    for (const OracleFamily* family : members) {
      const int64_t persons = family->weight * family->size;
      region.families += 1;
      region.family_weight += family->weight;
      region.person_weight += persons;
      for (size_t i = 0; i < family->deprived.size(); ++i) {
        if (family->deprived[i] < 0) continue;
        region.known[i] += family->weight;
        if (family->deprived[i] == 1) region.deprived[i] += family->weight;
      }
      const auto decile = static_cast<size_t>(result.deciles[family->id]);
      region.decile_families[decile] += family->weight;
      region.decile_persons[decile] += persons;
    }
    AddPoverty(members, &region);
  }
  return result;
}

}  // namespace sepakat::support
