#include "monitoring/app/monitoring_task.h"

#include <fmt/format.h>

#include <utility>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "monitoring/app/keys.h"

namespace sepakat::monitoring {

namespace topics = runtime::topics;

MonitoringTask::MonitoringTask(const MonitoringOptions& options, const runtime::Env& env,
                               const MonitoringCodec* codec)
    : env_(env),
      codec_(codec),
      history_(options.history),
      names_(codec),
      feed_(options.feed, codec, &names_),
      alerts_(codec, &names_),
      targets_(options.rating_tables, codec),
      outcomes_(codec),
      arrivals_(codec),
      views_(options.views, env, codec) {}

std::vector<std::string> MonitoringTask::Inputs() {
  std::vector<std::string> inputs;
  for (const std::string_view topic :
       {topics::kManifest, topics::kIndicator, topics::kNeed, topics::kCrossing, topics::kPlan,
        topics::kDelivery, topics::kProgress, topics::kProgramme, topics::kTarget, topics::kRegion,
        topics::kPovertyLine, topics::kModel, topics::kRankingSettings}) {
    inputs.emplace_back(topic);
  }
  return inputs;
}

absl::Status MonitoringTask::Reset(const runtime::StateStore& store) {
  changes_ = {};
  history_.Reset();
  SEPAKAT_RETURN_IF_ERROR(publications_.Load(store));
  SEPAKAT_RETURN_IF_ERROR(names_.Load(store));
  SEPAKAT_RETURN_IF_ERROR(feed_.Load(store));
  SEPAKAT_RETURN_IF_ERROR(alerts_.Load(store));
  SEPAKAT_RETURN_IF_ERROR(targets_.Load(store));
  SEPAKAT_RETURN_IF_ERROR(outcomes_.Load(store));
  if (!std::exchange(started_, true)) views_.Restart();
  return absl::OkStatus();
}

absl::Status MonitoringTask::OnRecord(const runtime::LogRecord& record,
                                      const runtime::Envelope& envelope, runtime::Transaction& tx) {
  if (!record.value.has_value()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "MESSAGE_UNREADABLE",
                       "the record has no value");
  }
  const std::string& bytes = *record.value;
  if (record.topic == topics::kIndicator) {
    SEPAKAT_ASSIGN_OR_RETURN(const IndicatorHead head, codec_->DecodeIndicatorHead(bytes));
    publications_.OnIndicator(head, bytes);
  } else if (record.topic == topics::kNeed) {
    SEPAKAT_ASSIGN_OR_RETURN(const NeedHead need, codec_->DecodeNeed(bytes));
    publications_.OnNeed(need);
  } else if (record.topic == topics::kCrossing) {
    return OnCrossing(bytes, tx);
  } else if (record.topic == topics::kManifest) {
    return OnManifest(bytes, tx);
  } else if (record.topic == topics::kPlan) {
    return OnPlan(bytes, tx);
  } else if (record.topic == topics::kDelivery) {
    return OnDelivery(bytes, tx);
  } else if (record.topic == topics::kProgress) {
    return OnIngest(bytes, tx);
  } else if (record.topic == topics::kProgramme) {
    SEPAKAT_ASSIGN_OR_RETURN(const ProgrammeName programme, codec_->DecodeProgramme(bytes));
    names_.Keep(programme, bytes, tx);
    changes_.programmes.insert(programme.id);
    OnParameter(record, envelope, tx);
  } else if (record.topic == topics::kRegion) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<RegionName> regions, codec_->DecodeRegions(bytes));
    names_.Keep(regions, tx);
  } else if (record.topic == topics::kTarget) {
    SEPAKAT_ASSIGN_OR_RETURN(const Target target, codec_->DecodeTarget(bytes));
    targets_.Adopt(target, tx);
  } else {
    OnParameter(record, envelope, tx);
  }
  return absl::OkStatus();
}

absl::Status MonitoringTask::OnManifest(const std::string& bytes, runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(const Manifest manifest, codec_->DecodeManifest(bytes));
  publications_.OnManifest(manifest);
  tx.Put(keys::Manifest(manifest.publication), bytes);
  return absl::OkStatus();
}

absl::Status MonitoringTask::OnCrossing(const std::string& bytes, runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(const Crossing crossing, codec_->DecodeCrossing(bytes));
  publications_.OnCrossing(crossing.publication);
  feed_.OnCrossing(crossing);
  outcomes_.OnCrossing(crossing, tx);
  return absl::OkStatus();
}

absl::Status MonitoringTask::OnBatchEnd(bool caught_up, runtime::Transaction& tx) {
  std::vector<CompletePublication> complete = publications_.Settle(tx);
  for (const CompletePublication& publication : complete)
    SEPAKAT_RETURN_IF_ERROR(Take(publication, tx));
  changes_.publications = std::move(complete);
  alerts_.Tick(tx);
  Report(tx);
  if (caught_up) SEPAKAT_RETURN_IF_ERROR(history_.Thin(*env_.store, tx));
  return absl::OkStatus();
}

absl::Status MonitoringTask::Take(const CompletePublication& publication,
                                  runtime::Transaction& tx) {
  history_.Write(publication.publication, publication.cut_at_ms, publication.regions, tx);
  for (const RegionBytes& region : publication.regions) {
    const bool watched = alerts_.Watches(region.at);
    if (!watched && !targets_.Watches(region.at)) continue;
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<FigureView> figures,
                             codec_->DecodeFigures(region.bytes));
    if (watched) alerts_.Look(region.at, publication.publication, figures, tx);
    targets_.Score(region.at, publication.publication, figures, tx);
  }
  return absl::OkStatus();
}

void MonitoringTask::AfterCommit() {
  if (changes_.empty()) return;
  if (!changes_.publications.empty()) {
    env_.telemetry->Set("sepakat_monitoring_publication",
                        static_cast<double>(changes_.publications.back().publication), {});
  }
  views_.Add(std::exchange(changes_, {}));
}

absl::StatusOr<int64_t> MonitoringTask::SetAlertRules(const std::string& toml,
                                                      const std::string& file_name,
                                                      runtime::Transaction& tx) {
  SEPAKAT_ASSIGN_OR_RETURN(const int64_t rules, alerts_.SetRules(toml, file_name, tx));
  SEPAKAT_RETURN_IF_ERROR(LookAtAll(true, false, tx));
  changes_.lists.insert("alerts");
  Report(tx);
  return rules;
}

absl::Status MonitoringTask::SetTargets(const std::vector<Target>& targets,
                                        runtime::Transaction& tx) {
  SEPAKAT_RETURN_IF_ERROR(targets_.Set(targets, tx));
  SEPAKAT_RETURN_IF_ERROR(LookAtAll(false, true, tx));
  Report(tx);
  return absl::OkStatus();
}

absl::Status MonitoringTask::LookAtAll(bool alerts, bool targets, runtime::Transaction& tx) {
  const FigureReader reader(env_.store);
  std::vector<RegionRef> regions;
  if (alerts) {
    std::string last_key;
    SEPAKAT_ASSIGN_OR_RETURN(regions, reader.Regions("", SIZE_MAX, &last_key));
  } else {
    regions = targets_.Regions();
  }
  for (const RegionRef& at : regions) {
    if (alerts && !alerts_.Watches(at)) continue;
    SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, reader.Read(at, 0));
    if (!bytes.has_value()) continue;
    SEPAKAT_ASSIGN_OR_RETURN(const IndicatorHead head, codec_->DecodeIndicatorHead(*bytes));
    SEPAKAT_ASSIGN_OR_RETURN(const std::vector<FigureView> figures, codec_->DecodeFigures(*bytes));
    if (alerts) alerts_.Look(at, head.publication, figures, tx);
    if (targets) targets_.Score(at, head.publication, figures, tx);
  }
  return absl::OkStatus();
}

}  // namespace sepakat::monitoring
