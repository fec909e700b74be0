#include "sepakat/reference/programme_reader.h"

#include <limits>
#include <string>

namespace sepakat::reference {
namespace {

using tables::Problems;
using tables::TableReader;

constexpr int64_t kMostRupiah = 1'000'000'000'000'000;
constexpr int64_t kMostValue = std::numeric_limits<int32_t>::max();

// Digits grouped 1.2.2.1.2.4 with dots between.
bool IsSubactivityCode(std::string_view code) {
  static constexpr std::string_view kShape = "0.00.00.0.00.0000";
  if (code.size() != kShape.size()) return false;
  for (size_t i = 0; i < code.size(); ++i) {
    const bool digit = code[i] >= '0' && code[i] <= '9';
    if (kShape[i] == '.' ? code[i] != '.' : !digit) return false;
  }
  return true;
}

void ReadRule(TableReader reader, Problems& problems, events::v1::EligibilityRule& rule) {
  for (std::string& need : reader.Texts("needs")) rule.add_needs(std::move(need));
  rule.set_decile_max(static_cast<uint32_t>(reader.Integer("decile_max", 0, 10).value_or(0)));
  rule.set_poor_only(reader.Bool("poor_only"));
  for (const toml::table* entry : reader.Tables("parts")) {
    TableReader of_part(*entry, problems);
    events::v1::RulePart* part = rule.add_parts();
    part->set_variable(of_part.Text("variable", true));
    const std::optional<int64_t> least = of_part.Integer("at_least", 0, kMostValue);
    const std::optional<int64_t> most = of_part.Integer("at_most", 0, kMostValue);
    part->set_at_least(static_cast<int32_t>(least.value_or(0)));
    part->set_at_most(static_cast<int32_t>(most.value_or(kMostValue)));
    if (!least && !most) problems.Add(of_part.where(), "a part needs `at_least` or `at_most`");
    of_part.RefuseOthers();
  }
  reader.RefuseOthers();
}

}  // namespace

events::v1::ProgrammeRecorded ReadProgramme(TableReader reader, Problems& problems) {
  events::v1::ProgrammeRecorded programme;
  programme.set_id(reader.Text("id", true));
  programme.set_version(reader.Text("version", true));
  programme.set_name(reader.Text("name", true));
  programme.set_name_en(reader.Text("name_en"));
  programme.set_subactivity_code(reader.Text("subactivity_code", true));
  if (!programme.subactivity_code().empty() && !IsSubactivityCode(programme.subactivity_code())) {
    problems.Add(reader.where(), "`subactivity_code` must look like 1.04.03.2.03.0002");
  }
  programme.set_subactivity_name(reader.Text("subactivity_name", true));
  programme.set_nomenclature_version(reader.Text("nomenclature_version", true));
  programme.set_agency(reader.Text("agency", true));
  programme.set_unit(reader.Text("unit", true));
  programme.set_unit_cost_rupiah(
      reader.Integer("unit_cost_rupiah", 1, kMostRupiah, true).value_or(0));
  programme.set_ceiling_rupiah(reader.Integer("ceiling_rupiah", 0, kMostRupiah, true).value_or(0));
  programme.set_fund_source(reader.Text("fund_source"));
  programme.set_source(reader.Text("source", true));
  programme.set_year(static_cast<int32_t>(reader.Integer("year", 2000, 2100, true).value_or(0)));
  programme.set_deadline(reader.Date("deadline", true).value_or(0));
  programme.set_population(reader.Text("population"));
  if (const toml::table* rule = reader.Table("rule")) {
    ReadRule(TableReader(*rule, problems), problems, *programme.mutable_rule());
  } else {
    problems.Add(reader.where(), "`rule` is missing");
  }
  reader.RefuseOthers();
  return programme;
}

}  // namespace sepakat::reference
