#include "ingestion/ingestion_app.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "ingestion/wire/ingestion_rpc.h"

namespace sepakat::ingestion {
namespace {

constexpr int kAwaitMs = 50;
constexpr char kStartsKey[] = "e";

RpcContext ContextOf(const runtime::Env& env, const runtime::Secrets* secrets,
                     runtime::StatefulTask* task, IngestionTask* ingestion, Intake* intake,
                     const IngestionOptions& options) {
  RpcContext context;
  context.task = task;
  context.ingestion = ingestion;
  context.intake = intake;
  context.log = env.log;
  context.secrets = secrets;
  context.clock = env.clock;
  context.await = options.await;
  if (!context.await) {
    context.await = [ingestion](const std::function<bool()>& done) {
      ingestion->board().WaitFor(done, kAwaitMs);
    };
  }
  context.block_records = options.block_records;
  context.most_undecided = options.most_undecided;
  return context;
}

}  // namespace

IngestionApp::IngestionApp(const runtime::Env& env, const runtime::Secrets* secrets,
                           IngestionOptions options)
    : env_(env),
      ingestion_(&codec_, secrets, options.partition_table),
      task_({.source = "sepakat/ingestion", .inputs = {std::string(runtime::topics::kSubmission)}},
            env, &ingestion_),
      intake_(env.log, secrets, &codec_, env.clock),
      rpc_(MakeIngestionRpc(ContextOf(env, secrets, &task_, &ingestion_, &intake_, options))) {}

absl::Status IngestionApp::Start() {
  SEPAKAT_RETURN_IF_ERROR(rpc_.Check());
  SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions,
                           env_.log->Partitions(runtime::topics::kFamily));
  ingestion_.SetPartitions(partitions);
  SEPAKAT_RETURN_IF_ERROR(task_.Start());
  SEPAKAT_ASSIGN_OR_RETURN(
      const std::string starts,
      task_.Execute("", [](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
        SEPAKAT_ASSIGN_OR_RETURN(const auto stored, tx.Get(kStartsKey));
        int64_t count = 0;
        if (stored) std::from_chars(stored->data(), stored->data() + stored->size(), count);
        std::string next = fmt::format("{}", count + 1);
        tx.Put(kStartsKey, next);
        return next;
      }));
  int64_t epoch = 0;
  std::from_chars(starts.data(), starts.data() + starts.size(), epoch);
  SEPAKAT_RETURN_IF_ERROR(intake_.Start(epoch));
  started_ = true;
  return absl::OkStatus();
}

absl::Status IngestionApp::Healthy() const {
  if (started_) return absl::OkStatus();
  return base::Error(absl::StatusCode::kUnavailable, "NOT_STARTED", "ingestion has not started");
}

}  // namespace sepakat::ingestion
