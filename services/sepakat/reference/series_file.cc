#include "sepakat/reference/series_file.h"

#include "common/base/status.h"
#include "common/tables/table_reader.h"

namespace sepakat::reference {
namespace {

using tables::Problems;
using tables::TableReader;

// Texts by key.
void ReadPairs(const toml::table* table, Problems& problems,
               google::protobuf::Map<std::string, std::string>* pairs) {
  if (table == nullptr) return;
  TableReader reader(*table, problems);
  for (const auto& [key, node] : *table) {
    (*pairs)[std::string(key.str())] = reader.Text(key.str(), true);
  }
}

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
  request.set_name_column(reader.Text("name_column"));
  for (std::string& value : reader.Texts("missing")) request.add_missing(std::move(value));
  request.set_decimal_mark(reader.Choice("decimal_mark", {".", ","}));
  ReadPairs(reader.Table("map"), problems, request.mutable_region_map());
  ReadPairs(reader.Table("where"), problems, request.mutable_where());
  reader.RefuseOthers();
  return entry;
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

}  // namespace sepakat::reference
