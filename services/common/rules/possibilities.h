// Which answers each rule of a program can give at all.
//
// Variables count as independent, a quotient as a variable of its own. Parts of a combination that
// share no variable are taken apart; what hangs together is tried out completely, up to a million
// combinations, beyond which every answer counts as possible.
// Thread: immutable after construction; the program outlives it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "common/rules/program.h"

namespace sepakat::rules {

// Bit 1 << Truth is set for every answer that occurs.
using AnswerSet = uint8_t;

constexpr AnswerSet Only(Truth truth) {
  return static_cast<AnswerSet>(1 << static_cast<int>(truth));
}
inline constexpr AnswerSet kAnyAnswer = 7;

class Possibilities {
 public:
  explicit Possibilities(const Program& program);

  AnswerSet Of(int rule) const { return answers_[static_cast<size_t>(rule)]; }
  // Of the rule that the question `asking` asks in its case number `which`, for the values of that
  // case alone.
  AnswerSet OfAsked(int asking, int which) const;

 private:
  // A variable, or a variable and its divisor, by slot.
  using Atom = std::pair<int16_t, int16_t>;
  using Node = Program::Node;

  // An atom and one value for each way in which the questions tell its values apart.
  struct Choice {
    Atom atom;
    std::vector<Place> places;
  };
  // The question and the case that an atom is held in.
  struct Held {
    int asking;
    int which;
  };

  const Node& node(int rule) const { return program_.nodes_[static_cast<size_t>(rule)]; }
  static Atom AtomOf(const Node& node) { return {node.variable, node.per}; }
  std::vector<int> AskedBy(int rule) const;
  bool Share(int a, int b) const;
  AnswerSet OfQuestion(int rule) const;
  AnswerSet OfCombination(int rule) const;
  // Parts that hang together, directly or through others.
  std::vector<std::vector<int>> Groups(const Node& node) const;

  // `rules` and all that they ask, ascending.
  std::vector<int> Closure(std::span<const int> rules) const;
  std::vector<Choice> ChoicesOf(const std::vector<int>& closure, const Held* held) const;
  std::vector<Place> PlacesOf(const Atom& atom, const std::vector<int>& closure,
                              const Held* held) const;
  // Every combination of answers of `rules`; nothing when there is too much to try.
  std::optional<std::set<std::vector<Truth>>> TryOut(std::span<const int> rules,
                                                     const Held* held) const;
  AnswerSet TriedOut(int rule, const Held* held) const;
  Truth AnswerAt(const Node& node, Place place, std::span<const Truth> answers) const;
  // Where the cases of a question begin among the legal values.
  void AddFirstPlaces(const Node& node, std::set<Place>* places) const;
  // The case of a legal value.
  int CaseAt(const Node& node, Place place) const;

  const Program& program_;
  std::vector<std::set<Atom>> atoms_;
  std::vector<AnswerSet> answers_;
};

}  // namespace sepakat::rules
