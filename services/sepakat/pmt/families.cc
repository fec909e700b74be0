#include "sepakat/pmt/families.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "common/base/status.h"
#include "common/canonical/variables.h"
#include "sepakat/measure/family_values.h"
#include "sepakat/measure/frame.h"
#include "sepakat/measure/survey_design.h"

namespace sepakat::pmt {
namespace {

using ingestion::CodeBook;
using measure::Frame;
using measure::Table;

std::vector<std::string> PsuColumns(const CodeBook& book) {
  std::vector<std::string> names;
  for (const int slot : book.psu_slots) names.emplace_back(book.column(slot));
  return names;
}

absl::Status ReadDesign(const Frame& frame, const FamiliesRequest& request, Families* families) {
  measure::DesignOptions options;
  options.rules.single_psu = request.single_psu;
  SEPAKAT_ASSIGN_OR_RETURN(measure::SurveyDesign design, measure::MakeDesign(frame, options));
  families->design = std::move(design.design);
  for (measure::Remark& remark : design.remarks) families->remarks.push_back(std::move(remark));
  if (const std::vector<std::string> psus = PsuColumns(frame.book()); !psus.empty()) {
    families->psus = frame.CodesOf(psus);
    // Those without a unit were drawn by themselves.
    int64_t own = -2;
    for (int64_t& psu : families->psus) {
      if (psu == -1) psu = own--;
    }
  }
  return absl::OkStatus();
}

void ReadColumns(const Frame& frame, const std::set<std::string>& names, Families* families) {
  for (const std::string& name : names) {
    const measure::Groups groups =
        frame.GroupsOf(measure::Name{.kind = measure::Name::kColumn, .text = name});
    std::vector<std::string>& texts = families->columns[name];
    texts.reserve(groups.labels.size());
    for (const uint32_t label : groups.labels) {
      texts.push_back(label == measure::kUnknownGroup ? std::string() : groups.keys[label].value);
    }
  }
}

double NumberIn(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? number : measure::kUnknownNumber;
}

}  // namespace

absl::StatusOr<Families> ReadFamilies(const measure::SurveyFile& file, const CodeBook& book,
                                      const FamiliesRequest& request) {
  measure::FrameRequest frame_request;
  frame_request.count = measure::CountBy::kFamilies;
  frame_request.categories = request.columns;
  for (const std::string& column : book.columns) {
    if (column != ingestion::kRowNumberColumn) frame_request.categories.insert(column);
  }
  SEPAKAT_ASSIGN_OR_RETURN(Table table,
                           file.Read(measure::ColumnsOf(book, frame_request, file.columns())));
  std::set<int> variables;
  for (int number = 0; number < ingestion::kVariableLimit; ++number) variables.insert(number);
  SEPAKAT_ASSIGN_OR_RETURN(const measure::FamilyValues translated,
                           measure::FamilyValues::Read(book, table, variables, request.today));
  SEPAKAT_ASSIGN_OR_RETURN(const Frame frame, Frame::Build(&book, frame_request, std::move(table)));
  Families families;
  families.values.assign(ingestion::kVariableLimit, {});
  for (size_t i = 0; i < frame.size(); ++i) {
    families.rows.push_back(frame.RowOf(i));
    const size_t family = translated.FamilyOf(static_cast<size_t>(frame.RowOf(i)) - 1);
    const int32_t persons = translated.persons()[family];
    families.sizes.push_back(persons > 0 ? persons : measure::kUnknownNumber);
    for (const int number : variables) {
      families.values[static_cast<size_t>(number)].push_back(translated.Of(number)[family]);
    }
    int32_t& members = families.values[ingestion::kMembers].back();
    if (members == ingestion::kUnknown && persons > 0) members = persons;
  }
  families.weights.assign(frame.weights().begin(), frame.weights().end());
  families.welfare.assign(frame.welfare().begin(), frame.welfare().end());
  families.remarks = frame.remarks();
  ReadColumns(frame, request.columns, &families);
  if (request.with_design) SEPAKAT_RETURN_IF_ERROR(ReadDesign(frame, request, &families));
  return families;
}

std::vector<double> Families::ValuesOf(const Term& term) const {
  std::vector<double> result(size(), measure::kUnknownNumber);
  if (term.of_file) {
    const std::vector<std::string>& texts = columns.at(term.name);
    for (size_t i = 0; i < result.size(); ++i) {
      if (texts[i].empty()) continue;
      result[i] = term.text.empty() ? NumberIn(texts[i]) : (texts[i] == term.text ? 1 : 0);
    }
  } else {
    const auto number = static_cast<size_t>(canonical::FindVariable(term.name)->number);
    for (size_t i = 0; i < result.size(); ++i) {
      const int32_t value = values[number][i];
      if (value == ingestion::kUnknown || value == ingestion::kNotAsked) continue;
      const bool listed = std::ranges::find(term.codes, value) != term.codes.end();
      result[i] = term.codes.empty() ? value : (listed ? 1 : 0);
    }
  }
  if (term.power == 2) {
    for (double& value : result) value *= value;
  }
  return result;
}

}  // namespace sepakat::pmt
