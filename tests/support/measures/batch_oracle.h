// The naive way to every figure: sort everything, add everything up, once.
//
// Shares no code with the engine on purpose. It takes what is known of each family (its line, rank
// value and answers already settled) and computes the definitions word by word.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sepakat::support {

__extension__ typedef __int128 Wide;

struct OracleFamily {
  std::string id;  // ties in rank value are ordered by it
  std::string region;
  int64_t size = 1;
  int64_t weight = 1;  // family weight
  std::optional<int64_t> welfare;
  // Poverty line that applies, and its version.
  std::optional<std::pair<int64_t, std::string>> line;
  std::optional<int64_t> rank_value;
  std::array<int, 14> deprived{};  // 1 yes, 0 no, -1 unknown
};

struct OracleRegion {
  int64_t families = 0;
  int64_t family_weight = 0;
  int64_t person_weight = 0;
  int64_t measured = 0;  // families with welfare and line
  int64_t poor_families = 0;
  int64_t poor_persons = 0;
  int64_t measured_weight = 0;
  // sum over lines of floor(S 2^40 / z^a)
  Wide gap = 0;
  Wide gap_squared = 0;
  Wide welfare = 0;
  int64_t welfare_weight = 0;
  Wide pair_distance = 0;  // sum over pairs of families w w |y - y|
  std::array<int64_t, 14> deprived{};
  std::array<int64_t, 14> known{};
  std::array<int64_t, 11> decile_families{};
  std::array<int64_t, 11> decile_persons{};
  bool operator==(const OracleRegion&) const = default;
};

struct OracleResult {
  // By region code, ancestors included; only regions with families.
  std::map<std::string, OracleRegion> regions;
  std::map<std::string, int> deciles;  // 0 without rank
};

OracleResult ComputeBatch(const std::vector<OracleFamily>& families, bool deciles_by_persons);

}  // namespace sepakat::support
