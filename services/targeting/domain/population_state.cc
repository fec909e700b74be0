#include "targeting/domain/population_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "common/base/region_code.h"
#include "targeting/domain/eligibility.h"
#include "targeting/domain/score.h"

namespace sepakat::targeting {
namespace {

bool Replaces(const FamilyUpdate& update, uint64_t digest, const FamilyRecord& record,
              Applied* outcome) {
  const auto refuse = [outcome](Applied why) {
    *outcome = why;
    return false;
  };
  if (update.version < record.version) return refuse(Applied::kLate);
  if (update.version > record.version) return true;
  const bool departs = update.state == FamilyState::kDeparted;
  const bool departed = record.state == FamilyState::kDeparted;
  if (departs != departed) return departed || refuse(Applied::kRepeated);
  if (digest == record.content_digest) return refuse(Applied::kRepeated);
  *outcome = Applied::kConflict;
  return digest < record.content_digest;
}

}  // namespace

PopulationState::PopulationState(std::string id, const RuleSet* rules)
    : id_(std::move(id)), rules_(rules) {
  parameters_.population.id = id_;
  parameters_.settings.population = id_;
  for (const std::string& text : CanonicalTexts(parameters_)) digest_.Add(text);
}

Applied PopulationState::Apply(const FamilyUpdate& update) {
  const std::string packed =
      update.state == FamilyState::kRecorded ? update.features.Pack() : std::string{};
  const uint64_t hash = ContentHash(update, packed);
  const uint64_t digest = update.content_digest != 0 ? update.content_digest : hash;
  const std::optional<uint32_t> found = records_.Find(update.key);
  Applied outcome = Applied::kChanged;
  if (found && !Replaces(update, digest, records_.at(*found), &outcome)) return outcome;
  const bool enters = update.state == FamilyState::kRecorded;
  const int64_t old_weight = found && records_.at(*found).state == FamilyState::kRecorded
                                 ? records_.at(*found).person_weight()
                                 : 0;
  const int64_t weight =
      person_weight_ - old_weight + (enters ? update.family_weight * update.size : 0);
  if (weight >= measures::kRegionWeightEnd) return Applied::kFull;
  person_weight_ = weight;

  const uint32_t slot = found ? *found : records_.Add(update.key);
  FamilyRecord& record = records_.at(slot);
  if (found) {
    digest_.Remove(RecordDigestBytes(record));
    if (record.state == FamilyState::kRecorded) Leave(slot);
  }
  Fill(update, &record);
  record.content_digest = digest;
  record.content_hash = hash;
  if (enters) {
    record.features = std::make_unique_for_overwrite<char[]>(packed.size());
    std::memcpy(record.features.get(), packed.data(), packed.size());
    record.features_size = static_cast<uint32_t>(packed.size());
    Derive(update.features, &record);
    Enter(slot);
  }
  digest_.Add(RecordDigestBytes(record));
  record.touched = true;
  Queue(slot);
  return outcome;
}

void PopulationState::Fill(const FamilyUpdate& update, FamilyRecord* record) {
  // A withdrawal that names no region leaves the family's last one.
  if (base::IsRegionCode(update.region)) NodeOf(update.region, &record->node);
  record->state = update.state;
  record->version = update.version;
  record->accepted_at_ms = update.accepted_at_ms;
  if (update.state != FamilyState::kRecorded) {
    record->features.reset();
    record->features_size = 0;
    return;
  }
  record->observed_on = update.observed_on;
  record->size = static_cast<uint8_t>(update.size);
  record->family_weight = update.family_weight;
  record->welfare = update.welfare.value_or(-1);
  record->official_decile = static_cast<uint8_t>(update.official_decile);
  record->provenance = InternProvenance(update.provenance);
}

void PopulationState::Derive(const Features& features, FamilyRecord* record) {
  record->masks = EvaluateDeprivations(features, record->size, *rules_);
  const int urban_rural = features.Value(Variable::kUrbanRural);
  record->line = lines_.ClassOf(tree_.at(record->node).lines, urban_rural, record->observed_on);
  const std::optional<int64_t> score = model_ != nullptr ? Score(*model_, features) : std::nullopt;
  record->scored = score.has_value();
  record->ranked = model_ != nullptr ? record->scored : record->welfare >= 0;
  record->rank_value = !record->ranked ? 0 : (model_ != nullptr ? *score : record->welfare);
  std::optional<bool> poor;
  if (record->welfare >= 0 && record->line >= 0) {
    poor = record->welfare < lines_.classes()[static_cast<size_t>(record->line)].line;
  }
  record->own_true = 0;
  record->own_unknown = 0;
  for (size_t i = 0; i < programmes_.size(); ++i) {
    const Truth own = OwnEligibility(*programmes_[i], record->masks, poor, features, nullptr);
    if (own == Truth::kTrue) record->own_true |= uint64_t{1} << i;
    if (own == Truth::kUnknown) record->own_unknown |= uint64_t{1} << i;
  }
}

void PopulationState::Enter(uint32_t slot) {
  FamilyRecord& record = records_.at(slot);
  RegionNode& node = tree_.at(record.node);
  record.position = static_cast<uint32_t>(node.families.size());
  node.families.push_back(slot);
  record.decile = static_cast<uint8_t>(record.ranked ? DecileOf(ends_, KeyOf(record)) : 0);
  if (record.ranked) ranked_.Insert(EntryOf(slot));
  node.own.Add(record, lines_.classes(), 1);
  node.own_observed_on = std::max(node.own_observed_on, record.observed_on);
  node.own_accepted_ms = std::max(node.own_accepted_ms, record.accepted_at_ms);
  Weigh(record, 1);
  CountNeeds(record, 1);
  MarkDirty(record.node);
}

void PopulationState::Leave(uint32_t slot) {
  FamilyRecord& record = records_.at(slot);
  RegionNode& node = tree_.at(record.node);
  const uint32_t last = node.families.back();
  node.families[record.position] = last;
  records_.at(last).position = record.position;
  node.families.pop_back();
  if (record.ranked) ranked_.Erase(EntryOf(slot));
  node.own.Add(record, lines_.classes(), -1);
  node.newest_stale |=
      record.observed_on >= node.own_observed_on || record.accepted_at_ms >= node.own_accepted_ms;
  Weigh(record, -1);
  CountNeeds(record, -1);
  MarkDirty(record.node);
}

void PopulationState::Weigh(const FamilyRecord& record, int sign) {
  if (record.welfare < 0) return;
  const WelfareEntry entry(record.welfare, record.size, record.family_weight);
  for (uint32_t index = record.node;; index = tree_.at(index).parent) {
    if (WelfareOrder* welfare = tree_.at(index).welfare.get()) {
      sign > 0 ? welfare->Insert(entry) : welfare->Erase(entry);
    }
    if (index == RegionTree::kNation) return;
  }
}

const WelfareOrder& PopulationState::DistributionOf(uint32_t region, WelfareOrder* scratch) const {
  const RegionNode& node = tree_.at(region);
  if (node.welfare != nullptr) return *node.welfare;
  std::vector<WelfareEntry> entries;
  entries.reserve(node.families.size());
  for (const uint32_t slot : node.families) {
    const FamilyRecord& record = records_.at(slot);
    if (record.welfare < 0) continue;
    entries.emplace_back(record.welfare, record.size, record.family_weight);
  }
  *scratch = WelfareOrder(std::move(entries));
  return *scratch;
}

RankEntry PopulationState::EntryOf(uint32_t slot) const {
  const FamilyRecord& record = records_.at(slot);
  return {KeyOf(record), slot, record.family_weight, record.person_weight()};
}

FamilyClasses PopulationState::ClassesOf(const FamilyRecord& record) const {
  FamilyClasses classes;
  classes.present = record.state == FamilyState::kRecorded;
  if (!classes.present) return classes;
  classes.decile = record.decile;
  if (record.welfare >= 0 && record.line >= 0) {
    const int64_t line = lines_.classes()[static_cast<size_t>(record.line)].line;
    classes.poverty = record.welfare < line ? PovertyClass::kPoor : PovertyClass::kNotPoor;
  }
  const uint64_t served = served_[record.decile];
  const uint64_t undecided = undecided_[record.decile];
  classes.open = record.own_true & served;
  classes.unclear = (record.own_unknown & (served | undecided)) | (record.own_true & undecided);
  return classes;
}

void PopulationState::CountNeeds(const FamilyRecord& record, int sign) {
  const FamilyClasses classes = ClassesOf(record);
  RegionNode& node = tree_.at(record.node);
  const bool unclear = classes.unclear != 0 || programmes_.empty();
  node.own.AddNeed(record,
                   classes.open != 0 ? Truth::kTrue
                   : unclear         ? Truth::kUnknown
                                     : Truth::kFalse,
                   sign);
  std::vector<NeedCounts>& needs = node.needs;
  if (needs.size() < programmes_.size()) needs.resize(programmes_.size());
  for (uint64_t bits = classes.open; bits != 0; bits &= bits - 1) {
    NeedCounts& need = needs[static_cast<size_t>(std::countr_zero(bits))];
    need.eligible += sign;
    need.by_decile[record.decile] += sign;
  }
  for (uint64_t bits = classes.unclear; bits != 0; bits &= bits - 1) {
    needs[static_cast<size_t>(std::countr_zero(bits))].unknown += sign;
  }
}

void PopulationState::SetDecile(FamilyRecord* record, int decile) {
  RegionNode& node = tree_.at(record->node);
  CountNeeds(*record, -1);
  node.own.MoveDecile(*record, record->decile, decile);
  record->decile = static_cast<uint8_t>(decile);
  CountNeeds(*record, 1);
  MarkDirty(record->node);
}

void PopulationState::Queue(uint32_t slot) {
  FamilyRecord& record = records_.at(slot);
  if (record.queued) return;
  record.queued = true;
  queued_.push_back(slot);
}

void PopulationState::MarkDirty(uint32_t index) {
  while (!tree_.at(index).dirty) {
    tree_.at(index).dirty = true;
    dirty_.push_back(index);
    index = tree_.at(index).parent;
  }
}

RegionNode& PopulationState::NodeOf(std::string_view code, uint32_t* index) {
  const uint32_t before = tree_.size();
  *index = tree_.Intern(code);
  for (uint32_t i = before; i < tree_.size(); ++i) {
    RegionNode& node = tree_.at(i);
    node.lines = lines_.Candidates(node.code, tree_.at(node.parent).lines);
  }
  return tree_.at(*index);
}

uint32_t PopulationState::InternProvenance(const Provenance& provenance) {
  const auto [it, inserted] =
      provenance_index_.try_emplace(provenance, static_cast<uint32_t>(provenances_.size()));
  if (inserted) provenances_.push_back(&it->first);
  return it->second;
}

std::string PopulationState::RecordDigestBytes(const FamilyRecord& record) const {
  struct {
    uint64_t high, low, version, digest, hash, state;
  } const fixed = {
      record.key.high,       record.key.low,      static_cast<uint64_t>(record.version),
      record.content_digest, record.content_hash, static_cast<uint64_t>(record.state)};
  std::string bytes(reinterpret_cast<const char*>(&fixed), sizeof fixed);
  bytes += id_;
  return bytes;
}

void PopulationState::Published() {
  for (uint32_t slot : queued_) {
    FamilyRecord& record = records_.at(slot);
    record.published = ClassesOf(record);
    record.queued = false;
    record.touched = false;
  }
  queued_.clear();
  for (uint32_t index : dirty_) tree_.at(index).dirty = false;
  dirty_.clear();
  parameters_changed_ = false;
  new_programmes_ = 0;
}

void PopulationState::ForgetSaid() {
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    RegionNode& node = tree_.at(i);
    node.published_figures = 0;
    node.published_ranking = 0;
    node.published_needs.clear();
    MarkDirty(i);
  }
}

}  // namespace sepakat::targeting
