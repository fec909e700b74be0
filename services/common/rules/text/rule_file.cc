#include "common/rules/text/rule_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "common/base/fixed_point.h"
#include "common/base/status.h"
#include "common/rules/check.h"
#include "common/tables/table_reader.h"

namespace sepakat::rules {
namespace {

using tables::Problems;
using tables::TableReader;

std::string Upper(std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  return upper;
}

class RuleReader {
 public:
  RuleReader(std::string_view file, Problems& problems, RuleSet& set)
      : file_(file), problems_(problems), set_(set) {}

  void ReadVariable(TableReader reader) {
    DeclaredVariable variable;
    variable.at = At(reader.where());
    variable.name = reader.Text("name", true);
    variable.low = static_cast<int32_t>(reader.Integer("low", 0, kMostValue, true).value_or(0));
    variable.high = static_cast<int32_t>(reader.Integer("high", 0, kMostValue, true).value_or(0));
    variable.about = reader.Text("about", true);
    reader.RefuseOthers();
    set_.variables.push_back(std::move(variable));
  }

  void ReadRule(TableReader reader) {
    const size_t before = problems_.size();
    Rule rule;
    rule.at = At(reader.where());
    rule.id = reader.Text("id", true);
    rule.name = reader.Text("name");
    rule.name_en = reader.Text("name_en");
    rule.source = reader.Text("source");
    rule.note = reader.Text("note");
    if (rule.source.empty()) rule.source = set_.source;
    owner_ = rule.id;
    written_inside_ = 0;
    rule.body = ReadBody(reader, Upper(rule.id));
    reader.RefuseOthers();
    rule.unread = problems_.size() > before;
    set_.rules.push_back(std::move(rule));
  }

 private:
  static constexpr int64_t kMostValue = 2'000'000'000;

  Position At(const toml::source_region& where) const {
    return {file_, static_cast<int>(where.begin.line)};
  }

  // `reason`: said of a true answer where the text says none.
  std::variant<Question, Combination> ReadBody(TableReader& reader, const std::string& reason) {
    const bool combines = reader.Has("any_of") || reader.Has("all_of") || reader.Has("none_of") ||
                          reader.Has("at_least") || reader.Has("of");
    if (combines) return ReadCombination(reader);
    return ReadQuestion(reader, reason);
  }

  Question ReadQuestion(TableReader& reader, const std::string& reason) {
    Question question;
    question.variable = reader.Text("variable", true);
    question.per = reader.Text("per");
    question.unknown_reason = reader.Text("unknown");
    if (question.unknown_reason.empty()) {
      question.unknown_reason = Upper(question.variable) + "_UNKNOWN";
    }
    if (const toml::table* condition = reader.Table("asked_if")) {
      question.asked_if = WriteInside(*condition);
      question.not_asked = ReadTruth(reader, "not_asked").value_or(Truth::kFalse);
    }
    const std::vector<const toml::table*> cases = reader.Tables("case");
    for (const toml::table* entry : cases) {
      question.cases.push_back(ReadCase(TableReader(*entry, problems_), reason));
    }
    if (cases.empty()) AddCondition(reader, reason, &question);
    return question;
  }

  // True for the values named, false for all others.
  void AddCondition(TableReader& reader, const std::string& reason, Question* question) {
    Case holds;
    holds.at = At(reader.where());
    holds.answer = Truth::kTrue;
    holds.reason = reader.Text("reason");
    if (holds.reason.empty()) holds.reason = reason;
    if (!ReadValues(reader, &holds.values)) {
      problems_.Add(reader.where(),
                    "say for which values: `in`, `from`, `above`, `below` or `to`, "
                    "or a list of `case`");
    }
    Case otherwise;
    otherwise.at = holds.at;
    otherwise.otherwise = true;
    otherwise.implied = true;
    otherwise.answer = Truth::kFalse;
    question->cases = {std::move(holds), std::move(otherwise)};
  }

  Case ReadCase(TableReader reader, const std::string& reason) {
    Case one;
    one.at = At(reader.where());
    one.otherwise = !ReadValues(reader, &one.values);
    one.reason = reader.Text("reason");
    if (reader.Has("ask") == reader.Has("is")) {
      problems_.Add(reader.where(), "a case says either `is` or `ask`");
    }
    if (const std::optional<Truth> answer = ReadTruth(reader, "is")) one.answer = *answer;
    if (one.answer == Truth::kTrue && one.reason.empty()) one.reason = reason;
    ReadAsk(reader, &one);
    reader.RefuseOthers();
    return one;
  }

  void ReadAsk(TableReader& reader, Case* one) {
    const toml::node* node = reader.Any("ask");
    if (node == nullptr) return;
    if (const toml::table* table = node->as_table()) {
      one->ask = WriteInside(*table);
    } else {
      one->ask = reader.Text("ask", true);
    }
  }

  std::optional<Truth> ReadTruth(TableReader& reader, std::string_view key) {
    const toml::node* node = reader.Any(key);
    if (node == nullptr) return std::nullopt;
    if (const std::optional<bool> value = node->value_exact<bool>()) return TruthOf(*value);
    if (node->value_exact<std::string>() == "unknown") return Truth::kUnknown;
    problems_.Add(node->source(), fmt::format("`{}` must be true, false or \"unknown\"", key));
    return std::nullopt;
  }

  // False when the table names no values.
  bool ReadValues(TableReader& reader, Ranges* values) {
    const bool bounded =
        reader.Has("from") || reader.Has("above") || reader.Has("below") || reader.Has("to");
    if (reader.Has("in")) {
      if (bounded) problems_.Add(reader.where(), "either `in` or bounds, not both");
      for (int64_t code : reader.Integers("in")) {
        if (code < -kMostValue || code > kMostValue) {
          problems_.Add(reader.where(), fmt::format("{} is too large for a value", code));
          continue;
        }
        const Range value = Exactly(code);
        if (!Intersection(*values, {value}).empty()) {
          problems_.Add(reader.where(), fmt::format("{} stands twice in `in`", code));
        }
        values->push_back(value);
      }
    }
    if (!bounded) return reader.Has("in");
    if (reader.Has("from") && reader.Has("above")) {
      problems_.Add(reader.where(), "either `from` (included) or `above` (not included)");
    }
    if (reader.Has("below") && reader.Has("to")) {
      problems_.Add(reader.where(), "either `to` (included) or `below` (not included)");
    }
    Range range;
    if (const auto from = Bound(reader, "from")) range.first = Before(*from);
    if (const auto above = Bound(reader, "above")) range.first = Behind(*above);
    if (const auto below = Bound(reader, "below")) range.end = Before(*below);
    if (const auto to = Bound(reader, "to")) range.end = Behind(*to);
    values->push_back(range);
    return true;
  }

  std::optional<int64_t> Bound(TableReader& reader, std::string_view key) {
    const std::string text = reader.Decimal(key);
    if (text.empty()) return std::nullopt;
    const absl::StatusOr<int64_t> nano = base::ParseScaled(text, 9);
    const bool exact =
        nano.ok() && *nano % 1000 == 0 && std::abs(*nano) <= kLargestBoundMicro * 1000;
    if (exact) return *nano / 1000;
    problems_.Add(reader.where(), fmt::format("`{}` must have at most six decimals and lie within "
                                              "two thousand million",
                                              key));
    return std::nullopt;
  }

  Combination ReadCombination(TableReader& reader) {
    static constexpr std::pair<std::string_view, Combining> kWays[] = {
        {"any_of", Combining::kAny}, {"all_of", Combining::kAll}, {"none_of", Combining::kNone}};
    Combination combination;
    int ways = 0;
    for (const auto& [key, how] : kWays) {
      if (!reader.Has(key)) continue;
      ++ways;
      combination.how = how;
      ReadParts(reader, key, &combination);
    }
    if (reader.Has("at_least") || reader.Has("of")) {
      ++ways;
      combination.how = Combining::kAtLeast;
      combination.count = static_cast<int>(reader.Integer("at_least", 1, 1000, true).value_or(1));
      ReadParts(reader, "of", &combination);
    }
    if (ways != 1 || reader.Has("variable")) {
      problems_.Add(reader.where(),
                    "a rule is one of `variable`, `any_of`, `all_of`, `none_of`, and "
                    "`at_least` with `of`");
    }
    combination.reason = reader.Text("reason");
    combination.unknown_reason = reader.Text("unknown");
    return combination;
  }

  void ReadParts(TableReader& reader, std::string_view key, Combination* combination) {
    const toml::array* parts = reader.List(key);
    if (parts == nullptr) {
      if (!reader.Has(key)) problems_.Add(reader.where(), fmt::format("`{}` is missing", key));
      return;
    }
    for (const toml::node& item : *parts) {
      Part part;
      part.at = At(item.source());
      if (const toml::table* table = item.as_table()) {
        part.rule = WriteInside(*table);
      } else if (const std::optional<std::string> id = item.value_exact<std::string>()) {
        part.rule = *id;
      } else {
        problems_.Add(item.source(), fmt::format("`{}` lists ids of rules, or conditions", key));
        continue;
      }
      combination->parts.push_back(std::move(part));
    }
  }

  // A rule that is written inside another one; gives the id it gets.
  std::string WriteInside(const toml::table& table) {
    const size_t before = problems_.size();
    TableReader reader(table, problems_);
    Rule rule;
    rule.at = At(table.source());
    rule.id = fmt::format("{}#{}", owner_, ++written_inside_);
    std::string id = rule.id;
    rule.body = ReadBody(reader, "");
    reader.RefuseOthers();
    rule.unread = problems_.size() > before;
    set_.rules.push_back(std::move(rule));
    return id;
  }

  const std::string file_;
  Problems& problems_;
  RuleSet& set_;
  // The named rule that is being read, and how many were written inside it.
  std::string owner_;
  int written_inside_ = 0;
};

// The rule itself, or the one it was written inside.
std::string_view OwnerOf(const Rule& rule) {
  return std::string_view(rule.id).substr(0, rule.id.find('#'));
}

bool Uses(const RuleSet& set, const std::string& variable) {
  return std::ranges::any_of(set.rules, [&variable](const Rule& rule) {
    const auto* question = std::get_if<Question>(&rule.body);
    return question != nullptr && (question->variable == variable || question->per == variable);
  });
}

// Puts what `own` does not say itself in front of it.
void Inherit(const RuleSet& base, RuleSet* own) {
  std::vector<Rule> rules;
  for (const Rule& rule : base.rules) {
    if (own->Find(OwnerOf(rule)) == nullptr) rules.push_back(rule);
  }
  rules.insert(rules.end(), own->rules.begin(), own->rules.end());
  own->rules = std::move(rules);
  for (const DeclaredVariable& variable : base.variables) {
    const bool said =
        std::ranges::count(own->variables, variable.name, &DeclaredVariable::name) > 0;
    if (!said && Uses(*own, variable.name)) own->variables.push_back(variable);
  }
}

void ReadHeader(TableReader reader, RuleSet* set) {
  set->version = reader.Text("version", true);
  set->name = reader.Text("name", true);
  set->name_en = reader.Text("name_en", true);
  set->source = reader.Text("source", true);
  set->valid_from = reader.Date("valid_from");
  set->extends = reader.Text("extends");
  reader.RefuseOthers();
}

void ReadSet(const toml::table& root, std::string_view file_name, std::span<const RuleSet> known,
             Problems& problems, RuleSet* set) {
  TableReader file(root, problems);
  const toml::table* header = file.Table("rules");
  if (header == nullptr) {
    problems.AddLine(1, "`[rules]` is missing: version, name, source and first day of the set");
  } else {
    ReadHeader(TableReader(*header, problems), set);
  }
  RuleReader reader(file_name, problems, *set);
  for (const toml::table* entry : file.Tables("variable")) {
    reader.ReadVariable(TableReader(*entry, problems));
  }
  for (const toml::table* entry : file.Tables("rule")) {
    reader.ReadRule(TableReader(*entry, problems));
  }
  file.RefuseOthers();
  if (set->rules.empty()) problems.AddLine(1, "the file holds no `[[rule]]`");
  if (set->extends.empty()) return;
  const auto base = std::ranges::find(known, set->extends, &RuleSet::version);
  if (base == known.end()) {
    problems.Add(header->source(),
                 fmt::format("`extends` names {}, which nobody knows", set->extends));
    for (Rule& rule : set->rules) rule.unread = true;
    return;
  }
  Inherit(*base, set);
}

}  // namespace

absl::StatusOr<RuleSet> ReadRules(std::string_view file_name, std::string_view text,
                                  std::span<const RuleSet> known) {
  Problems problems{std::string(file_name)};
  RuleSet set;
  try {
    ReadSet(toml::parse(text, file_name), file_name, known, problems, &set);
  } catch (const toml::parse_error& error) {
    problems.Add(error.source(), error.description());
  }
  for (const Mistake& mistake : Check(set)) {
    const bool own = mistake.at.file == file_name;
    problems.AddLine(own ? mistake.at.line : 1,
                     own ? mistake.message
                         : fmt::format("with the changes of this file, {}:{}: {}", mistake.at.file,
                                       mistake.at.line, mistake.message));
  }
  if (problems.empty()) return set;
  return base::Error(absl::StatusCode::kInvalidArgument, "RULES_INVALID", problems.Text());
}

}  // namespace sepakat::rules
