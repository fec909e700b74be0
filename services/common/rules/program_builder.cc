// Rule set -> flat program.
#include <algorithm>
#include <map>

#include "common/rules/program.h"

namespace sepakat::rules {
namespace {

// Up to this many legal values a case is looked up by value; beyond, bands are searched.
constexpr int64_t kLargestTable = 64;

}  // namespace

class Program::Builder {
 public:
  Builder(const RuleSet& set, Program* program) : set_(set), program_(*program) {}

  // Adds the rule behind all that it asks.
  uint16_t Add(std::string_view id) {
    if (const int known = program_.Find(id); known != kNone) return static_cast<uint16_t>(known);
    const Rule& rule = *set_.Find(id);
    const Node node = std::holds_alternative<Question>(rule.body)
                          ? NodeOf(std::get<Question>(rule.body))
                          : NodeOf(std::get<Combination>(rule.body));
    program_.ids_.push_back(rule.id);
    program_.nodes_.push_back(node);
    return static_cast<uint16_t>(program_.nodes_.size() - 1);
  }

 private:
  uint16_t TextOf(const std::string& text) {
    std::vector<std::string>& texts = program_.texts_;
    const auto found = std::ranges::find(texts, text);
    if (found != texts.end()) return static_cast<uint16_t>(found - texts.begin());
    texts.push_back(text);
    return static_cast<uint16_t>(texts.size() - 1);
  }

  int16_t SlotOf(const std::string& variable) {
    std::vector<std::string>& variables = program_.variables_;
    const auto found = std::ranges::find(variables, variable);
    if (found != variables.end()) return static_cast<int16_t>(found - variables.begin());
    variables.push_back(variable);
    return static_cast<int16_t>(variables.size() - 1);
  }

  Node NodeOf(const Combination& combination) {
    std::vector<uint16_t> parts;
    for (const Part& part : combination.parts) parts.push_back(Add(part.rule));
    Node node;
    node.kind = Kind::kCount;
    node.negated = combination.how == Combining::kNone;
    node.first = static_cast<uint32_t>(program_.parts_.size());
    node.length = static_cast<uint16_t>(parts.size());
    node.count = 1;
    if (combination.how == Combining::kAll) node.count = node.length;
    if (combination.how == Combining::kAtLeast)
      node.count = static_cast<uint16_t>(combination.count);
    node.reason = TextOf(combination.reason);
    node.unknown_reason = TextOf(combination.unknown_reason);
    program_.parts_.insert(program_.parts_.end(), parts.begin(), parts.end());
    return node;
  }

  Node NodeOf(const Question& question) {
    Node node;
    if (!question.asked_if.empty()) {
      node.asked_if = static_cast<int16_t>(Add(question.asked_if));
      node.not_asked = question.not_asked;
    }
    std::vector<FlatCase> cases;
    for (const Case& one : question.cases) {
      const auto outcome = one.ask.empty() ? static_cast<Outcome>(one.answer)
                                           : static_cast<Outcome>(kFirstRule + Add(one.ask));
      cases.push_back({outcome, TextOf(one.reason)});
    }
    node.first_case = static_cast<uint32_t>(program_.cases_.size());
    node.cases = static_cast<uint16_t>(cases.size());
    program_.cases_.insert(program_.cases_.end(), cases.begin(), cases.end());
    node.unknown_is_open = Disagree(cases);
    node.unknown_reason = TextOf(question.unknown_reason);
    const Domain domain = *DomainOf(set_, question.variable);
    node.variable = SlotOf(question.variable);
    node.low = domain.low;
    node.high = domain.high;
    if (!question.per.empty()) {
      node.per = SlotOf(question.per);
      node.per_high = DomainOf(set_, question.per)->high;
    }
    AddCases(question, domain, &node);
    return node;
  }

  // True when the cases that need no other rule differ or are unknown.
  static bool Disagree(const std::vector<FlatCase>& cases) {
    Truth common = Truth::kUnknown;
    bool first = true;
    for (const FlatCase& one : cases) {
      if (one.outcome >= kFirstRule) continue;
      const auto answer = static_cast<Truth>(one.outcome);
      if (answer == Truth::kUnknown || (!first && answer != common)) return true;
      common = answer;
      first = false;
    }
    return false;
  }

  void AddCases(const Question& question, const Domain& domain, Node* node) {
    const auto otherwise = static_cast<uint16_t>(
        std::ranges::find(question.cases, true, &Case::otherwise) - question.cases.begin());
    const int64_t width = int64_t{domain.high} - domain.low + 1;
    if (!question.per.empty()) {
      AddBands(question, otherwise, node);
    } else if (width <= kLargestTable) {
      AddTable(question, otherwise, width, node);
    } else {
      AddSteps(question, otherwise, domain, node);
    }
  }

  void AddTable(const Question& question, uint16_t otherwise, int64_t width, Node* node) {
    node->kind = Kind::kTable;
    node->first = static_cast<uint32_t>(program_.table_.size());
    for (int64_t i = 0; i < width; ++i) {
      const Place place = Exactly(node->low + i).first;
      const auto has = [place](const Case& one) {
        return std::ranges::any_of(one.values, [place](const Range& range) {
          return range.first <= place && place < range.end;
        });
      };
      const auto found = std::ranges::find_if(question.cases, has);
      program_.table_.push_back(static_cast<uint8_t>(
          found == question.cases.end() ? otherwise : found - question.cases.begin()));
    }
  }

  void AddSteps(const Question& question, uint16_t otherwise, const Domain& domain, Node* node) {
    node->kind = Kind::kSteps;
    node->first = static_cast<uint32_t>(program_.steps_.size());
    for (const Band& band : BandsOf(question, otherwise)) {
      const Ranges values = WholeNumbers(
          Intersection({{kFirstPlace, band.end}}, {{kFirstPlace, Exactly(domain.high).end}}));
      const int64_t last = (values.front().end - 1) / 2 / kMicro;
      program_.steps_.push_back({static_cast<int32_t>(last), band.which});
      if (last >= domain.high) break;
    }
  }

  void AddBands(const Question& question, uint16_t otherwise, Node* node) {
    node->kind = Kind::kBands;
    node->first = static_cast<uint32_t>(program_.bands_.size());
    const std::vector<Band> bands = BandsOf(question, otherwise);
    program_.bands_.insert(program_.bands_.end(), bands.begin(), bands.end());
  }

  // From the lowest value to the highest, without a gap.
  static std::vector<Band> BandsOf(const Question& question, uint16_t otherwise) {
    std::map<Place, std::pair<Place, uint16_t>> taken;
    for (size_t i = 0; i < question.cases.size(); ++i) {
      for (const Range& range : question.cases[i].values) {
        taken[range.first] = {range.end, static_cast<uint16_t>(i)};
      }
    }
    std::vector<Band> bands;
    Place at = kFirstPlace;
    for (const auto& [first, rest] : taken) {
      if (first > at) bands.push_back({first, otherwise});
      bands.push_back({rest.first, rest.second});
      at = rest.first;
    }
    if (at != kEndPlace) bands.push_back({kEndPlace, otherwise});
    return bands;
  }

  const RuleSet& set_;
  Program& program_;
};

Program::Program(const RuleSet& set, std::span<const std::string_view> wanted) {
  Builder builder(set, this);
  for (std::string_view rule : wanted) builder.Add(rule);
  if (!wanted.empty()) return;
  for (const Rule& rule : set.rules) {
    if (rule.named()) builder.Add(rule.id);
  }
}

}  // namespace sepakat::rules
