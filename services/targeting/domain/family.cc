#include "targeting/domain/family.h"

#include <fmt/format.h>

#include <charconv>

#include "common/base/hash.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/measures/fgt.h"

namespace sepakat::targeting {
namespace {

bool ParseHex(std::string_view text, uint64_t* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value, 16);
  return error == std::errc{} && end == text.data() + text.size();
}

absl::Status OutOfRange(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kOutOfRange, reason, message);
}

uint64_t HashOf(std::string_view region, FamilyState state, int64_t size, int64_t family_weight,
                int64_t welfare, int32_t observed_on, std::string_view packed) {
  const int64_t numbers[] = {static_cast<int64_t>(state), size, family_weight, welfare,
                             observed_on};
  const std::string_view bytes(reinterpret_cast<const char*>(numbers), sizeof numbers);
  return base::Hash64(packed, base::Hash64(bytes, base::Hash64(region)));
}

}  // namespace

absl::StatusOr<FamilyKey> FamilyKey::Parse(std::string_view hex) {
  FamilyKey key;
  if (hex.size() != 32 || !ParseHex(hex.substr(0, 16), &key.high) ||
      !ParseHex(hex.substr(16), &key.low)) {
    return base::Error(absl::StatusCode::kInvalidArgument, "FAMILY_ID_MALFORMED",
                       "a family id has 32 hex digits");
  }
  return key;
}

std::string FamilyKey::Hex() const { return fmt::format("{:016x}{:016x}", high, low); }

absl::Status CheckIntake(const FamilyUpdate& update) {
  if (update.state != FamilyState::kRecorded) return absl::OkStatus();
  if (!base::IsRegionCode(update.region)) {
    return base::Error(absl::StatusCode::kInvalidArgument, "REGION_CODE_MALFORMED",
                       "the region of a family is not a region code");
  }
  if (update.size < 1 || update.size > 255) {
    return OutOfRange("SIZE_OUT_OF_RANGE", "a family has 1 to 255 persons");
  }
  if (update.family_weight < 1 ||
      update.family_weight >= measures::kPersonWeightEnd / update.size) {
    return OutOfRange("WEIGHT_OUT_OF_RANGE", "weight times size is not within 1 and 2^36");
  }
  if (update.welfare && (*update.welfare < 0 || *update.welfare >= measures::kWelfareEnd)) {
    return OutOfRange("WELFARE_OUT_OF_RANGE", "welfare is not within 0 and 2^48");
  }
  if (update.features.Within(kValueEnd)) return absl::OkStatus();
  for (Variable variable : AllVariables()) {
    const int32_t value = update.features.Value(variable);
    if (value < -kValueEnd || value > kValueEnd) {
      return OutOfRange("VALUE_OUT_OF_RANGE",
                        fmt::format("{} is beyond a million", NameOf(variable)));
    }
  }
  return absl::OkStatus();
}

uint64_t ContentHash(const FamilyUpdate& update, std::string_view packed_features) {
  return HashOf(update.region, update.state, update.size, update.family_weight,
                update.welfare.value_or(-1), update.observed_on, packed_features);
}

uint64_t ContentHash(const FamilyRecord& record, std::string_view region) {
  return HashOf(region, record.state, record.size, record.family_weight, record.welfare,
                record.observed_on, record.packed());
}

}  // namespace sepakat::targeting
