// A model's scores of many families at once, from answers of one byte each.
//
// What a variable adds to the score is looked up by its value, whatever the terms are: numbers,
// squares, codes, and what a term says about unknown. The same integers as Score(), family by
// family. The full order of the scores comes from one radix sort; ties keep the order of the rows.
// Errors: InvalidArgument MODEL_VARIABLE_MISSING when the model asks for a variable that is no
// column, OutOfRange SCORE_TOO_LARGE when a score may pass 32 bits (2,147 in log welfare).
// Thread: const functions from any. Complexity: one look-up per answer; 1.1 KiB per column.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "targeting/domain/parameters.h"

namespace sepakat::targeting {

// Values 0 to 254 stand for themselves.
inline constexpr uint8_t kAnswerUnknown = 255;
// Score of a family that the model cannot score.
inline constexpr int32_t kNoScore = std::numeric_limits<int32_t>::min();

class ScoreTable {
 public:
  static absl::StatusOr<ScoreTable> Create(const Model& model, std::span<const Variable> columns);

  // `rows` holds one byte per column, family after family; `scores` one place per family.
  void Score(std::span<const uint8_t> rows, std::span<int32_t> scores) const;

 private:
  static constexpr size_t kValues = 256;
  // Between columns: one cache line more, or the common values of all columns share few places.
  static constexpr size_t kStride = kValues + 16;

  size_t columns_ = 0;
  int32_t intercept_ = 0;
  std::vector<int32_t> adds_;      // by column and value
  std::vector<size_t> necessary_;  // columns without which there is no score
};

struct ScoredRow {
  int32_t score = 0;
  uint32_t row = 0;
  auto operator<=>(const ScoredRow&) const = default;
};

// The rows that have a score in the order of (score, row); scores[i] is that of row `first + i`.
std::vector<ScoredRow> RankRows(std::span<const int32_t> scores, uint32_t first);

}  // namespace sepakat::targeting
