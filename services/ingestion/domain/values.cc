#include "ingestion/domain/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace sepakat::ingestion {
namespace {

bool IsKnown(int32_t value) { return value != kUnknown && value != kNotAsked; }

int32_t UnknownCode(const CodeBook& book, const VariableRule& rule, std::string_view cell, int row,
                    Decision* decision) {
  decision->Flag("CODE_UNKNOWN", book.column(rule.slot), row,
                 fmt::format("column {}: {} is no code of the code book; the value is unknown",
                             book.column(rule.slot), Shown(cell)));
  return kUnknown;
}

int32_t ReadNumber(const CodeBook& book, const VariableRule& rule, const Answer& answer, int row,
                   Decision* decision) {
  int32_t value = 0;
  // `1.000` is the code 1, and a thousand where the book says that a point parts thousands.
  const char thousands = rule.coded ? '\0' : book.format.numbers.thousands_mark;
  if (answer.number && (thousands == 0 || answer.text.find(thousands) == std::string_view::npos)) {
    value = *answer.number;
  } else {
    const std::optional<Decimal> number = ParseDecimal(answer.text, book.format.numbers);
    const std::optional<int64_t> rounded = number ? Scaled(*number, {}, 1, 0) : std::nullopt;
    if (!rounded) {
      decision->Flag("NOT_A_NUMBER", book.column(rule.slot), row,
                     fmt::format("column {}: {} is no number; the value is unknown",
                                 book.column(rule.slot), Shown(answer.text)));
      return kUnknown;
    }
    value = static_cast<int32_t>(std::clamp<int64_t>(*rounded, INT32_MIN + 2, INT32_MAX));
  }
  if (value >= rule.low && value <= rule.high) return value;
  if (rule.coded) return UnknownCode(book, rule, answer.text, row, decision);
  decision->Flag("OUT_OF_RANGE", book.column(rule.slot), row,
                 fmt::format("column {}: {} lies outside {} to {}; the value is unknown",
                             book.column(rule.slot), Shown(answer.text), rule.low, rule.high));
  return kUnknown;
}

}  // namespace

bool Hold(const std::vector<Condition>& conditions, const RawRecord& record, int row) {
  for (const Condition& condition : conditions) {
    const std::string_view cell =
        row >= 0 ? record.cell(row, condition.slot) : record.FirstFilled(condition.slot, nullptr);
    if (!cell.empty() && !condition.in.Contains(Answer(cell))) return false;
  }
  return true;
}

int32_t ReadValue(const CodeBook& book, const VariableRule& rule, std::string_view cell, int row,
                  bool asked, Decision* decision) {
  if (cell.empty()) {
    if (!asked) return kNotAsked;
    if (rule.required) {
      decision->Flag("VALUE_MISSING", book.column(rule.slot), row,
                     fmt::format("column {} must be answered", book.column(rule.slot)));
    }
    return kUnknown;
  }
  const Answer answer(cell);
  if (!asked) {
    if (!rule.missing.Contains(answer)) {
      decision->Flag(
          "SKIP_VIOLATED", book.column(rule.slot), row,
          fmt::format("column {} is answered although it was not to be asked; the answer "
                      "is left aside",
                      book.column(rule.slot)));
    }
    return kNotAsked;
  }
  if (rule.missing.Contains(answer)) return kUnknown;
  if (rule.same) return ReadNumber(book, rule, answer, row, decision);
  if (const std::optional<int32_t> value = rule.codes.Find(answer)) return *value;
  return UnknownCode(book, rule, cell, row, decision);
}

int32_t CombineValues(Combine how, int32_t before, int32_t value) {
  if (!IsKnown(before)) return value == kUnknown && before == kNotAsked ? before : value;
  if (!IsKnown(value)) return before;
  switch (how) {
    case Combine::kFirst:
      return before;
    case Combine::kMax:
      return std::max(before, value);
    case Combine::kMin:
      return std::min(before, value);
    case Combine::kSum:
      return before + value;
  }
  return before;
}

}  // namespace sepakat::ingestion
