#include "sepakat/measure/rule_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/canonical/variables.h"
#include "sepakat/judge/judgement.h"

namespace sepakat::measure {
namespace {

using rules::Truth;

// What the family of each observation answers to one variable.
std::vector<int32_t> AnswersTo(const Frame& frame, const std::set<std::string>& columns,
                               const std::string& variable) {
  if (variable == rules::kSizeVariable || canonical::FindVariable(variable) != nullptr) {
    std::vector<int32_t> answers =
        variable == rules::kSizeVariable
            ? frame.FamilySizes()
            : frame.FamilyVariable(canonical::FindVariable(variable)->number);
    for (int32_t& answer : answers) {
      if (answer == ingestion::kUnknown || answer == ingestion::kNotAsked) {
        answer = rules::kUnknownValue;
      }
    }
    return answers;
  }
  std::vector<int32_t> answers(frame.size(), rules::kUnknownValue);
  if (!columns.contains(variable)) return answers;
  const std::vector<double> values = frame.FamilyNumbersOf(variable);
  std::ranges::transform(values, answers.begin(), judge::WholeAnswer);
  return answers;
}

class RuleFigures {
 public:
  RuleFigures(const rules::RuleSet& set, const judge::Judgement& judged, Plan* plan)
      : set_(set), judged_(judged), plan_(*plan) {}

  void Add(int rule) {
    const size_t size = plan_.frame().size();
    auto yes = std::make_shared<std::vector<double>>(size, 0.0);
    auto unknown = std::make_shared<std::vector<double>>(size, 0.0);
    std::vector<bool> known(size, true);
    for (size_t i = 0; i < size; ++i) {
      const Truth answer = judged_.Of(rule, i);
      if (answer == Truth::kTrue) (*yes)[i] = 1;
      if (answer != Truth::kUnknown) continue;
      (*unknown)[i] = 1;
      known[i] = false;
    }
    const bool all_known = std::ranges::count(known, false) == 0;
    AddShare("rule", rule, "", "", plan_.UniverseOf(std::move(known), nullptr), std::move(yes));
    if (all_known) return;
    AddShare("rule_unknown", rule, ": tidak diketahui", ": not known", plan_.EverybodyUniverse(),
             std::move(unknown));
  }

 private:
  void AddShare(std::string_view measure, int rule, std::string_view tail_id,
                std::string_view tail_en, size_t universe, SharedColumn column) {
    const std::string id(judged_.program().id(rule));
    const rules::Rule& written = *set_.Find(id);
    const std::string& name_id = written.name.empty() ? id : written.name;
    Subject subject{.measure = std::string(measure),
                    .parameters = {{"rules", set_.version}, {"rule", id}},
                    .unit = Unit::kShare,
                    .name_id = fmt::format("{}{}", name_id, tail_id),
                    .name_en = fmt::format(
                        "{}{}", written.name_en.empty() ? name_id : written.name_en, tail_en)};
    plan_.AddFigure(std::move(subject), universe,
                    RatioStatistic(std::move(column), nullptr, {.is_share = true}));
  }

  const rules::RuleSet& set_;
  const judge::Judgement& judged_;
  Plan& plan_;
};

}  // namespace

void TakeRuleColumns(const rules::RuleSet& set, const std::vector<std::string>& columns_of_file,
                     FrameRequest* frame) {
  for (const std::string& column : judge::ColumnsOf(set, columns_of_file)) {
    frame->numbers.insert(column);
  }
  const rules::Program program(set);
  for (const std::string& variable : program.variables()) {
    const canonical::VariableInfo* info = canonical::FindVariable(variable);
    if (info != nullptr) frame->family_variables.insert(info->number);
  }
  // A set that asks for the size alone takes families too.
  frame->family_variables.insert(ingestion::kMembers);
}

void AddRules(const rules::RuleSet& set, Plan* plan) {
  const Frame& frame = plan->frame();
  const std::set<std::string> columns = judge::ColumnsOf(set, frame.number_columns());
  const judge::Judgement judged(set, frame.size(), [&](const std::string& variable) {
    return AnswersTo(frame, columns, variable);
  });
  RuleFigures figures(set, judged, plan);
  for (const int rule : judged.rules()) figures.Add(rule);
}

}  // namespace sepakat::measure
