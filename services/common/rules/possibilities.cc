#include "common/rules/possibilities.h"

#include <algorithm>
#include <map>

namespace sepakat::rules {
namespace {

constexpr size_t kMostCombinations = size_t{1} << 20;
// Stands for "no value is there".
constexpr Place kAbsent = kEndPlace;

bool Overlap(const auto& a, const auto& b) {
  return std::ranges::any_of(a, [&b](const auto& item) { return b.contains(item); });
}

}  // namespace

Possibilities::Possibilities(const Program& program)
    : program_(program), atoms_(program.size()), answers_(program.size()) {
  for (int rule = 0; rule < static_cast<int>(program.size()); ++rule) {
    std::set<Atom>& atoms = atoms_[static_cast<size_t>(rule)];
    if (node(rule).kind != Program::Kind::kCount) atoms.insert(AtomOf(node(rule)));
    for (int asked : AskedBy(rule)) {
      const std::set<Atom>& more = atoms_[static_cast<size_t>(asked)];
      atoms.insert(more.begin(), more.end());
    }
    answers_[static_cast<size_t>(rule)] =
        node(rule).kind == Program::Kind::kCount ? OfCombination(rule) : OfQuestion(rule);
  }
}

std::vector<int> Possibilities::AskedBy(int rule) const {
  std::vector<int> asked;
  const Node& of = node(rule);
  if (of.kind == Program::Kind::kCount) {
    for (size_t i = 0; i < of.length; ++i) asked.push_back(program_.parts_[of.first + i]);
    return asked;
  }
  for (size_t i = 0; i < of.cases; ++i) {
    const Program::Outcome outcome = program_.cases_[of.first_case + i].outcome;
    if (outcome >= Program::kFirstRule) asked.push_back(outcome - Program::kFirstRule);
  }
  if (of.asked_if != Program::kNone) asked.push_back(of.asked_if);
  return asked;
}

bool Possibilities::Share(int a, int b) const {
  return Overlap(atoms_[static_cast<size_t>(a)], atoms_[static_cast<size_t>(b)]);
}

AnswerSet Possibilities::OfQuestion(int rule) const {
  const Node& of = node(rule);
  AnswerSet answers = of.asked_if == Program::kNone ? AnswerSet{0} : Only(of.not_asked);
  for (size_t i = 0; i < of.cases; ++i) {
    const Program::Outcome outcome = program_.cases_[of.first_case + i].outcome;
    if (outcome < Program::kFirstRule) {
      answers |= Only(static_cast<Truth>(outcome));
    } else if (atoms_[outcome - Program::kFirstRule].contains(AtomOf(of))) {
      return TriedOut(rule, nullptr);
    } else {
      answers |= Of(outcome - Program::kFirstRule);
    }
  }
  return answers;
}

AnswerSet Possibilities::OfAsked(int asking, int which) const {
  const Node& of = node(asking);
  const int asked =
      program_.cases_[of.first_case + static_cast<size_t>(which)].outcome - Program::kFirstRule;
  if (!atoms_[static_cast<size_t>(asked)].contains(AtomOf(of))) return Of(asked);
  const Held held{asking, which};
  return TriedOut(asked, &held);
}

std::vector<std::vector<int>> Possibilities::Groups(const Node& of) const {
  std::vector<std::vector<int>> groups;
  for (size_t i = 0; i < of.length; ++i) {
    const int part = program_.parts_[of.first + i];
    std::vector<int> group{part};
    std::erase_if(groups, [&](const std::vector<int>& other) {
      if (std::ranges::none_of(other, [&](int one) { return Share(one, part); })) return false;
      group.insert(group.end(), other.begin(), other.end());
      return true;
    });
    groups.push_back(std::move(group));
  }
  return groups;
}

AnswerSet Possibilities::OfCombination(int rule) const {
  const Node& of = node(rule);
  // How many parts can be true, and how many unknown, together.
  std::set<std::pair<int, int>> counts{{0, 0}};
  for (const std::vector<int>& group : Groups(of)) {
    std::set<std::pair<int, int>> more;
    if (group.size() == 1) {
      for (Truth truth : {Truth::kFalse, Truth::kTrue, Truth::kUnknown}) {
        if ((Of(group[0]) & Only(truth)) == 0) continue;
        more.insert({truth == Truth::kTrue ? 1 : 0, truth == Truth::kUnknown ? 1 : 0});
      }
    } else {
      const auto tried = TryOut(group, nullptr);
      if (!tried) return kAnyAnswer;
      for (const std::vector<Truth>& answers : *tried) {
        more.insert({static_cast<int>(std::ranges::count(answers, Truth::kTrue)),
                     static_cast<int>(std::ranges::count(answers, Truth::kUnknown))});
      }
    }
    std::set<std::pair<int, int>> sums;
    for (const auto& [yes, open] : counts) {
      for (const auto& [more_yes, more_open] : more) {
        sums.insert({yes + more_yes, open + more_open});
      }
    }
    counts = std::move(sums);
  }
  AnswerSet answers = 0;
  for (const auto& [yes, open] : counts) {
    const Truth counted = yes >= of.count         ? Truth::kTrue
                          : yes + open < of.count ? Truth::kFalse
                                                  : Truth::kUnknown;
    answers |= Only(of.negated ? Not(counted) : counted);
  }
  return answers;
}

std::vector<int> Possibilities::Closure(std::span<const int> rules) const {
  std::set<int> closure(rules.begin(), rules.end());
  std::vector<int> waiting(rules.begin(), rules.end());
  while (!waiting.empty()) {
    const int rule = waiting.back();
    waiting.pop_back();
    for (int asked : AskedBy(rule)) {
      if (closure.insert(asked).second) waiting.push_back(asked);
    }
  }
  return {closure.begin(), closure.end()};
}

int Possibilities::CaseAt(const Node& of, Place place) const {
  if (of.kind == Program::Kind::kTable) {
    return program_.table_[of.first + static_cast<size_t>(place / 2 / kMicro - of.low)];
  }
  if (of.kind == Program::Kind::kSteps) {
    const Program::Step* step = &program_.steps_[of.first];
    while (place / 2 / kMicro > step->last) ++step;
    return step->which;
  }
  const Program::Band* band = &program_.bands_[of.first];
  while (place >= band->end) ++band;
  return band->which;
}

void Possibilities::AddFirstPlaces(const Node& of, std::set<Place>* places) const {
  if (of.kind == Program::Kind::kTable) {
    for (int32_t value = of.low; value <= of.high; ++value) places->insert(Exactly(value).first);
  } else if (of.kind == Program::Kind::kSteps) {
    places->insert(Exactly(of.low).first);
    for (const Program::Step* step = &program_.steps_[of.first]; step->last < of.high; ++step) {
      if (step->last >= of.low) places->insert(Exactly(int64_t{step->last} + 1).first);
    }
  } else {
    places->insert(Before(0));
    for (const Program::Band* band = &program_.bands_[of.first]; band->end != kEndPlace; ++band) {
      if (band->end >= Before(0)) places->insert(band->end);
    }
  }
}

std::vector<Place> Possibilities::PlacesOf(const Atom& atom, const std::vector<int>& closure,
                                           const Held* held) const {
  std::set<Place> candidates;
  std::vector<const Node*> askers;
  for (int rule : closure) {
    if (node(rule).kind != Program::Kind::kCount && AtomOf(node(rule)) == atom) {
      askers.push_back(&node(rule));
    }
  }
  if (held != nullptr && AtomOf(node(held->asking)) == atom) askers.push_back(&node(held->asking));
  for (const Node* asker : askers) AddFirstPlaces(*asker, &candidates);
  // One value for each way to be told apart.
  std::map<std::vector<int>, Place> classes;
  for (Place place : candidates) {
    if (held != nullptr && AtomOf(node(held->asking)) == atom &&
        CaseAt(node(held->asking), place) != held->which) {
      continue;
    }
    std::vector<int> cases;
    cases.reserve(askers.size());
    for (const Node* asker : askers) cases.push_back(CaseAt(*asker, place));
    classes.try_emplace(cases, place);
  }
  std::vector<Place> places;
  places.reserve(classes.size() + 1);
  for (const auto& [cases, place] : classes) places.push_back(place);
  const bool may_be_absent = std::ranges::any_of(
      askers, [](const Node* asker) { return asker->asked_if != Program::kNone; });
  if (may_be_absent && held == nullptr) places.push_back(kAbsent);
  return places;
}

std::vector<Possibilities::Choice> Possibilities::ChoicesOf(const std::vector<int>& closure,
                                                            const Held* held) const {
  std::vector<Choice> choices;
  for (int rule : closure) {
    if (node(rule).kind == Program::Kind::kCount) continue;
    const Atom atom = AtomOf(node(rule));
    const auto known = std::ranges::find(choices, atom, &Choice::atom);
    if (known == choices.end()) choices.push_back({atom, PlacesOf(atom, closure, held)});
  }
  return choices;
}

Truth Possibilities::AnswerAt(const Node& of, Place place, std::span<const Truth> answers) const {
  if (place != kAbsent) {
    const auto which = static_cast<size_t>(CaseAt(of, place));
    return program_.Answer(program_.cases_[of.first_case + which].outcome, answers.data());
  }
  const bool skipped =
      of.asked_if != Program::kNone && answers[static_cast<size_t>(of.asked_if)] == Truth::kFalse;
  return skipped ? of.not_asked : Truth::kUnknown;
}

std::optional<std::set<std::vector<Truth>>> Possibilities::TryOut(std::span<const int> rules,
                                                                  const Held* held) const {
  const std::vector<int> closure = Closure(rules);
  const std::vector<Choice> choices = ChoicesOf(closure, held);
  size_t combinations = 1;
  for (const Choice& choice : choices) {
    combinations *= choice.places.size();
    if (combinations > kMostCombinations) return std::nullopt;
  }
  std::vector<size_t> choice_of(closure.size());
  for (size_t i = 0; i < closure.size(); ++i) {
    const auto found = std::ranges::find(choices, AtomOf(node(closure[i])), &Choice::atom);
    choice_of[i] = static_cast<size_t>(found - choices.begin());
  }
  std::set<std::vector<Truth>> found;
  std::vector<Truth> answers(program_.size());
  std::vector<Truth> told(rules.size());
  std::vector<Place> places(choices.size());
  for (size_t number = 0; number < combinations; ++number) {
    size_t rest = number;
    for (size_t i = 0; i < choices.size(); ++i) {
      places[i] = choices[i].places[rest % choices[i].places.size()];
      rest /= choices[i].places.size();
    }
    for (size_t i = 0; i < closure.size(); ++i) {
      const Node& of = node(closure[i]);
      answers[static_cast<size_t>(closure[i])] = of.kind == Program::Kind::kCount
                                                     ? program_.OfCount(of, answers.data())
                                                     : AnswerAt(of, places[choice_of[i]], answers);
    }
    for (size_t i = 0; i < rules.size(); ++i) told[i] = answers[static_cast<size_t>(rules[i])];
    found.insert(told);
  }
  return found;
}

AnswerSet Possibilities::TriedOut(int rule, const Held* held) const {
  const auto tried = TryOut(std::span(&rule, 1), held);
  if (!tried) return kAnyAnswer;
  AnswerSet answers = 0;
  for (const std::vector<Truth>& answer : *tried) answers |= Only(answer[0]);
  return answers;
}

}  // namespace sepakat::rules
