// What one publication says: the difference between two settled states.
//
// A region is named when its figures differ from those said last, a need when its counts differ, a
// ranking when its scores differ, a family when one of its classes differs. Everything is ordered
// by code, id and key, so equal differences give equal publications.
//
// Crossings and their causes: `entered` and `left` the register; `own_data` when the family's
// record changed; else `parameters_changed` when lines, model, settings or programmes did; else
// `others_moved`. A boundary that comes into being is not crossed: no crossing from unknown under
// parameters_changed, none of a new programme. A bulk publication (a file being loaded) leaves out
// `entered` and `others_moved`; figures and needs carry the news.
// Thread: the owner of the state. Complexity: linear in what changed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "targeting/domain/figures.h"
#include "targeting/domain/population_state.h"
#include "targeting/domain/priority.h"

namespace sepakat::targeting {

struct ParameterInUse {
  std::string kind;
  std::string id;
  std::string version;
  auto operator<=>(const ParameterInUse&) const = default;
};

struct RegionFigures {
  std::string population;
  std::string region;
  std::vector<FigureValue> figures;
  std::vector<ParameterInUse> parameters;
  int32_t newest_observation = 0;
  int64_t newest_accepted_ms = 0;
};

struct NeedChange {
  std::string population;
  std::string programme;
  std::string programme_version;
  std::string region;
  NeedCounts counts;
};

struct RegionRanking {
  std::string population;
  std::string parent;
  std::vector<RegionScore> regions;
};

struct Crossing {
  std::string population;
  FamilyKey family;
  std::string region;
  std::string boundary;  // decile, poverty_line, need.<programme>
  std::string from;
  std::string to;
  std::string_view cause;
};

struct Publication {
  std::vector<RegionFigures> figures;
  std::vector<NeedChange> needs;
  std::vector<RegionRanking> rankings;
  std::vector<Crossing> crossings;
};

// Figures of one region as they stand.
RegionFigures FiguresOf(const PopulationState& state, uint32_t region);
// The children of one region, ranked.
RegionRanking RankingOf(const PopulationState& state, uint32_t parent);

// Appends what changed in `state` since its last publication and marks it as said. Requires
// state->Settle().
void Publish(PopulationState* state, bool bulk, Publication* publication);

// Names of classes as crossings and explanations write them.
std::string DecileName(const FamilyClasses& classes);
std::string_view PovertyName(const FamilyClasses& classes);
std::string_view NeedName(const FamilyClasses& classes, size_t programme);

}  // namespace sepakat::targeting
