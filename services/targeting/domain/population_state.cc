#include "targeting/domain/population_state.h"

#include <algorithm>
#include <bit>

#include "common/base/region_code.h"

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

template <typename Words>
std::string_view BytesOf(const Words& words) {
  return {reinterpret_cast<const char*>(words.data()), sizeof words};
}

}  // namespace

PopulationState::PopulationState(std::string id, const RuleSet* rules)
    : id_(std::move(id)), id_hash_(base::Hash64(id_)), rules_(rules) {
  parameters_.population.id = id_;
  parameters_.settings.population = id_;
  for (const std::string& text : CanonicalTexts(parameters_)) digest_.Add(text);
}

Applied PopulationState::Apply(const FamilyUpdate& update) {
  const bool enters = update.state == FamilyState::kRecorded;
  packed_.clear();
  if (enters) update.features.AppendPacked(&packed_);
  const std::optional<uint32_t> found = records_.Find(update.key);
  FamilyRecord record;
  // As nobody stands before the first event.
  record.state = FamilyState::kWithdrawn;
  if (found) record = records_.at(*found);
  const uint64_t hash = ContentHash(update, packed_);
  const uint64_t digest = update.content_digest != 0 ? update.content_digest : hash;
  Applied outcome = Applied::kChanged;
  if (found && !Replaces(update, digest, record, &outcome)) return outcome;
  const bool stood = record.state == FamilyState::kRecorded;
  const int64_t weight = person_weight_ - (stood ? record.person_weight() : 0) +
                         (enters ? update.family_weight * update.size : 0);
  if (weight >= measures::kRegionWeightEnd) return Applied::kFull;
  person_weight_ = weight;

  const uint32_t slot = found ? *found : records_.Add(update.key);
  const uint32_t old_node = record.node;
  if (found) digest_.Remove(BytesOf(DigestPart(record, ContentHashOf(record))));
  if (!records_.unsettled(slot)) Unsettle(slot, &record);
  if (stood) Leave(record);
  record.key = update.key;
  Fill(update, &record);
  record.content_digest = digest;
  record.touched = true;
  if (packed_ != record.packed()) {
    records_.SetFeatures(slot, packed_);
    record.features = packed_;
  }
  if (enters) Derive(update.features, &record);
  if (stood && !(enters && record.node == old_node)) Unhang(slot, &tree_.at(old_node));
  if (enters && !(stood && record.node == old_node)) Hang(slot, &tree_.at(record.node));
  records_.Put(slot, record);
  if (enters) Enter(record);
  digest_.Add(BytesOf(DigestPart(record, hash)));
  Queue(slot);
  // So that what waits stays small beside the register.
  constexpr size_t kMostWaiting = 1 << 18;
  if (unsettled_.size() >= std::max<size_t>(kMostWaiting, records_.size() / 8)) SettleFamilies();
  return outcome;
}

void PopulationState::Fill(const FamilyUpdate& update, FamilyRecord* record) {
  // A withdrawal that names no region leaves the family's last one.
  if (update.state == FamilyState::kRecorded || base::IsRegionCode(update.region)) {
    NodeOf(update.region, &record->node);
  }
  record->state = update.state;
  record->version = update.version;
  record->accepted_at_ms = update.accepted_at_ms;
  if (update.state != FamilyState::kRecorded) return;
  record->observed_on = update.observed_on;
  record->size = static_cast<uint8_t>(update.size);
  record->family_weight = update.family_weight;
  record->welfare = update.welfare.value_or(-1);
  record->official_decile = static_cast<uint8_t>(update.official_decile);
  record->provenance = provenances_.Number(update.provenance);
}

void PopulationState::Derive(const Features& features, FamilyRecord* record) {
  const Derived derived = targeting::Derive(
      yardstick(), features,
      {record->welfare, record->size, record->observed_on, tree_.at(record->node).lines});
  record->masks = derived.masks;
  record->line = derived.line;
  record->scored = derived.scored;
  record->ranked = derived.ranked;
  record->rank_value = derived.rank_value;
  record->own_true = derived.own_true;
  record->own_unknown = derived.own_unknown;
}

PopulationState::Standing PopulationState::StandingOf(uint32_t slot,
                                                      const FamilyRecord& record) const {
  Standing standing{slot, record.node, {}, {}};
  if (record.state != FamilyState::kRecorded) return standing;
  if (record.welfare >= 0) {
    standing.welfare = WelfareEntry(record.welfare, record.size, record.family_weight);
  }
  if (record.ranked) standing.rank = EntryOf(slot, record);
  return standing;
}

void PopulationState::Unsettle(uint32_t slot, FamilyRecord* record) {
  records_.set_unsettled(slot, true);
  unsettled_.push_back(StandingOf(slot, *record));
  if (record->state != FamilyState::kRecorded) return;
  CountNeeds(*record, -1);
  tree_.at(record->node).own.MoveDecile(*record, record->decile, 0);
  record->decile = 0;
}

void PopulationState::Enter(const FamilyRecord& record) {
  RegionNode& node = tree_.at(record.node);
  node.own.Add(record, lines_.classes(), mpi_, 1);
  node.own_observed_on = std::max(node.own_observed_on, record.observed_on);
  node.own_accepted_ms = std::max(node.own_accepted_ms, record.accepted_at_ms);
  MarkDirty(record.node);
}

void PopulationState::Leave(const FamilyRecord& record) {
  RegionNode& node = tree_.at(record.node);
  node.own.Add(record, lines_.classes(), mpi_, -1);
  node.newest_stale |=
      record.observed_on >= node.own_observed_on || record.accepted_at_ms >= node.own_accepted_ms;
  MarkDirty(record.node);
}

void PopulationState::Hang(uint32_t slot, RegionNode* node) {
  std::vector<uint32_t>& families = node->families;
  // An eighth to spare: twice the room would be much over all regions.
  if (families.size() == families.capacity()) families.reserve(families.size() * 9 / 8 + 4);
  families.insert(std::ranges::lower_bound(families, slot), slot);
}

void PopulationState::Unhang(uint32_t slot, RegionNode* node) {
  node->families.erase(std::ranges::lower_bound(node->families, slot));
}

const WelfareOrder& PopulationState::DistributionOf(uint32_t region, WelfareOrder* scratch) const {
  const RegionNode& node = tree_.at(region);
  if (node.welfare != nullptr) return *node.welfare;
  std::vector<WelfareEntry> entries;
  entries.reserve(node.families.size());
  for (const uint32_t slot : node.families) {
    const auto [welfare, person_weight] = records_.WelfareOf(slot);
    if (welfare >= 0) entries.emplace_back(welfare, 1, person_weight);
  }
  *scratch = WelfareOrder(std::move(entries));
  return *scratch;
}

RankEntry PopulationState::EntryOf(uint32_t slot, const FamilyRecord& record) const {
  const bool by_persons = parameters_.settings.by_persons;
  return {record.rank_value, slot, by_persons ? record.person_weight() : record.family_weight};
}

FamilyClasses PopulationState::ClassesOf(const FamilyRecord& record) const {
  if (record.state != FamilyState::kRecorded) return {};
  return served_.ClassesOf(DerivedOf(record), record.decile);
}

Derived PopulationState::DerivedOf(const FamilyRecord& record) const {
  return {record.masks,    record.line,       record.scored,
          record.ranked,   record.rank_value, PovertyOf(lines_, record.line, record.welfare),
          record.own_true, record.own_unknown};
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

void PopulationState::SetDecile(uint32_t slot, FamilyRecord* record, int decile) {
  RegionNode& node = tree_.at(record->node);
  CountNeeds(*record, -1);
  node.own.MoveDecile(*record, record->decile, decile);
  record->decile = static_cast<uint8_t>(decile);
  records_.set_decile(slot, decile);
  CountNeeds(*record, 1);
  MarkDirty(record->node);
}

void PopulationState::Queue(uint32_t slot) {
  if (records_.queued(slot)) return;
  records_.set_queued(slot, true);
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

uint64_t PopulationState::ContentHashOf(const FamilyRecord& record) const {
  return ContentHash(record, tree_.at(record.node).code);
}

// A family that is not recorded has no content.
PopulationState::DigestWords PopulationState::DigestPart(const FamilyRecord& record,
                                                         uint64_t content_hash) const {
  return {id_hash_,
          record.key.high,
          record.key.low,
          static_cast<uint64_t>(record.version),
          record.content_digest,
          record.state == FamilyState::kRecorded ? content_hash : 0,
          static_cast<uint64_t>(record.state)};
}

void PopulationState::Published() {
  for (const uint32_t slot : queued_) {
    records_.set_published(slot, ClassesOf(records_.brief(slot)));
    records_.set_queued(slot, false);
    records_.set_touched(slot, false);
  }
  // A new parameter queues everybody.
  queued_ = {};
  for (const uint32_t index : dirty_) tree_.at(index).dirty = false;
  dirty_.clear();
  parameters_changed_ = false;
  new_programmes_ = 0;
}

size_t PopulationState::Memory::total() const {
  return records.records + records.index + records.features + records.shared + orders + regions;
}

PopulationState::Memory& PopulationState::Memory::operator+=(const Memory& other) {
  records.records += other.records.records;
  records.index += other.records.index;
  records.features += other.records.features;
  records.shared += other.records.shared;
  orders += other.orders;
  regions += other.regions;
  return *this;
}

PopulationState::Memory PopulationState::MemoryBytes() const {
  Memory memory{records_.MemoryBytes(), ranked_.MemoryBytes(), 0};
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    const RegionNode& node = tree_.at(i);
    if (node.welfare != nullptr) memory.orders += node.welfare->MemoryBytes();
    memory.regions += node.MemoryBytes();
  }
  return memory;
}

void PopulationState::RestoreSaid(std::string_view region, uint64_t figures) {
  uint32_t index = 0;
  NodeOf(region, &index).published_figures = figures;
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
