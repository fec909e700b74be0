#include "budgeting/app/budgeting_task.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "common/base/status.h"
#include "common/runtime/topics.h"

namespace sepakat::budgeting {
namespace {

namespace topics = runtime::topics;

constexpr std::string_view kProgrammePrefix = "programme/";
constexpr std::string_view kKnownPrefix = "programme_known/";
constexpr std::string_view kProposalPrefix = "proposal/";
constexpr std::string_view kPreviousPrefix = "proposal_before/";

std::string Key(std::string_view prefix, std::string_view id) {
  return fmt::format("{}{}", prefix, id);
}

runtime::OutEvent Event(std::string_view topic, std::string key, std::string_view type,
                        std::string payload) {
  runtime::OutEvent event;
  event.topic = std::string(topic);
  event.key = std::move(key);
  event.type = std::string(type);
  event.payload = std::move(payload);
  return event;
}

absl::Status WithoutValue() {
  return base::Error(absl::StatusCode::kInvalidArgument, "MESSAGE_UNREADABLE",
                     "the record has no value");
}

}  // namespace

BudgetingTask::BudgetingTask(BudgetingOptions options, const BudgetingCodec* codec,
                             runtime::Telemetry* telemetry)
    : options_(std::move(options)),
      codec_(codec),
      telemetry_(telemetry),
      needs_(codec),
      plans_(codec) {}

std::vector<std::string> BudgetingTask::Inputs() {
  return {std::string(topics::kManifest), std::string(topics::kNeed),
          std::string(topics::kCrossing), std::string(topics::kProgramme),
          std::string(topics::kPlan),     std::string(topics::kDelivery)};
}

absl::Status BudgetingTask::Reset(const runtime::StateStore& store) {
  programmes_.clear();
  known_.clear();
  proposals_.clear();
  previous_.clear();
  dirty_.clear();
  last_resolve_ms_ = 0;
  absl::Status status;
  const auto each = [&](std::string_view prefix, const auto& take) -> absl::Status {
    SEPAKAT_RETURN_IF_ERROR(store.Scan(
        prefix, runtime::PrefixEnd(prefix), [&](std::string_view key, std::string_view value) {
          status = take(std::string(key.substr(prefix.size())), value);
          return status.ok();
        }));
    return status;
  };
  SEPAKAT_RETURN_IF_ERROR(
      each(kProgrammePrefix, [this](const std::string& id, std::string_view value) -> absl::Status {
        SEPAKAT_ASSIGN_OR_RETURN(programmes_[id], codec_->DecodeProgramme(value));
        return absl::OkStatus();
      }));
  SEPAKAT_RETURN_IF_ERROR(each(kKnownPrefix, [this](const std::string& id, std::string_view value) {
    KnownProgramme& known = known_[id];
    const char* end = value.data() + value.size();
    const auto first = std::from_chars(value.data(), end, known.recorded_ms);
    if (first.ptr != end) std::from_chars(first.ptr + 1, end, known.sequence);
    return absl::OkStatus();
  }));
  const auto into = [this](std::map<std::string, Proposal>* proposals) {
    return [this, proposals](const std::string& id, std::string_view value) -> absl::Status {
      SEPAKAT_ASSIGN_OR_RETURN((*proposals)[id], codec_->DecodeProposal(value));
      return absl::OkStatus();
    };
  };
  SEPAKAT_RETURN_IF_ERROR(each(kProposalPrefix, into(&proposals_)));
  SEPAKAT_RETURN_IF_ERROR(each(kPreviousPrefix, into(&previous_)));
  SEPAKAT_RETURN_IF_ERROR(needs_.Load(store));
  SEPAKAT_RETURN_IF_ERROR(plans_.Load(store));
  // What a crash left undone is made good by the next batch.
  for (const auto& [id, programme] : programmes_) dirty_.insert(id);
  return absl::OkStatus();
}

absl::Status BudgetingTask::OnRecord(const runtime::LogRecord& record,
                                     const runtime::Envelope& envelope, runtime::Transaction& tx) {
  if (!record.value.has_value()) return WithoutValue();
  if (record.topic == topics::kNeed) {
    SEPAKAT_ASSIGN_OR_RETURN(Need need, codec_->DecodeNeed(*record.value));
    needs_.Add(std::move(need));
    return absl::OkStatus();
  }
  if (record.topic == topics::kManifest) {
    SEPAKAT_ASSIGN_OR_RETURN(const NeedManifest manifest, codec_->DecodeManifest(*record.value));
    needs_.Expect(manifest);
    return absl::OkStatus();
  }
  if (record.topic == topics::kCrossing) return OnCrossing(record, tx);
  if (record.topic == topics::kProgramme) return OnProgramme(record, envelope, tx);
  if (record.topic == topics::kPlan) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::optional<ApprovedPlan> plan,
                             codec_->DecodePlanEvent(*record.value));
    if (plan.has_value() && plans_.Find(plan->plan_id) == nullptr) {
      plans_.Add(*plan, Proposal{}, {}, tx);
      dirty_.insert(plan->programme_id);
    }
    return absl::OkStatus();
  }
  SEPAKAT_ASSIGN_OR_RETURN(const Delivery delivery, codec_->DecodeDelivery(*record.value));
  plans_.Adopt(delivery, tx);
  return absl::OkStatus();
}

absl::Status BudgetingTask::OnCrossing(const runtime::LogRecord& record, runtime::Transaction& tx) {
  // Key: population/family id. Most families are on no list; their crossings are not even decoded.
  const size_t slash = record.key.rfind('/');
  if (slash == std::string::npos ||
      !plans_.Follows(std::string_view(record.key).substr(slash + 1))) {
    return absl::OkStatus();
  }
  SEPAKAT_ASSIGN_OR_RETURN(const Crossing crossing, codec_->DecodeCrossing(*record.value));
  for (const std::string& id : plans_.OnCrossing(crossing, tx)) dirty_.insert(id);
  return absl::OkStatus();
}

// A programme read back from the log: news when this store was rebuilt, else its own echo.
absl::Status BudgetingTask::OnProgramme(const runtime::LogRecord& record,
                                        const runtime::Envelope& envelope,
                                        runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(const Programme programme, codec_->DecodeProgramme(*record.value));
  const KnownProgramme& known = known_[programme.id];
  const bool newer = envelope.time_ms > known.recorded_ms ||
                     (envelope.time_ms == known.recorded_ms && known.sequence >= 0);
  if (newer) Keep(programme, {envelope.time_ms, envelope.sequence}, tx);
  return absl::OkStatus();
}

void BudgetingTask::Keep(const Programme& programme, const KnownProgramme& known,
                         runtime::Transaction& tx) {
  tx.Put(Key(kProgrammePrefix, programme.id), codec_->EncodeProgramme(programme));
  tx.Put(Key(kKnownPrefix, programme.id), fmt::format("{}/{}", known.recorded_ms, known.sequence));
  programmes_[programme.id] = programme;
  known_[programme.id] = known;
  dirty_.insert(programme.id);
}

absl::Status BudgetingTask::OnBatchEnd(bool caught_up, runtime::Transaction& tx) {
  dirty_.merge(needs_.Settle(tx));
  if (dirty_.empty()) return absl::OkStatus();
  if (!caught_up && tx.NowMs() - last_resolve_ms_ < options_.busy_interval_ms)
    return absl::OkStatus();
  last_resolve_ms_ = tx.NowMs();
  for (const std::string& id : std::exchange(dirty_, {})) Resolve(id, tx);
  return absl::OkStatus();
}

ProposalInputs BudgetingTask::InputsOf(const Programme& programme) const {
  return {.programme = &programme,
          .needs = &needs_.Of(programme.id),
          .publication = needs_.publication(),
          .cut_at_ms = needs_.cut_at_ms(),
          .totals = plans_.TotalsOf(programme.id),
          .still_eligible = plans_.StillEligible(programme.id),
          .tables = options_.benefit_tables,
          .churn_points_per_region = options_.churn_points_per_region};
}

void BudgetingTask::Resolve(const std::string& programme_id, runtime::Transaction& tx) {
  const auto programme = programmes_.find(programme_id);
  if (programme == programmes_.end() || needs_.Of(programme_id).empty()) return;
  const auto old = proposals_.find(programme_id);
  // Other terms are another question: the old units bind only under equal unit cost.
  const bool comparable =
      old != proposals_.end() && old->second.unit_cost == programme->second.unit_cost_rupiah;
  absl::StatusOr<Proposal> made =
      Propose(InputsOf(programme->second), comparable ? &old->second : nullptr, tx.NowMs());
  if (!made.ok()) {
    telemetry_->Log(runtime::Severity::kError, "no proposal could be made",
                    {{"programme", programme_id}, {"reason", base::ReasonOf(made.status())}});
    return;
  }
  const bool same = old != proposals_.end() && old->second.plan_id == made->plan_id;
  if (same) {
    made->proposed_at_ms = old->second.proposed_at_ms;
    if (*made == old->second) return;
  } else {
    if (old != proposals_.end()) {
      previous_[programme_id] = old->second;
      tx.Put(Key(kPreviousPrefix, programme_id), codec_->EncodeProposal(old->second));
    }
    tx.Say(Event(topics::kPlan, programme_id, kPlanEventType, codec_->EncodePlanEvent(*made)));
  }
  tx.Put(Key(kProposalPrefix, programme_id), codec_->EncodeProposal(*made));
  proposals_[programme_id] = *std::move(made);
}

const Proposal* BudgetingTask::ProposalOf(const std::string& programme_id) const {
  const auto found = proposals_.find(programme_id);
  return found == proposals_.end() ? nullptr : &found->second;
}

}  // namespace sepakat::budgeting
