#include "targeting/domain/feature_arena.h"

#include <cstring>

namespace sepakat::targeting {
namespace {

using Length = uint16_t;

}  // namespace

FeatureArena::Reference FeatureArena::Add(std::string_view text) {
  if (text.empty()) return 0;
  const size_t units = (sizeof(Length) + text.size() + kUnit - 1) / kUnit;
  Reference reference = 0;
  if (units < free_.size() && !free_[units].empty()) {
    reference = free_[units].back();
    free_[units].pop_back();
  } else {
    if (end_ % kChunkUnits + units > kChunkUnits) {
      end_ = static_cast<Reference>((end_ / kChunkUnits + 1) * kChunkUnits);
    }
    if (end_ / kChunkUnits == chunks_.size()) {
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(kChunkUnits * kUnit));
    }
    reference = end_;
    end_ += static_cast<Reference>(units);
  }
  const auto length = static_cast<Length>(text.size());
  char* const place = Place(reference);
  std::memcpy(place, &length, sizeof length);
  std::memcpy(place + sizeof length, text.data(), text.size());
  return reference;
}

std::string_view FeatureArena::at(Reference reference) const {
  if (reference == 0) return {};
  const char* const place = Place(reference);
  Length length = 0;
  std::memcpy(&length, place, sizeof length);
  return {place + sizeof length, length};
}

void FeatureArena::Free(Reference reference) {
  if (reference == 0) return;
  const size_t units = (sizeof(Length) + at(reference).size() + kUnit - 1) / kUnit;
  if (units >= free_.size()) free_.resize(units + 1);
  free_[units].push_back(reference);
}

}  // namespace sepakat::targeting
