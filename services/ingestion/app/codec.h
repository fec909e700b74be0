// How ingestion's values become bytes: implemented by wire/event_codec.h with the protobuf
// contracts.
//
// Errors: DataLoss PAYLOAD_DAMAGED from the Decode functions.
// Thread: any; no state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingestion/app/model.h"
#include "ingestion/domain/codebook.h"

namespace sepakat::ingestion {

class Codec {
 public:
  virtual ~Codec() = default;

  virtual std::string Encode(const Submission& submission) const = 0;
  virtual absl::Status Decode(std::string_view bytes, Submission* submission) const = 0;
  virtual std::string Encode(const RecordedFamily& recorded) const = 0;
  virtual std::string Encode(const WithdrawnFamily& withdrawn) const = 0;
  virtual std::string Encode(const Rejection& rejection) const = 0;
  virtual absl::Status Decode(std::string_view bytes, Rejection* rejection) const = 0;
  virtual std::string Encode(const Progress& progress) const = 0;
  virtual std::string Encode(const Tally& tally) const = 0;
  virtual absl::Status Decode(std::string_view bytes, Tally* tally) const = 0;
  virtual std::string Encode(const Population& population) const = 0;
  virtual std::string Encode(const RegionEdition& edition, std::string_view parent,
                             const std::vector<const Region*>& regions) const = 0;
  virtual std::string Encode(const Series& series) const = 0;
  virtual absl::Status Decode(std::string_view bytes, Series* series) const = 0;

  // A code book from its TOML text. InvalidArgument CODEBOOK_INVALID with every mistake.
  virtual absl::StatusOr<CodeBook> ReadBook(std::string_view toml,
                                            std::string_view file_name) const = 0;
};

}  // namespace sepakat::ingestion
