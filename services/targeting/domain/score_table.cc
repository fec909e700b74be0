#include "targeting/domain/score_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "common/base/radix_sort.h"
#include "common/base/status.h"
#include "targeting/domain/score.h"

namespace sepakat::targeting {

absl::StatusOr<ScoreTable> ScoreTable::Create(const Model& model,
                                              std::span<const Variable> columns) {
  ScoreTable table;
  table.columns_ = columns.size();
  std::vector<int64_t> adds(columns.size() * kStride);
  for (const ModelTerm& term : model.terms) {
    const auto at = std::ranges::find(columns, term.variable);
    if (at == columns.end()) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "MODEL_VARIABLE_MISSING",
          fmt::format("model {} asks for {}, which is no column", model.id, NameOf(term.variable)));
    }
    const auto column = static_cast<size_t>(at - columns.begin());
    for (size_t value = 0; value < kValues; ++value) {
      Features features;
      if (value != kAnswerUnknown) features.Set(term.variable, static_cast<int32_t>(value));
      const std::optional<int64_t> part = Contribution(term, features);
      adds[column * kStride + value] += part.value_or(0);
      if (!part) table.necessary_.push_back(column);
    }
  }
  int64_t largest = std::abs(model.intercept_micro);
  for (size_t column = 0; column < columns.size(); ++column) {
    int64_t most = 0;
    for (size_t value = 0; value < kValues; ++value) {
      most = std::max(most, std::abs(adds[column * kStride + value]));
    }
    largest += most;
  }
  if (largest > std::numeric_limits<int32_t>::max()) {
    return base::Error(absl::StatusCode::kOutOfRange, "SCORE_TOO_LARGE",
                       fmt::format("a score of model {} may pass 32 bits", model.id));
  }
  table.intercept_ = static_cast<int32_t>(model.intercept_micro);
  table.adds_.assign(adds.begin(), adds.end());
  return table;
}

void ScoreTable::Score(std::span<const uint8_t> rows, std::span<int32_t> scores) const {
  const uint8_t* row = rows.data();
  for (int32_t& score : scores) {
    const int32_t* column = adds_.data();
    int32_t even = intercept_;
    int32_t odd = 0;
    size_t i = 0;
    for (; i + 2 <= columns_; i += 2, column += 2 * kStride) {
      even += column[row[i]];
      odd += column[kStride + row[i + 1]];
    }
    if (i < columns_) even += column[row[i]];
    score = even + odd;
    for (const size_t needed : necessary_) {
      if (row[needed] == kAnswerUnknown) score = kNoScore;
    }
    row += columns_;
  }
}

std::vector<ScoredRow> RankRows(std::span<const int32_t> scores, uint32_t first) {
  std::vector<ScoredRow> rows;
  rows.reserve(scores.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] != kNoScore) rows.push_back({scores[i], first + static_cast<uint32_t>(i)});
  }
  std::vector<ScoredRow> scratch;
  base::RadixSort(&rows, &scratch, [](const ScoredRow& row) {
    return static_cast<uint64_t>(int64_t{row.score} - kNoScore);
  });
  return rows;
}

}  // namespace sepakat::targeting
