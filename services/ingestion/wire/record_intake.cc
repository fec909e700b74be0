// IngestStream: single records from forms and other systems, each answered with a receipt.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "ingestion/domain/text.h"
#include "ingestion/domain/translate.h"
#include "ingestion/wire/proto_values.h"
#include "ingestion/wire/rpc_context.h"

namespace sepakat::ingestion {
namespace {

using Receive = std::function<absl::StatusOr<bool>(v1::IngestStreamRequest*)>;

// Order of records of one family, as RecordAssembler gives it.
uint64_t OrderKey(const CodeBook& book, const RawRecord& record) {
  uint64_t key = 0;
  for (const int slot : book.family_slots) {
    key = base::Hash64(record.rows() == 0 ? std::string_view() : record.cell(0, slot), key);
  }
  return key;
}

class StreamIntake {
 public:
  StreamIntake(const RpcContext& context, const platform::CallContext& call)
      : context_(context), call_(call) {}
  ~StreamIntake() {
    if (open_) context_.ingestion->board().Close(from_.ingest_id);
  }
  StreamIntake(const StreamIntake&) = delete;
  StreamIntake& operator=(const StreamIntake&) = delete;

  absl::StatusOr<v1::IngestStreamResponse> Run(const Receive& receive) {
    v1::IngestStreamRequest request;
    while (true) {
      SEPAKAT_ASSIGN_OR_RETURN(const bool more, receive(&request));
      if (!more) break;
      if (!open_) SEPAKAT_RETURN_IF_ERROR(Begin(request));
      SEPAKAT_RETURN_IF_ERROR(Take(request));
      if (block_.size() >= static_cast<size_t>(context_.block_records)) {
        SEPAKAT_RETURN_IF_ERROR(Flush(context_.most_undecided));
      }
    }
    if (!open_) {
      return base::Error(absl::StatusCode::kInvalidArgument, "HEADER_MISSING",
                         "the stream holds no record");
    }
    SEPAKAT_RETURN_IF_ERROR(Flush(0));
    return Answer();
  }

 private:
  absl::Status Begin(const v1::IngestStreamRequest& request) {
    SEPAKAT_ASSIGN_OR_RETURN(from_.ingest_id, IngestIdOf(request.context()));
    const std::shared_ptr<const Catalogue> catalogue = context_.ingestion->catalogue().Get();
    SEPAKAT_ASSIGN_OR_RETURN(book_, catalogue->Find(request.codebook_id(), ""));
    from_.source = request.source();
    from_.book = &book_->book;
    context_.ingestion->board().Open(from_.ingest_id, true);
    open_ = true;
    return absl::OkStatus();
  }

  absl::Status Take(const v1::IngestStreamRequest& request) {
    writer_.Clear();
    for (const v1::RecordRow& row : request.rows()) {
      cells_.assign(book_->book.columns.size(), {});
      for (size_t slot = 0; slot < cells_.size(); ++slot) {
        const auto cell = row.cells().find(book_->book.columns[slot]);
        if (cell != row.cells().end())
          cells_[slot] = book_->book.format.WithoutMissing(Trim(cell->second));
      }
      writer_.AddRow(cells_);
    }
    const std::string& content = writer_.Finish();
    SEPAKAT_RETURN_IF_ERROR(raw_.Decode(content, static_cast<int>(book_->book.columns.size())));
    std::string id;
    block_.push_back(context_.intake->Seal(from_,
                                           {.content = content,
                                            .order_key = OrderKey(book_->book, raw_),
                                            .given_id = request.submission_id()},
                                           &id));
    order_.emplace(id, order_.size());
    return absl::OkStatus();
  }

  absl::Status Flush(int64_t undecided_left) {
    appended_ += static_cast<int64_t>(block_.size());
    return AppendBlock(context_, call_, std::exchange(block_, {}), from_.ingest_id, appended_,
                       undecided_left);
  }

  absl::StatusOr<v1::IngestStreamResponse> Answer() {
    v1::IngestStreamResponse response;
    std::vector<Receipt> receipts = context_.ingestion->board().TakeReceipts(from_.ingest_id);
    std::ranges::stable_sort(receipts, {}, [&](const Receipt& receipt) {
      const auto at = order_.find(receipt.submission_id);
      return at == order_.end() ? order_.size() : at->second;
    });
    for (const Receipt& receipt : receipts) ToProto(receipt, response.add_receipts());
    SEPAKAT_RETURN_IF_ERROR(CompleteIngest(context_, from_.ingest_id));
    SEPAKAT_ASSIGN_OR_RETURN(v1::GetIngestResponse tally, ReadTally(context_, from_.ingest_id));
    *response.mutable_progress() = std::move(*tally.mutable_progress());
    return response;
  }

  const RpcContext& context_;
  const platform::CallContext& call_;
  std::shared_ptr<const RegisteredBook> book_;
  IntakeSource from_;
  bool open_ = false;
  RecordWriter writer_;
  RawRecord raw_;
  std::vector<std::string_view> cells_;
  std::vector<runtime::OutRecord> block_;
  std::map<std::string, size_t> order_;
  int64_t appended_ = 0;
};

}  // namespace

void AddRecordIntake(const RpcContext& context, platform::RpcService* rpc) {
  rpc->ClientStream<v1::IngestStreamRequest, v1::IngestStreamResponse>(
      "IngestStream", [context](const platform::CallContext& call, const Receive& receive) {
        StreamIntake intake(context, call);
        return intake.Run(receive);
      });
}

}  // namespace sepakat::ingestion
