// Properties of the three-valued logic, over the sets that ship and over random ones.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "common/rules/program.h"
#include "common/rules/text/builtin.h"

namespace sepakat::rules {
namespace {

using Facts = std::map<std::string, int32_t, std::less<>>;

// The meaning of a rule, said once more and slowly, from the rules themselves.
class Oracle {
 public:
  Oracle(const RuleSet& set, const Facts& facts) : set_(set), facts_(facts) {}

  Truth Of(std::string_view id) const {
    const Rule& rule = *set_.Find(id);
    if (const auto* question = std::get_if<Question>(&rule.body)) return Of(*question);
    return Of(std::get<Combination>(rule.body));
  }

 private:
  // The value as numerator and denominator.
  std::optional<std::pair<int64_t, int64_t>> Value(const Question& question) const {
    const auto number = [this](const std::string& variable) -> std::optional<int64_t> {
      const auto found = facts_.find(variable);
      const Domain domain = *DomainOf(set_, variable);
      if (found == facts_.end() || found->second < domain.low || found->second > domain.high) {
        return std::nullopt;
      }
      return found->second;
    };
    const std::optional<int64_t> value = number(question.variable);
    const std::optional<int64_t> divisor =
        question.per.empty() ? std::optional<int64_t>(1) : number(question.per);
    if (!value || !divisor) return std::nullopt;
    return std::pair(*value, *divisor);
  }

  static bool Inside(const Range& range, int64_t numerator, int64_t denominator) {
    const auto behind = [&](Place place) {  // the value lies behind that place
      const int64_t bound = (place >> 1) * denominator;
      return (place & 1) == 0 ? numerator * kMicro >= bound : numerator * kMicro > bound;
    };
    return (range.first == kFirstPlace || behind(range.first)) &&
           (range.end == kEndPlace || !behind(range.end));
  }

  Truth Of(const Question& question) const {
    const auto answer = [this](const Case& one) {
      return one.ask.empty() ? one.answer : Of(one.ask);
    };
    if (const auto value = Value(question)) {
      for (const Case& one : question.cases) {
        for (const Range& range : one.values) {
          if (Inside(range, value->first, value->second)) return answer(one);
        }
      }
      for (const Case& one : question.cases) {
        if (one.otherwise) return answer(one);
      }
    }
    std::vector<Truth> possible;
    Truth put = Truth::kTrue;
    if (!question.asked_if.empty()) put = Of(question.asked_if);
    if (put != Truth::kTrue) possible.push_back(question.not_asked);
    if (put != Truth::kFalse) {
      for (const Case& one : question.cases) possible.push_back(answer(one));
    }
    Truth joined = possible.front();
    for (Truth other : possible) joined = Either(joined, other);
    return joined;
  }

  Truth Of(const Combination& combination) const {
    Truth any = Truth::kFalse;
    Truth all = Truth::kTrue;
    int yes = 0;
    int open = 0;
    for (const Part& part : combination.parts) {
      const Truth answer = Of(part.rule);
      any = Or(any, answer);
      all = And(all, answer);
      if (answer == Truth::kTrue) ++yes;
      if (answer == Truth::kUnknown) ++open;
    }
    switch (combination.how) {
      case Combining::kAny:
        return any;
      case Combining::kAll:
        return all;
      case Combining::kNone:
        return Not(any);
      case Combining::kAtLeast:
        break;
    }
    if (yes >= combination.count) return Truth::kTrue;
    return yes + open < combination.count ? Truth::kFalse : Truth::kUnknown;
  }

  const RuleSet& set_;
  const Facts& facts_;
};

std::vector<Truth> Answers(const Program& program, const Facts& known) {
  std::vector<int32_t> facts;
  for (const std::string& variable : program.variables()) {
    const auto found = known.find(variable);
    facts.push_back(found == known.end() ? kUnknownValue : found->second);
  }
  std::vector<Truth> answers(program.size());
  program.Evaluate(facts, answers);
  return answers;
}

const std::vector<RuleSet>& Builtin() {
  static const std::vector<RuleSet> sets = *ReadBuiltinRules();
  return sets;
}

int32_t RandomValue(const RuleSet& set, const std::string& variable) {
  const Domain domain = *DomainOf(set, variable);
  // Near the ends lie the bounds of most rules.
  const int32_t width = std::min(domain.high - domain.low, *rc::gen::element(2, 12, 90));
  return domain.low + *rc::gen::inRange(0, width + 1);
}

// Each variable known with one chance in two, now and then with a code that does not exist.
Facts RandomFacts(const RuleSet& set, const Program& program) {
  Facts facts;
  for (const std::string& variable : program.variables()) {
    const int draw = *rc::gen::inRange(0, 20);
    if (draw < 10) facts[variable] = RandomValue(set, variable);
    if (draw == 19) facts[variable] = DomainOf(set, variable)->high + 1;
  }
  return facts;
}

Case RandomCase(Ranges values, const std::vector<Rule>& earlier) {
  Case one;
  one.values = std::move(values);
  const int draw = *rc::gen::inRange(0, earlier.empty() ? 3 : 6);
  if (draw < 3) {
    one.answer = static_cast<Truth>(draw);
  } else {
    one.ask = (*rc::gen::elementOf(earlier)).id;
  }
  return one;
}

Question RandomQuestion(const std::vector<Rule>& earlier) {
  Question question;
  question.variable = std::string(*rc::gen::element("wall", "toilet", "head_age", "members"));
  const bool by_code = *rc::gen::arbitrary<bool>();
  const int cut = *rc::gen::inRange(2, 6);
  if (by_code) {
    question.cases.push_back(RandomCase({Exactly(1), Exactly(cut)}, earlier));
    question.cases.push_back(RandomCase({}, earlier));
    question.cases.back().otherwise = true;
  } else {
    question.cases.push_back(RandomCase({{kFirstPlace, Before(cut * kMicro)}}, earlier));
    question.cases.push_back(RandomCase({{Before(cut * kMicro), kEndPlace}}, earlier));
  }
  return question;
}

Combination RandomCombination(const std::vector<Rule>& earlier) {
  Combination combination;
  combination.how = static_cast<Combining>(*rc::gen::inRange(0, 4));
  const int parts = *rc::gen::inRange(1, 4);
  for (int i = 0; i < parts; ++i) {
    combination.parts.push_back({(*rc::gen::elementOf(earlier)).id, {}});
  }
  combination.count = *rc::gen::inRange(1, parts + 1);
  return combination;
}

RuleSet RandomSet() {
  RuleSet set;
  const int rules = *rc::gen::inRange(1, 10);
  for (int i = 0; i < rules; ++i) {
    Rule rule;
    rule.id = "r" + std::to_string(i);
    if (i == 0 || *rc::gen::arbitrary<bool>()) {
      rule.body = RandomQuestion(set.rules);
    } else {
      rule.body = RandomCombination(set.rules);
    }
    set.rules.push_back(std::move(rule));
  }
  return set;
}

void ExpectOracle(const RuleSet& set) {
  const Program program(set);
  const Facts facts = RandomFacts(set, program);
  const std::vector<Truth> answers = Answers(program, facts);
  const Oracle oracle(set, facts);
  for (int i = 0; i < static_cast<int>(program.size()); ++i) {
    RC_ASSERT(answers[static_cast<size_t>(i)] == oracle.Of(program.id(i)));
  }
}

TEST(ThreeValues, TheFlatProgramMeansWhatTheRulesSay) {
  EXPECT_TRUE(rc::check("program equals rules", [] {
    ExpectOracle(*rc::gen::arbitrary<bool>() ? RandomSet() : *rc::gen::elementOf(Builtin()));
  }));
}

// True when the questionnaire put the question about the variable to this family.
bool WasAsked(const RuleSet& set, const Facts& facts, const std::string& variable) {
  const Oracle oracle(set, facts);
  return std::ranges::none_of(set.rules, [&](const Rule& rule) {
    const auto* question = std::get_if<Question>(&rule.body);
    return question != nullptr && question->variable == variable && !question->asked_if.empty() &&
           oracle.Of(question->asked_if) == Truth::kFalse;
  });
}

void ExpectNoContradiction(const RuleSet& set) {
  const Program program(set);
  Facts facts = RandomFacts(set, program);
  std::vector<Truth> before = Answers(program, facts);
  for (const std::string& variable : program.variables()) {
    if (facts.contains(variable) || !WasAsked(set, facts, variable)) continue;
    facts[variable] = RandomValue(set, variable);
    const std::vector<Truth> after = Answers(program, facts);
    for (size_t i = 0; i < before.size(); ++i) {
      RC_ASSERT(before[i] == Truth::kUnknown || before[i] == after[i]);
    }
    before = after;
  }
}

TEST(ThreeValues, LearningAnAnswerNeverContradictsWhatWasDecided) {
  EXPECT_TRUE(rc::check("knowing more keeps what was decided", [] {
    ExpectNoContradiction(*rc::gen::arbitrary<bool>() ? RandomSet()
                                                      : *rc::gen::elementOf(Builtin()));
  }));
}

TEST(ThreeValues, EveryOpenAnswerOfTheShippedSetsHasAReason) {
  EXPECT_TRUE(rc::check("unknown and true say why", [] {
    const RuleSet set = *rc::gen::elementOf(Builtin());
    const Program program(set);
    const Facts known = RandomFacts(set, program);
    std::vector<int32_t> facts;
    for (const std::string& variable : program.variables()) {
      const auto found = known.find(variable);
      facts.push_back(found == known.end() ? kUnknownValue : found->second);
    }
    std::vector<Truth> answers(program.size());
    program.Evaluate(facts, answers);
    for (int i = 0; i < static_cast<int>(program.size()); ++i) {
      if (!set.Find(program.id(i))->named()) continue;
      Reasons reasons;
      program.Explain(i, answers, facts, &reasons);
      RC_ASSERT(answers[static_cast<size_t>(i)] != Truth::kUnknown || !reasons.empty());
    }
  }));
}

}  // namespace
}  // namespace sepakat::rules
