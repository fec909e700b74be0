#include "targeting/domain/what_if.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "common/base/status.h"
#include "targeting/domain/publication.h"

namespace sepakat::targeting {
namespace {

struct GroupName {
  std::string_view dimension;
  std::string_view group;
};
constexpr size_t kHeadSexFrom = 11;
constexpr size_t kAreaFrom = 14;
constexpr size_t kSizeFrom = 17;
constexpr std::array<GroupName, 21> kGroupNames = {
    {{"decile", "unknown"}, {"decile", "1"},      {"decile", "2"},
     {"decile", "3"},       {"decile", "4"},      {"decile", "5"},
     {"decile", "6"},       {"decile", "7"},      {"decile", "8"},
     {"decile", "9"},       {"decile", "10"},     {"head_sex", "unknown"},
     {"head_sex", "1"},     {"head_sex", "2"},    {"urban_rural", "unknown"},
     {"urban_rural", "1"},  {"urban_rural", "2"}, {"size", "1-2"},
     {"size", "3-4"},       {"size", "5-6"},      {"size", "7+"}}};

bool SameModel(const Model* a, const Model* b) {
  return a == b || (a != nullptr && b != nullptr && *a == *b);
}

// 1 or 2, 0 for anything else.
size_t CodeOf(const Features& features, Variable variable) {
  const int32_t value = features.Value(variable);
  return value == 1 || value == 2 ? static_cast<size_t>(value) : 0;
}

bool Has(uint64_t bits, int bit) { return bit >= 0 && (bits >> bit & 1) != 0; }

}  // namespace

Moves& Moves::operator+=(const Moves& other) {
  families += other.families;
  entered_poverty += other.entered_poverty;
  left_poverty += other.left_poverty;
  poverty_unclear += other.poverty_unclear;
  decile_higher += other.decile_higher;
  decile_lower += other.decile_lower;
  decile_unclear += other.decile_unclear;
  if (programmes.size() < other.programmes.size()) programmes.resize(other.programmes.size());
  for (size_t i = 0; i < other.programmes.size(); ++i) {
    programmes[i].base += other.programmes[i].base;
    programmes[i].branch += other.programmes[i].branch;
    programmes[i].gained += other.programmes[i].gained;
    programmes[i].lost += other.programmes[i].lost;
  }
  return *this;
}

absl::StatusOr<WhatIfPass> WhatIfPass::Begin(const Branch& branch, const PopulationState& base) {
  const uint32_t region = base.tree().Find(branch.region);
  if (region == RegionTree::kNone || base.tree().at(region).total.empty()) {
    return base::Error(
        absl::StatusCode::kNotFound, "REGION_WITHOUT_FAMILIES",
        fmt::format("no family of {} is recorded in region {}", base.id(), branch.region));
  }
  const size_t regions = base.tree().Subtree(region).size();
  if (regions > kMostWhatIfRegions) {
    return base::Error(absl::StatusCode::kOutOfRange, "RESULT_TOO_LARGE",
                       fmt::format("region {} has {} regions inside, a branch keeps {}: name a "
                                   "smaller one",
                                   branch.region, regions, kMostWhatIfRegions));
  }
  return WhatIfPass(branch, base, region);
}

WhatIfPass::WhatIfPass(const Branch& branch, const PopulationState& base, uint32_t region)
    : branch_(&branch),
      region_(region),
      model_(branch.parameters.RankingModel()),
      lines_(branch.parameters),
      programmes_(CountedProgrammes(branch.parameters)),
      served_(programmes_),
      mpi_(CounterOf(branch.parameters)) {
  same_rules_ = branch.rules == &base.rules();
  same_model_ = SameModel(model_, base.parameters().RankingModel());
  ends_known_ = same_model_ && branch.weights.empty() &&
                branch.parameters.settings.by_persons == base.parameters().settings.by_persons;
  if (ends_known_) ends_ = base.decile_ends();
  ListProgrammes(base);
  PrepareRegions(base);
}

void WhatIfPass::ListProgrammes(const PopulationState& base) {
  std::map<std::string, ProgrammeBits> by_id;
  const auto list = [&](const std::vector<const Programme*>& programmes, int ProgrammeBits::*bit) {
    for (size_t i = 0; i < programmes.size(); ++i) {
      ProgrammeBits& bits = by_id[programmes[i]->id];
      bits.id = programmes[i]->id;
      bits.*bit = static_cast<int>(i);
    }
  };
  list(base.programmes(), &ProgrammeBits::base);
  list(programmes_, &ProgrammeBits::branch);
  for (auto& [id, bits] : by_id) bits_.push_back(std::move(bits));
}

void WhatIfPass::PrepareRegions(const PopulationState& base) {
  const RegionTree& tree = base.tree();
  std::map<std::pair<std::string, int>, int64_t> given;
  for (const AreaFactor& area : branch_->weights) {
    given[{area.region, area.urban_rural}] = area.factor_micro;
  }
  region_lines_.resize(tree.size());
  factors_.resize(tree.size());
  for (uint32_t i = 0; i < tree.size(); ++i) {
    const RegionNode& node = tree.at(i);
    const bool nation = i == RegionTree::kNation;
    region_lines_[i] =
        lines_.Candidates(node.code, nation ? std::vector<uint32_t>{} : region_lines_[node.parent]);
    for (int area = 0; area < 3; ++area) {
      int64_t factor = nation ? 1'000'000 : factors_[node.parent][static_cast<size_t>(area)];
      for (const int matching : {0, area}) {
        const auto it = given.find({node.code, matching});
        if (it != given.end()) factor = it->second;
      }
      factors_[i][static_cast<size_t>(area)] = factor;
    }
  }
  inside_.resize(tree.size());
  for (const uint32_t i : tree.Subtree(region_)) inside_[i] = true;
  sums_.resize(tree.size());
  moves_.resize(tree.size());
  if (!branch_->weights.empty()) welfare_.resize(tree.size());
}

bool WhatIfPass::Read(const PopulationState& base, uint32_t families) {
  const uint32_t size = base.records().size();
  for (; families > 0 && next_ < size; --families, ++next_) {
    const FamilyRecord& record = base.records().at(next_);
    if (record.state != FamilyState::kRecorded) continue;
    ends_known_ ? Count(base, record) : Rank(record);
  }
  if (next_ < size) return false;
  if (ends_known_) return true;
  FindEnds();
  next_ = 0;
  return false;
}

int64_t WhatIfPass::WeightOf(const FamilyRecord& record, const Features& features) const {
  if (branch_->weights.empty()) return record.family_weight;
  const int64_t factor = factors_[record.node][CodeOf(features, Variable::kUrbanRural)];
  const int64_t weight = ScaledWeight(record.family_weight, factor);
  return weight < measures::kPersonWeightEnd / record.size ? weight : 0;
}

Derived WhatIfPass::DeriveFamily(const FamilyRecord& record, const Features& features) const {
  const FamilyInputs inputs{record.welfare, record.size, record.observed_on,
                            region_lines_[record.node]};
  Derived derived;
  derived.masks =
      same_rules_ ? record.masks : EvaluateDeprivations(features, record.size, *branch_->rules);
  derived.line = LineOf(yardstick(), features, inputs);
  derived.poverty = PovertyOf(lines_, derived.line, record.welfare);
  if (same_model_) {
    derived.scored = record.scored;
    derived.ranked = record.ranked;
    derived.rank_value = record.rank_value;
  } else {
    DeriveRank(yardstick(), features, record.welfare, &derived);
  }
  DeriveProgrammes(yardstick(), features, &derived);
  return derived;
}

void WhatIfPass::Rank(const FamilyRecord& record) {
  const Features features = Features::Unpack(record.packed());
  Derived derived;
  derived.ranked = record.ranked;
  derived.rank_value = record.rank_value;
  if (!same_model_) DeriveRank(yardstick(), features, record.welfare, &derived);
  if (!derived.ranked) return;
  const int64_t weight = WeightOf(record, features);
  const bool by_persons = branch_->parameters.settings.by_persons;
  ranked_.push_back({{derived.rank_value, record.key}, by_persons ? weight * record.size : weight});
}

// The end of decile k is the first family with 10 C >= k W, C the weight before it.
void WhatIfPass::FindEnds() {
  std::ranges::sort(ranked_, {}, &RankedFamily::key);
  base::Int128 total = 0;
  for (const RankedFamily& family : ranked_) total += family.weight;
  base::Int128 before = 0;
  size_t k = 1;
  for (const RankedFamily& family : ranked_) {
    while (k <= ends_.size() && 10 * before >= static_cast<int64_t>(k) * total) {
      ends_[k++ - 1] = family.key;
    }
    before += family.weight;
  }
  ends_known_ = true;
  ranked_ = {};
}

void WhatIfPass::Count(const PopulationState& base, const FamilyRecord& record) {
  const Features features = Features::Unpack(record.packed());
  const int64_t weight = WeightOf(record, features);
  if (weight == 0) weights_fit_ = false;
  const Derived derived = DeriveFamily(record, features);
  const int decile = derived.ranked ? DecileOf(ends_, {derived.rank_value, record.key}) : 0;
  const FamilyClasses after = served_.ClassesOf(derived, decile);
  AddSums(record, derived, after, weight);
  if (!inside_[record.node]) return;
  const FamilyClasses before = base.ClassesOf(record);
  const Moved family{1, weight * record.size};
  const Moves moves = MovesOf(before, after, family);
  moves_[record.node] += moves;
  AddGroups(record, features, moves);
  deciles_[before.decile][after.decile] += family;
}

void WhatIfPass::AddSums(const FamilyRecord& record, const Derived& derived,
                         const FamilyClasses& classes, int64_t weight) {
  FamilyRecord counted;
  counted.size = record.size;
  counted.welfare = record.welfare;
  counted.family_weight = weight;
  counted.masks = derived.masks;
  counted.line = derived.line;
  counted.scored = derived.scored;
  counted.ranked = derived.ranked;
  counted.rank_value = derived.rank_value;
  counted.decile = classes.decile;
  RegionSums& sums = sums_[record.node];
  sums.Add(counted, lines_.classes(), mpi_, 1);
  const bool unclear = classes.unclear != 0 || programmes_.empty();
  sums.AddNeed(counted,
               classes.open != 0 ? Truth::kTrue
               : unclear         ? Truth::kUnknown
                                 : Truth::kFalse,
               1);
  if (!welfare_.empty() && record.welfare >= 0) {
    welfare_[record.node].emplace_back(record.welfare, record.size, weight);
  }
}

Moves WhatIfPass::MovesOf(const FamilyClasses& before, const FamilyClasses& after,
                          Moved family) const {
  Moves moves;
  moves.families = 1;
  if (before.poverty != after.poverty) {
    const bool unclear =
        before.poverty == PovertyClass::kUnknown || after.poverty == PovertyClass::kUnknown;
    (unclear                                ? moves.poverty_unclear
     : after.poverty == PovertyClass::kPoor ? moves.entered_poverty
                                            : moves.left_poverty) = family;
  }
  if (before.decile != after.decile) {
    (before.decile == 0 || after.decile == 0 ? moves.decile_unclear
     : after.decile > before.decile          ? moves.decile_higher
                                             : moves.decile_lower) = family;
  }
  moves.programmes.resize(bits_.size());
  for (size_t i = 0; i < bits_.size(); ++i) {
    const bool was = Has(before.open, bits_[i].base);
    const bool is = Has(after.open, bits_[i].branch);
    ProgrammeMoves& programme = moves.programmes[i];
    programme.base = was ? 1 : 0;
    programme.branch = is ? 1 : 0;
    if (is && !was) programme.gained = family;
    if (was && !is) programme.lost = family;
  }
  return moves;
}

void WhatIfPass::AddGroups(const FamilyRecord& record, const Features& features,
                           const Moves& moves) {
  groups_[record.decile] += moves;
  groups_[kHeadSexFrom + CodeOf(features, Variable::kHeadSex)] += moves;
  groups_[kAreaFrom + CodeOf(features, Variable::kUrbanRural)] += moves;
  groups_[kSizeFrom + std::min<size_t>((record.size - 1U) / 2, 3)] += moves;
}

// Regions come after those around them.
void WhatIfPass::RollUp(const PopulationState& base) {
  for (uint32_t i = base.tree().size() - 1; i > 0; --i) {
    const uint32_t parent = base.tree().at(i).parent;
    sums_[parent] += sums_[i];
    moves_[parent] += moves_[i];
  }
}

std::vector<FigureValue> WhatIfPass::FiguresOf(const PopulationState& base, uint32_t region) const {
  WelfareOrder scratch;
  const Population& population = branch_->parameters.population;
  if (welfare_.empty()) {
    return ReadFigures(sums_[region], base.DistributionOf(region, &scratch), lines_.classes(), mpi_,
                       population);
  }
  std::vector<WelfareEntry> entries;
  for (const uint32_t i : base.tree().Subtree(region)) {
    entries.insert(entries.end(), welfare_[i].begin(), welfare_[i].end());
  }
  return ReadFigures(sums_[region], WelfareOrder(std::move(entries)), lines_.classes(), mpi_,
                     population);
}

absl::StatusOr<WhatIfResult> WhatIfPass::Finish(const PopulationState& base) {
  RollUp(base);
  if (!weights_fit_) {
    return base::Error(absl::StatusCode::kOutOfRange, "WEIGHT_OUT_OF_RANGE",
                       "a factor takes the weight of a family beyond 2^36; give a smaller one");
  }
  if (sums_[RegionTree::kNation].person_weight >= measures::kRegionWeightEnd) {
    return base::Error(absl::StatusCode::kOutOfRange, "REGION_WEIGHT_FULL",
                       "the factors take the weight of the population beyond 2^46");
  }
  WhatIfResult result;
  result.weight_decimals = branch_->parameters.population.weight_decimals;
  for (const ProgrammeBits& bits : bits_) result.programmes.push_back(bits.id);
  const RegionTree& tree = base.tree();
  for (const uint32_t i : tree.Subtree(region_)) {
    if (base.tree().at(i).total.empty()) continue;
    const size_t place = result.regions.size();
    const std::string& code = tree.at(i).code;
    result.places[code] = place;
    result.regions.push_back({code,
                              targeting::FiguresOf(base, i).figures,
                              FiguresOf(base, i),
                              std::move(moves_[i]),
                              {}});
    if (i == region_) continue;
    result.regions[result.places.at(tree.at(tree.at(i).parent).code)].inner.push_back(place);
  }
  for (size_t i = 0; i < groups_.size(); ++i) {
    if (groups_[i].families == 0) continue;
    result.groups.push_back(
        {kGroupNames[i].dimension, kGroupNames[i].group, std::move(groups_[i])});
  }
  result.deciles = deciles_;
  return result;
}

}  // namespace sepakat::targeting
