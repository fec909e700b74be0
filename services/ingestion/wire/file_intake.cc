// IngestFile: a file in chunks, unpacked, split into records, appended raw in blocks, and answered
// when every record is decided. What is wrong with a record never stops the file.
#include <fmt/format.h>

#include "common/base/status.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/file_kind.h"
#include "ingestion/domain/record_assembler.h"
#include "ingestion/wire/rpc_context.h"
#include "ingestion/wire/unpacker.h"

namespace sepakat::ingestion {
namespace {

using Receive = std::function<absl::StatusOr<bool>(v1::IngestFileRequest*)>;

// One file on its way in.
class FileIntake {
 public:
  FileIntake(const RpcContext& context, const platform::CallContext& call)
      : context_(context), call_(call) {}
  ~FileIntake() {
    if (!from_.ingest_id.empty()) context_.ingestion->board().Close(from_.ingest_id);
  }
  FileIntake(const FileIntake&) = delete;
  FileIntake& operator=(const FileIntake&) = delete;

  absl::StatusOr<v1::IngestFileResponse> Run(const Receive& receive) {
    v1::IngestFileRequest request;
    SEPAKAT_ASSIGN_OR_RETURN(const bool first, receive(&request));
    if (!first || !request.has_header()) {
      return base::Error(absl::StatusCode::kInvalidArgument, "HEADER_MISSING",
                         "the first message must be the header of the file");
    }
    SEPAKAT_RETURN_IF_ERROR(Begin(request.header()));
    if (auto before = ReadTally(context_, ingest_id_);
        before.ok() && before->progress().complete()) {
      return ToResponse(*std::move(before));
    }
    while (true) {
      SEPAKAT_ASSIGN_OR_RETURN(const bool more, receive(&request));
      if (!more) break;
      SEPAKAT_RETURN_IF_ERROR(unpacker_->Unpack(request.chunk(), &plain_));
      SEPAKAT_RETURN_IF_ERROR(TakePlain());
    }
    return Finish();
  }

 private:
  absl::Status Begin(const v1::IngestFileHeader& header) {
    SEPAKAT_ASSIGN_OR_RETURN(ingest_id_, IngestIdOf(header.context()));
    const std::shared_ptr<const Catalogue> catalogue = context_.ingestion->catalogue().Get();
    SEPAKAT_ASSIGN_OR_RETURN(book_, catalogue->Find(header.codebook_id(), ""));
    if (catalogue->editions.empty() && book_->own_regions.empty()) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "REGIONS_NOT_LOADED",
                         "no edition of the region master is loaded, so no region code can be "
                         "resolved; load one first (`sepakat regions load`)");
    }
    SEPAKAT_ASSIGN_OR_RETURN(unpacker_, Unpacker::Create(header.compression()));
    source_ = header.source();
    reader_ = std::make_unique<CsvReader>(book_->book.format.separator);
    return absl::OkStatus();
  }

  // The ingest begins when the header line was understood.
  absl::Status BeginRecords(const CsvRow& header) {
    SEPAKAT_ASSIGN_OR_RETURN(
        RecordAssembler assembler,
        RecordAssembler::Create(&book_->book, header.cells,
                                [this](const AssembledRecord& record) { Take(record); }));
    assembler_ = std::make_unique<RecordAssembler>(std::move(assembler));
    Progress begin;
    begin.ingest_id = ingest_id_;
    begin.source = source_;
    begin.codebook_id = book_->book.id;
    begin.codebook_version = book_->book.version;
    begin.population = book_->book.population.id;
    const absl::StatusOr<std::string> begun =
        context_.task->Execute("", [&](runtime::Transaction& tx) -> absl::StatusOr<std::string> {
          SEPAKAT_RETURN_IF_ERROR(context_.ingestion->BeginIngest(begin, tx));
          return std::string();
        });
    SEPAKAT_RETURN_IF_ERROR(begun.status());
    from_ = {ingest_id_, source_, &book_->book};
    context_.ingestion->board().Open(ingest_id_, false);
    return absl::OkStatus();
  }

  void Take(const AssembledRecord& record) {
    block_.push_back(context_.intake->Seal(
        from_, {.content = record.content, .line = record.line, .order_key = record.order_key},
        nullptr));
  }

  absl::Status TakePlain() {
    if (assembler_ == nullptr && head_.size() < kSignatureBytes) {
      head_.append(plain_, 0, kSignatureBytes - head_.size());
      SEPAKAT_RETURN_IF_ERROR(CheckDelimitedText(head_));
    }
    reader_->Feed(plain_);
    plain_.clear();
    CsvRow& row = row_;
    while (reader_->Next(&row) == CsvReader::kRow) {
      if (assembler_ == nullptr) {
        SEPAKAT_RETURN_IF_ERROR(BeginRecords(row));
        continue;
      }
      assembler_->Add(row);
      if (block_.size() >= static_cast<size_t>(context_.block_records)) {
        SEPAKAT_RETURN_IF_ERROR(Flush(context_.most_undecided));
      }
    }
    return absl::OkStatus();
  }

  absl::Status Flush(int64_t undecided_left) {
    appended_ += static_cast<int64_t>(block_.size());
    return AppendBlock(context_, call_, std::exchange(block_, {}), ingest_id_, appended_,
                       undecided_left);
  }

  absl::StatusOr<v1::IngestFileResponse> Finish() {
    SEPAKAT_RETURN_IF_ERROR(unpacker_->Finish(&plain_));
    reader_->Finish();
    SEPAKAT_RETURN_IF_ERROR(TakePlain());
    if (assembler_ == nullptr) {
      return base::Error(absl::StatusCode::kInvalidArgument, "FILE_EMPTY",
                         "the file is empty: not even a header line is there");
    }
    assembler_->Finish();
    SEPAKAT_RETURN_IF_ERROR(Flush(0));
    SEPAKAT_RETURN_IF_ERROR(CompleteIngest(context_, ingest_id_));
    SEPAKAT_ASSIGN_OR_RETURN(v1::GetIngestResponse tally, ReadTally(context_, ingest_id_));
    v1::IngestFileResponse response = ToResponse(std::move(tally));
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<common::v1::LogPosition> ends,
                             FamilyLogEnds(context_, call_));
    response.mutable_family_log()->Add(ends.begin(), ends.end());
    return response;
  }

  static v1::IngestFileResponse ToResponse(v1::GetIngestResponse tally) {
    v1::IngestFileResponse response;
    *response.mutable_progress() = std::move(*tally.mutable_progress());
    *response.mutable_findings() = std::move(*tally.mutable_findings());
    *response.mutable_findings_by_reason() = std::move(*tally.mutable_findings_by_reason());
    return response;
  }

  const RpcContext& context_;
  const platform::CallContext& call_;
  std::string ingest_id_;
  std::string source_;
  std::shared_ptr<const RegisteredBook> book_;
  IntakeSource from_;
  std::unique_ptr<Unpacker> unpacker_;
  std::unique_ptr<CsvReader> reader_;
  std::unique_ptr<RecordAssembler> assembler_;
  CsvRow row_;
  // First bytes of the file.
  std::string head_;
  std::string plain_;
  std::vector<runtime::OutRecord> block_;
  int64_t appended_ = 0;
};

}  // namespace

void AddFileIntake(const RpcContext& context, platform::RpcService* rpc) {
  rpc->ClientStream<v1::IngestFileRequest, v1::IngestFileResponse>(
      "IngestFile", [context](const platform::CallContext& call, const Receive& receive) {
        FileIntake intake(context, call);
        return intake.Run(receive);
      });
}

}  // namespace sepakat::ingestion
