#include "ingestion/app/ingestion_task.h"

#include <fmt/compile.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"

namespace sepakat::ingestion {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr size_t kKeptFindings = 100;

constexpr std::string_view kFamilyEvent = "sepakat.ingestion.events.v1.FamilyEvent";
constexpr std::string_view kRejected = "sepakat.ingestion.events.v1.RecordRejected";
constexpr std::string_view kProgressed = "sepakat.ingestion.events.v1.IngestProgressed";

std::string FamilyTopicKey(std::string_view population, std::string_view family_id) {
  return fmt::format(FMT_COMPILE("{}/{}"), population, family_id);
}

}  // namespace

IngestionTask::IngestionTask(const Codec* codec, const runtime::Secrets* secrets,
                             PartitionTable::Entries table)
    : codec_(codec), secrets_(secrets), partition_entries_(std::move(table)) {}

void IngestionTask::SetPartitions(int32_t partitions) {
  partitions_ = PartitionTable(partitions, partition_entries_);
}

absl::Status IngestionTask::Reset(const runtime::StateStore& store) {
  SEPAKAT_ASSIGN_OR_RETURN(current_, LoadCatalogue(store, *codec_));
  catalogue_.Set(current_);
  next_catalogue_.reset();
  tallies_.clear();
  posted_.clear();
  return absl::OkStatus();
}

absl::Status IngestionTask::Open(const runtime::LogRecord& record, const Catalogue& catalogue,
                                 Opened* opened) const {
  opened->family_key.clear();
  opened->identity.clear();
  if (!record.value) {
    return base::Error(absl::StatusCode::kDataLoss, "PAYLOAD_DAMAGED", "a submission has no value");
  }
  SEPAKAT_RETURN_IF_ERROR(codec_->Decode(*record.value, &opened->submission));
  opened->receipt_key = ReceiptKey(opened->submission.id);
  const Submission& submission = opened->submission;
  SEPAKAT_ASSIGN_OR_RETURN(opened->book,
                           catalogue.Find(submission.codebook_id, submission.codebook_version));
  SEPAKAT_ASSIGN_OR_RETURN(opened->content, secrets_->Open(submission.sealed_content));
  const CodeBook& book = opened->book->book;
  SEPAKAT_RETURN_IF_ERROR(
      opened->raw.Decode(opened->content, static_cast<int>(book.columns.size())));
  FamilyIdentity(book, opened->raw, &opened->identity);
  if (opened->identity.empty()) return absl::OkStatus();
  opened->family_id = secrets_->Pseudonym(book.population.id, opened->identity);
  opened->family_key = FamilyKey(book.population.id, opened->family_id);
  return absl::OkStatus();
}

void IngestionTask::WorkAhead(std::span<const runtime::LogRecord> records) {
  terms_ahead_.catalogue = catalogue_.Get();
  const Catalogue& catalogue = *terms_ahead_.catalogue;
  if (opened_ahead_.size() < records.size()) opened_ahead_.resize(records.size());
  const RegisteredBook* book = nullptr;
  std::optional<Translator> translator;
  for (size_t i = 0; i < records.size(); ++i) {
    Opened& opened = opened_ahead_[i];
    opened.status = Open(records[i], catalogue, &opened);
    if (!opened.status.ok()) continue;
    if (opened.book.get() != book) {
      book = opened.book.get();
      translator.emplace(&book->book, &catalogue.RegionsOf(*book));
    }
    translator->Decide(opened.raw, opened.identity, terms_ahead_.today, &opened.decision);
  }
}

absl::Status IngestionTask::Prepare(std::span<const runtime::LogRecord> records,
                                    runtime::Transaction& tx) {
  std::swap(opened_, opened_ahead_);
  terms_ = terms_ahead_;
  terms_ahead_.today = static_cast<int32_t>(tx.NowMs() / kDayMs);
  batch_ = records.data();
  std::vector<std::string> keys;
  keys.reserve(2 * records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    if (!opened_[i].status.ok()) continue;
    keys.push_back(opened_[i].receipt_key);
    if (!opened_[i].family_key.empty()) keys.push_back(opened_[i].family_key);
  }
  return tx.Prefetch(keys);
}

void IngestionTask::Translate(int32_t today, Opened* opened) const {
  if (terms_ == Terms{current_, today}) return;
  Translator translator(&opened->book->book, &current_->RegionsOf(*opened->book));
  translator.Decide(opened->raw, opened->identity, today, &opened->decision);
}

absl::StatusOr<Tally*> IngestionTask::TallyOf(const Submission& submission,
                                              runtime::Transaction& tx) {
  auto it = tallies_.find(submission.ingest_id);
  if (it == tallies_.end()) {
    Tally tally;
    SEPAKAT_ASSIGN_OR_RETURN(const auto stored, tx.Get(TallyKey(submission.ingest_id)));
    if (stored) {
      SEPAKAT_RETURN_IF_ERROR(codec_->Decode(*stored, &tally));
    } else {
      tally.progress.ingest_id = submission.ingest_id;
      tally.progress.source = submission.source;
      tally.progress.codebook_id = submission.codebook_id;
      tally.progress.codebook_version = submission.codebook_version;
      tally.progress.started_at_ms = tx.NowMs();
      tx.Put(IngestOrderKey(tx.NowMs(), submission.ingest_id), submission.ingest_id);
    }
    it = tallies_.emplace(submission.ingest_id, std::move(tally)).first;
  }
  return &it->second;
}

absl::Status IngestionTask::OnRecord(const runtime::LogRecord& record, const runtime::Envelope&,
                                     runtime::Transaction& tx) {
  Opened& opened = opened_[static_cast<size_t>(&record - batch_)];
  SEPAKAT_RETURN_IF_ERROR(opened.status);
  SEPAKAT_ASSIGN_OR_RETURN(Tally * tally, TallyOf(opened.submission, tx));
  return Decide(opened, tally, tx);
}

absl::Status IngestionTask::Decide(Opened& opened, Tally* tally, runtime::Transaction& tx) {
  const Submission& submission = opened.submission;
  const bool again = submission.corrects == submission.id;
  SEPAKAT_ASSIGN_OR_RETURN(const auto known, tx.Get(opened.receipt_key));
  if (known) {
    ReceiptRow receipt;
    SEPAKAT_RETURN_IF_ERROR(DecodeRow(*known, &receipt));
    const bool rejected_before = receipt.outcome == Outcome::kRejected;
    if (receipt.digest != submission.digest && !(again && rejected_before)) {
      opened.decision.Clear();
      opened.decision.Reject(
          "SUBMISSION_ID_REUSED", "", 0,
          "this submission id was used before with other content; nothing changes");
      // Kept beside the first one, under an id of its own.
      Refuse(opened, fmt::format("{}~{}", submission.id, base::Hex(submission.digest.substr(0, 4))),
             tally, tx);
      return absl::OkStatus();
    }
    if (!(again && rejected_before)) return Repeat(opened, receipt, tally, tx);
  }
  Translate(static_cast<int32_t>(tx.NowMs() / kDayMs), &opened);
  if (!opened.decision.rejected) return Accept(opened, tally, tx);
  ReceiptRow receipt;
  receipt.digest = submission.digest;
  receipt.outcome = Outcome::kRejected;
  tx.Put(opened.receipt_key, EncodeRow(receipt));
  Refuse(opened, submission.id, tally, tx);
  return absl::OkStatus();
}

absl::Status IngestionTask::Repeat(Opened& opened, const ReceiptRow& receipt, Tally* tally,
                                   runtime::Transaction& tx) {
  const Submission& submission = opened.submission;
  FamilyRow row;
  row.version = receipt.version;
  opened.decision.Clear();  // What there was to say about it was said the first time.
  if (submission.line > 0 && receipt.outcome != Outcome::kRejected) {
    SEPAKAT_ASSIGN_OR_RETURN(const auto stored, tx.Get(opened.family_key));
    if (stored) SEPAKAT_RETURN_IF_ERROR(DecodeRow(*stored, &row));
    if (row.version == receipt.version && row.ingest_id != submission.ingest_id) {
      row.ingest_id = submission.ingest_id;
      tx.Put(opened.family_key, EncodeRow(row));
    }
    row.version = receipt.version;
  }
  Count(opened, Outcome::kRepeated, &row, tally);
  return absl::OkStatus();
}

absl::Status IngestionTask::Accept(Opened& opened, Tally* tally, runtime::Transaction& tx) {
  const Submission& submission = opened.submission;
  const Population& population = opened.book->book.population;
  Family& family = opened.decision.family;
  SEPAKAT_ASSIGN_OR_RETURN(const auto stored, tx.Get(opened.family_key));
  std::optional<FamilyRow> before;
  if (stored) SEPAKAT_RETURN_IF_ERROR(DecodeRow(*stored, &before.emplace()));
  ReceiptRow receipt;
  receipt.digest = submission.digest;
  if (before && submission.line > 0 && before->ingest_id == submission.ingest_id) {
    opened.decision.Reject(
        "FAMILY_TWICE", opened.book->book.column(opened.book->book.family_slots[0]), 0,
        "this family came before in the same file, with other content; put its rows "
        "next to each other, or keep one of both");
    receipt.outcome = Outcome::kRejected;
    tx.Put(opened.receipt_key, EncodeRow(receipt));
    Refuse(opened, submission.id, tally, tx);
    return absl::OkStatus();
  }
  FamilyRow row;
  row.version = before ? before->version + 1 : 1;
  row.region = family.region;
  row.observed_on = family.observed_on;
  row.partition = partitions_.Of(family.region);
  row.ingest_id = submission.line > 0 ? submission.ingest_id : std::string();
  if (before && before->observed_on > family.observed_on) {
    opened.decision.Flag("OLDER_THAN_KNOWN", "", 0,
                         "a newer observation of this family is known; this one changes nothing");
    row = *before;
    row.ingest_id = submission.line > 0 ? submission.ingest_id : before->ingest_id;
    tx.Put(opened.family_key, EncodeRow(row));
  } else {
    tx.Put(opened.family_key, EncodeRow(row));
    tx.Put(VaultKey(population.id, opened.family_id), VaultOf(opened));
    SayFamily(opened, row, before, tx);
  }
  const Outcome outcome = opened.decision.flagged() ? Outcome::kFlagged : Outcome::kAccepted;
  receipt.outcome = outcome;
  receipt.family_id = opened.family_id;
  receipt.version = row.version;
  tx.Put(opened.receipt_key, EncodeRow(receipt));
  if (!submission.corrects.empty()) {
    tx.Delete(QuarantineKey(submission.corrects));
    tx.Delete(ContentKey(submission.corrects));
  }
  Count(opened, outcome, &row, tally);
  return absl::OkStatus();
}

void IngestionTask::SayFamily(const Opened& opened, const FamilyRow& row,
                              const std::optional<FamilyRow>& before,
                              runtime::Transaction& tx) const {
  const std::string& population = opened.book->book.population.id;
  RecordedFamily recorded;
  recorded.population = population;
  recorded.family_id = opened.family_id;
  recorded.version = row.version;
  recorded.region = row.region;
  recorded.family = &opened.decision.family;
  recorded.findings = &opened.decision.findings;
  recorded.submission = &opened.submission;
  recorded.accepted_at_ms = tx.NowMs();
  const std::string key = FamilyTopicKey(population, opened.family_id);
  if (before && !before->withdrawn && before->partition != row.partition) {
    RecordedFamily departure = recorded;
    departure.region = before->region;
    departure.departed = true;
    tx.Say({.topic = std::string(runtime::topics::kFamily),
            .partition = before->partition,
            .key = key,
            .type = std::string(kFamilyEvent),
            .payload = codec_->Encode(departure)});
  }
  tx.Say({.topic = std::string(runtime::topics::kFamily),
          .partition = row.partition,
          .key = key,
          .type = std::string(kFamilyEvent),
          .payload = codec_->Encode(recorded)});
}

void IngestionTask::Refuse(const Opened& opened, const std::string& as_id, Tally* tally,
                           runtime::Transaction& tx) {
  const Submission& submission = opened.submission;
  Rejection rejection;
  rejection.submission_id = as_id;
  rejection.ingest_id = submission.ingest_id;
  rejection.codebook_id = submission.codebook_id;
  rejection.codebook_version = submission.codebook_version;
  rejection.source = submission.source;
  rejection.line = submission.line;
  rejection.region = opened.decision.family.region;
  rejection.findings = opened.decision.findings;
  if (!submission.corrects.empty() && submission.corrects != as_id) {
    tx.Delete(QuarantineKey(submission.corrects));
    tx.Delete(ContentKey(submission.corrects));
  }
  const std::string bytes = codec_->Encode(rejection);
  tx.Put(QuarantineKey(as_id), bytes);
  tx.Put(ContentKey(as_id), submission.sealed_content);
  tx.Say({.topic = std::string(runtime::topics::kRejection),
          .key = as_id,
          .type = std::string(kRejected),
          .payload = bytes});
  Count(opened, Outcome::kRejected, nullptr, tally);
}

void IngestionTask::Count(const Opened& opened, Outcome outcome, const FamilyRow* row,
                          Tally* tally) {
  Progress& progress = tally->progress;
  progress.population = opened.book->book.population.id;
  progress.rows += opened.raw.rows();
  switch (outcome) {
    case Outcome::kAccepted:
      ++progress.accepted;
      break;
    case Outcome::kFlagged:
      ++progress.flagged;
      break;
    case Outcome::kRejected:
      ++progress.rejected;
      break;
    case Outcome::kRepeated:
      ++progress.repeated;
      break;
  }
  const int64_t line = opened.submission.line;
  for (const Finding& finding : opened.decision.findings) {
    ++tally->by_reason[finding.reason];
    if (tally->findings.size() >= kKeptFindings) continue;
    tally->findings.push_back({finding, line > 0 ? line + finding.row : 0});
  }
  auto it = posted_.find(progress.ingest_id);
  if (it == posted_.end()) {
    it = posted_.emplace(progress.ingest_id, Posted{}).first;
    it->second.with_receipts = board_.WantsReceipts(progress.ingest_id);
  }
  ++it->second.decided;
  if (!it->second.with_receipts) return;
  Receipt receipt;
  receipt.submission_id = opened.submission.id;
  receipt.outcome = outcome;
  if (row != nullptr) {
    receipt.family_id = opened.family_id;
    receipt.version = row->version;
  }
  receipt.findings = opened.decision.findings;
  it->second.receipts.push_back(std::move(receipt));
}

std::string IngestionTask::VaultOf(const Opened& opened) {
  const CodeBook& book = opened.book->book;
  vault_writer_.Clear();
  for (int row = 0; row < opened.raw.rows(); ++row) {
    vault_cells_.assign(1, opened.identity);
    if (book.person_id_slot != kNoSlot) {
      vault_cells_.push_back(opened.raw.cell(row, book.person_id_slot));
    }
    for (const int slot : book.name_slots) vault_cells_.push_back(opened.raw.cell(row, slot));
    vault_writer_.AddRow(vault_cells_);
  }
  return secrets_->Seal(vault_writer_.Finish());
}

absl::Status IngestionTask::OnBatchEnd(bool, runtime::Transaction& tx) {
  for (const auto& [ingest_id, posted] : posted_) {
    Tally& tally = tallies_.at(ingest_id);
    tally.progress.updated_at_ms = tx.NowMs();
    tx.Put(TallyKey(ingest_id), codec_->Encode(tally));
    tx.Say({.topic = std::string(runtime::topics::kProgress),
            .key = ingest_id,
            .type = std::string(kProgressed),
            .payload = codec_->Encode(tally.progress)});
  }
  return absl::OkStatus();
}

void IngestionTask::AfterCommit() {
  if (next_catalogue_ != nullptr) {
    current_ = std::move(next_catalogue_);
    next_catalogue_.reset();
    catalogue_.Set(current_);
  }
  for (auto& [ingest_id, posted] : posted_) {
    board_.Post(ingest_id, posted.decided, std::move(posted.receipts));
    const auto tally = tallies_.find(ingest_id);
    if (tally != tallies_.end() && tally->second.progress.complete) tallies_.erase(tally);
  }
  posted_.clear();
}

absl::Status IngestionTask::BeginIngest(const Progress& begin, runtime::Transaction& tx) {
  Submission named;
  named.ingest_id = begin.ingest_id;
  named.source = begin.source;
  named.codebook_id = begin.codebook_id;
  named.codebook_version = begin.codebook_version;
  SEPAKAT_ASSIGN_OR_RETURN(Tally * tally, TallyOf(named, tx));
  tally->progress.population = begin.population;
  posted_.try_emplace(begin.ingest_id);
  return OnBatchEnd(false, tx);
}

absl::Status IngestionTask::CompleteIngest(const std::string& ingest_id, runtime::Transaction& tx) {
  Submission named;
  named.ingest_id = ingest_id;
  SEPAKAT_ASSIGN_OR_RETURN(Tally * tally, TallyOf(named, tx));
  tally->progress.complete = true;
  posted_.try_emplace(ingest_id);
  return OnBatchEnd(false, tx);
}

absl::StatusOr<int64_t> IngestionTask::Withdraw(std::string_view population,
                                                std::string_view family_id, std::string_view why,
                                                runtime::Transaction& tx) {
  const std::string key = FamilyKey(population, family_id);
  SEPAKAT_ASSIGN_OR_RETURN(const auto stored, tx.Get(key));
  FamilyRow row;
  if (stored) SEPAKAT_RETURN_IF_ERROR(DecodeRow(*stored, &row));
  if (!stored || row.withdrawn) {
    return base::Error(absl::StatusCode::kNotFound, "FAMILY_UNKNOWN",
                       fmt::format("no family {} is recorded in '{}'", family_id, population));
  }
  ++row.version;
  row.withdrawn = true;
  WithdrawnFamily withdrawn{std::string(population),
                            std::string(family_id),
                            row.version,
                            row.region,
                            std::string(why),
                            tx.NowMs()};
  tx.Put(key, EncodeRow(row));
  tx.Delete(VaultKey(population, family_id));
  tx.Say({.topic = std::string(runtime::topics::kFamily),
          .partition = row.partition,
          .key = FamilyTopicKey(population, family_id),
          .type = std::string(kFamilyEvent),
          .payload = codec_->Encode(withdrawn)});
  return row.version;
}

}  // namespace sepakat::ingestion
