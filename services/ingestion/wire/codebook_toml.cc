#include "ingestion/wire/codebook_toml.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "common/base/date.h"
#include "common/base/region_code.h"
#include "ingestion/domain/translate.h"
#include "ingestion/wire/codebook_measure.h"
#include "ingestion/wire/codebook_rules.h"
#include "ingestion/wire/toml_section.h"
#include "ingestion/wire/toml_text.h"

namespace sepakat::ingestion {
namespace {

void CheckId(TomlSection& section, const std::string& id) {
  const bool fits = std::ranges::all_of(
      id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  if (!fits) section.TellAt("id", fmt::format("'id' is '{}'; it is made of a-z, 0-9 and _", id));
}

std::optional<TomlSection> Required(TomlSection& parent, std::string_view key,
                                    std::string_view shown) {
  if (!parent.Has(key)) parent.TellMissing(key, fmt::format("{} is missing", shown));
  return parent.Table(key);
}

// A table that only a register cannot do without.
std::optional<TomlSection> RequiredToIngest(TomlSection& parent, std::string_view key,
                                            std::string_view shown, BookUse use) {
  return use == BookUse::kMeasure ? parent.Table(key) : Required(parent, key, shown);
}

void ReadHead(TomlSection& root, CodeBook* book) {
  std::optional<TomlSection> head = Required(root, "codebook", "[codebook]");
  if (!head) return;
  head->AllowOnly({"id", "version", "name", "steward", "source", "language"});
  book->id = head->RequiredText("id");
  CheckId(*head, book->id);
  book->version = head->RequiredText("version");
  book->name = head->RequiredText("name");
  book->steward = head->RequiredText("steward");
  book->source = head->RequiredText("source");
  head->Word("language", {"id", "en"});
}

char ReadMark(TomlSection& section, std::string_view key, char fallback) {
  const std::optional<std::string> mark = section.Text(key);
  if (!mark || mark->empty()) return fallback;
  if (mark->size() == 1) return mark->front();
  section.TellAt(key, fmt::format("'{}' must be one mark", key));
  return fallback;
}

void ReadFormat(TomlSection& root, CodeBook* book) {
  std::optional<TomlSection> format = root.Table("format");
  if (!format) return;
  format->AllowOnly({"separator", "encoding", "decimal_mark", "thousands_mark", "missing", "keep"});
  const std::string separator = format->Word("separator", {"auto", ",", ";", "\t", "|"});
  book->format.separator = separator == "auto" ? '\0' : separator.front();
  // Latin-1 has no characters that windows-1252 lacks; whoever writes one of them means the other.
  if (format->Word("encoding", {"utf-8", "windows-1252", "iso-8859-1", "latin-1"}) != "utf-8") {
    book->format.encoding = Encoding::kWindows1252;
  }
  book->format.numbers.decimal_mark = format->Word("decimal_mark", {".", ","}).front();
  book->format.numbers.thousands_mark = ReadMark(*format, "thousands_mark", '\0');
  if (book->format.numbers.thousands_mark == book->format.numbers.decimal_mark) {
    format->TellAt("thousands_mark", "'thousands_mark' and 'decimal_mark' are the same");
  }
  book->format.missing = format->Texts("missing");
  for (const std::string& column : format->Texts("keep")) {
    format->book().Slot(column, *format->table().get("keep"));
  }
}

std::optional<Period> ReadPeriod(TomlSection& section, std::string_view key) {
  const std::string word = section.Word(key, {"month", "day", "week", "year"});
  if (word == "day") return Period::kDay;
  if (word == "week") return Period::kWeek;
  return word == "year" ? Period::kYear : Period::kMonth;
}

void ReadPopulation(TomlSection& root, CodeBook* book) {
  std::optional<TomlSection> section = root.Table("population");
  if (!section) return;
  section->AllowOnly({"id", "name", "sample", "welfare_decimals", "weight_decimals", "welfare_unit",
                      "welfare_period"});
  Population& population = book->population;
  population.id = section->Text("id").value_or(population.id);
  CheckId(*section, population.id);
  if (population.id != "register") population.name = section->RequiredText("name");
  if (section->Has("name")) population.name = section->RequiredText("name");
  population.sample = section->Flag("sample", false);
  const int64_t welfare = section->Integer("welfare_decimals").value_or(0);
  const int64_t weight = section->Integer("weight_decimals").value_or(3);
  if (welfare < 0 || welfare > 8)
    section->TellAt("welfare_decimals", "'welfare_decimals' is 0 to 8");
  if (weight < 0 || weight > 6) section->TellAt("weight_decimals", "'weight_decimals' is 0 to 6");
  population.welfare_decimals = static_cast<int>(welfare);
  population.weight_decimals = static_cast<int>(weight);
  population.welfare_unit = section->Text("welfare_unit").value_or(population.welfare_unit);
  population.welfare_period = *ReadPeriod(*section, "welfare_period");
}

std::optional<int32_t> ReadDay(TomlSection& section, std::string_view key) {
  const std::optional<std::string> text = section.Text(key);
  if (!text) return std::nullopt;
  const absl::StatusOr<int32_t> day = base::ParseIsoDate(*text);
  if (day.ok()) return *day;
  section.TellAt(key, fmt::format("'{}' is no date like 2025-03-31", *text));
  return std::nullopt;
}

void ReadRecord(TomlSection& root, BookUse use, CodeBook* book) {
  std::optional<TomlSection> record = Required(root, "record", "[record]");
  if (!record) return;
  record->AllowOnly({"unit", "observed_on", "member_if"});
  if (!record->Has("unit"))
    record->TellMissing("unit", "'unit' is missing: \"family\" or \"person\"");
  book->person_rows = record->Word("unit", {"family", "person"}) == "person";
  book->member_if = ReadConditions(*record, "member_if");
  if (record->Has("member_if") && !book->person_rows) {
    record->TellAt("member_if", "'member_if' needs unit = \"person\"");
  }
  std::optional<TomlSection> day = RequiredToIngest(*record, "observed_on", "'observed_on'", use);
  if (!day) return;
  day->AllowOnly({"value", "column", "columns", "format", "default"});
  if (day->Has("value")) {
    book->observed_default = ReadDay(*day, "value");
    if (day->Has("column")) day->TellAt("column", "give either 'value' or 'column'");
    return;
  }
  book->observed_slots = day->Columns();
  book->observed_in_parts = day->Has("columns");
  if (book->observed_slots.size() > 3) {
    day->TellAt("columns", "'columns' names the columns of year, month and day, in this order");
  }
  if (day->Has("columns") && day->Has("format")) {
    day->TellAt("format", "'format' goes with one 'column'");
  }
  book->observed_format = ReadDatePattern(*day, "format");
  book->observed_default = ReadDay(*day, "default");
}

void ReadRegionRole(TomlSection& roles, BookUse use, CodeBook* book) {
  std::optional<TomlSection> region = RequiredToIngest(roles, "region", "'region'", use);
  if (!region) return;
  region->AllowOnly({"column", "columns", "coding", "pad", "map", "value"});
  if (region->Text("coding").value_or("") == "bps") {
    region->TellAt("coding",
                   "BPS codes are other numbers than Kemendagri codes; give a 'map' from one "
                   "to the other");
  } else {
    region->Word("coding", {"kemendagri", "own"});
  }
  if (region->Has("value")) {
    book->region.value = region->RequiredText("value");
    return;
  }
  book->region.slots = region->Columns();
  for (const std::string& width : region->Texts("pad")) {
    const std::optional<int32_t> digits = SmallInteger(width);
    if (!digits || *digits < 1 || *digits > 9)
      region->TellAt("pad", "'pad' holds widths such as 2 or 4");
    book->region.pad.push_back(digits.value_or(2));
  }
  if (!book->region.pad.empty() && book->region.pad.size() != book->region.slots.size()) {
    region->TellAt("pad", "'pad' needs one width for each column");
  }
  std::optional<TomlSection> map = region->Table("map");
  for (auto it = map ? map->table().begin() : toml::table::const_iterator();
       map && it != map->table().end(); ++it) {
    const std::string code = it->second.value_or<std::string>("");
    if (!base::IsRegionCode(code)) {
      region->book().Tell(it->second, fmt::format("'{}' is mapped to '{}', which is no region code",
                                                  it->first.str(), code));
    }
    book->region.map.emplace(it->first.str(), code);
  }
}

void ReadSize(TomlSection& size, CodeBook* book) {
  size.AllowOnly({"column", "count", "value", "missing"});
  if (size.Has("column") + size.Has("count") + size.Has("value") > 1) {
    size.Tell("give one of 'column', 'count' and 'value'");
  }
  if (size.Has("value")) {
    const int64_t value = size.Integer("value").value_or(1);
    if (value < 1 || value > kSizeLimit) {
      size.TellAt("value", fmt::format("'value' is a number of members, 1 to {}", kSizeLimit));
    }
    book->size_value = static_cast<int32_t>(value);
  } else if (size.Flag("count", false)) {
    if (!book->person_rows) size.TellAt("count", "'count' needs [record] unit = \"person\"");
  } else {
    book->size_slot = size.Column();
    book->size_missing = ReadCodeSet(size, "missing");
  }
}

void ReadWeight(TomlSection& roles, CodeBook* book) {
  std::optional<TomlSection> weight = roles.Table("weight");
  if (!weight) return;
  weight->AllowOnly({"column", "per", "value", "missing"});
  if (weight->Has("value")) {
    const std::optional<Decimal> value = ParseDecimal(weight->Text("value").value_or(""), {});
    if (!value || value->digits <= 0)
      weight->TellAt("value", "'value' must be a positive number in quotes");
    book->weight_value = value.value_or(Decimal{1, 0});
    return;
  }
  book->weight_slot = weight->Column();
  book->weight_missing = ReadCodeSet(*weight, "missing");
  book->weight_per_person = weight->Word("per", {"family", "person"}) == "person";
  if (book->weight_per_person && !book->person_rows) {
    weight->TellAt("per", "a weight per person needs [record] unit = \"person\"");
  }
}

void ReadWelfare(TomlSection& roles, CodeBook* book) {
  std::optional<TomlSection> welfare = roles.Table("welfare");
  if (!welfare) return;
  welfare->AllowOnly(
      {"column", "columns", "unit", "period", "transform", "multiply", "missing", "if_empty"});
  WelfareRole role;
  role.slots = welfare->Columns();
  if (!welfare->Has("unit"))
    welfare->TellMissing("unit", "'unit' is missing: \"family\", \"person\" or \"member\"");
  if (!welfare->Has("period"))
    welfare->TellMissing("period", "'period' is missing: \"day\", \"week\", \"month\" or \"year\"");
  const std::string unit = welfare->Word("unit", {"family", "person", "member"});
  role.of = unit == "family"   ? AmountOf::kFamily
            : unit == "member" ? AmountOf::kMember
                               : AmountOf::kPerson;
  if (role.of == AmountOf::kMember && !book->person_rows) {
    welfare->TellAt("unit", "an amount of each member needs [record] unit = \"person\"");
  }
  role.exponential = welfare->Word("transform", {"none", "exp"}) == "exp";
  if (role.exponential && (role.slots.size() > 1 || role.of == AmountOf::kMember)) {
    welfare->TellAt("transform",
                    "logarithms are not added up: 'exp' goes with one column of one amount");
  }
  role.empty_is_zero = welfare->Word("if_empty", {"unknown", "zero"}) == "zero";
  role.missing = ReadCodeSet(*welfare, "missing");
  const std::optional<Ratio> factor = ParseRatio(welfare->Text("multiply").value_or("1"));
  if (!factor)
    welfare->TellAt("multiply",
                    "'multiply' must be a positive number or fraction, for example \"30/7\"");
  role.factor = Multiply(factor.value_or(Ratio{}), PeriodRatio(*ReadPeriod(*welfare, "period"),
                                                               book->population.welfare_period));
  book->welfare = std::move(role);
}

int OptionalColumn(TomlSection& roles, std::string_view role) {
  std::optional<TomlSection> section = roles.Table(role);
  if (!section) return kNoSlot;
  section->AllowOnly({"column"});
  return section->Column();
}

std::vector<int> OptionalColumns(TomlSection& roles, std::string_view role) {
  std::optional<TomlSection> section = roles.Table(role);
  if (!section) return {};
  section->AllowOnly({"column", "columns"});
  return section->Columns();
}

void ReadIdentityRoles(TomlSection& roles, BookUse use, CodeBook* book) {
  if (std::optional<TomlSection> family = RequiredToIngest(roles, "family", "'family'", use)) {
    family->AllowOnly({"column", "columns", "kind"});
    book->family_slots = family->Columns();
    book->family_is_kk = family->Word("kind", {"text", "kk"}) == "kk";
  }
  if (std::optional<TomlSection> person = roles.Table("person_id")) {
    person->AllowOnly({"column", "kind"});
    book->person_id_slot = person->Column();
    book->person_id_is_nik = person->Word("kind", {"nik", "text"}) == "nik";
  }
  if (std::optional<TomlSection> name = roles.Table("name")) {
    name->AllowOnly({"column", "columns"});
    book->name_slots = name->Columns();
  }
}

void ReadRoles(TomlSection& root, BookUse use, CodeBook* book) {
  std::optional<TomlSection> roles = Required(root, "roles", "[roles]");
  if (!roles) return;
  roles->AllowOnly({"family", "region", "size", "weight", "welfare", "official_decile", "stratum",
                    "psu", "submission", "person_id", "name", "region_name"});
  ReadIdentityRoles(*roles, use, book);
  ReadRegionRole(*roles, use, book);
  if (std::optional<TomlSection> size = RequiredToIngest(*roles, "size", "'size'", use)) {
    ReadSize(*size, book);
  }
  ReadWeight(*roles, book);
  ReadWelfare(*roles, book);
  if (std::optional<TomlSection> decile = roles->Table("official_decile")) {
    decile->AllowOnly({"column", "missing"});
    book->official_decile_slot = decile->Column();
    book->decile_missing = ReadCodeSet(*decile, "missing");
  }
  book->stratum_slots = OptionalColumns(*roles, "stratum");
  book->psu_slots = OptionalColumns(*roles, "psu");
  book->submission_slot = OptionalColumn(*roles, "submission");
  book->region_name_slot = OptionalColumn(*roles, "region_name");
}

void ReadRegions(TomlSection& root, CodeBook* book) {
  std::set<std::string> codes = {"0"};
  for (TomlSection& section : root.Tables("region")) {
    section.AllowOnly({"code", "name", "kind"});
    OwnRegion region;
    region.code = section.RequiredText("code");
    region.name = section.RequiredText("name");
    region.kind = section.Text("kind").value_or("survey");
    if (!base::IsRegionCode(region.code)) {
      section.TellAt("code", fmt::format("'{}' is no region code", region.code));
      continue;
    }
    if (!codes.insert(region.code).second && region.code != "0") {
      section.TellAt("code", fmt::format("region '{}' is given twice", region.code));
    }
    if (region.code != "0" && !codes.contains(std::string(base::ParentOf(region.code)))) {
      section.TellAt("code", fmt::format("the parent '{}' of region '{}' must stand before it",
                                         base::ParentOf(region.code), region.code));
    }
    book->regions.push_back(std::move(region));
  }
  if (book->regions.empty()) return;
  if (book->population.id == "register") root.Tell("the register takes no [[region]] of its own");
  for (const auto& [cell, code] : book->region.map) {
    if (!codes.contains(code)) {
      root.Tell(fmt::format(
          "[roles] region: '{}' is mapped to '{}', which no [[region]] block names", cell, code));
    }
  }
}

}  // namespace

CodebookReading ReadCodebook(std::string_view toml, std::string_view file_name, BookUse use) {
  CodebookReading reading;
  TomlText text = ReadToml(toml, file_name);
  BookReader reader;
  reader.file = file_name;
  reader.findings = std::move(text.mistakes);
  reader.lost_keys = std::move(text.lost_keys);
  if (!text.readable) {
    reading.findings = std::move(reader.findings);
    return reading;
  }
  CodeBook book;
  TomlSection root(&reader, &text.table, "");
  root.AllowOnly({"codebook", "format", "population", "record", "roles", "variable", "edit",
                  "region", "design", "group", "programme", "indicator"});
  ReadHead(root, &book);
  ReadFormat(root, &book);
  ReadPopulation(root, &book);
  ReadRecord(root, use, &book);
  ReadRoles(root, use, &book);
  ReadVariables(root, &book);
  ReadEdits(root, &book);
  ReadRegions(root, &book);
  book.survey = ReadSurveyRoles(root);
  book.columns = std::move(reader.columns);
  std::ranges::stable_sort(reader.findings, {}, &BookFinding::line);
  reading.findings = std::move(reader.findings);
  reading.column_lines = std::move(reader.column_lines);
  if (reading.findings.empty()) reading.book = std::move(book);
  return reading;
}

}  // namespace sepakat::ingestion
