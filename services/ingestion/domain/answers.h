// Reads one answer by its variable rule.
//
// Thread: pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingestion/domain/code_book.h"
#include "ingestion/domain/findings.h"

namespace sepakat::ingestion {

using Row = std::vector<std::string>;

inline const std::string& Cell(const Row& row, Column column) {
  return row[static_cast<size_t>(column)];
}

enum class Asked { kYes, kNo };

struct Answer {
  std::optional<int32_t> value;
  Asked asked = Asked::kYes;
};

// True if the cell's text or its number is one of `in`.
bool IsOneOf(const std::string& cell, const std::vector<std::string>& in);
bool Holds(const Condition& condition, const Row& row);

// `cell` is the answer to `rule`; `asked` tells whether the questionnaire asked it.
std::optional<int32_t> ReadAnswer(const CodeBook& book, const VariableRule& rule,
                                  const std::string& cell, bool asked, Findings* findings);

// Joins the answers of several blocks for one variable.
std::optional<int32_t> Combined(Combine how, std::optional<int32_t> before,
                                std::optional<int32_t> next);

}  // namespace sepakat::ingestion
