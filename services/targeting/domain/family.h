// One family: what an event says about it, and what the engine keeps of it.
//
// A record holds raw inputs (welfare, weight, packed features) and, beside them, what was derived
// under the parameters in force, so that an old contribution can be taken away exactly and new
// parameters can be applied to everything. It is a copy to read: record_store.h keeps families in
// far less room.
// Thread: values.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "targeting/domain/deprivations.h"
#include "targeting/domain/features.h"

namespace sepakat::targeting {

// The 128-bit pseudonym of a family: 32 hex digits on the outside.
struct FamilyKey {
  uint64_t high = 0;
  uint64_t low = 0;
  auto operator<=>(const FamilyKey&) const = default;

  // InvalidArgument FAMILY_ID_MALFORMED unless 32 hex digits.
  static absl::StatusOr<FamilyKey> Parse(std::string_view hex);
  std::string Hex() const;
};

// kDeparted: the family is recorded in another partition under the same version.
enum class FamilyState : uint8_t { kRecorded, kDeparted, kWithdrawn };

// Where a record came from and how its design describes it; shared by many families.
struct Provenance {
  std::string source;
  std::string codebook_id;
  std::string codebook_version;
  std::string stratum;
  std::string psu;
  std::vector<std::string> flags;
  auto operator<=>(const Provenance&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const Provenance& provenance) {
    return H::combine(std::move(hash), provenance.source, provenance.codebook_id,
                      provenance.codebook_version, provenance.stratum, provenance.psu,
                      provenance.flags);
  }
};

// What one event says. A withdrawal needs population, key, version, region and acceptance only.
struct FamilyUpdate {
  std::string population;
  FamilyKey key;
  FamilyState state = FamilyState::kRecorded;
  int64_t version = 0;
  uint64_t content_digest = 0;
  std::string region;
  int32_t observed_on = 0;
  int64_t accepted_at_ms = 0;
  int64_t size = 0;
  int64_t family_weight = 0;
  std::optional<int64_t> welfare;
  int official_decile = 0;
  Features features;
  Provenance provenance;
};

// The intake limits (measures/fgt.h): OutOfRange with reason SIZE_OUT_OF_RANGE,
// WEIGHT_OUT_OF_RANGE, WELFARE_OUT_OF_RANGE, VALUE_OUT_OF_RANGE, or InvalidArgument
// REGION_CODE_MALFORMED. Such a record never reaches the sums.
absl::Status CheckIntake(const FamilyUpdate& update);

// Hash of everything that can change a figure.
uint64_t ContentHash(const FamilyUpdate& update, std::string_view packed_features);
struct FamilyRecord;
uint64_t ContentHash(const FamilyRecord& record, std::string_view region);

// kNone: welfare or line unknown.
enum class PovertyClass : uint8_t { kUnknown = 0, kNotPoor = 1, kPoor = 2 };

// The classes of one family that boundaries divide.
struct FamilyClasses {
  bool present = false;
  uint8_t decile = 0;
  PovertyClass poverty = PovertyClass::kUnknown;
  uint64_t open = 0;     // programmes it is eligible for
  uint64_t unclear = 0;  // programmes whose answer is unknown
  bool operator==(const FamilyClasses&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const FamilyClasses& classes) {
    return H::combine(std::move(hash), classes.present, classes.decile, classes.poverty,
                      classes.open, classes.unclear);
  }
};

struct FamilyRecord {
  FamilyKey key;
  int64_t version = 0;
  uint64_t content_digest = 0;
  int64_t accepted_at_ms = 0;
  int64_t family_weight = 0;
  int64_t welfare = -1;  // -1: unknown
  // Packed; stands until the family changes.
  std::string_view features;
  uint32_t node = 0;
  uint32_t provenance = 0;
  int32_t observed_on = 0;
  uint8_t size = 0;
  uint8_t official_decile = 0;
  FamilyState state = FamilyState::kRecorded;

  // Derived under the parameters in force.
  bool ranked = false;
  bool scored = false;
  bool touched = false;  // its data changed since the last publication
  uint8_t decile = 0;
  DeprivationMasks masks;
  int32_t line = -1;       // index of the line class, -1 for none
  int64_t rank_value = 0;  // score, or welfare where welfare ranks
  uint64_t own_true = 0;   // per programme: what the family itself decides
  uint64_t own_unknown = 0;

  FamilyClasses published;  // at the last publication

  int64_t person_weight() const { return family_weight * size; }
  std::string_view packed() const { return features; }
};

}  // namespace sepakat::targeting
