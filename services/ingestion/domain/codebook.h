// A code book: how one version of one questionnaire becomes canonical values.
//
// Read from TOML by wire/codebook_toml.h; what every part means is told in docs/CODEBOOKS.md.
// Columns are named once in `columns` and meant by their place there (a slot) everywhere else, so
// that nothing below depends on the order of columns in a file. Thread: immutable after it was
// built.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingestion/domain/canonical.h"
#include "ingestion/domain/code_table.h"
#include "ingestion/domain/date_pattern.h"
#include "ingestion/domain/decimal.h"
#include "ingestion/domain/survey_roles.h"

namespace sepakat::ingestion {

inline constexpr int kNoSlot = -1;

// A column that every file has: the running number of the row, from 1, for files without any
// identity.
inline constexpr std::string_view kRowNumberColumn = "#row";

struct Population {
  std::string id = "register";
  std::string name = "Register keluarga";
  bool sample = false;
  int welfare_decimals = 0;
  int weight_decimals = 3;
  std::string welfare_unit = "Rp/orang/bulan";
  Period welfare_period = Period::kMonth;
  bool operator==(const Population&) const = default;
};

enum class Encoding { kUtf8, kWindows1252 };

struct FileFormat {
  // 0: the mark that occurs most in the header line.
  char separator = 0;
  Encoding encoding = Encoding::kUtf8;
  NumberFormat numbers;
  // Cells with such a text are empty ones, in every column: `NA`, `.`.
  std::vector<std::string> missing;

  std::string_view WithoutMissing(std::string_view cell) const {
    for (const std::string& text : missing) {
      if (cell == text) return {};
    }
    return cell;
  }
};

struct RegionRole {
  std::vector<int> slots;
  std::vector<int> pad;
  // Not empty: the only codes understood.
  std::unordered_map<std::string, std::string> map;
  std::string value;
};

// Whom an amount belongs to: each member has it (per head), the family has it as a whole, or every
// member's row carries the amount of that member alone.
enum class AmountOf { kPerson, kFamily, kMember };

struct WelfareRole {
  std::vector<int> slots;
  AmountOf of = AmountOf::kPerson;
  bool exponential = false;
  // An empty cell is no amount instead of an unknown one.
  bool empty_is_zero = false;
  CodeSet missing;
  // `multiply` times the change of period.
  Ratio factor;
};

struct Condition {
  int slot = kNoSlot;
  CodeSet in;
};

enum class Combine { kFirst, kMax, kMin, kSum };

struct VariableRule {
  int slot = kNoSlot;
  // Exactly one of both.
  int variable = 0;
  std::optional<Item> item;
  bool same = true;
  CodeTable codes;
  CodeSet missing;
  int32_t low = 0;
  int32_t high = 0;
  // Values are codes, not quantities: one outside the bounds is an unknown code.
  bool coded = false;
  bool required = false;
  std::vector<Condition> asked_if;
  int from_age = 0;
  int to_age = 1000;
  Combine combine = Combine::kFirst;
  DatePattern date;

  // Asked of some ages alone.
  bool has_ages() const { return from_age > 0 || to_age < 1000; }
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

// One side of a comparison: a column or a number.
struct Operand {
  int slot = kNoSlot;
  Decimal number;
};

enum class Relation { kLessOrEqual, kLess, kEqual, kNotEqual, kGreater, kGreaterOrEqual };

struct EditRule {
  EditKind kind = EditKind::kOneHead;
  std::string reason;
  bool reject = false;
  std::string message;
  int slot = kNoSlot;
  Condition when;
  std::optional<CodeSet> in;
  Operand left;
  Operand right;
  Relation relation = Relation::kEqual;
  Decimal low;
  Decimal high;
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
  Population population;
  FileFormat format;
  // One row per member (else one per family).
  bool person_rows = false;
  // Rows that fail one of them are no members: visitors, people who moved away.
  std::vector<Condition> member_if;

  // Every column that the book names, in order of appearance.
  std::vector<std::string> columns;

  // Observation: a fixed day; or a column with the date; or in parts, columns of year, month and
  // day (the last may be lacking: the first day). With an optional substitute.
  std::vector<int> observed_slots;
  bool observed_in_parts = false;
  DatePattern observed_format;
  std::optional<int32_t> observed_default;

  std::vector<int> family_slots;
  bool family_is_kk = false;
  int person_id_slot = kNoSlot;
  bool person_id_is_nik = true;
  std::vector<int> name_slots;
  int submission_slot = kNoSlot;
  RegionRole region;
  int region_name_slot = kNoSlot;
  // Members: of a column; else a fixed number; else the number of rows.
  int size_slot = kNoSlot;
  std::optional<int32_t> size_value;
  CodeSet size_missing;
  int weight_slot = kNoSlot;
  CodeSet weight_missing;
  Decimal weight_value{1, 0};
  bool weight_per_person = false;
  std::optional<WelfareRole> welfare;
  // Several are joined with `/`; none: not known.
  std::vector<int> stratum_slots;
  std::vector<int> psu_slots;
  int official_decile_slot = kNoSlot;
  CodeSet decile_missing;

  std::vector<VariableRule> variables;
  std::vector<EditRule> edits;
  std::vector<OwnRegion> regions;

  // For `sepakat measure` alone.
  SurveyRoles survey;

  std::string_view column(int slot) const {
    return slot == kNoSlot ? std::string_view() : columns[static_cast<size_t>(slot)];
  }
};

}  // namespace sepakat::ingestion
