#include "ingestion/wire/codebook_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "ingestion/domain/header.h"

namespace sepakat::ingestion {
namespace {

Condition ReadCondition(TomlSection section) {
  section.AllowOnly({"column", "in"});
  Condition condition;
  condition.slot = section.Column();
  if (!section.Has("in")) section.TellMissing("in", "'in' is missing");
  condition.in = ReadCodeSet(section, "in");
  return condition;
}

// Sets the bounds of a rule from its variable or item and from `range`.
void ReadBounds(TomlSection& section, int32_t low, int32_t high, VariableRule* rule) {
  rule->low = low;
  rule->high = high;
  rule->coded = IsCoded(high);
  if (!section.Has("range")) return;
  rule->coded = false;
  const toml::array* range = section.table().get("range")->as_array();
  const bool two = range != nullptr && range->size() == 2 && (*range)[0].is_integer() &&
                   (*range)[1].is_integer();
  if (!two) {
    section.TellAt("range", "'range' must be two whole numbers, [lowest, highest]");
    return;
  }
  const int64_t from = (*range)[0].as_integer()->get();
  const int64_t to = (*range)[1].as_integer()->get();
  if (from > to) {
    section.TellAt("range", fmt::format("'range' runs from {} down to {}", from, to));
  } else if (from < low || to > high) {
    section.TellAt(
        "range", fmt::format("'range' [{}, {}] leaves what the variable may be, {} to {}", from, to,
                             low, high));
  } else {
    rule->low = static_cast<int32_t>(from);
    rule->high = static_cast<int32_t>(to);
  }
}

void ReadCodes(TomlSection& section, VariableRule* rule) {
  const toml::node* node = section.table().get("codes");
  if (node == nullptr) return;
  if (const auto* word = node->as_string()) {
    if (word->get() != "same") section.TellAt("codes", "'codes' must be \"same\" or a table");
    return;
  }
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    section.TellAt("codes", "'codes' must be \"same\" or a table");
    return;
  }
  rule->same = false;
  for (const auto& [code, target] : *table) {
    const auto* value = target.as_integer();
    if (value == nullptr) {
      section.book().Tell(target,
                          fmt::format("code '{}': its value must be a whole number", code.str()));
      continue;
    }
    if (value->get() < rule->low || value->get() > rule->high) {
      section.book().Tell(
          target, fmt::format("code '{}' becomes {}, which is no value of the variable ({} to {})",
                              code.str(), value->get(), rule->low, rule->high));
      continue;
    }
    const auto number = static_cast<int32_t>(value->get());
    if (code.str() == "*") {
      rule->codes.SetOther(number);
    } else if (!rule->codes.Add(code.str(), number)) {
      section.book().Tell(
          target, fmt::format("code '{}' is given twice (codes match by number)", code.str()));
    }
  }
}

// The missing codes, none of which may be translated too.
void ReadMissing(TomlSection& section, VariableRule* rule) {
  rule->missing = ReadCodeSet(section, "missing");
  if (rule->same) return;
  const toml::table* codes = section.table().get("codes")->as_table();
  for (const std::string& code : section.Texts("missing")) {
    for (const auto& [known, target] : *codes) {
      if (known.str() == code) {
        section.TellAt("missing",
                       fmt::format("code '{}' is given twice: as missing and with a value", code));
      }
    }
  }
}

// What was probably meant, or everything that there is.
std::string Known(std::string_view wanted) {
  std::vector<std::string> names;
  for (const VariableInfo& variable : AllVariables()) names.emplace_back(variable.name);
  for (const ItemInfo& item : AllItems()) names.emplace_back(item.name);
  if (const std::string near = NearestName(wanted, names); !near.empty()) {
    return fmt::format("perhaps '{}'", near);
  }
  return fmt::format("known are: {}", fmt::join(names, " "));
}

bool FindTarget(TomlSection& section, const CodeBook& book, VariableRule* rule) {
  const std::string name = section.RequiredText("variable");
  if (name.empty() || name == "?") return false;
  if (const VariableInfo* variable = FindVariable(name)) {
    rule->variable = variable->number;
    ReadBounds(section, variable->low, variable->high, rule);
    return true;
  }
  const ItemInfo* item = FindItem(name);
  if (item == nullptr) {
    section.TellAt("variable", fmt::format("unknown variable '{}'; {}", name, Known(name)));
    return false;
  }
  if (!book.person_rows) {
    section.TellAt(
        "variable",
        fmt::format("'{}' is asked of members; it needs [record] unit = \"person\"", name));
  }
  rule->item = item->item;
  ReadBounds(section, item->low, item->high, rule);
  return true;
}

VariableRule ReadVariable(TomlSection& section, const CodeBook& book) {
  section.AllowOnly({"column", "variable", "codes", "missing", "range", "required", "asked_if",
                     "from_age", "to_age", "combine", "format"});
  VariableRule rule;
  rule.slot = section.Column();
  if (FindTarget(section, book, &rule)) ReadCodes(section, &rule);
  ReadMissing(section, &rule);
  rule.required = section.Flag("required", false);
  rule.asked_if = ReadConditions(section, "asked_if");
  const bool ages = section.Has("from_age") || section.Has("to_age");
  if (ages && !rule.item) section.Tell("'from_age' and 'to_age' are for member items");
  rule.from_age = static_cast<int>(section.Integer("from_age").value_or(0));
  rule.to_age = static_cast<int>(section.Integer("to_age").value_or(1000));
  if (rule.from_age > rule.to_age) section.TellAt("to_age", "'to_age' is below 'from_age'");
  const std::string how = section.Word("combine", {"first", "max", "min", "sum"});
  rule.combine = how == "max"   ? Combine::kMax
                 : how == "min" ? Combine::kMin
                 : how == "sum" ? Combine::kSum
                                : Combine::kFirst;
  if (section.Has("format") && rule.item != Item::kBirthDate) {
    section.TellAt("format", "'format' is for birth_date");
  }
  rule.date = ReadDatePattern(section, "format");
  return rule;
}

std::optional<Operand> ReadOperand(TomlSection& section, std::string_view key) {
  const std::string text = section.RequiredText(key);
  const std::optional<Decimal> number = ParseDecimal(text, {});
  if (number) return Operand{kNoSlot, *number};
  if (text.empty() || text == "?") return std::nullopt;
  return Operand{section.Column(key), {}};
}

void ReadComparison(TomlSection& section, EditRule* edit) {
  edit->left = ReadOperand(section, "left").value_or(Operand{});
  edit->right = ReadOperand(section, "right").value_or(Operand{});
  static const std::map<std::string, Relation> kRelations = {
      {"<=", Relation::kLessOrEqual}, {"<", Relation::kLess},    {"=", Relation::kEqual},
      {"!=", Relation::kNotEqual},    {">", Relation::kGreater}, {">=", Relation::kGreaterOrEqual}};
  const auto relation = kRelations.find(section.RequiredText("op"));
  if (relation != kRelations.end()) {
    edit->relation = relation->second;
  } else {
    section.TellAt("op", "'op' must be one of <= < = != > >=");
  }
}

void ReadNumberRange(TomlSection& section, EditRule* edit) {
  edit->slot = section.Column();
  const toml::node* node = section.table().get("range");
  const toml::array* range = node == nullptr ? nullptr : node->as_array();
  if (range == nullptr || range->size() != 2) {
    section.TellAt("range", "'range' must be two numbers, [lowest, highest]");
    return;
  }
  const auto bound = [&](size_t i) -> std::optional<Decimal> {
    if (const auto* whole = (*range)[i].as_integer()) return Decimal{whole->get(), 0};
    if (const auto* real = (*range)[i].as_floating_point()) {
      return ParseDecimal(fmt::format("{}", real->get()), {});
    }
    return std::nullopt;
  };
  const std::optional<Decimal> low = bound(0);
  const std::optional<Decimal> high = bound(1);
  if (!low || !high || Compare(*low, *high) > 0) {
    section.TellAt("range", "'range' must be two numbers, [lowest, highest]");
    return;
  }
  edit->low = *low;
  edit->high = *high;
}

void ReadEditBody(TomlSection& section, const std::string& kind, EditRule* edit) {
  if (kind == "one_head" || kind == "at_most_one_spouse") {
    edit->kind = kind == "one_head" ? EditKind::kOneHead : EditKind::kAtMostOneSpouse;
  } else if (kind == "requires" || kind == "forbids") {
    edit->kind = kind == "requires" ? EditKind::kRequires : EditKind::kForbids;
    edit->slot = section.Column();
    if (section.Has("in")) edit->in = ReadCodeSet(section, "in");
    std::optional<TomlSection> when = section.Table("when");
    if (!when) {
      section.TellMissing("when", "'when' is missing");
    } else {
      edit->when = ReadCondition(*when);
    }
  } else if (kind == "compare") {
    edit->kind = EditKind::kCompare;
    ReadComparison(section, edit);
  } else if (kind == "range") {
    edit->kind = EditKind::kRange;
    ReadNumberRange(section, edit);
  } else if (kind == "digits") {
    edit->kind = EditKind::kDigits;
    edit->slot = section.Column();
    edit->digits = static_cast<int>(section.Integer("digits").value_or(0));
    if (edit->digits < 1) section.Tell("'digits' must say how many");
  } else {
    edit->kind = EditKind::kDistinct;
    edit->slot = section.Column();
  }
}

}  // namespace

CodeSet ReadCodeSet(TomlSection& section, std::string_view key) {
  CodeSet set;
  for (const std::string& code : section.Texts(key)) set.Add(code);
  return set;
}

std::vector<Condition> ReadConditions(TomlSection& section, std::string_view key) {
  std::vector<Condition> conditions;
  for (const TomlSection& condition : section.Tables(key)) {
    conditions.push_back(ReadCondition(condition));
  }
  return conditions;
}

DatePattern ReadDatePattern(TomlSection& section, std::string_view key) {
  if (!section.Has(key)) return {};
  const std::optional<DatePattern> pattern = DatePattern::Parse(section.Text(key).value_or(""));
  if (pattern) return *pattern;
  section.TellAt(key, "a date format has YYYY, MM and DD once each, for example DD/MM/YYYY");
  return {};
}

void ReadVariables(TomlSection& root, CodeBook* book) {
  for (TomlSection& section : root.Tables("variable")) {
    VariableRule rule = ReadVariable(section, *book);
    const bool named = rule.variable != 0 || rule.item.has_value();
    const auto same = std::ranges::find_if(book->variables, [&](const VariableRule& other) {
      return named && other.variable == rule.variable && other.item == rule.item;
    });
    if (same != book->variables.end() && !section.Has("combine")) {
      section.TellAt("variable",
                     "the variable is given twice; say how with 'combine' in each block");
    }
    book->variables.push_back(std::move(rule));
  }
}

void ReadEdits(TomlSection& root, CodeBook* book) {
  for (TomlSection& section : root.Tables("edit")) {
    section.AllowOnly({"kind", "name", "severity", "message", "when", "column", "in", "left", "op",
                       "right", "range", "digits"});
    EditRule edit;
    if (!section.Has("kind")) section.TellMissing("kind", "'kind' is missing");
    const std::string kind =
        section.Word("kind", {"one_head", "at_most_one_spouse", "requires", "forbids", "compare",
                              "range", "digits", "distinct"});
    edit.reject = section.Word("severity", {"flag", "reject"}) == "reject";
    if (!section.Has("severity"))
      section.TellMissing("severity", "'severity' is missing: \"flag\" or \"reject\"");
    ReadEditBody(section, kind, &edit);
    const bool built_in = kind == "one_head" || kind == "at_most_one_spouse";
    if (built_in && !book->person_rows) {
      section.TellAt("kind", fmt::format("'{}' needs [record] unit = \"person\"", kind));
    }
    if (built_in) {
      edit.message = section.Text("message").value_or("");
    } else {
      edit.reason = section.RequiredText("name");
      edit.message = section.RequiredText("message");
      for (char& c : edit.reason) {
        const bool fits = std::islower(static_cast<unsigned char>(c)) != 0 ||
                          std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '_';
        if (!fits) {
          section.TellAt("name", "'name' is made of small letters, digits and _");
          break;
        }
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      }
    }
    book->edits.push_back(std::move(edit));
  }
}

}  // namespace sepakat::ingestion
