// What a record says about one family, and what was decided about it.
//
// Thread: plain values; reused from record to record.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/domain/canonical.h"
#include "ingestion/domain/finding.h"

namespace sepakat::ingestion {

// A canonical value that is not known.
inline constexpr int32_t kUnknown = INT32_MIN;
// A question that was not put to this member: counts as "no".
inline constexpr int32_t kNotAsked = INT32_MIN + 1;

struct Family {
  std::string region;
  int32_t observed_on = 0;
  int32_t size = 0;
  // Scaled by the population's weight_decimals and welfare_decimals.
  int64_t weight = 0;
  std::optional<int64_t> welfare;
  std::string stratum;
  std::string psu;
  std::optional<int32_t> official_decile;
  // By variable number; kUnknown where nothing is known.
  std::array<int32_t, kVariableLimit> values{};
};

struct Decision {
  Family family;
  std::vector<Finding> findings;
  // With every reason in `findings`.
  bool rejected = false;
  // Accepted, and some value was refused or the record is marked.
  bool flagged() const { return !rejected && !findings.empty(); }

  void Clear();
  void Flag(std::string_view reason, std::string_view column, int row, std::string message);
  void Reject(std::string_view reason, std::string_view column, int row, std::string message);
};

}  // namespace sepakat::ingestion
