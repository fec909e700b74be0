#include "sepakat/reference/reference_set.h"

#include <utility>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/tables/table_reader.h"
#include "sepakat/reference/programme_reader.h"

namespace sepakat::reference {
namespace {

using tables::Problems;
using tables::TableReader;

constexpr int64_t kMostMicro = 1'000'000'000'000;

absl::Status Invalid(std::string message) {
  return base::Error(absl::StatusCode::kInvalidArgument, "REFERENCE_INVALID", message);
}

std::string RegionOf(TableReader& reader, Problems& problems) {
  std::string region = reader.Text("region", true);
  if (!region.empty() && !base::IsRegionCode(region)) {
    problems.Add(reader.where(), "`region` must be a dotted code such as 33.26");
  }
  return region;
}

void ReadLine(TableReader reader, Problems& problems, ReferenceSet& set) {
  events::v1::PovertyLineRecorded line;
  line.set_population(reader.Text("population"));
  line.set_region(RegionOf(reader, problems));
  const std::string where = reader.Choice("urban_rural", {"both", "urban", "rural"});
  line.set_urban_rural(where == "urban" ? 1 : (where == "rural" ? 2 : 0));
  line.set_valid_from(reader.Date("valid_from", true).value_or(0));
  line.set_value(reader.Decimal("value", true));
  line.set_source(reader.Text("source", true));
  line.set_version(reader.Text("version", true));
  reader.RefuseOthers();
  set.lines.push_back(std::move(line));
}

void ReadTerm(TableReader reader, Problems& problems, events::v1::ModelRecorded& model) {
  if (reader.Has("column")) {
    problems.Add(reader.where(),
                 "a term over a `column` of one survey's file serves `pmt score` alone");
    return;
  }
  events::v1::ModelTerm* term = model.add_terms();
  term->set_variable(reader.Text("variable", true));
  for (int64_t code : reader.Integers("codes")) term->add_codes(static_cast<int32_t>(code));
  term->set_coefficient_micro(
      reader.Integer("coefficient_micro", -kMostMicro, kMostMicro, true).value_or(0));
  term->set_label(reader.Text("label", true));
  const std::optional<int64_t> unknown = reader.Integer("unknown_micro", -kMostMicro, kMostMicro);
  if (unknown) term->set_unknown_micro(*unknown);
  const std::optional<int64_t> power = reader.Integer("power", 1, 2);
  if (power == 2) term->set_power(2);
  reader.RefuseOthers();
}

void ReadModel(TableReader reader, Problems& problems, ReferenceSet& set) {
  events::v1::ModelRecorded model;
  model.set_population(reader.Text("population"));
  model.set_id(reader.Text("id", true));
  model.set_version(reader.Text("version", true));
  model.set_name(reader.Text("name", true));
  model.set_source(reader.Text("source", true));
  model.set_label("local_estimate");
  model.set_intercept_micro(
      reader.Integer("intercept_micro", -kMostMicro, kMostMicro, true).value_or(0));
  for (const toml::table* term : reader.Tables("term", true)) {
    ReadTerm(TableReader(*term, problems), problems, model);
  }
  reader.RefuseOthers();
  set.models.push_back(std::move(model));
}

void ReadRanking(TableReader reader, ReferenceSet& set) {
  targeting::v1::RankingSettings ranking;
  ranking.set_population(reader.Text("population"));
  ranking.set_decile_by(reader.Choice("decile_by", {"families", "persons"}));
  ranking.set_model_id(reader.Text("model_id"));
  ranking.set_version(reader.Text("version", true));
  reader.RefuseOthers();
  set.rankings.push_back(std::move(ranking));
}

void ReadTarget(TableReader reader, Problems& problems, ReferenceSet& set) {
  events::v1::TargetRecorded target;
  target.set_id(reader.Text("id", true));
  target.set_version(reader.Text("version", true));
  target.set_name(reader.Text("name", true));
  target.set_name_en(reader.Text("name_en"));
  target.set_population(reader.Text("population"));
  target.set_region(RegionOf(reader, problems));
  target.set_measure(reader.Text("measure", true));
  target.set_type(reader.Choice("type", {"maximum", "minimum"}));
  target.set_target(reader.Decimal("target", true));
  target.set_year(static_cast<int32_t>(reader.Integer("year", 2000, 2100, true).value_or(0)));
  target.set_document(reader.Text("document"));
  target.set_source(reader.Text("source", true));
  reader.RefuseOthers();
  set.targets.push_back(std::move(target));
}

void ReadAll(const toml::table& root, Problems& problems, ReferenceSet& set) {
  TableReader file(root, problems);
  const toml::table* defaults = file.Table("reference");
  for (const toml::table* entry : file.Tables("poverty_line")) {
    ReadLine(TableReader(*entry, problems, defaults), problems, set);
  }
  for (const toml::table* entry : file.Tables("model")) {
    ReadModel(TableReader(*entry, problems, defaults), problems, set);
  }
  if (const toml::table* entry = file.Table("ranking")) {
    ReadRanking(TableReader(*entry, problems, defaults), set);
  }
  for (const toml::table* entry : file.Tables("programme")) {
    set.programmes.push_back(ReadProgramme(TableReader(*entry, problems, defaults), problems));
  }
  for (const toml::table* entry : file.Tables("target")) {
    ReadTarget(TableReader(*entry, problems, defaults), problems, set);
  }
  file.RefuseOthers();
}

bool Empty(const ReferenceSet& set) {
  return set.lines.empty() && set.models.empty() && set.rankings.empty() &&
         set.programmes.empty() && set.targets.empty();
}

template <typename T>
void MoveAll(std::vector<T>& from, std::vector<T>& to) {
  for (T& item : from) to.push_back(std::move(item));
}

}  // namespace

absl::Status ReadReference(std::string_view file_name, std::string_view text, ReferenceSet& set) {
  Problems problems{std::string(file_name)};
  toml::table root;
  try {
    root = toml::parse(text, file_name);
  } catch (const toml::parse_error& error) {
    problems.Add(error.source(), error.description());
    return Invalid(problems.Text());
  }
  if (root.contains("rule")) {
    set.alerts.push_back({std::string(file_name), std::string(text)});
    return absl::OkStatus();
  }
  ReferenceSet read;
  ReadAll(root, problems, read);
  if (problems.empty() && Empty(read)) problems.AddLine(1, "the file holds no reference data");
  if (!problems.empty()) return Invalid(problems.Text());
  MoveAll(read.lines, set.lines);
  MoveAll(read.models, set.models);
  MoveAll(read.rankings, set.rankings);
  MoveAll(read.programmes, set.programmes);
  MoveAll(read.targets, set.targets);
  return absl::OkStatus();
}

}  // namespace sepakat::reference
