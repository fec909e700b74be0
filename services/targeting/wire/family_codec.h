// Family events and snapshots between protobuf and the domain.
//
// A variable or value that this release does not know is left out; `members` falls back to the
// family's size.
// Errors: InvalidArgument PAYLOAD_UNREADABLE, FAMILY_ID_MALFORMED.
// Thread: pure functions.
#pragma once

#include "absl/status/statusor.h"
#include "sepakat/common/v1/family.pb.h"
#include "targeting/app/codec.h"
#include "targeting/domain/population_state.h"

namespace sepakat::targeting {

// Value of the family topic (FamilyEvent).
absl::StatusOr<Input> DecodeFamily(const std::string& payload);

// False when a recorded family carries a digest of its content that does not match.
bool FamilyContentHolds(const std::string& payload);

// The snapshot as it was recorded.
common::v1::FamilySnapshot ToProto(const FamilyRecord& record, const Features& features,
                                   const Provenance& provenance);

}  // namespace sepakat::targeting
