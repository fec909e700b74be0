#include "sepakat/reference/series_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "sepakat/reference/toml_reader.h"

namespace sepakat::reference {
namespace {

SeriesDescription ReadEntry(TableReader reader, Problems& problems) {
  SeriesDescription entry;
  auto& request = entry.request;
  auto* header = request.mutable_header();
  header->set_id(reader.Text("id", true));
  header->set_name(reader.Text("name", true));
  header->set_name_en(reader.Text("name_en"));
  header->set_unit(reader.Text("unit", true));
  header->set_direction(static_cast<int32_t>(reader.Integer("direction", -1, 1, true).value_or(0)));
  header->set_steward(reader.Text("steward", true));
  header->set_source(reader.Text("source", true));
  header->set_fresh_days(
      static_cast<int32_t>(reader.Integer("fresh_days", 1, 36'500, true).value_or(1)));
  entry.file = reader.Text("file", true);
  request.set_region_column(reader.Text("region_column", true));
  request.set_region_coding(reader.Choice("coding", {"kemendagri", "bps", "name"}));
  request.set_value_column(reader.Text("value_column", true));
  request.set_period(reader.Text("period"));
  request.set_period_column(reader.Text("period_column"));
  if (request.period().empty() == request.period_column().empty()) {
    problems.Add(reader.where(), "give either `period` or `period_column`");
  }
  if (const toml::table* where = reader.Table("where")) {
    TableReader conditions(*where, problems);
    for (const auto& [key, node] : *where) {
      entry.where[std::string(key.str())] = conditions.Text(key.str(), true);
    }
  }
  reader.RefuseOthers();
  return entry;
}

// Splits one line of cells, quotes understood, and moves `text` behind it.
std::vector<std::string> TakeLine(std::string_view& text) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      cells.back() += '"';
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      cells.emplace_back();
    } else if (!quoted && c == '\n') {
      break;
    } else if (quoted || c != '\r') {
      cells.back() += c;
    }
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return cells;
}

}  // namespace

absl::StatusOr<std::vector<SeriesDescription>> ReadSeries(std::string_view file_name,
                                                          std::string_view text) {
  Problems problems{std::string(file_name)};
  std::vector<SeriesDescription> entries;
  try {
    const toml::table root = toml::parse(text, file_name);
    TableReader file(root, problems);
    for (const toml::table* entry : file.Tables("series", true)) {
      entries.push_back(ReadEntry(TableReader(*entry, problems), problems));
    }
    file.RefuseOthers();
  } catch (const toml::parse_error& error) {
    problems.Add(error.source(), error.description());
  }
  if (problems.empty()) return entries;
  return base::Error(absl::StatusCode::kInvalidArgument, "REFERENCE_INVALID", problems.Text());
}

absl::StatusOr<std::string> RowsWhere(std::string_view csv,
                                      const std::map<std::string, std::string>& where) {
  if (where.empty()) return std::string(csv);
  std::string_view rest = csv;
  const std::vector<std::string> header = TakeLine(rest);
  std::map<size_t, std::string> wanted;
  for (const auto& [column, value] : where) {
    const auto found = std::find(header.begin(), header.end(), column);
    if (found == header.end()) {
      return base::Error(absl::StatusCode::kInvalidArgument, "COLUMN_MISSING",
                         fmt::format("the file has no column {}", column));
    }
    wanted[static_cast<size_t>(found - header.begin())] = value;
  }
  std::string kept(csv.substr(0, csv.size() - rest.size()));
  for (int64_t line = 2; !rest.empty(); ++line) {
    const std::string_view before = rest;
    const std::vector<std::string> cells = TakeLine(rest);
    if (cells.size() != header.size()) {
      return base::Error(absl::StatusCode::kInvalidArgument, "CSV_MALFORMED",
                         fmt::format("line {} has {} cells, the header {}", line, cells.size(),
                                     header.size()));
    }
    bool holds = true;
    for (const auto& [column, value] : wanted) holds = holds && cells[column] == value;
    if (holds) kept += before.substr(0, before.size() - rest.size());
  }
  return kept;
}

}  // namespace sepakat::reference
