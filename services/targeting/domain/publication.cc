#include "targeting/domain/publication.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "common/base/fixed_point.h"
#include "common/base/hash.h"

namespace sepakat::targeting {
namespace {

std::vector<ParameterInUse> ParametersOf(const PopulationState& state, const RegionSums& sums) {
  std::vector<ParameterInUse> used;
  for (const RegionSums::LineEntry& entry : sums.lines) {
    const LineClass& line = state.lines().classes()[static_cast<size_t>(entry.line_class)];
    used.push_back({"poverty_line", line.regions, line.version});
  }
  const ParameterSet& parameters = state.parameters();
  if (const Model* model = parameters.RankingModel()) {
    used.push_back({"model", model->id, model->version});
  }
  used.push_back(
      {"rule_set", std::string(state.rules().version), std::string(state.rules().version)});
  used.push_back({"decile_setting", parameters.settings.by_persons ? "persons" : "families",
                  parameters.settings.version});
  used.push_back({"mpi", parameters.mpi.id, parameters.mpi.version});
  std::ranges::sort(used);
  return used;
}

uint64_t HashOf(const RegionFigures& figures) {
  std::string text = fmt::format("{}|{}", figures.newest_observation, figures.newest_accepted_ms);
  for (const FigureValue& figure : figures.figures) {
    text += fmt::format("|{}/{}/{}/{}", base::ToText(figure.ratio.numerator),
                        base::ToText(figure.ratio.denominator), figure.unknown_families,
                        figure.observed_families);
  }
  for (const ParameterInUse& used : figures.parameters) {
    text += fmt::format("|{}={}@{}", used.kind, used.id, used.version);
  }
  return base::Hash64(text, 1);
}

uint64_t HashOf(const RegionRanking& ranking) {
  std::string text;
  for (const RegionScore& score : ranking.regions) {
    text += score.region;
    for (const ScorePart& part : score.parts) text += fmt::format("|{}", part.score_micro);
  }
  return base::Hash64(text, 1);
}

void PublishRegions(PopulationState* state, Publication* publication) {
  std::vector<uint32_t> dirty = state->dirty_regions();
  RegionTree& tree = state->mutable_tree();
  std::ranges::sort(dirty, std::less<>{}, [&](uint32_t i) { return tree.at(i).code; });
  for (uint32_t index : dirty) {
    RegionNode& node = tree.at(index);
    RegionFigures figures = FiguresOf(*state, index);
    const uint64_t hash = HashOf(figures);
    if (node.published_figures != hash && (node.published_figures != 0 || !node.total.empty())) {
      node.published_figures = hash;
      publication->figures.push_back(std::move(figures));
    }
    if (node.children.empty()) continue;
    RegionRanking ranking = RankingOf(*state, index);
    const uint64_t ranking_hash = HashOf(ranking);
    if (node.published_ranking != ranking_hash &&
        (node.published_ranking != 0 || !ranking.regions.empty())) {
      node.published_ranking = ranking_hash;
      publication->rankings.push_back(std::move(ranking));
    }
  }
}

void PublishNeeds(PopulationState* state, Publication* publication) {
  const std::vector<const Programme*>& programmes = state->programmes();
  std::vector<uint32_t> dirty = state->dirty_regions();
  RegionTree& tree = state->mutable_tree();
  std::ranges::sort(dirty, std::less<>{}, [&](uint32_t i) { return tree.at(i).code; });
  for (size_t p = 0; p < programmes.size(); ++p) {
    for (uint32_t index : dirty) {
      RegionNode& node = tree.at(index);
      if (node.needs.size() <= p) continue;
      if (node.published_needs.size() <= p) node.published_needs.resize(programmes.size());
      const bool restated = !node.needs[p].empty() && state->parameters_changed();
      if (node.needs[p] == node.published_needs[p] && !restated) continue;
      node.published_needs[p] = node.needs[p];
      publication->needs.push_back(
          {state->id(), programmes[p]->id, programmes[p]->version, node.code, node.needs[p]});
    }
  }
}

std::string_view CauseOf(const PopulationState& state, const FamilyRecord& record,
                         const FamilyClasses& now) {
  if (!record.published.present) return "entered";
  if (!now.present) return "left";
  if (record.touched) return "own_data";
  return state.parameters_changed() ? "parameters_changed" : "others_moved";
}

class Crossings {
 public:
  Crossings(const PopulationState& state, bool bulk, std::vector<Crossing>* out)
      : state_(state), bulk_(bulk), out_(out) {}

  // True if some class changed and the cause is one to be told.
  bool Concerns(const FamilyRecord& record) const {
    const FamilyClasses now = state_.ClassesOf(record);
    if (now == record.published) return false;
    if (!bulk_) return true;
    const std::string_view cause = CauseOf(state_, record, now);
    return cause != "entered" && cause != "others_moved";
  }

  void Tell(const FamilyRecord& record) {
    const FamilyClasses now = state_.ClassesOf(record);
    const FamilyClasses& before = record.published;
    cause_ = CauseOf(state_, record, now);
    Say(record, "decile", DecileName(before), DecileName(now));
    for (size_t p = 0; p < state_.programmes().size(); ++p) {
      if (cause_ == "parameters_changed" && (state_.new_programmes() >> p & 1) != 0) continue;
      Say(record, "need." + state_.programmes()[p]->id, std::string(NeedName(before, p)),
          std::string(NeedName(now, p)));
    }
    Say(record, "poverty_line", std::string(PovertyName(before)), std::string(PovertyName(now)));
  }

 private:
  void Say(const FamilyRecord& record, std::string boundary, std::string from, std::string to) {
    if (from == to) return;
    if (cause_ == "parameters_changed" && from == "unknown") return;
    out_->push_back({state_.id(), record.key, state_.tree().at(record.node).code,
                     std::move(boundary), std::move(from), std::move(to), cause_});
  }

  const PopulationState& state_;
  bool bulk_;
  std::vector<Crossing>* out_;
  std::string_view cause_;
};

void PublishCrossings(PopulationState* state, bool bulk, Publication* publication) {
  const RecordStore& records = state->records();
  Crossings crossings(*state, bulk, &publication->crossings);
  std::vector<uint32_t> crossed;
  for (uint32_t slot : state->queued_families()) {
    if (crossings.Concerns(records.brief(slot))) crossed.push_back(slot);
  }
  std::ranges::sort(crossed, std::less<>{}, [&](uint32_t slot) { return records.key(slot); });
  for (uint32_t slot : crossed) crossings.Tell(records.at(slot));
}

}  // namespace

std::string DecileName(const FamilyClasses& classes) {
  if (!classes.present) return "none";
  return classes.decile == 0 ? "unknown" : fmt::format("{}", classes.decile);
}

std::string_view PovertyName(const FamilyClasses& classes) {
  if (!classes.present) return "none";
  switch (classes.poverty) {
    case PovertyClass::kPoor:
      return "poor";
    case PovertyClass::kNotPoor:
      return "not_poor";
    case PovertyClass::kUnknown:
      break;
  }
  return "unknown";
}

std::string_view NeedName(const FamilyClasses& classes, size_t programme) {
  if ((classes.open >> programme & 1) != 0) return "open";
  return (classes.unclear >> programme & 1) != 0 ? "unknown" : "none";
}

RegionFigures FiguresOf(const PopulationState& state, uint32_t region) {
  const RegionNode& node = state.tree().at(region);
  WelfareOrder scratch;
  return {state.id(),
          node.code,
          ReadFigures(node.total, state.DistributionOf(region, &scratch), state.lines().classes(),
                      state.mpi(), state.parameters().population),
          ParametersOf(state, node.total),
          node.observed_on,
          node.accepted_ms};
}

RegionRanking RankingOf(const PopulationState& state, uint32_t parent) {
  const RegionTree& tree = state.tree();
  std::vector<RegionInput> children;
  for (uint32_t child : tree.at(parent).children) {
    children.push_back({tree.at(child).code, &tree.at(child).total});
  }
  return {state.id(), tree.at(parent).code,
          RankRegions(children, state.lines().classes(), kPriorityWeights)};
}

void Publish(PopulationState* state, bool bulk, Publication* publication) {
  PublishRegions(state, publication);
  PublishNeeds(state, publication);
  PublishCrossings(state, bulk, publication);
  state->Published();
}

}  // namespace sepakat::targeting
