// Bringing derived state up to date: deciles, region totals, and everything under new parameters.
#include <fmt/format.h>

#include <algorithm>

#include "targeting/domain/eligibility.h"
#include "targeting/domain/population_state.h"

namespace sepakat::targeting {

void PopulationState::Settle() {
  const DecileEnds before = ends_;
  ends_ = ranked_.Ends(parameters_.settings.by_persons);
  Relabel(before);
  std::ranges::sort(
      dirty_, [this](uint32_t a, uint32_t b) { return tree_.at(a).level > tree_.at(b).level; });
  for (uint32_t index : dirty_) {
    Total(&tree_.at(index));
    RenewDigest(&tree_.at(index));
  }
}

// Only families between the old and the new end of a decile can have changed theirs.
void PopulationState::Relabel(const DecileEnds& before) {
  for (size_t k = 0; k < ends_.size(); ++k) {
    const std::optional<RankKey>& a = before[k];
    const std::optional<RankKey>& b = ends_[k];
    if (a == b) continue;
    const RankKey from = !a ? *b : (!b ? *a : std::min(*a, *b));
    const std::optional<RankKey> to = a && b ? std::optional(std::max(*a, *b)) : std::nullopt;
    ranked_.Walk(from, [&](const RankEntry& entry) {
      if (to && *to <= entry.key) return false;
      FamilyRecord& record = records_.at(entry.slot);
      const int decile = DecileOf(ends_, entry.key);
      if (decile == record.decile) return true;
      SetDecile(&record, decile);
      Queue(entry.slot);
      return true;
    });
  }
}

void PopulationState::Total(RegionNode* node) {
  if (node->newest_stale) {
    node->newest_stale = false;
    node->own_observed_on = 0;
    node->own_accepted_ms = 0;
    for (uint32_t slot : node->families) {
      const FamilyRecord& record = records_.at(slot);
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
  for (const std::string& text : CanonicalTexts(parameters_)) digest_.Remove(text);
  const ParameterSet old = std::move(parameters_);
  parameters_ = std::move(parameters);
  for (const std::string& text : CanonicalTexts(parameters_)) digest_.Add(text);
  model_ = parameters_.RankingModel();
  lines_ = LineTable(parameters_);
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    RegionNode& node = tree_.at(i);
    const bool nation = i == RegionTree::kNation;
    node.lines = lines_.Candidates(node.code,
                                   nation ? std::vector<uint32_t>{} : tree_.at(node.parent).lines);
  }
  RebuildProgrammes(old);
  RebuildFamilies();
  parameters_changed_ = true;
}

// Programmes keep their classes by id while their bits move.
void PopulationState::RebuildProgrammes(const ParameterSet& old) {
  std::vector<int> old_bit;
  std::vector<std::string> old_ids;
  for (const auto& [id, programme] : old.programmes) {
    if (old_ids.size() < kMaxProgrammes) old_ids.push_back(id);
  }
  programmes_.clear();
  served_.fill(0);
  undecided_.fill(0);
  uint64_t appeared = 0;
  for (const auto& [id, programme] : parameters_.programmes) {
    const size_t bit = programmes_.size();
    if (bit == kMaxProgrammes) break;
    programmes_.push_back(&programme);
    const auto it = std::ranges::find(old_ids, id);
    const bool known = it != old_ids.end();
    old_bit.push_back(known ? static_cast<int>(it - old_ids.begin()) : -1);
    if (!known || (new_programmes_ >> old_bit.back() & 1) != 0) appeared |= uint64_t{1} << bit;
    for (int decile = 0; decile <= measures::kDeciles; ++decile) {
      const Truth truth = DecileEligibility(programme, decile, nullptr);
      const auto index = static_cast<size_t>(decile);
      if (truth == Truth::kTrue) served_[index] |= uint64_t{1} << bit;
      if (truth == Truth::kUnknown) undecided_[index] |= uint64_t{1} << bit;
    }
  }
  new_programmes_ = appeared;
  const auto moved = [&](uint64_t bits) {
    uint64_t result = 0;
    for (size_t bit = 0; bit < old_bit.size(); ++bit) {
      if (old_bit[bit] >= 0 && (bits >> old_bit[bit] & 1) != 0) result |= uint64_t{1} << bit;
    }
    return result;
  };
  for (uint32_t slot = 0; slot < records_.size(); ++slot) {
    FamilyClasses& published = records_.at(slot).published;
    published.open = moved(published.open);
    published.unclear = moved(published.unclear);
  }
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

void PopulationState::RebuildFamilies() {
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    tree_.at(i).own = {};
    tree_.at(i).needs.assign(programmes_.size(), {});
    MarkDirty(i);
  }
  std::vector<RankEntry> ranked;
  for (uint32_t slot = 0; slot < records_.size(); ++slot) {
    FamilyRecord& record = records_.at(slot);
    if (record.state != FamilyState::kRecorded) continue;
    Derive(Features::Unpack(record.packed()), &record);
    if (record.ranked) ranked.push_back(EntryOf(slot));
  }
  ranked_.Assign(std::move(ranked));
  ends_ = ranked_.Ends(parameters_.settings.by_persons);
  for (uint32_t slot = 0; slot < records_.size(); ++slot) {
    FamilyRecord& record = records_.at(slot);
    if (record.state != FamilyState::kRecorded) continue;
    record.decile = static_cast<uint8_t>(record.ranked ? DecileOf(ends_, KeyOf(record)) : 0);
    tree_.at(record.node).own.Add(record, lines_.classes(), 1);
    CountNeeds(record, 1);
    Queue(slot);
  }
}

}  // namespace sepakat::targeting
