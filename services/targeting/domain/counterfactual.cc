#include "targeting/domain/counterfactual.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "common/base/status.h"
#include "common/canonical/variables.h"
#include "common/measures/fgt.h"
#include "targeting/domain/publication.h"

namespace sepakat::targeting {
namespace {

absl::Status OutOfRange(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kOutOfRange, reason, message);
}

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

const canonical::VariableInfo& InfoOf(Variable variable) {
  return *canonical::FindVariable(NameOf(variable));
}

absl::Status CheckAnswer(Variable variable, std::optional<int32_t> value) {
  const canonical::VariableInfo& info = InfoOf(variable);
  if (!value || (*value >= info.low && *value <= info.high)) return absl::OkStatus();
  return OutOfRange("ANSWER_OUT_OF_RANGE",
                    fmt::format("{} is {} to {}, not {}", info.name, info.low, info.high, *value));
}

}  // namespace

absl::Status Check(const Corrections& corrections) {
  std::set<Variable> seen;
  for (const auto& [variable, value] : corrections.answers) {
    SEPAKAT_RETURN_IF_ERROR(CheckAnswer(variable, value));
    if (!seen.insert(variable).second) {
      return Invalid("VARIABLE_REPEATED", fmt::format("{} is corrected twice", NameOf(variable)));
    }
    if (variable == Variable::kMembers && corrections.size && value != corrections.size) {
      return Invalid("MEMBERS_CONTRADICT", "members and size say different numbers of persons");
    }
  }
  if (corrections.size && (*corrections.size < 1 || *corrections.size > 255)) {
    return OutOfRange("SIZE_OUT_OF_RANGE", "a family has 1 to 255 persons");
  }
  if (corrections.welfare &&
      (*corrections.welfare < 0 || *corrections.welfare >= measures::kWelfareEnd)) {
    return OutOfRange("WELFARE_OUT_OF_RANGE", "welfare is not within 0 and 2^48");
  }
  return absl::OkStatus();
}

FamilyTrial::FamilyTrial(const PopulationState& state, const FamilyRecord& record)
    : state_(state),
      record_(record),
      recorded_{Features::Unpack(record.packed()), record.size, record.welfare},
      recorded_key_(state.KeyOf(record)),
      recorded_classes_(state.ClassesOf(record)) {
  if (!record.ranked) return;
  recorded_weight_ =
      state.parameters().settings.by_persons ? record.person_weight() : record.family_weight;
}

FamilyTrial::Answers FamilyTrial::Corrected(const Corrections& corrections) const {
  Answers answers = recorded_;
  if (corrections.size) answers.size = *corrections.size;
  if (corrections.welfare) answers.welfare = *corrections.welfare;
  if (corrections.size) answers.features.Set(Variable::kMembers, answers.size);
  for (const auto& [variable, value] : corrections.answers) {
    value ? answers.features.Set(variable, *value) : answers.features.Forget(variable);
    if (variable == Variable::kMembers && value) answers.size = *value;
  }
  return answers;
}

Derived FamilyTrial::DeriveFor(const Answers& answers) const {
  return Derive(
      state_.yardstick(), answers.features,
      {answers.welfare, answers.size, record_.observed_on, state_.tree().at(record_.node).lines});
}

FamilyTrial::Place FamilyTrial::PlaceOf(const Derived& derived, int32_t size) const {
  const bool by_persons = state_.parameters().settings.by_persons;
  const int64_t weight = record_.family_weight * (by_persons ? size : 1);
  const RankKey key{derived.rank_value, record_.key};
  const RankSums before = state_.ranked().SumsBefore(key);
  const bool own_before = recorded_weight_ > 0 && recorded_key_ < key;
  const int64_t weight_before = before.weight - (own_before ? recorded_weight_ : 0);
  const int64_t total = state_.ranked().total().weight - recorded_weight_ + weight;
  return {static_cast<int>(1 + 10 * weight_before / total),
          static_cast<int>(1 + 100 * weight_before / total),
          before.families - (own_before ? 1 : 0)};
}

FamilyClasses FamilyTrial::ClassesOf(const Derived& derived, int32_t size) const {
  const int decile = derived.ranked ? PlaceOf(derived, size).decile : 0;
  return state_.served().ClassesOf(derived, decile);
}

Standing FamilyTrial::StandingOf(Answers answers) const {
  Standing standing;
  standing.derived = DeriveFor(answers);
  standing.features = answers.features;
  standing.size = answers.size;
  standing.welfare = answers.welfare;
  if (standing.derived.line >= 0) {
    standing.line = state_.lines().classes()[static_cast<size_t>(standing.derived.line)];
  }
  Place place;
  if (standing.derived.ranked) {
    place = PlaceOf(standing.derived, standing.size);
    const RankKey key{standing.derived.rank_value, record_.key};
    const int64_t ranked = state_.ranked().size() + (recorded_weight_ > 0 ? 0 : 1);
    standing.ranks.push_back(
        {state_.tree().at(RegionTree::kNation).code, place.families_before + 1, ranked});
    if (record_.node != RegionTree::kNation) standing.ranks.push_back(RankIn(record_.node, key));
  }
  standing.percentile = place.percentile;
  standing.classes = state_.served().ClassesOf(standing.derived, place.decile);
  standing.boundaries = Boundaries(standing, place);
  return standing;
}

Standing FamilyTrial::AsRecorded() const { return StandingOf(recorded_); }

Standing FamilyTrial::With(const Corrections& corrections) const {
  return StandingOf(Corrected(corrections));
}

RegionRank FamilyTrial::RankIn(uint32_t region, const RankKey& key) const {
  RegionRank rank{state_.tree().at(region).code, 1, 1};
  for (const uint32_t index : state_.tree().Subtree(region)) {
    for (const uint32_t slot : state_.tree().at(index).families) {
      const FamilyRecord& other = state_.records().at(slot);
      if (!other.ranked || other.key == record_.key) continue;
      ++rank.families;
      if (state_.KeyOf(other) < key) ++rank.rank;
    }
  }
  return rank;
}

void FamilyTrial::AddRanks(Standing* standing) const {
  if (!standing->derived.ranked || record_.node == RegionTree::kNation) return;
  const RankKey key{standing->derived.rank_value, record_.key};
  for (uint32_t region = state_.tree().at(record_.node).parent; region != RegionTree::kNation;
       region = state_.tree().at(region).parent) {
    if (state_.tree().at(region).total.families > kCounted) break;
    standing->ranks.insert(standing->ranks.begin() + 1, RankIn(region, key));
  }
}

std::vector<BoundaryDistance> FamilyTrial::Boundaries(const Standing& standing,
                                                      const Place& place) const {
  std::vector<BoundaryDistance> boundaries;
  const RankKey key{standing.derived.rank_value, record_.key};
  for (size_t k = 0; k < state_.decile_ends().size() && standing.derived.ranked; ++k) {
    const std::optional<RankKey>& end = state_.decile_ends()[k];
    if (!end) continue;
    const int64_t own = recorded_weight_ > 0 && recorded_key_ < *end ? 1 : 0;
    const int64_t before_end = state_.ranked().Before(*end) - own;
    boundaries.push_back({fmt::format("decile.{}", k + 1), end->value - key.value,
                          std::abs(before_end - place.families_before)});
  }
  if (standing.line && standing.welfare >= 0) {
    boundaries.push_back({"poverty_line", standing.line->line - standing.welfare, {}});
  }
  return boundaries;
}

std::vector<ClassChange> FamilyTrial::Changes(const FamilyClasses& before,
                                              const FamilyClasses& after) const {
  std::vector<ClassChange> changes;
  const auto note = [&](std::string boundary, std::string from, std::string to) {
    if (from != to) changes.push_back({std::move(boundary), std::move(from), std::move(to)});
  };
  note("decile", DecileName(before), DecileName(after));
  note("poverty_line", std::string(PovertyName(before)), std::string(PovertyName(after)));
  for (size_t p = 0; p < state_.programmes().size(); ++p) {
    note("need." + state_.programmes()[p]->id, std::string(NeedName(before, p)),
         std::string(NeedName(after, p)));
  }
  return changes;
}

void FamilyTrial::TryValue(Variable variable, int32_t value,
                           std::vector<SingleAnswer>* found) const {
  if (recorded_.features.Get(variable) == value) return;
  Answers answers = recorded_;
  answers.features.Set(variable, value);
  if (variable == Variable::kMembers) answers.size = value;
  const FamilyClasses after = ClassesOf(DeriveFor(answers), answers.size);
  if (after == recorded_classes_) return;
  found->push_back(
      {variable, recorded_.features.Get(variable), value, Changes(recorded_classes_, after)});
}

std::vector<SingleAnswer> FamilyTrial::SingleAnswers() const {
  std::vector<SingleAnswer> found;
  for (const Variable variable : AllVariables()) {
    const canonical::VariableInfo& info = InfoOf(variable);
    if (canonical::IsCoded(info.high)) {
      for (int32_t value = info.low; value <= info.high; ++value) {
        TryValue(variable, value, &found);
      }
      continue;
    }
    const int32_t from = recorded_.features.Get(variable).value_or(info.low - 1);
    for (const int direction : {-1, 1}) {
      const size_t before = found.size();
      for (int step = 1; step <= kSteps && found.size() == before; ++step) {
        const int32_t value = from + direction * step;
        if (value >= info.low && value <= info.high) TryValue(variable, value, &found);
      }
    }
  }
  return found;
}

}  // namespace sepakat::targeting
