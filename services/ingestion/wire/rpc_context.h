// What the RPC handlers of ingestion work with.
//
// Thread: handlers run on any thread; every part here may be used from any.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/clock.h"
#include "common/runtime/event_log.h"
#include "common/runtime/secrets.h"
#include "common/runtime/stateful_task.h"
#include "ingestion/app/ingestion_task.h"
#include "ingestion/app/intake.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::ingestion {

struct RpcContext {
  runtime::StatefulTask* task = nullptr;
  IngestionTask* ingestion = nullptr;
  Intake* intake = nullptr;
  runtime::EventLog* log = nullptr;
  const runtime::Secrets* secrets = nullptr;
  const runtime::Clock* clock = nullptr;
  // Lets time pass until `done` may have become true; called again while it has not.
  std::function<void(const std::function<bool()>& done)> await;
  int block_records = 2000;
  int64_t most_undecided = 20'000;
};

// Id of the ingest that a request begins: the same request goes on with the same ingest.
// InvalidArgument REQUEST_ID_MISSING.
absl::StatusOr<std::string> IngestIdOf(const common::v1::RequestContext& context);

// Appends a block, trying again while the log is briefly away, and after that waits until at most
// `undecided_left` of the ingest's records wait for their decision.
// Errors: those of the log; Cancelled CALL_CANCELLED.
absl::Status AppendBlock(const RpcContext& context, const platform::CallContext& call,
                         std::vector<runtime::OutRecord> records, const std::string& ingest_id,
                         int64_t appended, int64_t undecided_left);

// Totals and findings of an ingest. NotFound INGEST_UNKNOWN.
absl::StatusOr<v1::GetIngestResponse> ReadTally(const RpcContext& context,
                                                std::string_view ingest_id);

// Marks an ingest as complete: every record of it is decided.
absl::Status CompleteIngest(const RpcContext& context, const std::string& ingest_id);

// Waits until everything said so far is on the log, then gives the ends of the family log.
absl::StatusOr<std::vector<common::v1::LogPosition>> FamilyLogEnds(
    const RpcContext& context, const platform::CallContext& call);

// Appends one record of an ingest of its own and waits for its receipt.
absl::StatusOr<Receipt> DecideOne(const RpcContext& context, const platform::CallContext& call,
                                  const IntakeSource& from, const IntakeRecord& record);

// `page_size` within 1..500, 50 when it is not given.
int PageSize(int32_t asked);

// The handlers, by subject; each adds its methods to the table.
void AddRecordIntake(const RpcContext& context, platform::RpcService* rpc);
void AddFileIntake(const RpcContext& context, platform::RpcService* rpc);
void AddQuarantine(const RpcContext& context, platform::RpcService* rpc);
void AddReference(const RpcContext& context, platform::RpcService* rpc);

}  // namespace sepakat::ingestion
