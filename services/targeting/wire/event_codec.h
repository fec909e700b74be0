// Events of the log between protobuf and the domain: the wire side of app/codec.h.
//
// Thread: any; holds nothing.
#pragma once

#include "sepakat/targeting/events/v1/targeting_events.pb.h"
#include "targeting/app/codec.h"

namespace sepakat::targeting {

class EventCodec final : public Codec {
 public:
  absl::StatusOr<Input> Decode(const runtime::LogRecord& record) const override;
  Message Encode(const Manifest& manifest) const override;
  absl::StatusOr<Manifest> DecodeManifest(std::string_view payload) const override;
  std::vector<ParameterText> EncodeParameters(const Parameters& parameters) const override;
  absl::StatusOr<SaidFigures> DecodeFigures(std::string_view payload) const override;
  bool ContentHolds(const runtime::LogRecord& record) const override;
  std::vector<Message> Encode(const Manifest& manifest,
                              const Publication& publication) const override;
};

common::v1::Figure ToProto(const FigureValue& value);
events::v1::IndicatorPublished ToProto(const RegionFigures& figures, int64_t publication,
                                       int64_t cut_at_ms);
events::v1::RegionPriorityPublished ToProto(const RegionRanking& ranking, int64_t publication);

}  // namespace sepakat::targeting
