// Ingestion's values as the protobuf messages of protos/sepakat/ingestion and
// protos/sepakat/reference.
//
// Messages are reused from call to call (one set per thread), because a family passes here three
// times. Thread: any.
#pragma once

#include "ingestion/app/codec.h"

namespace sepakat::ingestion {

class EventCodec final : public Codec {
 public:
  std::string Encode(const Submission& submission) const override;
  absl::Status Decode(std::string_view bytes, Submission* submission) const override;
  std::string Encode(const RecordedFamily& recorded) const override;
  std::string Encode(const WithdrawnFamily& withdrawn) const override;
  std::string Encode(const Rejection& rejection) const override;
  absl::Status Decode(std::string_view bytes, Rejection* rejection) const override;
  std::string Encode(const Progress& progress) const override;
  std::string Encode(const Tally& tally) const override;
  absl::Status Decode(std::string_view bytes, Tally* tally) const override;
  std::string Encode(const Population& population) const override;
  std::string Encode(const RegionEdition& edition, std::string_view parent,
                     const std::vector<const Region*>& regions) const override;
  std::string Encode(const Series& series) const override;
  absl::Status Decode(std::string_view bytes, Series* series) const override;
  absl::StatusOr<CodeBook> ReadBook(std::string_view toml,
                                    std::string_view file_name) const override;
};

}  // namespace sepakat::ingestion
