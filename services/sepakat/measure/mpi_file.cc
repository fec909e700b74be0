#include "sepakat/measure/mpi_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "common/base/status.h"
#include "common/tables/table_reader.h"
#include "sepakat/measure/fraction_text.h"

namespace sepakat::measure {
namespace {

using measures::DeprivationCutoff;
using tables::Problems;
using tables::TableReader;

struct Comparison {
  const char* key;
  DeprivationCutoff::Comparison comparison;
};
constexpr std::array<Comparison, 4> kComparisons = {
    {{"below", DeprivationCutoff::Comparison::kLess},
     {"at_most", DeprivationCutoff::Comparison::kAtMost},
     {"at_least", DeprivationCutoff::Comparison::kAtLeast},
     {"above", DeprivationCutoff::Comparison::kGreater}}};

absl::Status Invalid(std::string_view message) {
  return base::Error(absl::StatusCode::kInvalidArgument, "MPI_INVALID", message);
}

ingestion::CodeSet SetOf(const std::vector<std::string>& codes) {
  ingestion::CodeSet set;
  for (const std::string& code : codes) set.Add(code);
  return set;
}

void ReadHead(const toml::table& root, Problems& problems, MpiFile* file) {
  const toml::table* table = root["mpi"].as_table();
  if (table == nullptr) {
    problems.Add(root.source(), "the table [mpi] is missing");
    return;
  }
  TableReader reader(*table, problems);
  measures::MpiSpecification& specification = file->specification;
  specification.id = reader.Text("id", true);
  specification.version = reader.Text("version", true);
  file->name = reader.Text("name", true);
  file->name_en = reader.Text("name_en");
  if (file->name_en.empty()) file->name_en = file->name;
  reader.Text("source");
  const std::string cutoff = reader.Text("cutoff", true);
  const absl::StatusOr<measures::Fraction> k = ParseCutoff(cutoff);
  if (k.ok()) {
    specification.cutoff = *k;
  } else if (!cutoff.empty()) {
    problems.Add(table->source(), std::string(k.status().message()));
  }
  if (reader.Choice("unknown", {"drop", "not_deprived"}) == "not_deprived") {
    specification.unknown = measures::UnknownRule::kNotDeprived;
  }
  reader.RefuseOthers();
}

void ReadDimension(TableReader reader, MpiFile* file) {
  measures::MpiDimension dimension;
  dimension.id = reader.Text("id", true);
  dimension.weight = reader.Integer("weight", 1, measures::kLargestDenominator).value_or(1);
  MpiDimensionName name{reader.Text("name", true), reader.Text("name_en")};
  if (name.name_en.empty()) name.name_en = name.name;
  reader.RefuseOthers();
  file->specification.dimensions.push_back(std::move(dimension));
  file->dimensions.push_back(std::move(name));
}

void ReadCutoffOf(TableReader& reader, Problems& problems, MpiIndicatorColumn* column,
                  DeprivationCutoff* cutoff) {
  const std::vector<std::string> deprived = reader.Texts("deprived");
  int given = deprived.empty() ? 0 : 1;
  for (const auto& [key, comparison] : kComparisons) {
    const std::string number = reader.Decimal(key);
    if (number.empty()) continue;
    ++given;
    column->by_code = false;
    cutoff->comparison = comparison;
    std::from_chars(number.data(), number.data() + number.size(), cutoff->threshold);
  }
  if (given != 1) {
    problems.Add(reader.where(),
                 "say when the indicator deprives: by `deprived` (codes), or by one of `below`, "
                 "`at_most`, `at_least`, `above`");
  }
  column->deprived = SetOf(deprived);
  const std::vector<std::string> others = reader.Texts("not_deprived");
  if (!others.empty()) column->not_deprived = SetOf(others);
  column->missing = SetOf(reader.Texts("missing"));
}

// True when the indicator has a weight of its own.
bool ReadIndicator(TableReader reader, Problems& problems, MpiFile* file) {
  measures::MpiIndicator indicator;
  MpiIndicatorColumn column;
  indicator.id = reader.Text("id", true);
  indicator.dimension = reader.Text("dimension", true);
  const std::optional<int64_t> weight = reader.Integer("weight", 1, measures::kLargestDenominator);
  indicator.weight = weight.value_or(0);
  column.name = reader.Text("name", true);
  column.name_en = reader.Text("name_en");
  if (column.name_en.empty()) column.name_en = column.name;
  column.column = reader.Text("column");
  if (column.column.empty()) column.column = indicator.id;
  ReadCutoffOf(reader, problems, &column, &indicator.cutoff);
  reader.RefuseOthers();
  file->specification.indicators.push_back(std::move(indicator));
  file->indicators.push_back(std::move(column));
  return weight.has_value();
}

}  // namespace

absl::StatusOr<measures::Fraction> ParseCutoff(std::string_view text) {
  const std::optional<measures::Fraction> fraction = ParseFraction(text);
  if (fraction && fraction->numerator > 0) return *fraction;
  return Invalid(
      fmt::format("'{}' is no cut-off k; write a share above 0 such as 1/3 or 0.2", text));
}

absl::StatusOr<MpiFile> ReadMpiFile(std::string_view file_name, std::string_view toml) {
  toml::table root;
  try {
    root = toml::parse(toml, file_name);
  } catch (const toml::parse_error& error) {
    return Invalid(fmt::format("{}:{}: this is no TOML: {}", file_name, error.source().begin.line,
                               error.description()));
  }
  Problems problems{std::string(file_name)};
  MpiFile file;
  TableReader reader(root, problems);
  ReadHead(root, problems, &file);
  reader.Table("mpi");
  for (const toml::table* table : reader.Tables("dimension", true)) {
    ReadDimension(TableReader(*table, problems), &file);
  }
  size_t weighted = 0;
  for (const toml::table* table : reader.Tables("indicator", true)) {
    if (ReadIndicator(TableReader(*table, problems), problems, &file)) ++weighted;
  }
  reader.RefuseOthers();
  measures::MpiSpecification& specification = file.specification;
  if (weighted != 0 && weighted != specification.indicators.size()) {
    problems.AddLine(1, "give every indicator a `weight`, or none");
  }
  if (!problems.empty()) return Invalid(problems.Text());
  if (weighted == 0) {
    if (const absl::Status nested = measures::SetNestedWeights(specification); !nested.ok()) {
      return Invalid(fmt::format("{}: {}", file_name, std::string(nested.message())));
    }
  }
  if (const absl::Status good = measures::CheckSpecification(specification); !good.ok()) {
    return Invalid(fmt::format("{}: {}", file_name, std::string(good.message())));
  }
  return file;
}

}  // namespace sepakat::measure
