#include "ingestion/wire/ingestion_rpc.h"

#include <fmt/format.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "ingestion/app/rows.h"

namespace sepakat::ingestion {
namespace {

template <typename Request, typename Response>
void AddUnary(platform::RpcService* rpc, std::string_view name,
              std::function<absl::StatusOr<Response>(const Request&)> handler) {
  rpc->Unary<Request, Response>(
      name, [handler = std::move(handler)](const platform::CallContext&, const Request& request) {
        return handler(request);
      });
}

absl::StatusOr<v1::ListIngestsResponse> ListIngests(const RpcContext& context,
                                                    const v1::ListIngestsRequest& request) {
  v1::ListIngestsResponse response;
  const auto size = static_cast<size_t>(PageSize(request.page_size()));
  const std::string from = request.page_token().empty() ? "n/" : request.page_token();
  std::vector<std::string> ids;
  std::string next;
  absl::Status status = context.task->Read([&](const runtime::StateStore& store) {
    return store.Scan(from, runtime::PrefixEnd("n/"),
                      [&](std::string_view key, std::string_view value) {
                        if (ids.size() == size) {
                          next = key;
                          return false;
                        }
                        ids.emplace_back(value);
                        return true;
                      });
  });
  SEPAKAT_RETURN_IF_ERROR(status);
  for (const std::string& id : ids) {
    SEPAKAT_ASSIGN_OR_RETURN(v1::GetIngestResponse tally, ReadTally(context, id));
    *response.add_ingests() = std::move(*tally.mutable_progress());
  }
  response.set_next_page_token(next);
  return response;
}

absl::StatusOr<v1::WithdrawFamilyResponse> WithdrawFamily(
    const RpcContext& context, const v1::WithdrawFamilyRequest& request) {
  SEPAKAT_RETURN_IF_ERROR(IngestIdOf(request.context()).status());
  SEPAKAT_ASSIGN_OR_RETURN(
      const std::string answer,
      context.task->Execute(request.context().request_id(),
                            [&](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
                              const std::string population =
                                  request.population().empty() ? "register" : request.population();
                              SEPAKAT_ASSIGN_OR_RETURN(
                                  const int64_t version,
                                  context.ingestion->Withdraw(population, request.family_id(),
                                                              request.why(), tx));
                              v1::WithdrawFamilyResponse response;
                              response.set_version(version);
                              return response.SerializeAsString();
                            }));
  v1::WithdrawFamilyResponse response;
  response.ParseFromString(answer);
  return response;
}

}  // namespace

absl::StatusOr<std::string> IngestIdOf(const common::v1::RequestContext& context) {
  if (!context.request_id().empty()) {
    return fmt::format("{:016x}{:016x}", base::Hash64(context.request_id(), 1),
                       base::Hash64(context.request_id(), 2));
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "REQUEST_ID_MISSING",
                     "a call that changes something needs context.request_id");
}

int PageSize(int32_t asked) { return asked <= 0 ? 50 : (asked > 500 ? 500 : asked); }

absl::Status AppendBlock(const RpcContext& context, const platform::CallContext& call,
                         std::vector<runtime::OutRecord> records, const std::string& ingest_id,
                         int64_t appended, int64_t undecided_left) {
  const auto cancelled = [&] {
    return call.cancelled() ? base::Error(absl::StatusCode::kCancelled, "CALL_CANCELLED",
                                          "the caller has gone away; what arrived is being decided")
                            : absl::OkStatus();
  };
  if (!records.empty()) {
    const Patience patience{cancelled, [&] { context.await([] { return false; }); }};
    SEPAKAT_RETURN_IF_ERROR(context.intake->Append(std::move(records), patience));
  }
  DecisionBoard& board = context.ingestion->board();
  const auto done = [&] { return appended - board.Decided(ingest_id) <= undecided_left; };
  while (!done()) {
    SEPAKAT_RETURN_IF_ERROR(cancelled());
    context.await(done);
  }
  return absl::OkStatus();
}

absl::Status CompleteIngest(const RpcContext& context, const std::string& ingest_id) {
  return context.task
      ->Execute("",
                [&](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
                  SEPAKAT_RETURN_IF_ERROR(context.ingestion->CompleteIngest(ingest_id, tx));
                  return std::string();
                })
      .status();
}

absl::StatusOr<std::vector<common::v1::LogPosition>> FamilyLogEnds(
    const RpcContext& context, const platform::CallContext& call) {
  const int64_t said = context.task->said().committed;
  const auto sent = [&] { return context.task->said().sent >= said; };
  while (!sent()) {
    if (call.cancelled()) {
      return base::Error(absl::StatusCode::kCancelled, "CALL_CANCELLED",
                         "the caller has gone away");
    }
    context.await(sent);
  }
  std::vector<common::v1::LogPosition> ends;
  SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions,
                           context.log->Partitions(runtime::topics::kFamily));
  for (int32_t partition = 0; partition < partitions; ++partition) {
    const runtime::TopicPartition at{std::string(runtime::topics::kFamily), partition};
    SEPAKAT_ASSIGN_OR_RETURN(const int64_t end, context.log->EndOffset(at));
    common::v1::LogPosition& position = ends.emplace_back();
    position.set_topic(at.topic);
    position.set_partition(partition);
    position.set_next_offset(end);
  }
  return ends;
}

absl::StatusOr<Receipt> DecideOne(const RpcContext& context, const platform::CallContext& call,
                                  const IntakeSource& from, const IntakeRecord& record) {
  DecisionBoard& board = context.ingestion->board();
  board.Open(from.ingest_id, true);
  std::vector<runtime::OutRecord> block;
  block.push_back(context.intake->Seal(from, record, nullptr));
  absl::Status status = AppendBlock(context, call, std::move(block), from.ingest_id,
                                    board.Decided(from.ingest_id) + 1, 0);
  std::vector<Receipt> receipts = board.TakeReceipts(from.ingest_id);
  board.Close(from.ingest_id);
  if (status.ok()) status = CompleteIngest(context, from.ingest_id);
  SEPAKAT_RETURN_IF_ERROR(status);
  if (receipts.empty()) {
    return base::Error(absl::StatusCode::kAborted, "RECEIPT_LOST",
                       "the record was decided, but another call took the receipt; ask again");
  }
  return std::move(receipts.back());
}

absl::StatusOr<v1::GetIngestResponse> ReadTally(const RpcContext& context,
                                                std::string_view ingest_id) {
  std::optional<std::string> bytes;
  SEPAKAT_RETURN_IF_ERROR(context.task->Read([&](const runtime::StateStore& store) -> absl::Status {
    SEPAKAT_ASSIGN_OR_RETURN(bytes, store.Get(TallyKey(ingest_id)));
    return absl::OkStatus();
  }));
  v1::GetIngestResponse response;
  if (bytes && response.ParseFromString(*bytes)) return response;
  return base::Error(absl::StatusCode::kNotFound, "INGEST_UNKNOWN",
                     fmt::format("no ingest is called '{}'", ingest_id));
}

platform::RpcService MakeIngestionRpc(const RpcContext& context) {
  platform::RpcService rpc("sepakat.ingestion.v1.IngestionService");
  AddFileIntake(context, &rpc);
  AddRecordIntake(context, &rpc);
  AddQuarantine(context, &rpc);
  AddReference(context, &rpc);
  AddUnary<v1::GetIngestRequest, v1::GetIngestResponse>(
      &rpc, "GetIngest", [context](const v1::GetIngestRequest& request) {
        return ReadTally(context, request.ingest_id());
      });
  AddUnary<v1::ListIngestsRequest, v1::ListIngestsResponse>(
      &rpc, "ListIngests",
      [context](const v1::ListIngestsRequest& request) { return ListIngests(context, request); });
  AddUnary<v1::WithdrawFamilyRequest, v1::WithdrawFamilyResponse>(
      &rpc, "WithdrawFamily", [context](const v1::WithdrawFamilyRequest& request) {
        return WithdrawFamily(context, request);
      });
  return rpc;
}

}  // namespace sepakat::ingestion
