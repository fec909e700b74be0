#include <fmt/format.h>
#include <readstat.h>

#include <map>

#include "common/base/status.h"
#include "sepakat/measure/table_builder.h"
#include "sepakat/measure/table_reader.h"

namespace sepakat::measure {
namespace {

using Parse = readstat_error_t (*)(readstat_parser_t*, const char*, void*);

struct FreeParser {
  void operator()(readstat_parser_t* parser) const { readstat_parser_free(parser); }
};
using Parser = std::unique_ptr<readstat_parser_t, FreeParser>;

std::string ValueText(const readstat_value_t& value) {
  if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_NUMERIC) {
    return NumberText(readstat_double_value(value));
  }
  const char* text = readstat_string_value(value);
  return text == nullptr ? "" : text;
}

std::string_view Trimmed(const char* text) {
  std::string_view view = text == nullptr ? std::string_view() : text;
  while (view.ends_with(' ')) view.remove_suffix(1);
  while (view.starts_with(' ')) view.remove_prefix(1);
  return view;
}

// What the callbacks of the library fill in.
struct Reading {
  // Empty while only the names of the columns are asked for.
  const TableRequest* request = nullptr;
  std::vector<std::string> columns;
  // By index of the file's variables; -1: not wanted.
  std::vector<int> cell_of_variable;
  int last_wanted = -1;
  std::vector<std::string> wanted;
  std::map<std::string, std::vector<std::string>> columns_of_label_set;
  struct Label {
    std::string set;
    std::string text;
    std::string label;
  };
  std::vector<Label> labels;
  std::unique_ptr<TableBuilder> builder;
  std::vector<Cell> cells;
  std::vector<std::string> texts;
};

int OnVariable(int, readstat_variable_t* variable, const char* label_set, void* context) {
  auto& reading = *static_cast<Reading*>(context);
  const std::string name = readstat_variable_get_name(variable);
  reading.columns.push_back(name);
  int cell = -1;
  if (reading.request != nullptr && reading.request->Columns().contains(name)) {
    cell = static_cast<int>(reading.wanted.size());
    reading.wanted.push_back(name);
    reading.last_wanted = static_cast<int>(reading.columns.size()) - 1;
    if (label_set != nullptr) reading.columns_of_label_set[label_set].push_back(name);
  }
  reading.cell_of_variable.push_back(cell);
  return cell < 0 ? READSTAT_HANDLER_SKIP_VARIABLE : READSTAT_HANDLER_OK;
}

int OnLabel(const char* label_set, readstat_value_t value, const char* label, void* context) {
  auto& reading = *static_cast<Reading*>(context);
  if (label != nullptr && readstat_value_is_tagged_missing(value) == 0) {
    reading.labels.push_back({label_set, ValueText(value), std::string(Trimmed(label))});
  }
  return READSTAT_HANDLER_OK;
}

int OnValue(int, readstat_variable_t* variable, readstat_value_t value, void* context) {
  auto& reading = *static_cast<Reading*>(context);
  if (reading.builder == nullptr) {
    reading.builder = std::make_unique<TableBuilder>(*reading.request, reading.wanted);
    reading.cells.resize(reading.wanted.size());
    reading.texts.resize(reading.wanted.size());
  }
  const int index = readstat_variable_get_index(variable);
  const auto cell = static_cast<size_t>(reading.cell_of_variable[static_cast<size_t>(index)]);
  if (readstat_value_is_missing(value, variable) != 0) {
    reading.cells[cell] = Cell{};
  } else if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_NUMERIC) {
    reading.cells[cell] = Cell::Number(readstat_double_value(value));
  } else {
    reading.texts[cell] = Trimmed(readstat_string_value(value));
    reading.cells[cell] = Cell::Text(reading.texts[cell]);
  }
  if (index == reading.last_wanted) reading.builder->AddRow(reading.cells);
  return READSTAT_HANDLER_OK;
}

absl::Status Run(Parse parse, const std::string& path, const ingestion::FileFormat& format,
                 bool values, Reading* reading) {
  const Parser parser(readstat_parser_init());
  readstat_set_variable_handler(parser.get(), OnVariable);
  if (values) {
    readstat_set_value_handler(parser.get(), OnValue);
    readstat_set_value_label_handler(parser.get(), OnLabel);
  }
  // A file names its encoding, or an old one does not and the code book has to.
  if (format.encoding == ingestion::Encoding::kWindows1252) {
    readstat_set_file_character_encoding(parser.get(), "WINDOWS-1252");
  }
  const readstat_error_t error = parse(parser.get(), path.c_str(), reading);
  if (error == READSTAT_OK) return absl::OkStatus();
  return base::Error(
      absl::StatusCode::kDataLoss, "FILE_DAMAGED",
      fmt::format("the file is damaged or cut off, or no {} file ({})",
                  parse == readstat_parse_dta ? "Stata" : "SPSS", readstat_error_message(error)));
}

absl::StatusOr<std::vector<std::string>> Columns(Parse parse, const std::string& path,
                                                 const ingestion::FileFormat& format) {
  Reading reading;
  SEPAKAT_RETURN_IF_ERROR(Run(parse, path, format, false, &reading));
  return std::move(reading.columns);
}

absl::StatusOr<Table> Read(Parse parse, const std::string& path, const TableRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> there,
                           Columns(parse, path, request.format));
  SEPAKAT_RETURN_IF_ERROR(CheckColumns(request, there));
  // Text arrives as UTF-8 and numbers as numbers, whatever the code book says of text files.
  TableRequest plain = request;
  plain.format = {};
  plain.format.missing = request.format.missing;
  Reading reading;
  reading.request = &plain;
  SEPAKAT_RETURN_IF_ERROR(Run(parse, path, request.format, true, &reading));
  if (reading.builder == nullptr) {
    return base::Error(absl::StatusCode::kInvalidArgument, "FILE_EMPTY", "the file holds no row");
  }
  for (const Reading::Label& label : reading.labels) {
    for (const std::string& column : reading.columns_of_label_set[label.set]) {
      reading.builder->AddLabel(column, label.text, label.label);
    }
  }
  return std::move(*reading.builder).Finish();
}

}  // namespace

absl::StatusOr<Table> ReadStataTable(const std::string& path, const TableRequest& request) {
  return Read(readstat_parse_dta, path, request);
}

absl::StatusOr<Table> ReadSpssTable(const std::string& path, const TableRequest& request) {
  return Read(readstat_parse_sav, path, request);
}

absl::StatusOr<std::vector<std::string>> StataColumns(const std::string& path,
                                                      const ingestion::FileFormat& format) {
  return Columns(readstat_parse_dta, path, format);
}

absl::StatusOr<std::vector<std::string>> SpssColumns(const std::string& path,
                                                     const ingestion::FileFormat& format) {
  return Columns(readstat_parse_sav, path, format);
}

}  // namespace sepakat::measure
