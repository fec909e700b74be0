#include "sepakat/measure/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/status.h"

namespace sepakat::measure {
namespace {

struct RegionWord {
  std::string_view word;
  int parts;
};
constexpr std::array<RegionWord, 9> kRegionWords = {{{"region", 0},
                                                     {"province", 1},
                                                     {"provinsi", 1},
                                                     {"regency", 2},
                                                     {"kabupaten", 2},
                                                     {"district", 3},
                                                     {"kecamatan", 3},
                                                     {"village", 4},
                                                     {"desa", 4}}};

constexpr std::string_view kAge = "age";

template <typename Role>
std::optional<Name> InList(const std::vector<Role>& roles, Name::Kind kind, std::string_view text) {
  const auto found = std::ranges::find(roles, text, &Role::name);
  if (found == roles.end()) return std::nullopt;
  return Name{kind, std::string(text), static_cast<size_t>(found - roles.begin()), 0};
}

bool HasRegion(const ingestion::CodeBook& book) {
  return !book.region.slots.empty() || !book.region.value.empty();
}

std::string_view VariableName(const ingestion::VariableRule& rule) {
  if (rule.item) {
    for (const ingestion::ItemInfo& item : ingestion::AllItems()) {
      if (item.item == *rule.item) return item.name;
    }
  }
  for (const ingestion::VariableInfo& variable : ingestion::AllVariables()) {
    if (variable.number == rule.variable) return variable.name;
  }
  return {};
}

bool IsBornOn(const ingestion::VariableRule& rule) {
  return rule.item == ingestion::Item::kBirthDate;
}

// Variables that a book of members gives by family.
std::optional<Name> FindDerivedName(const ingestion::CodeBook& book, std::string_view text) {
  const ingestion::VariableInfo* variable = ingestion::FindVariable(text);
  const bool derived = variable != nullptr && variable->number >= ingestion::kMembers;
  if (!derived || !book.person_rows || book.family_slots.empty()) return std::nullopt;
  return Name{Name::kDerived, std::string(text), static_cast<size_t>(variable->number), 0};
}

std::vector<std::string> Known(const ingestion::CodeBook& book) {
  std::vector<std::string> names;
  for (const auto& role : book.survey.groupings) names.push_back(role.name);
  for (const auto& role : book.survey.programmes) names.push_back(role.name);
  for (const auto& role : book.survey.indicators) names.push_back(role.name);
  if (HasRegion(book)) names.emplace_back("region");
  for (const auto& rule : book.variables) names.emplace_back(VariableName(rule));
  return names;
}

}  // namespace

absl::StatusOr<Name> FindName(const ingestion::CodeBook& book,
                              std::span<const std::string> columns_of_file, std::string_view text) {
  if (auto found = InList(book.survey.groupings, Name::kGrouping, text)) return *found;
  if (auto found = InList(book.survey.programmes, Name::kProgramme, text)) return *found;
  if (auto found = InList(book.survey.indicators, Name::kIndicator, text)) return *found;
  const auto word = std::ranges::find(kRegionWords, text, &RegionWord::word);
  if (word != kRegionWords.end() && HasRegion(book)) {
    return Name{Name::kRegion, std::string(text), 0, word->parts};
  }
  if (auto found = FindVariableName(book, text)) return *found;
  if (auto found = FindDerivedName(book, text)) return *found;
  if (std::ranges::find(columns_of_file, text) != columns_of_file.end()) {
    return Name{Name::kColumn, std::string(text), 0, 0};
  }
  return base::Error(
      absl::StatusCode::kInvalidArgument, "NAME_UNKNOWN",
      fmt::format("'{}' is neither named by the code book ({}) nor a column of the file ({})", text,
                  fmt::join(Known(book), ", "), fmt::join(columns_of_file, ", ")));
}

std::optional<Name> FindVariableName(const ingestion::CodeBook& book, std::string_view variable) {
  auto rule = std::ranges::find(book.variables, variable, VariableName);
  if (rule == book.variables.end() && variable == kAge) {
    rule = std::ranges::find_if(book.variables, IsBornOn);
  }
  if (rule == book.variables.end()) return std::nullopt;
  return Name{Name::kVariable, std::string(variable),
              static_cast<size_t>(rule - book.variables.begin()), 0};
}

std::optional<Name> FindRegionName(const ingestion::CodeBook& book) {
  if (!HasRegion(book)) return std::nullopt;
  return Name{Name::kRegion, "region", 0, 0};
}

std::string LabelOf(const ingestion::CodeBook& book, const Name& name) {
  switch (name.kind) {
    case Name::kGrouping:
      return book.survey.groupings[name.index].label;
    case Name::kProgramme:
      return book.survey.programmes[name.index].label;
    case Name::kIndicator:
      return book.survey.indicators[name.index].label;
    case Name::kRegion:
    case Name::kVariable:
    case Name::kDerived:
    case Name::kColumn:
      break;
  }
  return name.text;
}

}  // namespace sepakat::measure
