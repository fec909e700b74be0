#include "sepakat/cli/table_join.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/file_kind.h"
#include "sepakat/cli/output.h"

namespace sepakat::cli {
namespace {

constexpr size_t kPart = 256 * 1024;

std::vector<std::string> Split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(mark);
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// Key cells meet by number where they are digits: one file writes `07`, the other `7`, a third
// `7.0`.
std::string_view KeyPart(std::string_view cell) {
  std::string_view whole = cell;
  if (whole.ends_with(".0")) whole.remove_suffix(2);
  if (whole.empty() || whole.find_first_not_of("0123456789") != std::string_view::npos) return cell;
  const size_t first = whole.find_first_not_of('0');
  return first == std::string_view::npos ? whole.substr(whole.size() - 1) : whole.substr(first);
}

void AppendCell(std::string_view cell, std::string* line) {
  if (!line->empty()) line->push_back(',');
  line->append(cell.empty() ? "\"\"" : CsvCell(cell));
}

std::string EmptyCells(size_t count) {
  std::string line;
  for (size_t i = 0; i < count; ++i) AppendCell("", &line);
  return line;
}

std::string Stem(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  return std::string(path.substr(0, path.find('.')));
}

// Places of the key's columns in a header.
absl::StatusOr<std::vector<size_t>> PlacesOf(const std::vector<KeyColumn>& key,
                                             const std::vector<std::string_view>& header,
                                             std::string_view file) {
  std::vector<size_t> places;
  for (const KeyColumn& part : key) {
    const auto at = std::ranges::find_if(header, [&](std::string_view name) {
      return std::ranges::find(part.names, name) != part.names.end();
    });
    if (at == header.end()) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "COLUMNS_MISSING",
          fmt::format("{} has no column {}; where the files name it differently write "
                      "--by {}=OTHER",
                      file, fmt::join(part.names, " or "), part.names.front()));
    }
    places.push_back(static_cast<size_t>(at - header.begin()));
  }
  return places;
}

}  // namespace

absl::StatusOr<std::vector<KeyColumn>> ParseKey(std::string_view text) {
  std::vector<KeyColumn> key;
  for (const std::string& part : Split(text, ',')) {
    KeyColumn column{Split(part, '=')};
    if (std::ranges::find(column.names, "") != column.names.end()) {
      return base::Error(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED",
                         "--by wants column names with commas between, such as R101,R102,NURT, and "
                         "A=B for one that is called A in one file and B in another");
    }
    key.push_back(std::move(column));
  }
  return key;
}

uint32_t TableJoin::FamilyOf(const std::string& key, std::string written) {
  const auto [it, fresh] = families_.emplace(key, static_cast<uint32_t>(families_.size()));
  if (fresh) written_.push_back(std::move(written));
  return it->second;
}

absl::Status TableJoin::Add(const std::string& name, std::string_view content) {
  SEPAKAT_RETURN_IF_ERROR(base::Annotate(ingestion::CheckDelimitedText(content), name));
  ingestion::CsvReader reader;
  reader.Feed(content);
  reader.Finish();
  ingestion::CsvRow row;
  if (reader.Next(&row) != ingestion::CsvReader::kRow) {
    return base::Error(absl::StatusCode::kInvalidArgument, "FILE_EMPTY",
                       fmt::format("{} is empty", name));
  }
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<size_t> places, PlacesOf(key_, row.cells, name));
  const size_t width = row.cells.size();
  JoinedFile& file = files_.emplace_back();
  file.name = name;
  Table& table = tables_.emplace_back();
  if (key_names_.empty()) {
    for (const size_t place : places) key_names_.emplace_back(row.cells[place]);
  }
  const auto is_key = [&places](size_t cell) {
    return std::ranges::find(places, cell) != places.end();
  };
  for (size_t i = 0; i < width; ++i) {
    if (!is_key(i)) table.columns.emplace_back(row.cells[i]);
  }
  while (reader.Next(&row) == ingestion::CsvReader::kRow) {
    if (row.problem || row.cells.size() != width) {
      file.bad_lines.push_back(
          fmt::format("{}:{}: the line cannot be split into the {} cells of the "
                      "header",
                      name, row.line, width));
      continue;
    }
    std::string key;
    std::string written;
    bool named = false;
    for (const size_t place : places) {
      key.append(KeyPart(row.cells[place])).push_back('\0');
      AppendCell(row.cells[place], &written);
      named = named || !row.cells[place].empty();
    }
    // A row that names no family has no partner.
    if (!named) key = fmt::format("{}/{}", files_.size(), row.line);
    std::string& line = table.rows.emplace_back();
    for (size_t i = 0; i < width; ++i) {
      if (!is_key(i)) AppendCell(row.cells[i], &line);
    }
    const uint32_t family = FamilyOf(key, std::move(written));
    if (table.of_family.size() <= family) table.of_family.resize(family + 1);
    std::vector<uint32_t>& rows = table.of_family[family];
    if (rows.empty()) ++file.families;
    if (!rows.empty()) table.several = true;
    rows.push_back(static_cast<uint32_t>(table.rows.size() - 1));
    ++file.rows;
  }
  return absl::OkStatus();
}

// A name that two files use keeps to the first; the others are called after their file.
std::string TableJoin::Header() const {
  std::string header;
  std::vector<std::string> taken;
  for (const std::string& name : key_names_) AppendCell(name, &header);
  taken = key_names_;
  for (size_t t = 0; t < tables_.size(); ++t) {
    for (const std::string& name : tables_[t].columns) {
      const bool free = std::ranges::find(taken, name) == taken.end();
      const std::string unique = free ? name : fmt::format("{}.{}", Stem(files_[t].name), name);
      AppendCell(unique, &header);
      taken.push_back(unique);
    }
  }
  return header;
}

std::span<const uint32_t> TableJoin::RowsOf(const Table& table, size_t family) const {
  if (family >= table.of_family.size()) return {};
  return table.of_family[family];
}

absl::Status TableJoin::Write(const std::function<absl::Status(std::string_view)>& sink) {
  const auto several = [](const Table& table) { return table.several; };
  const auto many = std::ranges::find_if(tables_, several);
  if (many != tables_.end()) {
    const auto other = std::find_if(many + 1, tables_.end(), several);
    if (other != tables_.end()) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "KEY_REPEATED",
          fmt::format("{} and {} both have several rows for one value of --by; only one "
                      "file may (add a member number to --by if both are about members)",
                      files_[static_cast<size_t>(many - tables_.begin())].name,
                      files_[static_cast<size_t>(other - tables_.begin())].name));
    }
  }
  std::string part = Header() + "\n";
  for (size_t family = 0; family < written_.size(); ++family) {
    size_t lines = 1;
    for (size_t t = 0; t < tables_.size(); ++t) {
      const size_t rows = RowsOf(tables_[t], family).size();
      lines = std::max(lines, rows);
      const bool alone = std::ranges::any_of(
          tables_, [&](const Table& table) { return RowsOf(table, family).empty(); });
      if (rows > 0 && alone) ++files_[t].unmatched;
    }
    for (size_t i = 0; i < lines; ++i) {
      std::string line = written_[family];
      for (const Table& table : tables_) {
        if (table.columns.empty()) continue;
        const std::span<const uint32_t> rows = RowsOf(table, family);
        line.push_back(',');
        line += rows.empty() ? EmptyCells(table.columns.size())
                             : table.rows[rows[std::min(i, rows.size() - 1)]];
      }
      part += line;
      part.push_back('\n');
    }
    if (part.size() < kPart) continue;
    SEPAKAT_RETURN_IF_ERROR(sink(part));
    part.clear();
  }
  return sink(part);
}

}  // namespace sepakat::cli
