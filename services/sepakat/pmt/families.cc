#include "sepakat/pmt/families.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/canonical/variables.h"
#include "ingestion/domain/raw_record.h"
#include "ingestion/domain/translate.h"
#include "sepakat/measure/frame.h"
#include "sepakat/measure/survey_design.h"

namespace sepakat::pmt {
namespace {

using ingestion::CodeBook;
using measure::Frame;
using measure::Table;

// Canonical values of one family, and its row.
struct Translated {
  std::array<int32_t, ingestion::kVariableLimit> values;
  int32_t size = 0;
};

// The book without what a family here does not need: an identity and a place to live.
CodeBook WithoutPlace(CodeBook book) {
  if (book.family_slots.empty()) book.family_slots.push_back(0);
  book.region = {};
  book.region.value = std::string(base::kNationCode);
  book.edits.clear();
  return book;
}

// The nation alone.
ingestion::RegionEditions Anywhere() {
  std::vector<std::string> problems;
  ingestion::RegionEditions editions;
  editions.Set(0, ingestion::RegionMaster::Build({}, &problems));
  return editions;
}

// Reads families run by run from the cells of a table.
class Translation {
 public:
  Translation(const CodeBook& book, const Table& table, int32_t today)
      : book_(WithoutPlace(book)),
        regions_(Anywhere()),
        translator_(&book_, &regions_),
        today_(today) {
    for (const std::string& column : book_.columns) {
      columns_.push_back(column == ingestion::kRowNumberColumn ? nullptr
                                                               : table.FindCategories(column));
    }
  }

  absl::StatusOr<Translated> Read(int64_t first, int64_t end) {
    writer_.Clear();
    std::vector<std::string_view> cells(columns_.size());
    std::string number;
    for (int64_t row = first; row < end; ++row) {
      number = std::to_string(row + 1);
      for (size_t slot = 0; slot < cells.size(); ++slot) {
        cells[slot] = columns_[slot] == nullptr ? std::string_view(number)
                                                : columns_[slot]->text(static_cast<size_t>(row));
      }
      writer_.AddRow(cells);
    }
    SEPAKAT_RETURN_IF_ERROR(record_.Decode(writer_.Finish(), static_cast<int>(cells.size())));
    translator_.Decide(record_, "-", today_, &decision_);
    return Translated{decision_.family.values, decision_.family.size};
  }

 private:
  const CodeBook book_;
  const ingestion::RegionEditions regions_;
  ingestion::Translator translator_;
  const int32_t today_;
  std::vector<const measure::Categories*> columns_;
  ingestion::RecordWriter writer_;
  ingestion::RawRecord record_;
  ingestion::Decision decision_;
};

// By the row where a family begins.
absl::StatusOr<std::map<int64_t, Translated>> Translate(const CodeBook& book, const Table& table,
                                                        int32_t today) {
  Translation translation(book, table, today);
  std::map<int64_t, Translated> families;
  const bool runs = book.person_rows && table.key.count > 0;
  for (int64_t first = 0; first < table.rows;) {
    int64_t end = first + 1;
    while (runs && end < table.rows &&
           table.key.ids[static_cast<size_t>(end)] == table.key.ids[static_cast<size_t>(first)]) {
      ++end;
    }
    SEPAKAT_ASSIGN_OR_RETURN(Translated family, translation.Read(first, end));
    families.emplace_hint(families.end(), first, family);
    first = end;
  }
  return families;
}

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
  if (book.person_rows && book.family_slots.empty()) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "FAMILY_NOT_NAMED",
                       "the code book has one row per member and names no family; add [roles] "
                       "family");
  }
  measure::FrameRequest frame_request;
  frame_request.count = measure::CountBy::kFamilies;
  frame_request.categories = request.columns;
  for (const std::string& column : book.columns) {
    if (column != ingestion::kRowNumberColumn) frame_request.categories.insert(column);
  }
  SEPAKAT_ASSIGN_OR_RETURN(Table table,
                           file.Read(measure::ColumnsOf(book, frame_request, file.columns())));
  SEPAKAT_ASSIGN_OR_RETURN(const auto translated, Translate(book, table, request.today));
  SEPAKAT_ASSIGN_OR_RETURN(const Frame frame, Frame::Build(&book, frame_request, std::move(table)));
  Families families;
  families.values.assign(ingestion::kVariableLimit, {});
  for (size_t i = 0; i < frame.size(); ++i) {
    families.rows.push_back(frame.RowOf(i));
    const Translated& family = translated.at(frame.RowOf(i) - 1);
    families.sizes.push_back(family.size > 0 ? family.size : measure::kUnknownNumber);
    for (size_t number = 0; number < families.values.size(); ++number) {
      families.values[number].push_back(family.values[number]);
    }
    int32_t& members = families.values[ingestion::kMembers].back();
    if (members == ingestion::kUnknown && family.size > 0) members = family.size;
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
