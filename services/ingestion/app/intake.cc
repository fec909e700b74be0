#include "ingestion/app/intake.h"

#include <fmt/format.h>

#include <chrono>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/runtime/envelope.h"
#include "common/runtime/topics.h"
#include "ingestion/domain/translate.h"

namespace sepakat::ingestion {
namespace {

constexpr std::string_view kSource = "sepakat/ingestion/intake";
constexpr std::string_view kType = "sepakat.ingestion.events.v1.SubmissionReceived";
constexpr size_t kLongestId = 200;
constexpr std::chrono::milliseconds kTurnWait(100);
constexpr int kMostTries = 600;

}  // namespace

absl::Status Intake::Start(int64_t epoch) {
  SEPAKAT_ASSIGN_OR_RETURN(partitions_, log_->Partitions(runtime::topics::kSubmission));
  sequence_ = epoch << 40;
  return absl::OkStatus();
}

std::string Intake::DigestOf(const CodeBook& book, std::string_view content) const {
  std::string text;
  text.reserve(book.id.size() + book.version.size() + content.size() + 2);
  text.append(book.id).push_back('\0');
  text.append(book.version).push_back('\0');
  text.append(content);
  return secrets_->Digest(text);
}

runtime::OutRecord Intake::Seal(const IntakeSource& from, const IntakeRecord& record,
                                std::string* submission_id) const {
  const CodeBook& book = *from.book;
  Submission submission;
  submission.ingest_id = from.ingest_id;
  submission.codebook_id = book.id;
  submission.codebook_version = book.version;
  submission.source = from.source;
  submission.line = record.line;
  submission.corrects = record.corrects;
  submission.digest = DigestOf(book, record.content);
  submission.id = record.given_id;
  RawRecord raw;
  if (submission.id.empty() && book.submission_slot != kNoSlot &&
      raw.Decode(record.content, static_cast<int>(book.columns.size())).ok()) {
    submission.id = SubmissionCell(book, raw);
  }
  if (submission.id.empty()) {
    submission.id = base::Hex(std::string_view(submission.digest).substr(0, 16));
  } else if (submission.id.size() > kLongestId || HoldsIdentityNumber(submission.id)) {
    submission.id = secrets_->Pseudonym("submission", submission.id);
  }
  submission.sealed_content = secrets_->Seal(record.content);
  if (submission_id != nullptr) *submission_id = submission.id;

  runtime::OutRecord out;
  out.topic = runtime::topics::kSubmission;
  out.partition = static_cast<int32_t>(record.order_key % static_cast<uint64_t>(partitions_));
  out.value = codec_->Encode(submission);
  out.timestamp_ms = clock_->NowMs();
  out.key = std::move(submission.id);
  return out;
}

absl::Status Intake::Append(std::vector<runtime::OutRecord> records, const Patience& patience) {
  std::unique_lock turn(append_, std::defer_lock);
  while (!turn.try_lock_for(kTurnWait)) SEPAKAT_RETURN_IF_ERROR(patience.still_wanted());
  for (runtime::OutRecord& record : records) {
    runtime::Envelope envelope;
    envelope.id = record.key;
    envelope.source = kSource;
    envelope.type = kType;
    envelope.time_ms = record.timestamp_ms;
    envelope.sequence = ++sequence_;
    record.headers = runtime::ToHeaders(envelope);
  }
  absl::Status status = log_->Append(records);
  for (int tries = 1; base::IsRetriable(status) && tries < kMostTries; ++tries) {
    SEPAKAT_RETURN_IF_ERROR(patience.still_wanted());
    patience.pause();
    status = log_->Append(records);
  }
  return status;
}

}  // namespace sepakat::ingestion
