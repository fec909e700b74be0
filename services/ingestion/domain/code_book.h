// A code book as data: how the cells of one questionnaire become canonical values.
//
// Columns are named by their index in `columns`, the list of all columns that the book uses; a record
// carries exactly these cells in this order, whatever the order of the file was. docs/CODEBOOKS.md says
// what each part means.
// Thread: values, not changed after parsing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "ingestion/domain/date_pattern.h"
#include "ingestion/domain/decimal.h"
#include "ingestion/domain/variables.h"

namespace sepakat::ingestion {

using Column = int;

struct FileFormat {
  char separator = 0;  // 0: the one that occurs most in the header line.
  bool windows_1252 = false;
  NumberFormat numbers;
};

struct PopulationSpec {
  std::string id = "register";
  std::string name;
  bool sample = false;
  int welfare_decimals = 0;
  int weight_decimals = 3;
  std::string welfare_unit = "Rp/orang/bulan";
  Period welfare_period = Period::kMonth;
};

// All of them must hold.
struct Condition {
  Column column = 0;
  std::vector<std::string> in;
};

struct ObservedOn {
  std::optional<Column> column;
  DatePattern format;
  std::optional<int32_t> fallback;
};

struct RegionRole {
  std::vector<Column> columns;
  std::vector<int> pad;
  std::optional<std::unordered_map<std::string, std::string>> map;
  std::optional<std::string> value;
};

struct WeightRole {
  std::optional<Column> column;
  bool per_person = false;
  Decimal value{1, 0};
};

struct WelfareRole {
  std::vector<Column> columns;
  bool per_person = false;
  Period period = Period::kMonth;
  bool exp = false;
  Ratio multiply;
};

struct Roles {
  std::vector<Column> family;
  bool family_is_card_number = false;
  RegionRole region;
  std::optional<Column> size;  // Absent: the number of rows.
  WeightRole weight;
  std::optional<WelfareRole> welfare;
  std::optional<Column> official_decile;
  std::optional<Column> stratum;
  std::optional<Column> psu;
  std::optional<Column> submission;
  std::optional<Column> person_id;
  bool person_id_is_nik = false;
  std::vector<Column> names;
};

enum class Combine { kNone, kFirst, kMax, kMin, kSum };

struct VariableRule {
  Column column = 0;
  // Number of a family variable, or an item of each member.
  std::variant<int, MemberItem> target = 0;
  Range range;
  bool same = true;
  std::unordered_map<int32_t, int32_t> codes;
  std::optional<int32_t> other;
  std::vector<std::string> missing;
  bool required = false;
  std::vector<Condition> asked_if;
  int from_age = 0;
  int to_age = 1000;
  Combine combine = Combine::kNone;
  DatePattern format;
};

enum class EditKind {
  kOneHead,
  kAtMostOneSpouse,
  kRequires,
  kForbids,
  kCompare,
  kRange,
  kDigits,
  kDistinct
};

enum class Comparison { kLessOrEqual, kLess, kEqual, kNotEqual, kGreater, kGreaterOrEqual };

struct EditRule {
  EditKind kind = EditKind::kOneHead;
  std::string reason;  // UPPER_SNAKE
  bool reject = true;
  std::string message;
  std::optional<Condition> when;
  Column column = 0;
  std::vector<std::string> in;
  std::variant<Column, Decimal> left = 0;
  std::variant<Column, Decimal> right = 0;
  Comparison op = Comparison::kEqual;
  Decimal lowest;
  Decimal highest;
  int digits = 0;
};

struct OwnRegion {
  std::string code;
  std::string name;
  std::string kind = "survey";
};

struct CodeBook {
  std::string id;
  std::string version;
  std::string name;
  std::string steward;
  std::string source;
  FileFormat format;
  PopulationSpec population;
  bool by_person = false;
  ObservedOn observed_on;
  Roles roles;
  std::vector<VariableRule> variables;
  std::vector<EditRule> edits;
  std::vector<OwnRegion> regions;
  std::vector<std::string> columns;
  // Side by side with `columns`: cells that may be personal data.
  std::vector<bool> personal;
};

}  // namespace sepakat::ingestion
