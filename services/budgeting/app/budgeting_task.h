// Budgeting as a task: follows needs and programmes, keeps proposals current, freezes approved
// lists, records deliveries.
//
// A proposal is made again at the end of a batch when a publication changed the programme's needs,
// and at once when the programme or its lists change; it is said only when its allocation changed.
// While input is waiting (a register is being loaded) that happens at most once a second. The
// methods below are called inside StatefulTask::Execute or Read; Idempotency is the runtime's.
// Errors: named at each method.
// Thread: the task's lock is held.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "budgeting/app/budgeting_codec.h"
#include "budgeting/app/family_selector.h"
#include "budgeting/app/need_book.h"
#include "budgeting/app/plan_book.h"
#include "budgeting/app/proposer.h"
#include "common/runtime/stateful_task.h"

namespace sepakat::budgeting {

struct BudgetingOptions {
  // Points a new optimum must gain per region it changes (churn.h).
  int64_t churn_points_per_region = 20;
  std::vector<BenefitTable> benefit_tables = ShippedBenefitTables();
  // While input is waiting, proposals are made at most this often.
  int64_t busy_interval_ms = 1000;
};

struct Decision {
  std::string actor;
  std::string reason;
};

// A preview: the proposal under other terms, beside what it is compared with.
struct Preview {
  Proposal proposal;
  // `approved`, `proposal`, or empty.
  std::string compared_with;
  std::string compared_plan_id;
  Comparison comparison;
};

class BudgetingTask final : public runtime::TaskHandler {
 public:
  BudgetingTask(BudgetingOptions options, const BudgetingCodec* codec,
                runtime::Telemetry* telemetry);

  // Topics to read.
  static std::vector<std::string> Inputs();

  absl::Status OnRecord(const runtime::LogRecord& record, const runtime::Envelope& envelope,
                        runtime::Transaction& tx) override;
  absl::Status OnBatchEnd(bool caught_up, runtime::Transaction& tx) override;
  absl::Status Reset(const runtime::StateStore& store) override;

  // Takes over programmes, all or none. Returns warnings. Errors: InvalidArgument
  // PROGRAMME_INVALID.
  absl::StatusOr<std::vector<std::string>> SetProgrammes(const std::vector<Programme>& programmes,
                                                         runtime::Transaction& tx);
  // What targeting must be asked before the proposal can be approved. Errors: NotFound
  // PLAN_UNKNOWN; FailedPrecondition PLAN_OUTDATED, PLAN_ALREADY_APPROVED, PLAN_EMPTY; the sentence
  // says what to do.
  absl::StatusOr<std::vector<Quota>> QuotasOf(const std::string& plan_id) const;
  absl::StatusOr<std::string> ProgrammeOf(const std::string& plan_id) const;
  // Freezes the list: the first families of each region that are on no earlier list of the
  // programme. A region may end up with fewer than proposed when families stopped being eligible
  // meanwhile. Errors: as QuotasOf; InvalidArgument DECISION_INCOMPLETE; FailedPrecondition
  // LIST_EMPTY.
  absl::StatusOr<ApprovedPlan> Approve(const std::string& plan_id, const Decision& decision,
                                       const Selection& selection, runtime::Transaction& tx);
  absl::StatusOr<Delivery> Deliver(const DeliveryRequest& request, runtime::Transaction& tx);
  // Errors: NotFound PROGRAMME_UNKNOWN; InvalidArgument TERMS_INVALID.
  absl::StatusOr<Preview> MakePreview(const std::string& programme_id,
                                      std::optional<int64_t> ceiling,
                                      std::optional<int64_t> unit_cost, int64_t now_ms) const;

  const std::map<std::string, Programme>& programmes() const { return programmes_; }
  const NeedBook& needs() const { return needs_; }
  const PlanBook& plans() const { return plans_; }
  // The proposal of a programme; nullptr before its first needs.
  const Proposal* ProposalOf(const std::string& programme_id) const;

 private:
  // Sequence of a programme that was set here and not read from the log.
  static constexpr int64_t kSaidHere = -1;

  struct KnownProgramme {
    int64_t recorded_ms = 0;
    int64_t sequence = kSaidHere;
  };

  absl::Status OnProgramme(const runtime::LogRecord& record, const runtime::Envelope& envelope,
                           runtime::Transaction& tx);
  absl::Status OnCrossing(const runtime::LogRecord& record, runtime::Transaction& tx);
  void Keep(const Programme& programme, const KnownProgramme& known, runtime::Transaction& tx);
  ProposalInputs InputsOf(const Programme& programme) const;
  // Makes the proposal of one programme again; says it when its allocation changed.
  void Resolve(const std::string& programme_id, runtime::Transaction& tx);
  absl::StatusOr<const Proposal*> Current(const std::string& plan_id) const;

  const BudgetingOptions options_;
  const BudgetingCodec* const codec_;
  runtime::Telemetry* const telemetry_;
  std::map<std::string, Programme> programmes_;
  std::map<std::string, KnownProgramme> known_;
  std::map<std::string, Proposal> proposals_;
  // The proposal before the current one, for comparison.
  std::map<std::string, Proposal> previous_;
  NeedBook needs_;
  PlanBook plans_;
  std::set<std::string> dirty_;
  int64_t last_resolve_ms_ = 0;
};

}  // namespace sepakat::budgeting
