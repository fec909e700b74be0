// Decides submissions: the one place where the register changes.
//
// For each submission read from the log: open it, translate it under its code book (both ahead of
// its turn), and then either record the family (registry row, vault, FamilyRecorded) or refuse it
// (quarantine, RecordRejected). The same submission id acts once; the same id with other content is
// refused. Tallies change in the same commit, so received = accepted + flagged + rejected +
// repeated holds at every instant. Thread: as runtime/stateful_task.h; catalogue() and board() from
// any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/runtime/secrets.h"
#include "common/runtime/stateful_task.h"
#include "ingestion/app/catalogue.h"
#include "ingestion/app/codec.h"
#include "ingestion/app/decision_board.h"
#include "ingestion/app/model.h"
#include "ingestion/app/rows.h"
#include "ingestion/domain/partitions.h"
#include "ingestion/domain/translate.h"

namespace sepakat::ingestion {

class IngestionTask final : public runtime::TaskHandler {
 public:
  IngestionTask(const Codec* codec, const runtime::Secrets* secrets, PartitionTable::Entries table);

  // The number of family partitions; before the first record.
  void SetPartitions(int32_t partitions);

  // Opens the submissions and translates them, under the catalogue and the day of this moment.
  void WorkAhead(std::span<const runtime::LogRecord> records) override;
  absl::Status Prepare(std::span<const runtime::LogRecord> records,
                       runtime::Transaction& tx) override;
  absl::Status OnRecord(const runtime::LogRecord& record, const runtime::Envelope& envelope,
                        runtime::Transaction& tx) override;
  absl::Status OnBatchEnd(bool caught_up, runtime::Transaction& tx) override;
  void AfterCommit() override;
  absl::Status Reset(const runtime::StateStore& store) override;

  // Commands, inside StatefulTask::Execute.
  // Puts `catalogue` in force with this command's commit.
  void Change(std::shared_ptr<const Catalogue> catalogue) {
    next_catalogue_ = std::move(catalogue);
  }
  // Begins an ingest, or goes on with one of that id.
  absl::Status BeginIngest(const Progress& begin, runtime::Transaction& tx);
  absl::Status CompleteIngest(const std::string& ingest_id, runtime::Transaction& tx);
  // New version of the withdrawn family. NotFound FAMILY_UNKNOWN.
  absl::StatusOr<int64_t> Withdraw(std::string_view population, std::string_view family_id,
                                   std::string_view why, runtime::Transaction& tx);

  const CatalogueHolder& catalogue() const { return catalogue_; }
  DecisionBoard& board() { return board_; }
  const Codec& codec() const { return *codec_; }

 private:
  // A submission opened, decoded and translated ahead of its turn.
  struct Opened {
    absl::Status status;
    Submission submission;
    std::string content;
    RawRecord raw;
    std::shared_ptr<const RegisteredBook> book;
    std::string identity;
    std::string family_id;
    std::string receipt_key;
    std::string family_key;
    Decision decision;
  };
  // What translating depends on beside the record and its book.
  struct Terms {
    std::shared_ptr<const Catalogue> catalogue;
    int32_t today = 0;  // days since 1970-01-01
    bool operator==(const Terms&) const = default;
  };
  struct Posted {
    int64_t decided = 0;
    bool with_receipts = false;
    std::vector<Receipt> receipts;
  };

  absl::Status Open(const runtime::LogRecord& record, const Catalogue& catalogue,
                    Opened* opened) const;
  // Translates again what was worked ahead on under other terms than those of this instant.
  void Translate(int32_t today, Opened* opened) const;
  absl::StatusOr<Tally*> TallyOf(const Submission& submission, runtime::Transaction& tx);
  absl::Status Decide(Opened& opened, Tally* tally, runtime::Transaction& tx);
  // Known already. Remembers that the family came in this file too, so that a file which was broken
  // off and is sent again ends as if it had come whole (FAMILY_TWICE).
  absl::Status Repeat(Opened& opened, const ReceiptRow& receipt, Tally* tally,
                      runtime::Transaction& tx);
  absl::Status Accept(Opened& opened, Tally* tally, runtime::Transaction& tx);
  void Refuse(const Opened& opened, const std::string& as_id, Tally* tally,
              runtime::Transaction& tx);
  void SayFamily(const Opened& opened, const FamilyRow& row, const std::optional<FamilyRow>& before,
                 runtime::Transaction& tx) const;
  void Count(const Opened& opened, Outcome outcome, const FamilyRow* row, Tally* tally);
  std::string VaultOf(const Opened& opened);

  const Codec* const codec_;
  const runtime::Secrets* const secrets_;
  const PartitionTable::Entries partition_entries_;
  PartitionTable partitions_{1};

  CatalogueHolder catalogue_;
  std::shared_ptr<const Catalogue> current_;
  std::shared_ptr<const Catalogue> next_catalogue_;
  DecisionBoard board_;

  // Those of the batch under way, and of the next one while it is worked ahead on.
  std::vector<Opened> opened_;
  std::vector<Opened> opened_ahead_;
  Terms terms_;
  Terms terms_ahead_;
  const runtime::LogRecord* batch_ = nullptr;
  // Used again from record to record.
  RecordWriter vault_writer_;
  std::vector<std::string_view> vault_cells_;
  // Tallies in use; those of finished ingests leave.
  std::map<std::string, Tally, std::less<>> tallies_;
  // Ingests that this transaction changed, and what to post once it is committed.
  std::map<std::string, Posted, std::less<>> posted_;
};

}  // namespace sepakat::ingestion
