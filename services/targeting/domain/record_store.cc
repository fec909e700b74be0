#include "targeting/domain/record_store.h"

#include <limits>

namespace sepakat::targeting {
namespace {

constexpr bool Within(int64_t value, int64_t end) { return value >= 0 && value < end; }

}  // namespace

uint64_t RecordStore::HashOf(const FamilyKey& key) {
  uint64_t hash = (key.high ^ (key.high >> 32)) * 0xbf58476d1ce4e5b9ULL;
  hash = (hash ^ (hash >> 29)) + key.low;
  hash = (hash ^ (hash >> 32)) * 0x94d049bb133111ebULL;
  hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9ULL;
  return hash ^ (hash >> 32);
}

std::optional<uint32_t> RecordStore::Find(const FamilyKey& key) const {
  const uint32_t slot =
      index_.Find(HashOf(key), [&](uint32_t found) { return narrow(found).key == key; });
  if (slot == SlotIndex::kNone) return std::nullopt;
  return slot;
}

uint32_t RecordStore::Add(const FamilyKey& key) {
  if (size_ % kChunk == 0) chunks_.push_back(std::make_unique_for_overwrite<Narrow[]>(kChunk));
  const uint32_t slot = size_++;
  Narrow& record = narrow(slot);
  record = {};
  record.key = key;
  record.welfare = kUnknownWelfare;
  index_.Add(slot, [this](uint32_t other) { return HashOf(narrow(other).key); });
  return slot;
}

FamilyRecord RecordStore::at(uint32_t slot) const {
  FamilyRecord record = brief(slot);
  record.features = features_.at(narrow(slot).features);
  record.provenance = places_.at(narrow(slot).place).provenance;
  return record;
}

FamilyRecord RecordStore::brief(uint32_t slot) const {
  const Narrow& narrow_record = narrow(slot);
  const Wide values = WidthOf(narrow_record, slot);
  const Answers& answers = answers_.at(values.answers);
  FamilyRecord record;
  record.key = narrow_record.key;
  record.version = values.version;
  record.content_digest = narrow_record.content_digest;
  record.accepted_at_ms = values.accepted_at_ms;
  record.family_weight = values.family_weight;
  record.welfare = values.welfare;
  record.node = places_.at(narrow_record.place).node;
  record.observed_on = values.observed_on;
  record.size = narrow_record.size;
  record.official_decile = narrow_record.official_decile;
  record.state = static_cast<FamilyState>(narrow_record.state);
  record.ranked = narrow_record.ranked;
  record.scored = narrow_record.scored;
  record.touched = narrow_record.touched;
  record.decile = narrow_record.decile;
  record.masks = answers.masks;
  record.line = answers.line;
  record.rank_value = values.rank_value;
  record.own_true = answers.own_true;
  record.own_unknown = answers.own_unknown;
  record.published = published_.at(values.published);
  return record;
}

RecordStore::Wide RecordStore::WidthOf(const Narrow& record, uint32_t slot) const {
  if (record.wide) return wide_.at(slot);
  return {record.version,
          record.accepted == 0 ? 0 : static_cast<int64_t>(record.accepted) + kAcceptedFrom,
          record.family_weight,
          record.welfare == kUnknownWelfare ? -1 : int64_t{record.welfare},
          record.rank_value,
          static_cast<int32_t>(record.observed_on),
          static_cast<uint32_t>(record.answers),
          static_cast<uint32_t>(record.published)};
}

bool RecordStore::Narrowed(const Wide& values, Narrow* record) {
  constexpr int64_t kWord = int64_t{1} << 32;
  constexpr int64_t kNumber = int64_t{1} << 24;
  const int64_t accepted = values.accepted_at_ms == 0 ? 0 : values.accepted_at_ms - kAcceptedFrom;
  if (!Within(values.version, kWord) || !Within(accepted, int64_t{1} << 40) ||
      (accepted == 0) != (values.accepted_at_ms == 0) || !Within(values.family_weight, kWord) ||
      values.welfare >= kUnknownWelfare ||
      values.rank_value != static_cast<int32_t>(values.rank_value) ||
      !Within(values.observed_on, 1 << 16) || !Within(values.answers, kNumber) ||
      !Within(values.published, kNumber)) {
    return false;
  }
  record->version = static_cast<uint32_t>(values.version);
  record->accepted = static_cast<uint64_t>(accepted) & 0xff'ffff'ffff;
  record->family_weight = static_cast<uint32_t>(values.family_weight);
  record->welfare = values.welfare < 0 ? kUnknownWelfare : static_cast<uint32_t>(values.welfare);
  record->rank_value = static_cast<int32_t>(values.rank_value);
  record->observed_on = static_cast<uint16_t>(values.observed_on);
  record->answers = values.answers & 0xff'ffff;
  record->published = values.published & 0xff'ffff;
  return true;
}

void RecordStore::PutValues(uint32_t slot, const Wide& values) {
  Narrow& record = narrow(slot);
  const bool was_wide = record.wide;
  record.wide = !Narrowed(values, &record);
  if (record.wide) {
    wide_.insert_or_assign(slot, values);
  } else if (was_wide) {
    wide_.erase(slot);
  }
}

void RecordStore::Put(uint32_t slot, const FamilyRecord& record) {
  Narrow& kept = narrow(slot);
  kept.content_digest = record.content_digest;
  kept.size = record.size;
  kept.official_decile = record.official_decile & 0xf;
  kept.state = static_cast<uint64_t>(record.state) & 3;
  kept.ranked = record.ranked;
  kept.scored = record.scored;
  kept.touched = record.touched;
  kept.decile = record.decile & 0xf;
  kept.place = places_.Number({record.node, record.provenance});
  PutValues(slot,
            {record.version, record.accepted_at_ms, record.family_weight, record.welfare,
             record.rank_value, record.observed_on,
             answers_.Number({record.masks, record.line, record.own_true, record.own_unknown}),
             published_.Number(record.published)});
}

void RecordStore::SetFeatures(uint32_t slot, std::string_view packed) {
  Narrow& record = narrow(slot);
  features_.Free(record.features);
  record.features = features_.Add(packed);
}

void RecordStore::set_published(uint32_t slot, const FamilyClasses& classes) {
  Wide values = WidthOf(narrow(slot), slot);
  values.published = published_.Number(classes);
  PutValues(slot, values);
}

std::pair<int64_t, int64_t> RecordStore::WelfareOf(uint32_t slot) const {
  const Narrow& record = narrow(slot);
  const Wide values = WidthOf(record, slot);
  return {values.welfare, values.family_weight * static_cast<int64_t>(record.size)};
}

void RecordStore::ForgetDerived() {
  answers_.Clear();
  for (uint32_t slot = 0; slot < size_; ++slot) {
    Wide values = WidthOf(narrow(slot), slot);
    values.answers = 0;
    PutValues(slot, values);
  }
}

RecordStore::Memory RecordStore::MemoryBytes() const {
  return {.records = size_t{size_} * sizeof(Narrow),
          .index = index_.MemoryBytes(),
          .features = features_.MemoryBytes(),
          .shared = places_.MemoryBytes() + answers_.MemoryBytes() + published_.MemoryBytes() +
                    wide_.capacity() * (sizeof(std::pair<uint32_t, Wide>) + 1)};
}

}  // namespace sepakat::targeting
