#include "common/rules/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "common/canonical/variables.h"
#include "common/rules/possibilities.h"
#include "common/rules/program.h"

namespace sepakat::rules {
namespace {

// A divisor beyond this would leave the exact arithmetic of Program.
constexpr int32_t kLargestDivisor = 1000;

bool IsWord(std::string_view text, char first, char last) {
  const auto letter = [=](char c) { return c >= first && c <= last; };
  return !text.empty() && letter(text.front()) && std::ranges::all_of(text, [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

class Checker {
 public:
  explicit Checker(const RuleSet& set) : set_(set) {}

  std::vector<Mistake> Run() {
    for (const DeclaredVariable& variable : set_.variables) CheckDeclared(variable);
    for (const Rule& rule : set_.rules) CheckRule(rule);
    const bool read = std::ranges::none_of(set_.rules, &Rule::unread);
    if (mistakes_.empty() && read) CheckCircles();
    if (mistakes_.empty() && read) CheckAnswers();
    if (read) CheckUnused();
    std::ranges::stable_sort(mistakes_, {}, [](const Mistake& mistake) {
      return std::pair(mistake.at.file, mistake.at.line);
    });
    return std::move(mistakes_);
  }

 private:
  void Tell(const Position& at, std::string message) {
    mistakes_.push_back({at, std::move(message)});
  }

  void CheckDeclared(const DeclaredVariable& variable) {
    if (!IsWord(variable.name, 'a', 'z')) {
      Tell(variable.at, "a variable's name is small letters, digits and `_`");
    }
    if (variable.name == kSizeVariable || canonical::FindVariable(variable.name) != nullptr) {
      Tell(variable.at,
           fmt::format("`{}` is known already and needs no declaration", variable.name));
    }
    if (std::ranges::count(set_.variables, variable.name, &DeclaredVariable::name) > 1) {
      Tell(variable.at, fmt::format("`{}` is declared twice", variable.name));
    }
    if (variable.low > variable.high) {
      Tell(variable.at,
           fmt::format("`{}` has no legal value: `low` lies above `high`", variable.name));
    }
  }

  void CheckUnused() {
    for (const DeclaredVariable& variable : set_.variables) {
      if (!used_.contains(variable.name)) {
        Tell(variable.at, fmt::format("no rule uses `{}`", variable.name));
      }
    }
  }

  void CheckRule(const Rule& rule) {
    if (rule.named() && !IsWord(rule.id, 'a', 'z')) {
      Tell(rule.at, fmt::format("`{}` is no rule id: small letters, digits and `_`", rule.id));
    }
    if (rule.named() && &rule != set_.Find(rule.id)) {
      Tell(rule.at, fmt::format("rule `{}` stands twice", rule.id));
    }
    if (rule.unread) return;
    if (const auto* question = std::get_if<Question>(&rule.body)) {
      CheckQuestion(rule, *question);
    } else {
      CheckCombination(rule, std::get<Combination>(rule.body));
    }
  }

  void CheckReason(const Position& at, const std::string& reason) {
    if (!reason.empty() && !IsWord(reason, 'A', 'Z')) {
      Tell(at, fmt::format("`{}` is no reason: capital letters, digits and `_`", reason));
    }
  }

  void CheckKnown(const Position& at, const std::string& rule) {
    if (set_.Find(rule) == nullptr) Tell(at, fmt::format("no rule is called `{}`", rule));
  }

  std::optional<Domain> CheckVariable(const Position& at, const std::string& variable) {
    used_.insert(variable);
    std::optional<Domain> domain = DomainOf(set_, variable);
    if (!domain) {
      Tell(at, fmt::format("no variable is called `{}`; declare it with [[variable]] if a "
                           "questionnaire asks it",
                           variable));
    }
    return domain;
  }

  void CheckQuestion(const Rule& rule, const Question& question) {
    CheckReason(rule.at, question.unknown_reason);
    if (!question.asked_if.empty()) CheckKnown(rule.at, question.asked_if);
    for (const Case& one : question.cases) {
      CheckReason(one.at, one.reason);
      if (!one.ask.empty()) {
        CheckKnown(one.at, one.ask);
      } else if (one.answer == Truth::kUnknown && one.reason.empty()) {
        Tell(one.at, "a case that answers \"unknown\" must say its `reason`");
      }
    }
    const std::optional<Domain> domain = CheckVariable(rule.at, question.variable);
    if (!question.per.empty()) {
      const std::optional<Domain> divisor = CheckVariable(rule.at, question.per);
      if (divisor && (divisor->low < 1 || divisor->high > kLargestDivisor)) {
        Tell(rule.at,
             fmt::format("`per` must be a variable from 1 to at most {}, `{}` goes from {} "
                         "to {}",
                         kLargestDivisor, question.per, divisor->low, divisor->high));
      }
    }
    if (domain && domain->low <= domain->high) CheckCases(rule, question, *domain);
  }

  // Every legal value in exactly one case.
  void CheckCases(const Rule& rule, const Question& question, const Domain& domain) {
    const bool whole = question.per.empty();
    const std::string what = whole ? fmt::format("`{}`", question.variable)
                                   : fmt::format("`{}` per `{}`", question.variable, question.per);
    const Ranges all{whole ? Range{Exactly(domain.low).first, Exactly(domain.high).end}
                           : Range{Before(0), kEndPlace}};
    Ranges rest = all;
    std::vector<const Case*> before;
    const Case* otherwise = nullptr;
    for (const Case& one : question.cases) {
      if (one.otherwise) {
        if (otherwise != nullptr) Tell(one.at, "a second case for everything else");
        otherwise = &one;
        continue;
      }
      const Ranges values = whole ? WholeNumbers(one.values) : one.values;
      if (values.empty()) Tell(one.at, "the case holds for no value");
      TellOutside(one, values, all, what);
      Ranges twice = Difference(Intersection(values, all), rest);
      if (whole) twice = WholeNumbers(twice);
      if (!twice.empty()) TellTwice(one, values, twice, before, what);
      rest = Difference(rest, values);
      if (whole) rest = WholeNumbers(rest);
      before.push_back(&one);
    }
    if (otherwise != nullptr && rest.empty()) {
      Tell(otherwise->at,
           fmt::format("{} every value of {}",
                       otherwise->implied ? "a contradiction: the condition holds for"
                                          : "unreachable: the other cases name",
                       what));
    }
    if (otherwise == nullptr && !rest.empty()) {
      Tell(rule.at, fmt::format("a gap: no case for {} of {}", Words(rest), what));
    }
  }

  void TellOutside(const Case& one, const Ranges& values, const Ranges& all,
                   const std::string& what) {
    for (const Range& range : Difference(values, all)) {
      // An open end means "as far as the values go".
      if (range.first == kFirstPlace || range.end == kEndPlace) {
        if (Intersection(values, all).empty()) {
          Tell(one.at, fmt::format("unreachable: {} goes {}", what, Words(all)));
        }
        continue;
      }
      Tell(one.at,
           fmt::format("{} is no value of {}, which goes {}", Words({range}), what, Words(all)));
    }
  }

  void TellTwice(const Case& one, const Ranges& values, const Ranges& twice,
                 const std::vector<const Case*>& before, const std::string& what) {
    std::set<int> lines;
    for (const Case* other : before) {
      if (!Intersection(other->values, twice).empty()) lines.insert(other->at.line);
    }
    const bool all = Difference(values, twice).empty();
    Tell(one.at,
         fmt::format("{}: {} of {} stands in the case of line {} already",
                     all ? "unreachable" : "overlap", Words(twice), what, fmt::join(lines, ", ")));
  }

  void CheckCombination(const Rule& rule, const Combination& combination) {
    CheckReason(rule.at, combination.reason);
    CheckReason(rule.at, combination.unknown_reason);
    if (combination.parts.empty()) Tell(rule.at, "a combination needs parts");
    std::set<std::string> seen;
    for (const Part& part : combination.parts) {
      CheckKnown(part.at, part.rule);
      if (!seen.insert(part.rule).second) {
        Tell(part.at, fmt::format("`{}` stands twice in one combination", part.rule));
      }
    }
    const auto parts = static_cast<int>(combination.parts.size());
    if (combination.how == Combining::kAtLeast &&
        (combination.count < 1 || combination.count > parts)) {
      Tell(rule.at,
           fmt::format("`at_least` must lie between 1 and the number of parts, {}", parts));
    }
  }

  std::vector<std::string> AskedBy(const Rule& rule) const {
    std::vector<std::string> asked;
    if (const auto* question = std::get_if<Question>(&rule.body)) {
      if (!question->asked_if.empty()) asked.push_back(question->asked_if);
      for (const Case& one : question->cases) {
        if (!one.ask.empty()) asked.push_back(one.ask);
      }
    } else {
      for (const Part& part : std::get<Combination>(rule.body).parts) asked.push_back(part.rule);
    }
    return asked;
  }

  void CheckCircles() {
    std::set<std::string> done;
    for (const Rule& rule : set_.rules) {
      std::vector<std::string> path;
      FindCircle(rule, &path, &done);
    }
  }

  void FindCircle(const Rule& rule, std::vector<std::string>* path, std::set<std::string>* done) {
    if (done->contains(rule.id)) return;
    const auto begin = std::ranges::find(*path, rule.id);
    if (begin != path->end()) {
      Tell(rule.at, fmt::format("the rules ask each other in a circle: {} -> {}",
                                fmt::join(begin, path->end(), " -> "), rule.id));
      done->insert(begin, path->end());
      return;
    }
    path->push_back(rule.id);
    for (const std::string& asked : AskedBy(rule)) FindCircle(*set_.Find(asked), path, done);
    path->pop_back();
    done->insert(rule.id);
  }

  // What each rule can answer. A rule above one that was told is not told again.
  void CheckAnswers() {
    const Program program(set_);
    const Possibilities possible(program);
    std::set<std::string> told;
    for (int i = 0; i < static_cast<int>(program.size()); ++i) {
      const Rule& rule = *set_.Find(program.id(i));
      const std::vector<std::string> asked = AskedBy(rule);
      if (std::ranges::any_of(asked, [&](const auto& id) { return told.contains(id); })) {
        told.insert(rule.id);
        continue;
      }
      if (!TellConstant(rule, possible.Of(i))) told.insert(rule.id);
      if (const auto* question = std::get_if<Question>(&rule.body)) {
        TellUnreachable(*question, program, possible, i);
      }
    }
  }

  // False when it was told.
  bool TellConstant(const Rule& rule, AnswerSet answers) {
    const bool can_be_true = (answers & Only(Truth::kTrue)) != 0;
    const bool can_be_false = (answers & Only(Truth::kFalse)) != 0;
    if (can_be_true && can_be_false) return true;
    const std::string what = rule.named() ? fmt::format("rule `{}`", rule.id) : "this condition";
    Tell(rule.at,
         fmt::format("a contradiction: {} can never be {}", what, can_be_true ? "false" : "true"));
    return false;
  }

  void TellUnreachable(const Question& question, const Program& program,
                       const Possibilities& possible, int rule) {
    for (size_t i = 0; i < question.cases.size(); ++i) {
      const Case& one = question.cases[i];
      if (one.ask.empty()) continue;
      const AnswerSet here = possible.OfAsked(rule, static_cast<int>(i));
      const AnswerSet anywhere = possible.Of(program.Find(one.ask));
      if (here == anywhere) continue;
      for (Truth truth : {Truth::kFalse, Truth::kTrue}) {
        if ((anywhere & Only(truth)) == 0 || (here & Only(truth)) != 0) continue;
        Tell(one.at,
             fmt::format("unreachable: for these values of `{}` the rule asked can never be "
                         "{}",
                         question.variable, NameOf(truth)));
      }
    }
  }

  const RuleSet& set_;
  std::vector<Mistake> mistakes_;
  std::set<std::string> used_;
};

}  // namespace

std::vector<Mistake> Check(const RuleSet& set) { return Checker(set).Run(); }

}  // namespace sepakat::rules
