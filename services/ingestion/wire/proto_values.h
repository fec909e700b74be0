// Values <-> messages, shared by events and RPC answers.
//
// Thread: pure functions.
#pragma once

#include "ingestion/app/model.h"
#include "ingestion/domain/codebook.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"

namespace sepakat::ingestion {

void ToProto(const Finding& finding, int64_t line, events::v1::Finding* out);
// `line` (may be null) is set to the finding's line.
Finding FromProto(const events::v1::Finding& in, int64_t* line);
void ToProto(const Rejection& rejection, events::v1::RecordRejected* out);
void ToProto(const Progress& progress, events::v1::IngestProgressed* out);
Progress FromProto(const events::v1::IngestProgressed& in);
void ToProto(const Receipt& receipt, v1::RecordReceipt* out);
void ToProto(const Population& population, reference::events::v1::PopulationRecorded* out);
void ToProto(const Region& region, reference::events::v1::Region* out);
void ToProto(const Series& series, reference::events::v1::SeriesRecorded* out);
Series FromProto(const reference::events::v1::SeriesRecorded& in);

}  // namespace sepakat::ingestion
