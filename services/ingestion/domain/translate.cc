#include "ingestion/domain/translate.h"

#include <fmt/format.h>

#include <span>

#include "common/base/date.h"
#include "common/base/region_code.h"
#include "ingestion/domain/edits.h"
#include "ingestion/domain/text.h"
#include "ingestion/domain/values.h"

namespace sepakat::ingestion {
namespace {

struct ProblemText {
  std::string_view reason;
  std::string_view message;
};

ProblemText Describe(RowProblemKind kind) {
  switch (kind) {
    case RowProblemKind::kWrongNumberOfCells:
      return {
          "WRONG_NUMBER_OF_CELLS",
          "the line has {} cells, another number than the header; look for a separator inside a "
          "cell without quotes"};
    case RowProblemKind::kStrayQuote:
      return {"STRAY_QUOTE",
              "a quote inside a quoted cell at byte {}; write it twice, or quote the whole cell"};
    case RowProblemKind::kUnterminatedQuote:
      return {"UNTERMINATED_QUOTE", "a quote is opened and never closed (byte {})"};
    case RowProblemKind::kLineTooLong:
      return {"LINE_TOO_LONG", "the line is longer than 10 MB (from byte {})"};
    case RowProblemKind::kInvalidUtf8:
      break;
  }
  return {"INVALID_UTF8", ""};
}

// Digits of a region code only; anything else may be personal.
std::string ShownCode(std::string_view code) {
  if (code.size() > 13) return "the code";
  for (const char c : code) {
    if ((c < '0' || c > '9') && c != '.') return "the code";
  }
  return fmt::format("'{}'", code);
}

// The cells of `slots` with `/` between them; empty when one of them is.
std::string Joined(const RawRecord& record, const std::vector<int>& slots) {
  std::string text;
  for (const int slot : slots) {
    const std::string_view part = record.FirstFilled(slot, nullptr);
    if (part.empty()) return {};
    if (!text.empty()) text.push_back('/');
    text.append(part);
  }
  return text;
}

}  // namespace

void FamilyIdentity(const CodeBook& book, const RawRecord& record, std::string* identity) {
  *identity = Joined(record, book.family_slots);
}

std::string_view SubmissionCell(const CodeBook& book, const RawRecord& record) {
  if (book.submission_slot == kNoSlot) return {};
  return record.FirstFilled(book.submission_slot, nullptr);
}

void Translator::Decide(const RawRecord& record, std::string_view identity, int32_t today,
                        Decision* decision) {
  decision_ = decision;
  decision->Clear();
  CheckRows(record);
  if (record.rows() == 0) return;
  CheckIdentity(record, identity);
  members_.Select(book_, record);
  ReadObservation(record, today);
  ReadSize(record);
  ReadRegion(record);
  ReadWeight(record);
  if (decision->family.size > 0) ReadWelfare(record);
  ReadDesign(record);
  ReadFamilyVariables(record);
  members_.Read(book_, record, decision->family.observed_on, decision);
  if (book_.person_rows) members_.Derive(book_, decision);
  CheckEdits(book_, record, members_, decision);
}

void Translator::CheckRows(const RawRecord& record) {
  for (const RowProblem& problem : record.problems()) {
    const ProblemText text = Describe(problem.kind);
    if (problem.kind == RowProblemKind::kInvalidUtf8) {
      const auto slot = static_cast<int>(problem.place);
      const size_t at = FirstInvalidUtf8(problem.raw);
      decision_->Flag(text.reason, book_.column(slot), problem.row,
                      fmt::format("column {}: byte {} of the cell is no UTF-8; the cell counts as "
                                  "empty (is the encoding windows-1252?)",
                                  book_.column(slot), at + 1));
    } else {
      decision_->Reject(text.reason, "", problem.row,
                        fmt::format(fmt::runtime(text.message), problem.place));
    }
  }
  if (record.rows() == 0 && !decision_->rejected) {
    decision_->Reject("WRONG_NUMBER_OF_CELLS", "", 0, "the record has no row");
  }
}

void Translator::CheckIdentity(const RawRecord& record, std::string_view identity) {
  const int slot = book_.family_slots.front();
  if (identity.empty()) {
    decision_->Reject("FAMILY_ID_MISSING", book_.column(slot), 0,
                      fmt::format("column {} must name the family", book_.column(slot)));
  } else if (book_.family_is_kk && !IsDigits(record.FirstFilled(slot, nullptr), 16)) {
    decision_->Reject("KK_INVALID", book_.column(slot), 0,
                      fmt::format("column {}: a family card number has 16 digits; this one is a "
                                  "text of {} bytes",
                                  book_.column(slot), identity.size()));
  }
}

void Translator::ReadObservation(const RawRecord& record, int32_t today) {
  Family& family = decision_->family;
  if (book_.observed_slots.empty()) {
    family.observed_on = book_.observed_default.value_or(today);
    return;
  }
  const int slot = book_.observed_slots.front();
  int row = 0;
  std::string_view cell = record.FirstFilled(slot, &row);
  if (book_.observed_in_parts && !cell.empty()) {
    constexpr size_t kParts = 3;
    code_ = cell;
    for (size_t i = 1; i < kParts; ++i) {
      code_.push_back('-');
      code_.append(i < book_.observed_slots.size()
                       ? record.FirstFilled(book_.observed_slots[i], nullptr)
                       : std::string_view("1"));
    }
    cell = code_;
  }
  const std::optional<int32_t> day = book_.observed_format.Read(cell);
  if (day && *day <= today) {
    family.observed_on = *day;
    return;
  }
  const std::string_view reason =
      cell.empty() ? "DATE_MISSING" : (day ? "FUTURE_DATE" : "IMPOSSIBLE_DATE");
  std::string message =
      fmt::format("column {}: {}", book_.column(slot),
                  cell.empty() ? "the day of observation is missing"
                               : (day ? "the day of observation lies in the future"
                                      : "this is no date of the calendar in the book's format"));
  family.observed_on = book_.observed_default.value_or(today);
  if (book_.observed_default) {
    decision_->Flag(reason, book_.column(slot), row, std::move(message));
  } else {
    decision_->Reject(reason, book_.column(slot), row, std::move(message));
  }
}

void Translator::ReadSize(const RawRecord& record) {
  int32_t& size = decision_->family.size;
  if (book_.size_slot == kNoSlot) {
    size = book_.size_value.value_or(members_.size());
    if (size > kSizeLimit || size == 0) {
      decision_->Reject("SIZE_INVALID", "", 0,
                        size == 0
                            ? std::string("no row of the family is a member")
                            : fmt::format("a family of {} rows; at most {}", size, kSizeLimit));
      size = 0;
    }
    return;
  }
  int row = 0;
  const std::string_view cell = record.FirstFilled(book_.size_slot, &row);
  const std::string_view column = book_.column(book_.size_slot);
  const std::optional<int32_t> number = SmallInteger(cell);
  if (cell.empty() || book_.size_missing.Contains(Answer(cell))) {
    decision_->Reject("SIZE_MISSING", column, 0,
                      fmt::format("column {}: the number of members is missing", column));
  } else if (!number || *number < 1 || *number > kSizeLimit) {
    decision_->Reject("SIZE_INVALID", column, row,
                      fmt::format("column {}: {} is no number of members (1 to {})", column,
                                  Shown(cell), kSizeLimit));
  } else {
    size = *number;
    if (book_.person_rows && size != members_.size()) {
      decision_->Flag(
          "SIZE_DIFFERS", column, row,
          fmt::format("column {} says {} members, the file has {} rows of members of the "
                      "family",
                      column, size, members_.size()));
    }
  }
  if (book_.person_rows) FlagIfRowsDiffer(record, book_.size_slot, "DIFFERS_IN_FAMILY");
}

void Translator::ReadRegion(const RawRecord& record) {
  const RegionRole& role = book_.region;
  if (!role.value.empty()) {
    ResolveRegion(record, role.value, role.value);
    return;
  }
  code_.clear();
  for (size_t i = 0; i < role.slots.size(); ++i) {
    const std::string_view part = WithoutZeroFraction(record.FirstFilled(role.slots[i], nullptr));
    if (book_.person_rows) FlagIfRowsDiffer(record, role.slots[i], "DIFFERS_IN_FAMILY");
    if (part.empty()) break;  // Known down to the level before.
    if (i > 0) code_.push_back('.');
    const std::optional<int32_t> number = role.pad.empty() ? std::nullopt : SmallInteger(part);
    if (number && *number >= 0) {
      code_.append(fmt::format("{:0{}}", *number, role.pad[i]));
    } else {
      code_.append(part);
    }
  }
  const std::string_view column = book_.column(role.slots.front());
  if (code_.empty()) {
    decision_->Reject("REGION_MISSING", column, 0,
                      fmt::format("column {}: the region code is missing", column));
    return;
  }
  if (!role.map.empty()) {
    auto mapped = role.map.find(code_);
    if (const std::optional<int32_t> number = SmallInteger(code_);
        mapped == role.map.end() && number) {
      mapped = role.map.find(fmt::format("{}", *number));
    }
    if (mapped == role.map.end()) {
      decision_->Reject("REGION_UNKNOWN", column, 0,
                        fmt::format("column {}: {} is not in the code book's map of regions",
                                    column, ShownCode(code_)));
      return;
    }
    code_ = mapped->second;
  } else if (role.slots.size() == 1 && code_.find('.') == std::string::npos &&
             regions_.Newest().Find(code_) == nullptr) {
    if (std::string dotted = base::WithDots(code_); !dotted.empty()) code_ = std::move(dotted);
  }
  ResolveRegion(record, code_, code_);
}

void Translator::ResolveRegion(const RawRecord& record, std::string_view code,
                               std::string_view shown) {
  const int slot = book_.region.slots.empty() ? kNoSlot : book_.region.slots.front();
  Family& family = decision_->family;
  const RegionMaster& dated = regions_.At(family.observed_on);
  if (const Region* region = dated.Find(code)) {
    family.region = region->code;
    return;
  }
  const RegionMaster& newest = regions_.Newest();
  if (const Region* region = newest.Find(code)) {
    family.region = region->code;
    return;
  }
  const Region* known = newest.Deepest(code);
  std::string suggestion;
  if (book_.region_name_slot != kNoSlot && known != nullptr) {
    const std::string_view name = record.FirstFilled(book_.region_name_slot, nullptr);
    for (const Region* near :
         name.size() < 3 ? std::vector<const Region*>() : newest.WithName(name, known->code, 3)) {
      suggestion +=
          fmt::format("{} {} ({})", suggestion.empty() ? "; perhaps" : ",", near->code, near->name);
    }
  }
  if (known == nullptr || known->level < 2) {
    decision_->Reject("REGION_UNKNOWN", book_.column(slot), 0,
                      fmt::format("region {} is not in the region master", ShownCode(shown)));
    return;
  }
  family.region = known->code;
  decision_->Flag(
      "REGION_PARTLY_KNOWN", book_.column(slot), 0,
      fmt::format("region {} is not in the region master; the family counts in {} ({}){}",
                  ShownCode(shown), known->code, known->name, suggestion));
}

std::optional<Decimal> Translator::MeanWeight(const RawRecord& record, const Decimal& first) const {
  Decimal sum{0, 0};
  for (const int row : members_.rows()) {
    const std::string_view cell = record.cell(row, book_.weight_slot);
    const std::optional<Decimal> weight =
        cell.empty() ? std::optional<Decimal>(first) : ParseDecimal(cell, book_.format.numbers);
    const std::optional<Decimal> next =
        weight && weight->digits > 0 ? Add(sum, *weight) : std::nullopt;
    if (!next) return std::nullopt;
    sum = *next;
  }
  const int decimals = book_.population.weight_decimals;
  const std::optional<int64_t> mean =
      members_.size() == 0 ? std::nullopt : Scaled(sum, {}, members_.size(), decimals);
  if (!mean) return std::nullopt;
  return Decimal{*mean, decimals};
}

void Translator::ReadWeight(const RawRecord& record) {
  if (members_.size() == 0) return;  // Refused already.
  Family& family = decision_->family;
  const int decimals = book_.population.weight_decimals;
  std::optional<Decimal> weight = book_.weight_value;
  std::string_view column;
  std::string_view cell;
  if (book_.weight_slot != kNoSlot) {
    column = book_.column(book_.weight_slot);
    cell = record.FirstFilled(book_.weight_slot, nullptr);
    if (cell.empty() || book_.weight_missing.Contains(Answer(cell))) {
      decision_->Reject("WEIGHT_MISSING", column, 0,
                        fmt::format("column {}: the weight is missing", column));
      return;
    }
    if (book_.person_rows) FlagIfRowsDiffer(record, book_.weight_slot, "WEIGHTS_DIFFER");
    weight = ParseDecimal(cell, book_.format.numbers);
    if (book_.weight_per_person && weight) weight = MeanWeight(record, *weight);
  }
  const int64_t limit = kPersonWeightLimit / (family.size > 0 ? family.size : 1);
  const std::optional<int64_t> scaled = weight ? Scaled(*weight, {}, 1, decimals) : std::nullopt;
  if (scaled && *scaled > 0 && *scaled < limit) {
    family.weight = *scaled;
    return;
  }
  std::string why;
  if (!weight) {
    why = NoNumber(cell);
  } else if (weight->digits <= 0) {
    why = "a weight is above zero";
  } else if (scaled && *scaled == 0) {
    why = fmt::format("the weight is zero at the {} decimals that the population keeps", decimals);
  } else {
    why = fmt::format(
        "weight times members stays below {} at the {} decimals that the population "
        "keeps; keep fewer (weight_decimals)",
        kPersonWeightLimit / base::PowerOfTen(decimals), decimals);
  }
  decision_->Reject("WEIGHT_INVALID", column, 0, fmt::format("column {}: {}", column, why));
}

std::string Translator::NoNumber(std::string_view cell) const {
  const NumberFormat& numbers = book_.format.numbers;
  return fmt::format("{} is no number written with the decimal mark '{}' and {} (see [format])",
                     Shown(cell), numbers.decimal_mark,
                     numbers.thousands_mark == 0
                         ? std::string("no thousands mark")
                         : fmt::format("the thousands mark '{}'", numbers.thousands_mark));
}

// Sets `sum` to the amount of the record and gives an empty text; or says what is wrong. No amount
// and no text: it is not known.
std::string Translator::AddAmounts(const RawRecord& record, std::optional<Decimal>* sum) {
  const WelfareRole& role = *book_.welfare;
  static constexpr int kOnce[] = {0};
  const std::span<const int> rows =
      role.of == AmountOf::kMember ? std::span<const int>(members_.rows()) : kOnce;
  Decimal total{0, 0};
  for (const int slot : role.slots) {
    if (book_.person_rows && role.of != AmountOf::kMember)
      FlagIfRowsDiffer(record, slot, "DIFFERS_IN_FAMILY");
    for (const int row : rows) {
      const std::string_view cell =
          role.of == AmountOf::kMember ? record.cell(row, slot) : record.FirstFilled(slot, nullptr);
      if (cell.empty() && role.empty_is_zero) continue;
      if (cell.empty() || role.missing.Contains(Answer(cell))) return {};
      const std::optional<Decimal> part = ParseDecimal(cell, book_.format.numbers);
      if (!part) return fmt::format("column {}: {}", book_.column(slot), NoNumber(cell));
      const std::optional<Decimal> next = Add(total, *part);
      if (!next) return fmt::format("column {}: the amount is too large", book_.column(slot));
      total = *next;
    }
  }
  *sum = total;
  return {};
}

void Translator::ReadWelfare(const RawRecord& record) {
  if (!book_.welfare) return;
  const WelfareRole& role = *book_.welfare;
  const int decimals = book_.population.welfare_decimals;
  Family& family = decision_->family;
  const std::string_view column = book_.column(role.slots.front());
  std::optional<Decimal> sum;
  std::string why = AddAmounts(record, &sum);
  if (!sum && why.empty()) return;
  if (sum && role.exponential) sum = RoundedExp(*sum, decimals);
  const std::optional<int64_t> welfare =
      sum ? Scaled(*sum, role.factor, role.of == AmountOf::kPerson ? 1 : family.size, decimals)
          : std::nullopt;
  if (welfare && *welfare >= 0 && *welfare < kWelfareLimit) {
    family.welfare = *welfare;
    return;
  }
  if (why.empty() && welfare && *welfare < 0) {
    why = fmt::format("column {}: the amount is negative", column);
  } else if (why.empty()) {
    why = fmt::format(
        "column {}: an amount per head stays below {} at the {} decimals that the "
        "population keeps",
        column, kWelfareLimit / base::PowerOfTen(decimals), decimals);
  }
  decision_->Flag("WELFARE_INVALID", column, 0, fmt::format("{}; the welfare is unknown", why));
}

void Translator::ReadDesign(const RawRecord& record) {
  Family& family = decision_->family;
  family.stratum = Joined(record, book_.stratum_slots);
  family.psu = Joined(record, book_.psu_slots);
  if (book_.official_decile_slot == kNoSlot) return;
  const std::string_view cell = record.FirstFilled(book_.official_decile_slot, nullptr);
  if (cell.empty()) return;
  if (book_.decile_missing.Contains(Answer(cell))) return;
  const std::optional<int32_t> decile = SmallInteger(cell);
  if (decile && *decile >= 1 && *decile <= 10) {
    family.official_decile = *decile;
    return;
  }
  const std::string_view column = book_.column(book_.official_decile_slot);
  decision_->Flag("OUT_OF_RANGE", column, 0,
                  fmt::format("column {}: {} is no decile from 1 to 10", column, Shown(cell)));
}

void Translator::ReadFamilyVariables(const RawRecord& record) {
  for (const VariableRule& rule : book_.variables) {
    if (rule.item) continue;
    int row = 0;
    const std::string_view cell = record.FirstFilled(rule.slot, &row);
    const bool asked = Hold(rule.asked_if, record, -1);
    const int32_t value = ReadValue(book_, rule, cell, row < 0 ? 0 : row, asked, decision_);
    int32_t& place = decision_->family.values[static_cast<size_t>(rule.variable)];
    place = CombineValues(rule.combine, place, value == kNotAsked ? kUnknown : value);
  }
}

void Translator::FlagIfRowsDiffer(const RawRecord& record, int slot, std::string_view reason) {
  const std::string_view first = record.FirstFilled(slot, nullptr);
  for (const int row : members_.rows()) {
    const std::string_view cell = record.cell(row, slot);
    if (cell.data() == first.data() || cell.empty() || cell == first) continue;
    decision_->Flag(reason, book_.column(slot), row,
                    fmt::format("column {} differs between the rows of the family; the first "
                                "value holds",
                                book_.column(slot)));
    return;
  }
}

}  // namespace sepakat::ingestion
