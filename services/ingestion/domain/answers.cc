#include "ingestion/domain/answers.h"

#include <algorithm>

#include <fmt/format.h>

#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

// Codes compare as numbers where both are numbers, so `1`, `01` and `1.0` are one answer.
bool SameAnswer(const std::string& cell, const std::string& code) {
  if (cell == code) return true;
  const auto a = SmallInteger(cell);
  return a && a == SmallInteger(code);
}

}  // namespace

bool IsOneOf(const std::string& cell, const std::vector<std::string>& in) {
  return std::ranges::any_of(in, [&](const std::string& code) { return SameAnswer(cell, code); });
}

bool Holds(const Condition& condition, const Row& row) {
  return IsOneOf(Cell(row, condition.column), condition.in);
}

std::optional<int32_t> ReadAnswer(const CodeBook& book, const VariableRule& rule,
                                  const std::string& cell, bool asked, Findings* findings) {
  const std::string& name = book.columns[static_cast<size_t>(rule.column)];
  if (cell.empty()) {
    if (asked && rule.required) {
      findings->Flag("VALUE_MISSING", rule.column, fmt::format("Kolom {} harus diisi", name));
    }
    return std::nullopt;
  }
  if (IsOneOf(cell, rule.missing)) return std::nullopt;
  if (!asked) {
    findings->Flag("SKIP_VIOLATED", rule.column,
                   fmt::format("Kolom {} tidak ditanyakan untuk jawaban ini; isinya diabaikan",
                               name));
    return std::nullopt;
  }
  std::optional<int32_t> value = SmallInteger(cell);
  if (rule.same) {
    if (!value) {
      const auto number = ParseDecimal(cell, book.format.numbers);
      const auto rounded = number ? Scaled(*number, {}, 1, 0) : std::nullopt;
      if (rounded && *rounded >= INT32_MIN && *rounded <= INT32_MAX) {
        value = static_cast<int32_t>(*rounded);
      }
    }
    if (!value) {
      findings->Flag("NOT_A_NUMBER", rule.column,
                     fmt::format("Kolom {} berisi {}, bukan angka", name, Shown(cell)));
      return std::nullopt;
    }
  } else {
    const auto code = value ? rule.codes.find(*value) : rule.codes.end();
    if (code != rule.codes.end()) {
      value = code->second;
    } else if (rule.other && value) {
      value = *rule.other;
    } else {
      findings->Flag("CODE_UNKNOWN", rule.column,
                     fmt::format("Kolom {} berisi kode {} yang tidak ada dalam buku kode", name,
                                 Shown(cell)));
      return std::nullopt;
    }
  }
  if (*value < rule.range.lowest || *value > rule.range.highest) {
    findings->Flag(rule.same ? "OUT_OF_RANGE" : "CODE_UNKNOWN", rule.column,
                   fmt::format("Kolom {} berisi {}; yang sah {} sampai {}", name, *value,
                               rule.range.lowest, rule.range.highest));
    return std::nullopt;
  }
  return value;
}

std::optional<int32_t> Combined(Combine how, std::optional<int32_t> before,
                                std::optional<int32_t> next) {
  if (!before) return next;
  if (!next) return before;
  switch (how) {
    case Combine::kNone:
    case Combine::kFirst:
      return before;
    case Combine::kMax:
      return std::max(*before, *next);
    case Combine::kMin:
      return std::min(*before, *next);
    case Combine::kSum:
      return *before + *next;
  }
  return before;
}

}  // namespace sepakat::ingestion
