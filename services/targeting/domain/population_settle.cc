// Bringing derived state up to date: deciles, region totals, and everything under new parameters.
#include <fmt/format.h>

#include <algorithm>

#include "targeting/domain/population_state.h"

namespace sepakat::targeting {

namespace {

// Whether families stand in another order or with other weights than before.
bool RanksOtherwise(const ParameterSet& before, const ParameterSet& now) {
  const Model* const old_model = before.RankingModel();
  const Model* const model = now.RankingModel();
  const bool same_model =
      old_model == nullptr || model == nullptr ? old_model == model : *old_model == *model;
  return !same_model || before.settings.by_persons != now.settings.by_persons;
}

}  // namespace

void PopulationState::Settle() {
  SettleFamilies();
  std::ranges::sort(
      dirty_, [this](uint32_t a, uint32_t b) { return tree_.at(a).level > tree_.at(b).level; });
  for (uint32_t index : dirty_) {
    Total(&tree_.at(index));
    RenewDigest(&tree_.at(index));
  }
}

void PopulationState::Compact() {
  ranked_.Compact();
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    if (tree_.at(i).welfare != nullptr) tree_.at(i).welfare->Compact();
  }
}

void PopulationState::SettleFamilies() {
  ChangeOrders();
  const DecileEnds before = ends_;
  ends_ = ranked_.Ends();
  Relabel(before);
  for (const Standing& standing : unsettled_) {
    records_.set_unsettled(standing.slot, false);
    FamilyRecord record = records_.brief(standing.slot);
    if (record.state != FamilyState::kRecorded) continue;
    const int decile = record.ranked ? DecileOf(ends_, KeyOf(record)) : 0;
    tree_.at(record.node).own.MoveDecile(record, 0, decile);
    record.decile = static_cast<uint8_t>(decile);
    records_.set_decile(standing.slot, decile);
    CountNeeds(record, 1);
  }
  unsettled_.clear();
}

// From how each family stood to how it stands.
void PopulationState::ChangeOrders() {
  struct Placed {
    WelfareChange change;
    uint32_t node;
  };
  std::vector<Placed> welfare;
  std::vector<RankEntry> removed;
  std::vector<RankEntry> inserted;
  for (const Standing& before : unsettled_) {
    const Standing now = StandingOf(before.slot, records_.brief(before.slot));
    if (before.welfare != now.welfare || before.node != now.node) {
      if (before.welfare) welfare.push_back({{*before.welfare, -1}, before.node});
      if (now.welfare) welfare.push_back({{*now.welfare, 1}, now.node});
    }
    if (before.rank == now.rank) continue;
    if (before.rank) removed.push_back(*before.rank);
    if (now.rank) inserted.push_back(*now.rank);
  }
  ranked_.Change(&removed, &inserted);
  std::ranges::sort(welfare, {}, [](const Placed& placed) { return placed.change.entry; });
  changes_.resize(tree_.size());
  for (const Placed& placed : welfare) {
    for (uint32_t index = placed.node;; index = tree_.at(index).parent) {
      if (tree_.at(index).welfare != nullptr) {
        if (changes_[index].empty()) changing_.push_back(index);
        changes_[index].push_back(placed.change);
      }
      if (index == RegionTree::kNation) break;
    }
  }
  for (const uint32_t index : changing_) {
    tree_.at(index).welfare->Change(changes_[index]);
    changes_[index] = {};
  }
  changing_.clear();
}

// Only families between the old and the new end of a decile can have changed theirs.
void PopulationState::Relabel(const DecileEnds& before) {
  for (size_t k = 0; k < ends_.size(); ++k) {
    const std::optional<RankKey>& a = before[k];
    const std::optional<RankKey>& b = ends_[k];
    if (a == b) continue;
    const RankKey from = !a ? *b : (!b ? *a : std::min(*a, *b));
    const std::optional<RankKey> to = a && b ? std::optional(std::max(*a, *b)) : std::nullopt;
    ranked_.Walk(from, [&](const RankKey& key, uint32_t slot) {
      if (to && *to <= key) return false;
      if (records_.unsettled(slot)) return true;
      const int decile = DecileOf(ends_, key);
      if (decile == records_.decile(slot)) return true;
      FamilyRecord record = records_.brief(slot);
      SetDecile(slot, &record, decile);
      Queue(slot);
      return true;
    });
  }
}

void PopulationState::Total(RegionNode* node) {
  if (node->newest_stale) {
    node->newest_stale = false;
    node->own_observed_on = 0;
    node->own_accepted_ms = 0;
    for (const uint32_t slot : node->families) {
      const FamilyRecord record = records_.brief(slot);
      node->own_observed_on = std::max(node->own_observed_on, record.observed_on);
      node->own_accepted_ms = std::max(node->own_accepted_ms, record.accepted_at_ms);
    }
  }
  node->total = node->own;
  node->observed_on = node->own_observed_on;
  node->accepted_ms = node->own_accepted_ms;
  for (uint32_t child : node->children) {
    const RegionNode& inner = tree_.at(child);
    node->total += inner.total;
    node->observed_on = std::max(node->observed_on, inner.observed_on);
    node->accepted_ms = std::max(node->accepted_ms, inner.accepted_ms);
  }
}

void PopulationState::RenewDigest(RegionNode* node) {
  const auto part = [&] {
    return fmt::format("{}|{}|{:016x}{:016x}", id_, node->code, node->digest_part[0],
                       node->digest_part[1]);
  };
  if (node->in_digest) digest_.Remove(part());
  node->in_digest = !node->total.empty();
  if (!node->in_digest) return;
  const std::string bytes = node->total.CanonicalBytes(lines_.classes());
  node->digest_part = {base::Hash64(bytes, 1), base::Hash64(bytes, 2)};
  digest_.Add(part());
}

void PopulationState::SetParameters(ParameterSet parameters) {
  // Orders and needs are those of the old parameters until here.
  SettleFamilies();
  for (const std::string& text : CanonicalTexts(parameters_)) digest_.Remove(text);
  const ParameterSet old = std::move(parameters_);
  parameters_ = std::move(parameters);
  for (const std::string& text : CanonicalTexts(parameters_)) digest_.Add(text);
  model_ = parameters_.RankingModel();
  lines_ = LineTable(parameters_);
  mpi_ = CounterOf(parameters_);
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    RegionNode& node = tree_.at(i);
    const bool nation = i == RegionTree::kNation;
    node.lines = lines_.Candidates(node.code,
                                   nation ? std::vector<uint32_t>{} : tree_.at(node.parent).lines);
  }
  RebuildProgrammes(old);
  RebuildFamilies(RanksOtherwise(old, parameters_));
  parameters_changed_ = true;
}

// Programmes keep their classes by id while their bits move.
void PopulationState::RebuildProgrammes(const ParameterSet& old) {
  std::vector<int> old_bit;
  std::vector<std::string> old_ids;
  for (const auto& [id, programme] : old.programmes) {
    if (old_ids.size() < kMaxProgrammes) old_ids.push_back(id);
  }
  programmes_ = CountedProgrammes(parameters_);
  served_ = ServedDeciles(programmes_);
  uint64_t appeared = 0;
  for (size_t bit = 0; bit < programmes_.size(); ++bit) {
    const auto it = std::ranges::find(old_ids, programmes_[bit]->id);
    const bool known = it != old_ids.end();
    old_bit.push_back(known ? static_cast<int>(it - old_ids.begin()) : -1);
    if (!known || (new_programmes_ >> old_bit.back() & 1) != 0) appeared |= uint64_t{1} << bit;
  }
  new_programmes_ = appeared;
  const auto moved = [&](uint64_t bits) {
    uint64_t result = 0;
    for (size_t bit = 0; bit < old_bit.size(); ++bit) {
      if (old_bit[bit] >= 0 && (bits >> old_bit[bit] & 1) != 0) result |= uint64_t{1} << bit;
    }
    return result;
  };
  records_.TransformPublished([&](FamilyClasses published) {
    published.open = moved(published.open);
    published.unclear = moved(published.unclear);
    return published;
  });
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    std::vector<NeedCounts>& said = tree_.at(i).published_needs;
    std::vector<NeedCounts> kept(old_bit.size());
    for (size_t bit = 0; bit < old_bit.size(); ++bit) {
      const auto from = static_cast<size_t>(old_bit[bit]);
      if (old_bit[bit] >= 0 && from < said.size()) kept[bit] = said[from];
    }
    said = std::move(kept);
  }
}

void PopulationState::RebuildFamilies(bool ranks_otherwise) {
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    tree_.at(i).own = {};
    tree_.at(i).needs.assign(programmes_.size(), {});
    MarkDirty(i);
  }
  records_.ForgetDerived();
  std::vector<RankEntry> ranked;
  for (uint32_t slot = 0; slot < records_.size(); ++slot) {
    if (records_.state(slot) != FamilyState::kRecorded) continue;
    FamilyRecord record = records_.at(slot);
    Derive(Features::Unpack(record.packed()), &record);
    records_.Put(slot, record);
    if (ranks_otherwise && record.ranked) ranked.push_back(EntryOf(slot, record));
  }
  if (ranks_otherwise) {
    ranked_.Assign(std::move(ranked));
    ends_ = ranked_.Ends();
  }
  for (uint32_t slot = 0; slot < records_.size(); ++slot) {
    if (records_.state(slot) != FamilyState::kRecorded) continue;
    FamilyRecord record = records_.brief(slot);
    record.decile = static_cast<uint8_t>(record.ranked ? DecileOf(ends_, KeyOf(record)) : 0);
    records_.set_decile(slot, record.decile);
    tree_.at(record.node).own.Add(record, lines_.classes(), mpi_, 1);
    CountNeeds(record, 1);
    Queue(slot);
  }
}

}  // namespace sepakat::targeting
