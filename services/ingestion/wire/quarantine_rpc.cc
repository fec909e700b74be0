// The quarantine: listed, looked into, corrected, decided again. Cells of identity columns leave
// masked.
#include <fmt/format.h>

#include <algorithm>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/app/rows.h"
#include "ingestion/domain/text.h"
#include "ingestion/domain/translate.h"
#include "ingestion/wire/proto_values.h"
#include "ingestion/wire/rpc_context.h"

namespace sepakat::ingestion {
namespace {

constexpr std::string_view kMask = "****";

bool Matches(const events::v1::RecordRejected& record, const std::string& region,
             const std::string& reason) {
  if (!region.empty() && (record.region().empty() || !base::IsWithin(record.region(), region))) {
    return false;
  }
  return reason.empty() || std::ranges::any_of(record.findings(), [&](const auto& finding) {
           return finding.fatal() && finding.reason() == reason;
         });
}

absl::StatusOr<v1::ListQuarantineResponse> List(const RpcContext& context,
                                                const v1::ListQuarantineRequest& request) {
  v1::ListQuarantineResponse response;
  const int size = PageSize(request.page_size());
  SEPAKAT_RETURN_IF_ERROR(context.task->Read([&](const runtime::StateStore& store) {
    return store.Scan(
        "q/", runtime::PrefixEnd("q/"), [&](std::string_view key, std::string_view value) {
          events::v1::RecordRejected record;
          if (!record.ParseFromArray(value.data(), static_cast<int>(value.size()))) return true;
          if (!Matches(record, request.region(), request.reason())) return true;
          response.set_total(response.total() + 1);
          for (const auto& finding : record.findings()) {
            if (finding.fatal()) ++(*response.mutable_total_by_reason())[finding.reason()];
          }
          const bool before_page = !request.page_token().empty() && key < request.page_token();
          if (before_page) return true;
          if (response.records_size() < size) {
            *response.add_records() = std::move(record);
          } else if (response.next_page_token().empty()) {
            response.set_next_page_token(std::string(key));
          }
          return true;
        });
  }));
  return response;
}

// A quarantined record with its content opened.
struct Quarantined {
  events::v1::RecordRejected record;
  std::shared_ptr<const RegisteredBook> book;
  std::string content;
  RawRecord raw;
};

absl::StatusOr<std::unique_ptr<Quarantined>> Load(const RpcContext& context,
                                                  const std::string& submission_id) {
  std::optional<std::string> record;
  std::optional<std::string> sealed;
  SEPAKAT_RETURN_IF_ERROR(context.task->Read([&](const runtime::StateStore& store) -> absl::Status {
    SEPAKAT_ASSIGN_OR_RETURN(record, store.Get(QuarantineKey(submission_id)));
    SEPAKAT_ASSIGN_OR_RETURN(sealed, store.Get(ContentKey(submission_id)));
    return absl::OkStatus();
  }));
  auto loaded = std::make_unique<Quarantined>();
  if (!record || !sealed || !loaded->record.ParseFromString(*record)) {
    return base::Error(absl::StatusCode::kNotFound, "NOT_IN_QUARANTINE",
                       fmt::format("no record '{}' waits in the quarantine", submission_id));
  }
  SEPAKAT_ASSIGN_OR_RETURN(
      loaded->book, context.ingestion->catalogue().Get()->Find(loaded->record.codebook_id(),
                                                               loaded->record.codebook_version()));
  SEPAKAT_ASSIGN_OR_RETURN(loaded->content, context.secrets->Open(*sealed));
  SEPAKAT_RETURN_IF_ERROR(
      loaded->raw.Decode(loaded->content, static_cast<int>(loaded->book->book.columns.size())));
  return loaded;
}

bool IsIdentitySlot(const CodeBook& book, int slot) {
  const bool family = std::ranges::find(book.family_slots, slot) != book.family_slots.end();
  return slot == book.person_id_slot || (family && book.family_is_kk) ||
         std::ranges::find(book.name_slots, slot) != book.name_slots.end();
}

absl::StatusOr<v1::GetQuarantinedResponse> Get(const RpcContext& context,
                                               const v1::GetQuarantinedRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto loaded, Load(context, request.submission_id()));
  const CodeBook& book = loaded->book->book;
  v1::GetQuarantinedResponse response;
  std::vector<bool> masked(book.columns.size(), false);
  for (int row = 0; row < loaded->raw.rows(); ++row) {
    auto* cells = response.add_rows()->mutable_cells();
    for (int slot = 0; slot < loaded->raw.slots(); ++slot) {
      const std::string_view cell = loaded->raw.cell(row, slot);
      const bool hide = !cell.empty() && (IsIdentitySlot(book, slot) || HoldsIdentityNumber(cell));
      masked[static_cast<size_t>(slot)] = masked[static_cast<size_t>(slot)] || hide;
      (*cells)[book.columns[static_cast<size_t>(slot)]] = std::string(hide ? kMask : cell);
    }
  }
  for (size_t slot = 0; slot < masked.size(); ++slot) {
    if (masked[slot]) response.add_masked_columns(book.columns[slot]);
  }
  *response.mutable_record() = std::move(loaded->record);
  return response;
}

// Content of `raw` under `to`, its cells found again by column name. Problems are left behind when
// cells were corrected, because the corrected rows are whole.
std::string Rewrite(const RawRecord& raw, const CodeBook& from, const CodeBook& to,
                    const google::protobuf::RepeatedPtrField<v1::CellCorrection>& corrections) {
  RecordWriter writer;
  int rows = raw.rows();
  for (const auto& correction : corrections) rows = std::max(rows, correction.row() + 1);
  std::vector<std::string_view> cells;
  for (int row = 0; row < rows; ++row) {
    cells.assign(to.columns.size(), {});
    for (size_t slot = 0; slot < cells.size(); ++slot) {
      const auto at = std::ranges::find(from.columns, to.columns[slot]);
      if (at != from.columns.end() && row < raw.rows()) {
        cells[slot] = raw.cell(row, static_cast<int>(at - from.columns.begin()));
      }
      for (const auto& correction : corrections) {
        if (correction.row() == row && correction.column() == to.columns[slot]) {
          cells[slot] = Trim(correction.value());
        }
      }
    }
    writer.AddRow(cells);
    for (const RowProblem& problem : raw.problems()) {
      if (corrections.empty() && problem.row == row) {
        writer.AddProblem(problem.kind, problem.place, problem.raw);
      }
    }
  }
  if (rows == 0) {
    for (const RowProblem& problem : raw.problems()) {
      writer.AddProblem(problem.kind, problem.place, problem.raw);
    }
  }
  return writer.Finish();
}

absl::Status CheckCorrections(const v1::CorrectQuarantinedRequest& request, const CodeBook& book) {
  if (request.corrections().empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "CORRECTION_MISSING",
                       "name at least one cell to correct");
  }
  for (const auto& correction : request.corrections()) {
    if (std::ranges::find(book.columns, correction.column()) == book.columns.end()) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "COLUMN_UNKNOWN",
          fmt::format("the code book {} names no column '{}'", book.id, correction.column()));
    }
    if (correction.row() < 0 || correction.row() >= kSizeLimit) {
      return base::Error(absl::StatusCode::kInvalidArgument, "ROW_UNKNOWN",
                         fmt::format("there is no row {}", correction.row()));
    }
  }
  return absl::OkStatus();
}

// The answer that was kept for a request, so that the same request gives it again.
std::string AnswerKey(const std::string& request_id) { return fmt::format("a/{}", request_id); }

absl::StatusOr<v1::CorrectQuarantinedResponse> Correct(
    const RpcContext& context, const platform::CallContext& call,
    const v1::CorrectQuarantinedRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::string ingest_id, IngestIdOf(request.context()));
  const std::string answer_key = AnswerKey(request.context().request_id());
  v1::CorrectQuarantinedResponse response;
  std::optional<std::string> kept;
  SEPAKAT_RETURN_IF_ERROR(context.task->Read([&](const runtime::StateStore& store) -> absl::Status {
    SEPAKAT_ASSIGN_OR_RETURN(kept, store.Get(answer_key));
    return absl::OkStatus();
  }));
  if (kept && response.ParseFromString(*kept)) return response;
  SEPAKAT_ASSIGN_OR_RETURN(const auto loaded, Load(context, request.submission_id()));
  SEPAKAT_ASSIGN_OR_RETURN(const auto book, context.ingestion->catalogue().Get()->Find(
                                                loaded->record.codebook_id(), ""));
  SEPAKAT_RETURN_IF_ERROR(CheckCorrections(request, book->book));
  const std::string content =
      Rewrite(loaded->raw, loaded->book->book, book->book, request.corrections());
  SEPAKAT_ASSIGN_OR_RETURN(
      const Receipt receipt,
      DecideOne(context, call, {ingest_id, loaded->record.source(), &book->book},
                {.content = content, .corrects = request.submission_id()}));
  ToProto(receipt, response.mutable_receipt());
  SEPAKAT_RETURN_IF_ERROR(
      context.task
          ->Execute("",
                    [&](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
                      tx.Put(answer_key, response.SerializeAsString());
                      return std::string();
                    })
          .status());
  return response;
}

absl::StatusOr<v1::ReplayQuarantineResponse> Replay(const RpcContext& context,
                                                    const platform::CallContext& call,
                                                    const v1::ReplayQuarantineRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::string ingest_id, IngestIdOf(request.context()));
  std::vector<std::string> ids(request.submission_ids().begin(), request.submission_ids().end());
  if (ids.empty()) {
    SEPAKAT_RETURN_IF_ERROR(context.task->Read([&](const runtime::StateStore& store) {
      return store.Scan("q/", runtime::PrefixEnd("q/"),
                        [&](std::string_view key, std::string_view value) {
                          events::v1::RecordRejected record;
                          if (record.ParseFromArray(value.data(), static_cast<int>(value.size())) &&
                              Matches(record, "", request.reason())) {
                            ids.emplace_back(key.substr(2));
                          }
                          return true;
                        });
    }));
  }
  v1::ReplayQuarantineResponse response;
  for (const std::string& id : ids) {
    SEPAKAT_ASSIGN_OR_RETURN(const auto loaded, Load(context, id));
    SEPAKAT_ASSIGN_OR_RETURN(const auto book, context.ingestion->catalogue().Get()->Find(
                                                  loaded->record.codebook_id(), ""));
    const std::string content = Rewrite(loaded->raw, loaded->book->book, book->book, {});
    SEPAKAT_ASSIGN_OR_RETURN(
        const Receipt receipt,
        DecideOne(context, call, {ingest_id, loaded->record.source(), &book->book},
                  {.content = content, .given_id = id, .corrects = id}));
    response.set_replayed(response.replayed() + 1);
    if (receipt.outcome == Outcome::kRejected) {
      response.set_still_rejected(response.still_rejected() + 1);
    } else {
      response.set_accepted(response.accepted() + 1);
    }
  }
  return response;
}

}  // namespace

void AddQuarantine(const RpcContext& context, platform::RpcService* rpc) {
  using platform::CallContext;
  rpc->Unary<v1::ListQuarantineRequest, v1::ListQuarantineResponse>(
      "ListQuarantine", [context](const CallContext&, const v1::ListQuarantineRequest& request) {
        return List(context, request);
      });
  rpc->Unary<v1::GetQuarantinedRequest, v1::GetQuarantinedResponse>(
      "GetQuarantined", [context](const CallContext&, const v1::GetQuarantinedRequest& request) {
        return Get(context, request);
      });
  rpc->Unary<v1::CorrectQuarantinedRequest, v1::CorrectQuarantinedResponse>(
      "CorrectQuarantined",
      [context](const CallContext& call, const v1::CorrectQuarantinedRequest& request) {
        return Correct(context, call, request);
      });
  rpc->Unary<v1::ReplayQuarantineRequest, v1::ReplayQuarantineResponse>(
      "ReplayQuarantine",
      [context](const CallContext& call, const v1::ReplayQuarantineRequest& request) {
        return Replay(context, call, request);
      });
}

}  // namespace sepakat::ingestion
