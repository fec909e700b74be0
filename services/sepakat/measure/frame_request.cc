#include "sepakat/measure/frame_request.h"

#include <algorithm>

namespace sepakat::measure {
namespace {

using ingestion::CodeBook;

bool IsAge(const ingestion::VariableRule& rule) {
  return rule.item == ingestion::Item::kAge || rule.item == ingestion::Item::kBirthDate;
}

// What its own age says of a member, or whether it was asked at all.
bool UsesAge(const ingestion::VariableRule& rule) { return IsAge(rule) || rule.has_ages(); }

class Wanted {
 public:
  Wanted(const CodeBook& book, TableRequest* request) : book_(book), request_(*request) {}

  void Number(int slot, const ingestion::CodeSet& missing) {
    if (slot == ingestion::kNoSlot) return;
    request_.numbers.emplace(book_.column(slot));
    request_.missing_numbers.emplace(book_.column(slot), missing);
  }
  void Category(int slot) {
    if (book_.column(slot) == ingestion::kRowNumberColumn) return;
    request_.categories.emplace(book_.column(slot));
  }
  void Conditions(const std::vector<ingestion::Condition>& conditions) {
    for (const ingestion::Condition& condition : conditions) Category(condition.slot);
  }
  void Categories(const std::vector<int>& slots) {
    for (const int slot : slots) Category(slot);
  }
  void Population(const std::optional<ingestion::FinitePopulation>& population) {
    if (population) request_.numbers.insert(population->column);
  }

  void Take(const Name& name) {
    const ingestion::SurveyRoles& survey = book_.survey;
    switch (name.kind) {
      case Name::kGrouping:
        request_.categories.insert(survey.groupings[name.index].column);
        return;
      case Name::kProgramme: {
        const ingestion::ProgrammeColumn& programme = survey.programmes[name.index];
        request_.categories.insert(programme.column);
        if (!programme.amount_column.empty()) request_.numbers.insert(programme.amount_column);
        return;
      }
      case Name::kIndicator: {
        const ingestion::IndicatorColumn& indicator = survey.indicators[name.index];
        (indicator.is_number ? request_.numbers : request_.categories).insert(indicator.column);
        // Codes that mean "not known" are compared as text.
        request_.categories.insert(indicator.column);
        for (const ingestion::Among& among : indicator.among) {
          request_.categories.insert(among.column);
        }
        return;
      }
      case Name::kRegion:
        Categories(book_.region.slots);
        return;
      case Name::kVariable: {
        const ingestion::VariableRule& rule = book_.variables[name.index];
        for (const ingestion::VariableRule& other : book_.variables) {
          const bool same = other.item == rule.item && other.variable == rule.variable;
          if (!same && !(UsesAge(rule) && IsAge(other))) continue;
          Category(other.slot);
          Conditions(other.asked_if);
        }
        return;
      }
      case Name::kDerived:
        return;
      case Name::kColumn:
        request_.categories.insert(name.text);
        return;
    }
  }

 private:
  const CodeBook& book_;
  TableRequest& request_;
};

void TakeDesign(const CodeBook& book, Wanted* wanted, TableRequest* request) {
  wanted->Categories(book.stratum_slots);
  wanted->Categories(book.psu_slots);
  const ingestion::SurveyDesignRole& design = book.survey.design;
  wanted->Population(design.population);
  for (const ingestion::SurveyStage& stage : design.stages) {
    request->categories.insert(stage.unit_columns.begin(), stage.unit_columns.end());
    request->categories.insert(stage.stratum_columns.begin(), stage.stratum_columns.end());
    wanted->Population(stage.population);
  }
}

}  // namespace

bool TakesFamilies(const CodeBook& book, const FrameRequest& request) {
  if (!request.family_variables.empty()) return true;
  const bool dated = std::ranges::any_of(
      book.variables, [](const auto& rule) { return rule.item == ingestion::Item::kBirthDate; });
  return dated && std::ranges::any_of(request.names, [&book](const Name& name) {
           return name.kind == Name::kVariable && UsesAge(book.variables[name.index]);
         });
}

std::vector<std::string> ReplicateColumnsOf(const CodeBook& book,
                                            const std::vector<std::string>& columns_of_file) {
  const auto& replicates = book.survey.design.replicates;
  if (!replicates) return {};
  if (!replicates->columns.empty()) return replicates->columns;
  std::vector<std::string> columns;
  for (const std::string& column : columns_of_file) {
    if (column.starts_with(replicates->prefix)) columns.push_back(column);
  }
  return columns;
}

TableRequest ColumnsOf(const CodeBook& book, const FrameRequest& request,
                       const std::vector<std::string>& columns_of_file) {
  TableRequest table;
  table.format = book.format;
  table.numbers = request.numbers;
  table.categories = request.categories;
  Wanted wanted(book, &table);
  wanted.Number(book.size_slot, book.size_missing);
  wanted.Number(book.weight_slot, book.weight_missing);
  if (book.welfare) {
    for (const int slot : book.welfare->slots) wanted.Number(slot, book.welfare->missing);
  }
  wanted.Conditions(book.member_if);
  TakeDesign(book, &wanted, &table);
  for (const Name& name : request.names) wanted.Take(name);
  if (TakesFamilies(book, request)) {
    for (const std::string& column : book.columns) {
      if (column != ingestion::kRowNumberColumn) table.categories.insert(column);
    }
  }
  if (request.use_replicates) {
    for (std::string& column : ReplicateColumnsOf(book, columns_of_file)) {
      table.numbers.insert(std::move(column));
    }
  }
  for (const int slot : book.family_slots) table.key.emplace_back(book.column(slot));
  // Without an identity every row is a family of its own, and there is nothing to compare.
  if (std::ranges::find(table.key, ingestion::kRowNumberColumn) != table.key.end()) {
    table.key.clear();
  }
  return table;
}

}  // namespace sepakat::measure
