#include "monitoring/app/alert_board.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/fixed_point.h"
#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "monitoring/app/keys.h"
#include "monitoring/domain/change_text.h"

namespace sepakat::monitoring {
namespace {

std::string Fingerprint(const AlertRule& rule, const RegionRef& at) {
  base::Digest128 digest;
  digest.Add(fmt::format("{}|{}|{}", rule.id, at.population, at.region));
  return digest.Hex();
}

std::string AlertKey(const std::string& fingerprint) {
  return fmt::format("{}{}", keys::kAlert, fingerprint);
}

}  // namespace

absl::Status AlertBoard::Load(const runtime::StateStore& store) {
  rules_.clear();
  alerts_.clear();
  changes_.clear();
  SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> text, store.Get(keys::kRules));
  if (text.has_value()) {
    SEPAKAT_ASSIGN_OR_RETURN(rules_, codec_->ParseAlertRules(*text, "stored rules"));
  }
  absl::Status status;
  SEPAKAT_RETURN_IF_ERROR(store.Scan(keys::kAlert, runtime::PrefixEnd(keys::kAlert),
                                     [&](std::string_view, std::string_view value) {
                                       absl::StatusOr<AlertRecord> alert =
                                           codec_->DecodeAlert(value);
                                       status = alert.status();
                                       if (alert.ok()) alerts_[alert->fingerprint] = *alert;
                                       return status.ok();
                                     }));
  return status;
}

absl::StatusOr<int64_t> AlertBoard::SetRules(const std::string& toml, const std::string& file_name,
                                             runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(std::vector<AlertRule> rules, codec_->ParseAlertRules(toml, file_name));
  tx.Put(std::string(keys::kRules), toml);
  rules_ = std::move(rules);
  std::vector<AlertRecord> ending;
  for (const auto& entry : alerts_) {
    const AlertRecord& alert = entry.second;
    const bool active = alert.state != PhaseName(AlertPhase::kResolved);
    const bool covered = std::ranges::any_of(rules_, [&alert](const AlertRule& rule) {
      return rule.id == alert.rule && AppliesTo(rule, alert.population, alert.region);
    });
    if (active && !covered) ending.push_back(alert);
  }
  for (AlertRecord& alert : ending) {
    const AlertPhase before = PhaseOf(alert.state);
    Move(std::move(alert),
         before == AlertPhase::kFiring ? AlertPhase::kResolved : AlertPhase::kInactive, before, tx);
  }
  return static_cast<int64_t>(rules_.size());
}

bool AlertBoard::Watches(const RegionRef& at) const {
  return std::ranges::any_of(
      rules_, [&at](const AlertRule& rule) { return AppliesTo(rule, at.population, at.region); });
}

void AlertBoard::Look(const RegionRef& at, int64_t publication,
                      const std::vector<FigureView>& figures, runtime::Transaction& tx) {
  for (const AlertRule& rule : rules_) {
    if (!AppliesTo(rule, at.population, at.region)) continue;
    const auto figure = std::ranges::find(figures, rule.measure, &FigureView::measure);
    LookAt(rule, at, publication,
           figure == figures.end() ? FigureView{rule.measure, "", 0} : *figure, tx);
  }
}

void AlertBoard::LookAt(const AlertRule& rule, const RegionRef& at, int64_t publication,
                        const FigureView& figure, runtime::Transaction& tx) {
  const std::string fingerprint = Fingerprint(rule, at);
  const auto known = alerts_.find(fingerprint);
  AlertProgress before;
  if (known != alerts_.end()) before = {PhaseOf(known->second.state), known->second.since_ms};
  Reading reading{std::nullopt, figure.families};
  if (const absl::StatusOr<int64_t> micro = ParseMicro(figure.value); micro.ok())
    reading.value_micro = *micro;
  const AlertProgress after = Advance(rule, before, reading, tx.NowMs());
  if (after.phase == AlertPhase::kInactive && before.phase == AlertPhase::kInactive) return;
  if (after == before && after.phase == AlertPhase::kResolved) return;

  AlertRecord alert = known == alerts_.end() ? AlertRecord{} : known->second;
  alert.fingerprint = fingerprint;
  alert.rule = rule.id;
  alert.severity = rule.severity;
  alert.population = at.population;
  alert.region = at.region;
  alert.measure = rule.measure;
  alert.value = std::string(figure.value);
  alert.threshold = base::QuotientText(rule.threshold_micro, 1'000'000, 6);
  alert.labels = rule.labels;
  alert.publication = publication;
  alert.families = figure.families;
  if (after.phase != AlertPhase::kInactive) alert.since_ms = after.since_ms;
  const std::string region = names_->OfRegion(at.population, at.region, tx);
  alert.summary_id = FillIn(rule.summary_id, region, ShownValue(rule.measure, alert.value, false),
                            ShownValue(rule.measure, alert.threshold, false));
  alert.summary_en = FillIn(rule.summary_en, region, ShownValue(rule.measure, alert.value, true),
                            ShownValue(rule.measure, alert.threshold, true));
  if (after.phase == before.phase) {
    tx.Put(AlertKey(fingerprint), codec_->EncodeAlert(alert));
    alerts_[fingerprint] = std::move(alert);
    return;
  }
  Move(std::move(alert), after.phase, before.phase, tx);
}

void AlertBoard::Move(AlertRecord alert, AlertPhase phase, AlertPhase before,
                      runtime::Transaction& tx) {
  const std::string key = AlertKey(alert.fingerprint);
  const AlertPhase said = phase == AlertPhase::kInactive ? AlertPhase::kResolved : phase;
  alert.state = std::string(PhaseName(said));
  alert.changed_at_ms = tx.NowMs();
  std::string bytes = codec_->EncodeAlert(alert);
  runtime::OutEvent event;
  event.topic = std::string(runtime::topics::kAlert);
  event.key = alert.fingerprint;
  event.type = std::string(kAlertType);
  event.payload = bytes;
  tx.Say(std::move(event));
  if (before == AlertPhase::kPending && said == AlertPhase::kResolved) {
    tx.Delete(key);
    alerts_.erase(alert.fingerprint);
  } else {
    tx.Put(key, std::move(bytes));
    alerts_[alert.fingerprint] = alert;
  }
  changes_.push_back(std::move(alert));
}

void AlertBoard::Tick(runtime::Transaction& tx) {
  std::vector<AlertRecord> due;
  for (const auto& [fingerprint, alert] : alerts_) {
    if (alert.state != PhaseName(AlertPhase::kPending)) continue;
    const auto rule = std::ranges::find(rules_, alert.rule, &AlertRule::id);
    if (rule != rules_.end() && tx.NowMs() - alert.since_ms >= rule->hold_ms) due.push_back(alert);
  }
  for (AlertRecord& alert : due)
    Move(std::move(alert), AlertPhase::kFiring, AlertPhase::kPending, tx);
}

}  // namespace sepakat::monitoring
