// Alert rules as a TOML file (ProtoMonitoringCodec::ParseAlertRules):
//
//   [[rule]]
//   id = "kemiskinan-kecamatan"
//   measure = "p0"                 # as in the measure catalogue
//   level = "district"             # nation, province, regency, district, village; absent: all
//   region = "33.26"               # this region and below; absent: the nation
//   population = "register"        # absent: register
//   above = "12 %"                 # exactly one of above, at_least, below, at_most
//   hold = "10m"                   # s, m, h, d; absent: fires at once
//   min_families = 30              # absent: 0
//   severity = "warning"           # info, warning, critical
//   labels = { agency = "Dinsos" }
//   summary = "Kemiskinan {region} {value}, di atas {threshold}"
//   summary_en = "Poverty in {region} is {value}, above {threshold}"
#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <charconv>
#include <set>

#include "common/base/status.h"
#include "common/measures/catalogue.h"
#include "monitoring/wire/proto_codec.h"

namespace sepakat::monitoring {
namespace {

constexpr std::array<std::string_view, 15> kKeys = {
    "id",      "measure", "level",        "region",   "population", "above",   "at_least",  "below",
    "at_most", "hold",    "min_families", "severity", "labels",     "summary", "summary_en"};
constexpr std::array<std::string_view, 5> kLevels = {"nation", "province", "regency", "district",
                                                     "village"};

class RulesReader {
 public:
  explicit RulesReader(std::string_view file_name) : file_name_(file_name) {}

  std::vector<AlertRule> Read(const toml::table& file) {
    std::vector<AlertRule> rules;
    for (const auto& [key, node] : file) {
      if (key.str() != "rule")
        Mistake(node, fmt::format("unknown key '{}'; rules are [[rule]]", key.str()));
    }
    const toml::node* list = file.get("rule");
    if (list == nullptr) return rules;
    if (!list->is_array()) {
      Mistake(*list, "'rule' must be written [[rule]]");
      return rules;
    }
    for (const toml::node& entry : *list->as_array()) {
      if (const toml::table* table = entry.as_table()) {
        rules.push_back(ReadRule(*table));
      } else {
        Mistake(entry, "'rule' must be written [[rule]]");
      }
    }
    return rules;
  }

  const std::string& mistakes() const { return mistakes_; }
  void Mistake(const toml::node& at, std::string_view what) {
    MistakeAt(at.source().begin.line, what);
  }
  void MistakeAt(uint32_t line, std::string_view what) {
    mistakes_ += fmt::format("{}{}:{}: {}", mistakes_.empty() ? "" : "\n", file_name_, line, what);
  }

 private:
  AlertRule ReadRule(const toml::table& table) {
    for (const auto& [key, node] : table) {
      if (std::ranges::find(kKeys, key.str()) == kKeys.end()) {
        Mistake(node, fmt::format("unknown key '{}'", key.str()));
      }
    }
    AlertRule rule;
    rule.id = Text(table, "id", std::nullopt);
    if (!rule.id.empty() && !ids_.insert(rule.id).second) {
      Mistake(*table.get("id"), fmt::format("the id '{}' is used twice", rule.id));
    }
    rule.measure = Text(table, "measure", std::nullopt);
    if (!rule.measure.empty() && measures::FindMeasure(rule.measure) == nullptr) {
      Mistake(*table.get("measure"), fmt::format("no measure '{}'", rule.measure));
    }
    rule.population = Text(table, "population", "register");
    rule.region = Text(table, "region", std::string(base::kNationCode));
    if (!base::IsRegionCode(rule.region)) {
      Mistake(*table.get("region"), fmt::format("'{}' is no region code", rule.region));
    }
    ReadLevel(table, &rule);
    ReadCondition(table, &rule);
    rule.hold_ms = Hold(table);
    rule.min_families = Whole(table, "min_families");
    rule.severity = Text(table, "severity", "warning");
    if (rule.severity != "info" && rule.severity != "warning" && rule.severity != "critical") {
      Mistake(*table.get("severity"), "severity must be info, warning or critical");
    }
    ReadLabels(table, &rule);
    rule.summary_id = Text(table, "summary", std::nullopt);
    rule.summary_en = Text(table, "summary_en", rule.summary_id);
    return rule;
  }

  // A text; without a default it is required.
  std::string Text(const toml::table& table, std::string_view key,
                   std::optional<std::string> otherwise) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      if (!otherwise.has_value()) Mistake(table, fmt::format("'{}' is missing", key));
      return otherwise.value_or("");
    }
    if (const auto text = node->value<std::string>(); node->is_string() && !text->empty())
      return *text;
    Mistake(*node, fmt::format("'{}' must be a text", key));
    return otherwise.value_or("");
  }

  int64_t Whole(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return 0;
    const auto number = node->value<int64_t>();
    if (node->is_integer() && *number >= 0) return *number;
    Mistake(*node, fmt::format("'{}' must be a whole number from 0", key));
    return 0;
  }

  void ReadLevel(const toml::table& table, AlertRule* rule) {
    if (table.get("level") == nullptr) return;
    const std::string level = Text(table, "level", "");
    const auto found = std::ranges::find(kLevels, level);
    if (found == kLevels.end()) {
      Mistake(*table.get("level"), "level must be nation, province, regency, district or village");
      return;
    }
    rule->level = static_cast<base::RegionLevel>(found - kLevels.begin());
  }

  void ReadCondition(const toml::table& table, AlertRule* rule) {
    constexpr std::array<std::pair<std::string_view, Condition>, 4> kConditions = {
        {{"above", Condition::kAbove},
         {"at_least", Condition::kAtLeast},
         {"below", Condition::kBelow},
         {"at_most", Condition::kAtMost}}};
    int found = 0;
    for (const auto& [key, condition] : kConditions) {
      const toml::node* node = table.get(key);
      if (node == nullptr) continue;
      ++found;
      rule->condition = condition;
      // Numbers may be written bare; they are read from their text, never through floating point.
      const std::string text = node->is_string()    ? **node->as_string()
                               : node->is_integer() ? fmt::format("{}", **node->as_integer())
                                                    : std::string();
      const absl::StatusOr<int64_t> micro = ParseMicro(text);
      if (micro.ok()) {
        rule->threshold_micro = *micro;
      } else {
        Mistake(
            *node,
            fmt::format("'{}' must be a whole number or a text such as \"0.12\" or \"12 %\"", key));
      }
    }
    if (found != 1) Mistake(table, "exactly one of above, at_least, below, at_most is needed");
  }

  int64_t Hold(const toml::table& table) {
    if (table.get("hold") == nullptr) return 0;
    const std::string text = Text(table, "hold", "0s");
    constexpr std::array<std::pair<char, int64_t>, 4> kUnits = {
        {{'s', 1000}, {'m', 60'000}, {'h', 3'600'000}, {'d', 86'400'000}}};
    int64_t number = -1;
    const char* end = text.data() + text.size() - 1;
    const auto read = std::from_chars(text.data(), end, number);
    for (const auto& [unit, ms] : kUnits) {
      if (read.ec == std::errc{} && read.ptr == end && *end == unit && number >= 0 &&
          number <= 100'000) {
        return number * ms;
      }
    }
    Mistake(*table.get("hold"), "'hold' must be a time such as \"30s\", \"10m\", \"2h\" or \"1d\"");
    return 0;
  }

  void ReadLabels(const toml::table& table, AlertRule* rule) {
    const toml::node* node = table.get("labels");
    if (node == nullptr) return;
    if (!node->is_table()) {
      Mistake(*node, "'labels' must be a table such as { agency = \"Dinsos\" }");
      return;
    }
    for (const auto& [key, value] : *node->as_table()) {
      if (value.is_string()) {
        rule->labels[std::string(key.str())] = **value.as_string();
      } else {
        Mistake(value, fmt::format("label '{}' must be a text", key.str()));
      }
    }
  }

  const std::string file_name_;
  std::set<std::string> ids_;
  std::string mistakes_;
};

}  // namespace

absl::StatusOr<std::vector<AlertRule>> ProtoMonitoringCodec::ParseAlertRules(
    std::string_view text, std::string_view file_name) const {
  RulesReader reader(file_name.empty() ? "alerts.toml" : file_name);
  std::vector<AlertRule> rules;
  try {
    rules = reader.Read(toml::parse(text));
  } catch (const toml::parse_error& error) {
    reader.MistakeAt(error.source().begin.line, error.description());
  }
  if (reader.mistakes().empty()) return rules;
  return base::Error(absl::StatusCode::kInvalidArgument, "ALERT_RULES_INVALID", reader.mistakes());
}

}  // namespace sepakat::monitoring
