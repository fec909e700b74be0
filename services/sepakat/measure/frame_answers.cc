#include <cmath>
#include <numeric>

#include "common/base/date.h"
#include "common/canonical/variables.h"
#include "ingestion/domain/values.h"
#include "sepakat/measure/cells.h"
#include "sepakat/measure/dense_codes.h"
#include "sepakat/measure/frame.h"

namespace sepakat::measure {

using ingestion::CodeSet;

namespace {

constexpr int kOldest = 130;

}  // namespace

std::vector<double> Frame::NumbersOf(std::string_view column) const {
  return Kept(table_.FindNumbers(column)->values);
}

std::vector<double> Frame::FamilyNumbersOf(std::string_view column) const {
  return Kept(Filled(*table_.FindNumbers(column), false));
}

std::vector<std::string> Frame::number_columns() const {
  std::vector<std::string> names;
  for (const auto& [name, column] : table_.numbers) names.push_back(name);
  return names;
}

std::vector<uint32_t> Frame::CellsOf(const Categories& column, bool of_family) const {
  return of_family ? Filled(column, true) : column.codes;
}

std::vector<double> Frame::WeightsOf(std::string_view column) const {
  std::vector<double> weights = FamilyNumbersOf(column);
  for (size_t i = 0; i < persons_per_row_.size(); ++i) weights[i] *= persons_per_row_[i];
  return weights;
}

std::vector<measures::Answer> Frame::AnswersOf(std::string_view name, const CodeSet& yes,
                                               const std::optional<CodeSet>& no,
                                               const CodeSet& missing) const {
  const Categories& column = *table_.FindCategories(name);
  return Kept(ByCode<measures::Answer>(column, column.codes, [&](uint32_t code) {
    if (code == kEmptyCell || HoldsCode(missing, column, code)) return measures::Answer::kUnknown;
    if (HoldsCode(yes, column, code)) return measures::Answer::kYes;
    if (no && !HoldsCode(*no, column, code)) return measures::Answer::kUnknown;
    return measures::Answer::kNo;
  }));
}

std::vector<measures::Answer> Frame::ReceiptOf(const Name& programme) const {
  if (programme.kind == Name::kProgramme) {
    const ingestion::ProgrammeColumn& role = book_->survey.programmes[programme.index];
    const Categories& column = *table_.FindCategories(role.column);
    return Kept(
        ByCode<measures::Answer>(column, CellsOf(column, role.of_family), [&](uint32_t code) {
          if (code == kEmptyCell || HoldsCode(role.missing, column, code)) {
            return measures::Answer::kUnknown;
          }
          if (HoldsCode(role.received, column, code)) return measures::Answer::kYes;
          if (role.not_received && !HoldsCode(*role.not_received, column, code)) {
            return measures::Answer::kUnknown;
          }
          return measures::Answer::kNo;
        }));
  }
  // 1 and 0, as variables `aid_...` and columns of flags have them.
  std::vector<measures::Answer> answers;
  for (const double value : IndicatorOf(programme).values) {
    answers.push_back(value == 1   ? measures::Answer::kYes
                      : value == 0 ? measures::Answer::kNo
                                   : measures::Answer::kUnknown);
  }
  return answers;
}

std::optional<std::string> Frame::OddReceipt(const Name& programme) const {
  if (programme.kind == Name::kProgramme) return std::nullopt;
  const auto clear = [](double value) { return value == 0 || value == 1; };
  if (programme.kind == Name::kColumn) {
    const Categories& column = *table_.FindCategories(programme.text);
    for (uint32_t code = 0; code < column.texts.size(); ++code) {
      if (code == kEmptyCell || clear(NumberOf(column, code, book_->format.numbers))) continue;
      return column.texts[code];
    }
    return std::nullopt;
  }
  const std::vector<double> values = IndicatorOf(programme).values;
  const auto odd = std::ranges::find_if(
      values, [&](double value) { return !std::isnan(value) && !clear(value); });
  if (odd == values.end()) return std::nullopt;
  return NumberText(*odd);
}

std::vector<double> Frame::AmountOf(const Name& programme) const {
  if (programme.kind != Name::kProgramme) return {};
  const ingestion::ProgrammeColumn& role = book_->survey.programmes[programme.index];
  if (role.amount_column.empty()) return {};
  const Numbers& column = *table_.FindNumbers(role.amount_column);
  return Kept(role.of_family ? Filled(column, true) : column.values);
}

std::vector<int32_t> Frame::FamilyVariable(int variable) const {
  const std::vector<int32_t>& by_family = families_->Of(variable);
  std::vector<int32_t> by_row(static_cast<size_t>(table_.rows));
  for (size_t row = 0; row < by_row.size(); ++row)
    by_row[row] = by_family[families_->FamilyOf(row)];
  return Kept(std::move(by_row));
}

std::vector<int32_t> Frame::FamilySizes() const {
  std::vector<int32_t> by_row(static_cast<size_t>(table_.rows));
  for (size_t row = 0; row < by_row.size(); ++row) {
    const int32_t persons = families_->persons()[families_->FamilyOf(row)];
    by_row[row] = persons > 0 ? persons : ingestion::kUnknown;
  }
  return Kept(std::move(by_row));
}

std::vector<int32_t> Frame::Ages() const {
  std::vector<int32_t> ages(static_cast<size_t>(table_.rows), ingestion::kUnknown);
  for (const ingestion::VariableRule& rule : book_->variables) {
    if (rule.item == ingestion::Item::kAge) {
      const std::vector<int32_t> values = ValuesUnder(rule);
      for (size_t row = 0; row < ages.size(); ++row) {
        if (ages[row] == ingestion::kUnknown) ages[row] = values[row];
      }
    }
    if (rule.item != ingestion::Item::kBirthDate) continue;
    // A date goes before an age.
    const Categories& column = *table_.FindCategories(book_->column(rule.slot));
    const auto born = ByCode<std::optional<int32_t>>(column, column.codes, [&](uint32_t code) {
      return HoldsCode(rule.missing, column, code) ? std::nullopt
                                                   : rule.date.Read(column.texts[code]);
    });
    for (size_t row = 0; row < ages.size(); ++row) {
      if (!born[row]) continue;
      const int32_t on = families_->observed_on()[families_->FamilyOf(row)];
      const int years = base::AgeInYears(*born[row], on);
      if (years >= 0 && years <= kOldest) ages[row] = years;
    }
  }
  return ages;
}

std::vector<int32_t> Frame::ValuesUnder(const ingestion::VariableRule& rule) const {
  const bool of_family = !rule.item.has_value();
  const Categories& column = *table_.FindCategories(book_->column(rule.slot));
  std::vector<int32_t> values =
      ByCode<int32_t>(column, CellsOf(column, of_family), [&](uint32_t code) -> int32_t {
        if (code == kEmptyCell || HoldsCode(rule.missing, column, code)) {
          return ingestion::kUnknown;
        }
        if (!rule.same) return FindCode(rule.codes, column, code).value_or(ingestion::kUnknown);
        const double number = NumberOf(column, code, book_->format.numbers);
        const bool inside = number >= rule.low && number <= rule.high;
        return inside ? static_cast<int32_t>(std::lround(number)) : ingestion::kUnknown;
      });
  for (const ingestion::Condition& condition : rule.asked_if) {
    const std::vector<uint32_t> codes =
        CellsOf(*table_.FindCategories(book_->column(condition.slot)), of_family);
    for (size_t row = 0; row < values.size(); ++row) {
      if (!Holds(condition, codes, row)) values[row] = ingestion::kNotAsked;
    }
  }
  if (!rule.item || !rule.has_ages()) return values;
  const std::vector<int32_t> ages = Ages();
  for (size_t row = 0; row < values.size(); ++row) {
    const bool known = ages[row] != ingestion::kUnknown && ages[row] != ingestion::kNotAsked;
    const bool asked = !known || (ages[row] >= rule.from_age && ages[row] <= rule.to_age);
    if (!asked) values[row] = ingestion::kNotAsked;
  }
  return values;
}

std::vector<int32_t> Frame::ValuesOfVariable(const ingestion::VariableRule& first) const {
  if (first.item == ingestion::Item::kAge || first.item == ingestion::Item::kBirthDate) {
    return Ages();
  }
  std::vector<int32_t> combined(static_cast<size_t>(table_.rows), ingestion::kUnknown);
  for (const ingestion::VariableRule& rule : book_->variables) {
    if (rule.item != first.item || rule.variable != first.variable) continue;
    const std::vector<int32_t> values = ValuesUnder(rule);
    for (size_t row = 0; row < values.size(); ++row) {
      combined[row] = ingestion::CombineValues(rule.combine, combined[row], values[row]);
    }
  }
  return combined;
}

Frame::IndicatorValues Frame::IndicatorOf(const Name& name) const {
  IndicatorValues result;
  result.asked.assign(size(), true);
  if (name.kind == Name::kVariable || name.kind == Name::kDerived) {
    std::vector<int32_t> combined;
    if (name.kind == Name::kDerived) {
      combined = FamilyVariable(static_cast<int>(name.index));
      result.is_number = !canonical::IsCoded(canonical::FindVariable(name.text)->high);
    } else {
      combined = Kept(ValuesOfVariable(book_->variables[name.index]));
      result.is_number = !book_->variables[name.index].coded;
    }
    for (size_t i = 0; i < combined.size(); ++i) {
      result.asked[i] = combined[i] != ingestion::kNotAsked;
      const bool known = result.asked[i] && combined[i] != ingestion::kUnknown;
      result.values.push_back(known ? combined[i] : kUnknownNumber);
    }
    return result;
  }
  if (name.kind == Name::kColumn) {
    const Categories& column = *table_.FindCategories(name.text);
    result.is_number = true;
    result.values = Kept(ByCode<double>(column, column.codes, [&](uint32_t code) {
      return NumberOf(column, code, book_->format.numbers);
    }));
    return result;
  }
  const ingestion::IndicatorColumn& role = book_->survey.indicators[name.index];
  const Categories& column = *table_.FindCategories(role.column);
  const std::vector<uint32_t> codes = CellsOf(column, role.of_family);
  result.is_number = role.is_number;
  if (role.is_number) {
    const Numbers& numbers = *table_.FindNumbers(role.column);
    result.values = role.of_family ? Filled(numbers, true) : numbers.values;
    for (size_t row = 0; row < codes.size(); ++row) {
      if (HoldsCode(role.missing, column, codes[row])) result.values[row] = kUnknownNumber;
    }
    result.values = Kept(std::move(result.values));
  } else {
    result.values = Kept(ByCode<double>(column, codes, [&](uint32_t code) -> double {
      if (role.filled_is_yes && !HoldsCode(role.missing, column, code)) return code != kEmptyCell;
      if (code == kEmptyCell || HoldsCode(role.missing, column, code)) return kUnknownNumber;
      if (HoldsCode(role.yes, column, code)) return 1;
      return role.no && !HoldsCode(*role.no, column, code) ? kUnknownNumber : 0;
    }));
  }
  for (const ingestion::Among& among : role.among) {
    const Categories& asked = *table_.FindCategories(among.column);
    // 0: not among them; 1: among them; 2: not known.
    const std::vector<int> inside = Kept(ByCode<int>(asked, asked.codes, [&](uint32_t code) {
      if (code == kEmptyCell) return 2;
      if (among.in) return static_cast<int>(HoldsCode(*among.in, asked, code));
      const double number = NumberOf(asked, code, book_->format.numbers);
      if (std::isnan(number)) return 2;
      return static_cast<int>(number >= among.low && number <= among.high);
    }));
    for (size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] == 0) result.asked[i] = false;
      if (inside[i] != 1) result.values[i] = kUnknownNumber;
    }
  }
  return result;
}

std::vector<int64_t> Frame::CodesOf(std::span<const std::string> columns) const {
  std::vector<uint32_t> codes(static_cast<size_t>(table_.rows), 0);
  std::vector<bool> known(codes.size(), true);
  for (const std::string& name : columns) {
    if (name == ingestion::kRowNumberColumn) {
      std::vector<int64_t> numbers(codes.size());
      std::iota(numbers.begin(), numbers.end(), int64_t{0});
      return Kept(std::move(numbers));
    }
    const std::vector<uint32_t> part = Filled(*table_.FindCategories(name), false);
    for (size_t row = 0; row < part.size(); ++row) {
      if (part[row] == kEmptyCell) known[row] = false;
    }
    codes = Combine(codes, part).codes;
  }
  std::vector<int64_t> by_row(codes.size());
  for (size_t row = 0; row < codes.size(); ++row) {
    by_row[row] = known[row] ? static_cast<int64_t>(codes[row]) : -1;
  }
  return Kept(std::move(by_row));
}

}  // namespace sepakat::measure
