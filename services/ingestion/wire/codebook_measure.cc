#include "ingestion/wire/codebook_measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sepakat::ingestion {
namespace {

CodeSet ReadSet(TomlSection& section, std::string_view key) {
  CodeSet set;
  for (const std::string& code : section.Texts(key)) set.Add(code);
  return set;
}

std::optional<CodeSet> ReadOptionalSet(TomlSection& section, std::string_view key) {
  if (!section.Has(key)) return std::nullopt;
  return ReadSet(section, key);
}

std::optional<FinitePopulation> ReadPopulation(TomlSection& parent) {
  std::optional<TomlSection> section = parent.Table("fpc");
  if (!section) return std::nullopt;
  section->AllowOnly({"column", "kind"});
  return FinitePopulation{section->ColumnName(),
                          section->Word("kind", {"population", "share"}) == "share"};
}

std::vector<std::string> ReadUnits(TomlSection& stage, std::string_view key) {
  std::optional<TomlSection> section = stage.Table(key);
  if (!section) return {};
  section->AllowOnly({"column", "columns"});
  return section->ColumnNames();
}

SurveyStage ReadStage(TomlSection& section) {
  section.AllowOnly({"unit", "stratum", "fpc"});
  if (!section.Has("unit")) section.Tell("'unit' is missing: the columns that name a drawn unit");
  return {ReadUnits(section, "unit"), ReadUnits(section, "stratum"), ReadPopulation(section)};
}

std::optional<ReplicateColumns> ReadReplicates(TomlSection& design) {
  std::optional<TomlSection> section = design.Table("replicates");
  if (!section) return std::nullopt;
  section->AllowOnly({"columns", "prefix", "method", "fay", "scale"});
  ReplicateColumns replicates;
  replicates.prefix = section->Text("prefix").value_or("");
  if (section->Has("columns")) replicates.columns = section->ColumnNames();
  if (replicates.prefix.empty() == replicates.columns.empty()) {
    section->Tell("name the columns of the replicate weights by 'columns' or by 'prefix'");
  }
  if (!section->Has("method")) section->Tell("'method' is missing: how the replicates were made");
  replicates.method = section->Word("method", {"bootstrap", "jackknife", "brr", "fay", "given"});
  replicates.fay = section->Number("fay").value_or(0.5);
  replicates.scale = section->Number("scale").value_or(0);
  if (replicates.fay < 0 || replicates.fay >= 1) section->TellAt("fay", "'fay' lies in [0, 1)");
  if ((replicates.method == "given") != (replicates.scale > 0)) {
    section->Tell("'scale' is a positive number and belongs to method = \"given\"");
  }
  return replicates;
}

SurveyDesignRole ReadDesign(TomlSection& root) {
  SurveyDesignRole design;
  std::optional<TomlSection> section = root.Table("design");
  if (!section) return design;
  section->AllowOnly({"fpc", "stage", "replicates", "single_psu"});
  design.population = ReadPopulation(*section);
  for (TomlSection& stage : section->Tables("stage")) design.stages.push_back(ReadStage(stage));
  design.replicates = ReadReplicates(*section);
  if (section->Has("single_psu")) {
    design.single_psu = section->Word("single_psu", {"fail", "certainty", "centred", "average"});
  }
  return design;
}

// `name` by which the command line means it, `label` for people; both default to the column.
template <typename Role>
void ReadNames(TomlSection& section, Role* role) {
  role->column = section.ColumnName();
  role->name = section.Text("name").value_or(role->column);
  role->label = section.Text("label").value_or(role->name);
  role->of_family = section.Word("unit", {"person", "family"}) == "family";
}

// Groups by code, in the order in which the book lists them.
void ReadGroupCodes(TomlSection& section, Grouping* grouping) {
  std::optional<TomlSection> codes = section.Table("codes");
  if (!codes) return;
  grouping->by_code = true;
  std::vector<std::pair<std::string, const toml::node*>> listed;
  for (const auto& [code, name] : codes->table()) listed.emplace_back(code.str(), &name);
  std::ranges::sort(listed, {}, [](const auto& entry) {
    const toml::source_position& at = entry.second->source().begin;
    return std::pair(at.line, at.column);
  });
  for (const auto& [code, node] : listed) {
    const auto name = node->value<std::string>();
    if (!name || name->empty()) {
      section.book().Tell(*node,
                          fmt::format("code '{}': the name of its group must be text", code));
      continue;
    }
    const auto known = std::ranges::find(grouping->names, *name);
    const auto place = static_cast<int32_t>(known - grouping->names.begin());
    if (known == grouping->names.end()) grouping->names.push_back(*name);
    if (code == "*") {
      grouping->codes.SetOther(place);
    } else if (!grouping->codes.Add(code, place)) {
      section.book().Tell(*node,
                          fmt::format("code '{}' is given twice (codes match by number)", code));
    }
  }
}

Grouping ReadGrouping(TomlSection& section) {
  section.AllowOnly({"column", "name", "label", "unit", "codes", "missing", "bands"});
  Grouping grouping;
  ReadNames(section, &grouping);
  ReadGroupCodes(section, &grouping);
  grouping.missing = ReadSet(section, "missing");
  grouping.bands = section.Numbers("bands");
  if (!std::ranges::is_sorted(grouping.bands, std::ranges::less_equal())) {
    section.TellAt("bands", "'bands' holds the lower end of each band, ascending");
  }
  if (!grouping.bands.empty() && grouping.by_code) {
    section.TellAt("bands", "give either 'codes' or 'bands'");
  }
  return grouping;
}

ProgrammeColumn ReadProgramme(TomlSection& section) {
  section.AllowOnly(
      {"column", "name", "label", "unit", "received", "not_received", "missing", "amount"});
  ProgrammeColumn programme;
  ReadNames(section, &programme);
  if (!section.Has("received")) section.Tell("'received' is missing: the codes of a recipient");
  programme.received = ReadSet(section, "received");
  programme.not_received = ReadOptionalSet(section, "not_received");
  programme.missing = ReadSet(section, "missing");
  if (section.Has("amount")) programme.amount_column = section.ColumnName("amount");
  return programme;
}

Among ReadAmong(TomlSection& section) {
  section.AllowOnly({"column", "in", "range"});
  Among among;
  among.column = section.ColumnName();
  among.in = ReadOptionalSet(section, "in");
  const std::vector<double> range = section.Numbers("range");
  if (among.in.has_value() != range.empty()) section.Tell("give either 'in' or 'range'");
  if (range.empty()) return among;
  if (range.size() != 2 || range[0] > range[1]) {
    section.TellAt("range", "'range' must be two numbers, [lowest, highest]");
    return among;
  }
  among.low = range[0];
  among.high = range[1];
  return among;
}

IndicatorColumn ReadIndicator(TomlSection& section) {
  section.AllowOnly({"column", "name", "label", "unit", "kind", "yes", "no", "missing", "among"});
  IndicatorColumn indicator;
  ReadNames(section, &indicator);
  const std::string kind = section.Word("kind", {"share", "filled", "number"});
  indicator.is_number = kind == "number";
  indicator.filled_is_yes = kind == "filled";
  indicator.yes = ReadSet(section, "yes");
  indicator.no = ReadOptionalSet(section, "no");
  indicator.missing = ReadSet(section, "missing");
  if (kind == "share" && !section.Has("yes"))
    section.Tell("'yes' is missing: the codes that count");
  if (kind != "share" && (section.Has("yes") || section.Has("no"))) {
    section.Tell(fmt::format("'yes' and 'no' belong to kind = \"share\", this is \"{}\"", kind));
  }
  for (TomlSection& among : section.Tables("among")) indicator.among.push_back(ReadAmong(among));
  return indicator;
}

// Each block of `key`; a name may be given once.
template <typename Role>
std::vector<Role> ReadAll(TomlSection& root, std::string_view key, Role (*read)(TomlSection&)) {
  std::vector<Role> roles;
  std::set<std::string> names;
  for (TomlSection& section : root.Tables(key)) {
    Role role = read(section);
    if (!names.insert(role.name).second) {
      section.Tell(fmt::format("the name '{}' is given twice; add a 'name'", role.name));
    }
    roles.push_back(std::move(role));
  }
  return roles;
}

}  // namespace

SurveyRoles ReadSurveyRoles(TomlSection& root) {
  SurveyRoles roles;
  roles.design = ReadDesign(root);
  roles.groupings = ReadAll(root, "group", ReadGrouping);
  roles.programmes = ReadAll(root, "programme", ReadProgramme);
  roles.indicators = ReadAll(root, "indicator", ReadIndicator);
  return roles;
}

}  // namespace sepakat::ingestion
